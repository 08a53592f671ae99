"""The fixtures load into an empty database and nowhere else, and come out as they went in."""

import json
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from concepts import fixtures
from concepts.models import ConceptVersion
from governance.models import Source

pytestmark = pytest.mark.django_db

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
NOTHING_LOADED = "Er is niets geladen"
AGENCIES = "02-overheid.json"


def load(folder=FIXTURES):
    call_command("laad_gegevens", map=folder, verbosity=0)


def export(folder):
    """Export the database; returns the files."""
    call_command("exporteer_gegevens", map=folder, verbosity=0)
    return read(folder)


def read(folder):
    """The bytes of all files below a folder, by their place in it."""
    paths = Path(folder).rglob("*.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def row_counts():
    return {model.__name__: model.objects.count() for model in fixtures.models()}


@pytest.fixture
def folder(tmp_path):
    """A copy of the fixtures, to break; without the thousands of rows of what lies where."""
    skipped = shutil.ignore_patterns("liggingen", "tabellen")
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures", ignore=skipped))


def test_export_load_and_export_give_the_bytes_of_the_fixtures(tmp_path, empty):
    first = export(tmp_path / "eerst")
    empty()
    load(tmp_path / "eerst")
    second = export(tmp_path / "dan")

    fixed = read(FIXTURES)
    assert sorted(first) == sorted(second) == sorted(fixed)
    assert [name for name in fixed if first[name] != fixed[name]] == []
    assert [name for name in fixed if second[name] != fixed[name]] == []


def test_an_export_that_cannot_write_says_where(tmp_path):
    in_the_way = tmp_path / "bestand"
    in_the_way.write_text("Geen map.")

    with pytest.raises(CommandError, match="Schrijven lukt niet"):
        export(in_the_way)


def test_an_export_removes_the_file_of_a_concept_that_is_gone(tmp_path, empty):
    empty()
    stale = tmp_path / "concepten" / "verdwenen.json"
    stale.parent.mkdir()
    stale.write_text("[]")

    export(tmp_path)

    assert not stale.exists()


def test_a_filled_database_is_refused_and_stays_as_it_was():
    before = row_counts()
    published = set(ConceptVersion.objects.values_list("pk", "published_at"))

    with pytest.raises(CommandError, match="bevat al gegevens"):
        load()

    assert row_counts() == before
    assert set(ConceptVersion.objects.values_list("pk", "published_at")) == published


def test_a_database_with_one_record_is_filled(empty):
    empty()
    Source.objects.create(slug="poster", name="Poster", short_title="Poster", kind="poster")

    with pytest.raises(CommandError, match="bevat al gegevens"):
        load()

    assert sum(row_counts().values()) == 1


# Broken files: each breakage is done to the file of the agencies.


def change(path, model, key=None, **fields):
    """Change fields of a model's first record in a file, or the one with a key; None takes away."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    row = next(
        row for row in rows if row["model"] == model and key in (None, row["fields"].get("key"))
    )
    row["fields"] |= fields
    row["fields"] = {field: value for field, value in row["fields"].items() if value is not None}
    path.write_text(json.dumps(rows), encoding="utf-8")


def add(path, model, **fields):
    """Add a record to a file."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([*rows, {"model": model, "fields": fields}]), encoding="utf-8")


def change_agency(**fields):
    return lambda path: change(path, "governance.agency", **fields)


def replace(old, new):
    return lambda path: path.write_text(path.read_text(encoding="utf-8").replace(old, new))


def write(text):
    return lambda path: path.write_text(text)


def repeat(path):
    rows = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([*rows, rows[0]]), encoding="utf-8")


BREAKAGES = {
    "missing": lambda path: path.unlink(),
    "no JSON": write('[{"model": '),
    "no UTF-8": lambda path: path.write_bytes(b'["\xff\xfe"]'),
    "no list": write('{"model": "governance.agency"}'),
    "no records": write("[1, null]"),
    "no fields": write('[{"model": "governance.agency"}]'),
    "unknown model": replace("governance.agency", "governance.tree"),
    "unknown app": replace("governance.agency", "forest.tree"),
    "unknown field": change_agency(height=12),
    "unknown record": change_agency(policy_domain=["bosbeheer"]),
    "unknown record of its own kind": change_agency(parent=["bosbeheer"]),
    "unknown source": change_agency(citations=[["poster", "9.9", "Bos", None]]),
    "key of the wrong length": change_agency(citations=[["poster"]]),
    "no date": change_agency(start_earliest="gisteren"),
    "text too long": change_agency(slug="x" * 101),
    "address that is none of the web": change_agency(website="javascript:alert(1)"),
    "a record twice": repeat,
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_file_is_named_and_nothing_is_loaded(breakage, folder, empty):
    BREAKAGES[breakage](folder / AGENCIES)
    empty()

    with pytest.raises(CommandError) as refusal:
        load(folder)

    assert NOTHING_LOADED in str(refusal.value)
    assert AGENCIES in str(refusal.value)
    assert fixtures.is_empty()


def test_a_folder_that_is_not_there_is_refused(tmp_path, empty):
    empty()

    with pytest.raises(CommandError, match=NOTHING_LOADED):
        load(tmp_path / "nergens")


def test_each_record_that_breaks_a_rule_is_named_in_dutch(folder, empty):
    gbo = folder / "concepten" / "gbo.json"
    for key, fields in {
        "besluit": {"citations": None},
        "uitrol": {"text": ""},
    }.items():
        change(gbo, "concepts.passage", key, **fields)
    given_away = {"kind": "partner", "old": "caw", "current": "ocmw"}
    add(folder / "09-namen.json", "governance.oldslug", **given_away)
    empty()

    with pytest.raises(CommandError, match=f"^{NOTHING_LOADED}") as refusal:
        load(folder)

    problems = str(refusal.value).splitlines()[1:]
    for problem in ("heeft nog geen bron", "leeg|blanco", "CAW.*leidde vroeger naar een ander"):
        assert [line for line in problems if re.search(problem, line)], problems
    assert fixtures.is_empty()


def test_a_word_that_is_not_in_its_list_is_named_in_dutch(folder, empty):
    change(folder / "concepten" / "gbo.json", "concepts.passage", "doel", kind="bos")
    empty()

    with pytest.raises(CommandError, match=r"“bos”|'bos'") as refusal:
        load(folder)

    assert "doel" in str(refusal.value)
    assert fixtures.is_empty()
