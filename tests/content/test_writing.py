"""All texts of the content are written one way: quotes, names, and whole paragraphs."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from concepts import fixtures

pytestmark = pytest.mark.django_db  # as all of this folder

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
#: No texts: what records are named by, and what machines read.
NOT_WRITTEN = {"slug", "key", "url", "website", "numac", "codex_id", "old", "current", "postcodes"}
#: Other ways of spelling are kept where they are told as such: in another name, in the place in a
#: source as it stands there, and in a discrepancy about the spelling.
AS_IT_STANDS = {"governance.citation", "concepts.alias", "concepts.claim"}
FILES = sorted(path.relative_to(FIXTURES).as_posix() for path in fixtures.files(FIXTURES))


def texts(name):
    """The texts of a file, each with the record and field that it stands in."""
    for entry in json.loads((FIXTURES / name).read_text(encoding="utf-8")):
        fields = entry["fields"]
        record = fields.get("key") or fields.get("slug") or fields.get("title") or ""
        for field, value in fields.items():
            if isinstance(value, str) and field not in NOT_WRITTEN:
                yield entry["model"], f"{record}.{field}", value


def failing(pattern, skip=frozenset()):
    """Where a pattern stands in any file, as one line each."""
    return [
        f"{name}, {where}: {match[0]}"
        for name in FILES
        for model, where, value in texts(name)
        if model not in skip and (match := re.search(pattern, value))
    ]


def test_there_is_one_apostrophe_and_one_quotation_mark():
    """The apostrophe is ’, a quotation is “ ”."""
    assert failing(r".{0,20}['\"‘`´].{0,20}") == []


def test_a_paragraph_is_one_line():
    assert failing(r"(?m)^(?!\s*- ).+\n(?!\n|\s*- ).+") == []


def test_vroeg_en_nabij_is_written_one_way():
    assert failing(r"Vroeg & Nabij|Vroeg en Nabij|Vroeg & nabij", AS_IT_STANDS) == []


def test_agentschap_has_a_capital_in_the_name_of_one():
    """Agentschap Opgroeien, Agentschap Zorg en Gezondheid ...: the name of the record."""
    assert failing(r"agentschap (Opgroeien|Zorg|Justitie|Binnenlands)", AS_IT_STANDS) == []


def test_no_word_of_the_redactie_is_odd_for_a_reader():
    assert failing(r"vakmensen|[Zz]org die doorloopt|vermaatschappelijkt\b") == []


#: Sentences of the two documents that once stood here word for word. Names, titles of documents and
#: terms of law are what they are; all else is told in words of our own.
THEIR_WORDS = [
    "groter gevoel van rechtvaardigheid",
    "strafbare feiten te lang",
    "onderzoekt hoe het lokale niveau",
    "staan het dichtst bij de burger",
    "cliënt niet uit het oog",
    "op veel domeinen een regierol",
    "nabije, generalistische, breed toegankelijke",
    "welzijns- en gezondheidsactoren op de eerste lijn",
    "hun rol als lokale actor",
    "tussen alle betrokken beleidsdomeinen",
    "sociale professionals op de eerste lijn",
    "meeste professionals, organisaties en sectoren",
    "meer en beter moeten samenwerken",
    "persoonsgegevens uitwisselen en verwerken",
    "van praktijkwerkers en hun organisaties",
    "vertaalde de Vlaamse overheid",
    "één kwaliteitsdecreet voor het",
    "impuls van 7,5 miljoen",
    "zinvolle plek in de samenleving",
    "moeten mee zorgen voor",
    "bundelt de krachten van",
    "verder onder de naam",
]


@pytest.mark.parametrize("words", THEIR_WORDS)
def test_what_a_source_says_is_told_in_other_words(words):
    assert failing(f"(?i){re.escape(words)}", AS_IT_STANDS) == []


@pytest.mark.parametrize(
    "name", ["beweging-op-de-eerste-lijn", "vermaatschappelijking-van-de-zorg"]
)
def test_a_list_of_a_source_has_an_order_of_our_own(name):
    """A list of words that a source strings together is told as a list of ours."""
    said = " ".join(value for *_, value in texts(f"concepten/{name}.json"))

    assert "terrorisme en radicalisering" not in said
    assert "de-institutionalisering\n- community care" not in said
