"""All texts of the content are written one way: quotes, names, and whole paragraphs."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from concepts import fixtures
from tests.content import nearness

pytestmark = pytest.mark.django_db  # as all of this folder

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
#: No texts: what records are named by, and what machines read.
NOT_WRITTEN = {"slug", "key", "url", "website", "numac", "codex_id", "old", "current", "postcodes"}
#: Other ways of spelling are kept where they are told as such: in another name, in the place in a
#: source as it stands there, and in a discrepancy about the spelling.
AS_IT_STANDS = {"governance.citation", "concepts.alias", "concepts.claim"}
#: What is no sentence of ours: names, and words that stand there as those of the source.
GIVEN = {"name", "short_title", "long_name", "heading", "wording", "publisher"}
#: Files that were compared with the documents sentence by sentence; another joins once it was.
COMPARED = [
    "03-regelgeving.json",
    "concepten/1gezin1plan.json",
    "concepten/centra-ifg.json",
    "concepten/de-stek.json",
    "concepten/gbo.json",
    "concepten/gedetineerden-en-geinterneerden.json",
    "concepten/huizen-van-het-kind.json",
    "concepten/ketenaanpak-ifg.json",
    "concepten/livc-r.json",
    "concepten/lokale-gezinscoaches.json",
    "concepten/overkop.json",
    "concepten/sociaal-huis.json",
]
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


def test_vlaamse_veerkracht_is_written_one_way():
    assert failing(r"Vlaamse veerkracht", AS_IT_STANDS) == []


def test_agentschap_has_a_capital_in_the_name_of_one():
    """Agentschap Opgroeien, Agentschap Zorg en Gezondheid ...: the name of the record."""
    assert failing(r"agentschap (Opgroeien|Zorg|Justitie|Binnenlands)", AS_IT_STANDS) == []


def test_no_word_of_the_redactie_is_odd_for_a_reader():
    assert failing(r"vakmensen|[Zz]org die doorloopt|vermaatschappelijkt\b") == []


def test_no_text_says_today_for_the_day_of_a_source():
    """What a document says of "vandaag" was so in March 2023; only its dates stay true."""
    now = r"\b([Vv]andaag|[Mm]omenteel|[Bb]innenkort|[Oo]nlangs)\b"

    assert failing(now, AS_IT_STANDS | {"concepts.discrepancy"}) == []


@pytest.mark.parametrize("name", COMPARED)
def test_sentences_are_our_own(name):
    names = {
        value
        for file in FILES
        if not file.startswith(("gebieden/", "liggingen/"))
        for _, where, value in texts(file)
        if where.rpartition(".")[2] in GIVEN and " " in value
    }
    ours = [row for row in texts(name) if row[1].rpartition(".")[2] not in GIVEN]

    near = {where: runs for _, where, value in ours if (runs := nearness.shared(value, names))}
    assert near == {}
