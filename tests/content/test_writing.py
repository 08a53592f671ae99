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
