"""What the migration does with dates that a database of before kept without bounds."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection

from eerstelijn.desk import unbounded
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    OwnershipFactory,
    PassageFactory,
    make_public,
)

pytestmark = pytest.mark.django_db


def confirm(app):
    with connection.schema_editor() as editor:
        unbounded.confirm(apps, editor, app)


def columns(row, edge):
    row.refresh_from_db()
    names = ("label", "earliest", "latest", "unbounded")
    return tuple(getattr(row, f"{edge}_{name}") for name in names)


def test_what_can_be_read_today_gets_its_bounds_and_the_rest_the_word():
    day = dt.date(2024, 12, 31)
    ended = AgencyFactory(start_label="sinds 2019", end_label="31/12/2024")
    unsaid = AgencyFactory(end_label="17 mei")
    known = AgencyFactory(end="april 2024")

    confirm("governance")

    assert columns(ended, "end") == ("31/12/2024", day, day, False)
    assert columns(ended, "start")[1:] == (dt.date(2019, 1, 1), dt.date(2019, 12, 31), False)
    assert columns(unsaid, "end") == ("17 mei", None, None, True)
    assert columns(known, "end")[1:] == (dt.date(2024, 4, 1), dt.date(2024, 4, 30), False)
    assert columns(known, "start") == ("", None, None, False)


def test_bounds_by_hand_stay():
    row = OwnershipFactory(start_label="Pasen", start_latest=dt.date(2023, 4, 9))

    confirm("concepts")

    assert columns(row, "start") == ("Pasen", None, dt.date(2023, 4, 9), False)


def test_an_end_that_would_come_before_its_start_keeps_its_place():
    row = AgencyFactory(start="2025", end_label="31/12/2024")

    confirm("governance")

    assert columns(row, "end") == ("31/12/2024", None, None, True)


def test_a_working_copy_gets_its_bounds_and_otherwise_asks_its_editor():
    version = ConceptVersionFactory()
    read = PassageFactory(version=version, end_label="2023-03-13")
    unread = MilestoneFactory(version=version, outcome_label="31/12/2024 ergens")

    confirm("concepts")

    assert columns(read, "end")[1] == dt.date(2023, 3, 13)
    assert columns(unread, "outcome") == ("31/12/2024 ergens", None, None, False)


def test_published_versions_are_looked_at_too_and_stay_closed_afterwards():
    version = ConceptVersionFactory()
    row = PassageFactory(version=version, end_label="2023-03-13")
    other = MilestoneFactory(version=version, outcome_label="binnenkort")
    make_public(version)

    confirm("concepts")

    assert columns(row, "end")[1] == dt.date(2023, 3, 13)
    assert columns(other, "outcome") == ("binnenkort", None, None, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('eerstelijn.laadt_gegevens', true)")
        assert cursor.fetchone() == ("",)
