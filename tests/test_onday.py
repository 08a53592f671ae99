"""What held on a day, in words, and which body stood for a service."""

import datetime as dt

import pytest

from eerstelijn.dates import SourceDate
from eerstelijn.onday import began_after, doubt, doubt_about, is_over, unit_of, vague
from governance import derived
from governance.bodies import Lines
from tests.factories import AgencyFactory, ChangeEventFactory

DAY = dt.date(2019, 6, 1)
NEVER = SourceDate()


def read(label, edge=""):
    return SourceDate.parse(label, edge)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("2019", "het jaar"),
        ("mei 2022", "de maand"),
        ("februari 2024", "de maand"),
        ("13 maart 2023", ""),
        ("eind 2023", ""),
        ("na 2024", ""),
    ],
)
def test_the_unit_that_a_date_fills(label, unit):
    assert unit_of(read(label)) == unit


def test_a_year_says_nothing_of_a_day_within_it():
    year = read("2019")

    begins = doubt(year, NEVER, DAY)
    assert begins == "Begon in de loop van 2019: de bronnen geven enkel het jaar."
    ends = doubt(NEVER, read("2019", "end"), DAY)
    assert ends == "Eindigde in de loop van 2019: de bronnen geven enkel het jaar."
    assert doubt_about(year, DAY) == "In de loop van 2019: de bronnen geven enkel het jaar."
    assert doubt(year, NEVER, dt.date(2018, 12, 31)) == ""
    assert doubt(year, NEVER, dt.date(2020, 1, 1)) == ""
    assert doubt(NEVER, NEVER, DAY) == ""


def test_a_range_that_is_no_unit_is_told_as_the_source_gives_it():
    assert vague(read("eind 2023")) == "Op een dag die de bronnen niet geven (eind 2023)."
    assert vague(SourceDate("17 mei"), "begon").startswith("Begon op een dag die de bronnen niet")


def test_before_and_after():
    year = read("2019")

    assert began_after(year, dt.date(2018, 12, 31))
    assert not began_after(year, DAY)
    assert is_over(year, dt.date(2020, 1, 1))
    assert not is_over(year, DAY)
    assert not began_after(NEVER, DAY)
    assert not is_over(NEVER, DAY)


@pytest.fixture
def line(db):
    """Three bodies in a row: one until 2019, one until 31 May 2023, one since 1 June 2023."""
    old = AgencyFactory(slug="oud", end="2019")
    middle = AgencyFactory(slug="midden", start="2019", end="31 mei 2023")
    new = AgencyFactory(slug="nieuw", start="1 juni 2023")
    ChangeEventFactory(date="2019", before=[old], after=[middle])
    ChangeEventFactory(date="1 juni 2023", before=[middle], after=[new])
    derived.rebuild()
    return old, middle, new


def test_a_service_stands_under_the_name_of_that_day(line):
    old, middle, new = line
    lines = Lines.read()

    def there(agency, *day):
        return lines.body(agency, dt.date(*day)).there

    assert there(old, 2018, 12, 31) == old
    assert there(old, 2023, 5, 31) == there(middle, 2023, 5, 31) == middle
    assert there(old, 2023, 6, 1) == there(new, 2023, 6, 1) == new
    assert there(new, 2023, 5, 31) is None
    assert lines.body(new, dt.date(2023, 5, 31)).before == [middle]
    assert lines.body(old, dt.date(2018, 12, 31)).after == middle
    assert lines.body(new, dt.date(2024, 1, 1)).after is None


def test_within_the_year_of_a_merger_either_may_stand_there(line):
    old, middle, _ = line
    lines = Lines.read()

    assert lines.body(old, DAY).there == old
    assert "enkel het jaar" in lines.body(old, DAY).doubt
    assert lines.body(middle, DAY).there == middle
    assert lines.body(old, dt.date(2021, 1, 1)).doubt == ""


def test_what_a_body_stood_for(line):
    old, middle, new = line
    lines = Lines.read()

    assert set(lines.named_for(new, dt.date(2024, 1, 1))) == {old.pk, middle.pk, new.pk}
    assert set(lines.named_for(middle, dt.date(2022, 1, 1))) == {old.pk, middle.pk}
    assert lines.named_for(new, dt.date(2022, 1, 1)) == []


def test_one_query_for_all_services(line, django_assert_num_queries):
    with django_assert_num_queries(1):
        lines = Lines.read()
        for agency in line:
            lines.body(agency, DAY)


def test_a_service_that_came_after_the_lines_were_read_stands_for_itself(db):
    lines = Lines.read()
    new = AgencyFactory()

    assert lines.body(new, DAY).there == new
