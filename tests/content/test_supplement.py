"""The whole content, in a database that lacks a part of it: as after an upgrade."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from concepts.models import Concept, Coverage
from governance.models import (
    MUNICIPALITY,
    AreaBorder,
    AreaMembership,
    AreaName,
    ChangeSubject,
    CoverageArea,
)
from tests.content.test_fixtures import FIXTURES, export, read, row_counts

pytestmark = pytest.mark.django_db


def supplement():
    said = StringIO()
    call_command("laad_gegevens", "--vul-aan", stdout=said)
    return said.getvalue()


def forget_a_part():
    """Take away the municipalities, but for those that concepts name, and one concept."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
    named = Coverage.territory.through.objects.values("coveragearea")
    places = CoverageArea.objects.filter(kind__slug=MUNICIPALITY).exclude(pk__in=named)
    AreaBorder.objects.all().delete()
    AreaMembership.objects.filter(member__in=places).delete()
    AreaName.objects.filter(area__in=places).delete()
    ChangeSubject.objects.filter(area__in=places).delete()
    places.delete()
    concept = Concept.objects.get(slug="intersectoraal-kwaliteitskader")
    concept.lost_links.all().delete()
    concept.versions.all().delete()
    concept.delete()


def test_it_becomes_whole(tmp_path):
    before = row_counts()
    forget_a_part()
    lacking = sum(before.values()) - sum(row_counts().values())
    assert lacking > 3000

    said = supplement()

    assert row_counts() == before
    assert f"Klaar: {lacking} records toegevoegd" in said
    after, fixed = export(tmp_path), read(FIXTURES)
    assert sorted(after) == sorted(fixed)
    assert [name for name in fixed if after[name] != fixed[name]] == []


def test_a_whole_database_gets_nothing(django_assert_max_num_queries):
    # A few for each of the 34 kinds of record, and one for each list in which they name others:
    # none for each of the 9,000 records. The last says to kept lists that something may have come.
    with django_assert_max_num_queries(84):
        said = supplement()

    assert said.splitlines()[-1] == "Er is niets nieuws: de database heeft alles al."
    assert "overgeslagen\n    " not in said
    assert "anders dan in het bestand" not in said
