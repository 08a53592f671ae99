"""The tables in fixtures/tabellen: what lies where in the content follows from them."""

import pytest
from django.core.management import call_command

from concepts import fixtures
from concepts.management.commands.herbouw_gebieden import forget_tables
from governance.models import AreaBorder, AreaMembership
from tests.content.test_fixtures import FIXTURES, export, read

pytestmark = pytest.mark.django_db

TABLES = sorted((FIXTURES / "tabellen").glob("*.csv"))


def test_the_tables_say_nothing_that_the_content_does_not(capsys):
    call_command("importeer_gebieden", *TABLES, proef=True)

    report = capsys.readouterr().out.splitlines()
    counts = [line for line in report if line.startswith("Samen:")]
    assert len(counts) == len(TABLES) == 16
    assert all(line.startswith("Samen: 0 nieuw, 0 gewijzigd,") for line in counts)
    assert all(line.endswith("gelijk, 0 fout.") for line in counts)


def test_what_lies_where_follows_from_the_tables_alone(tmp_path):
    before = AreaMembership.objects.count()
    forget_tables()
    assert AreaMembership.objects.count() < before / 20
    assert not AreaBorder.objects.exists()

    call_command("importeer_gebieden", *TABLES, verbosity=0)

    written, fixed = export(tmp_path), read(FIXTURES)
    assert [name for name in fixed if written[name] != fixed[name]] == []
    assert fixtures.files(tmp_path)
