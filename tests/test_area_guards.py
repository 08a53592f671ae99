"""The database itself refuses a geography that cannot be, whoever writes it."""

import datetime as dt
import threading
from contextlib import contextmanager
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from eerstelijn.database.refusals import in_words
from governance.models import AreaBorder, AreaMembership, AreaName, CoverageArea
from tests.factories import (
    AreaBorderFactory,
    AreaMembershipFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2019, 1, 1), dt.date(2024, 12, 31)
DAY = dt.timedelta(days=1)


@contextmanager
def refused(words):
    """Expect the database to refuse, in these words; the transaction of the test goes on."""
    refusal = pytest.raises(IntegrityError)
    with refusal as caught, transaction.atomic():
        yield
        connection.check_constraints()
    assert words in in_words(caught.value)


@pytest.fixture
def zone():
    return CoverageAreaFactory(name="Zone")


@pytest.fixture
def ended():
    """A municipality that was there from 2019 to 2024."""
    return MunicipalityFactory(name="Hoeselt", valid_from=FIRST, valid_until=LAST)


# The same membership twice


@pytest.mark.parametrize(
    ("start", "until"),
    [(None, None), (FIRST, LAST), (LAST, None), (None, FIRST), (LAST, LAST)],
)
def test_a_membership_does_not_hold_twice_on_one_day(zone, start, until):
    town = MunicipalityFactory(valid_from=None)
    AreaMembershipFactory(area=zone, member=town, valid_from=FIRST, valid_until=LAST)

    with refused("staat er al"):
        AreaMembershipFactory(area=zone, member=town, valid_from=start, valid_until=until)


def test_a_membership_can_come_back_and_parts_stand_beside_each_other(zone):
    town = MunicipalityFactory(valid_from=None)
    AreaMembershipFactory(area=zone, member=town, valid_until=LAST)

    AreaMembershipFactory(area=zone, member=town, valid_from=LAST + DAY)
    AreaMembershipFactory(area=zone, member=town, part="postcode 2000")

    assert AreaMembership.objects.count() == 3


def test_two_names_do_not_hold_on_one_day(zone):
    AreaName.objects.create(area=zone, name="Oud", valid_until=LAST)

    with refused("één naam"):
        AreaName.objects.create(area=zone, name="Nieuw", valid_from=LAST)


def test_a_border_is_written_down_once_whichever_way(ended):
    border = AreaBorderFactory(area=ended)

    with refused("grens staat er al"):
        AreaBorder.objects.create(area=border.other, other=ended, valid_from=LAST)


@pytest.mark.parametrize(("model", "side"), [(AreaMembership, "member"), (AreaBorder, "other")])
def test_an_area_does_not_lie_in_or_border_on_itself(model, side, zone):
    with refused("zichzelf"):
        model.objects.create(area=zone, **{side: zone})


# Only while both are there


@pytest.mark.parametrize(
    ("start", "until"),
    [
        (None, LAST),
        (FIRST - DAY, LAST),
        (FIRST, None),
        (FIRST, LAST + DAY),
        (LAST + DAY, LAST + DAY),
    ],
)
def test_nothing_lies_anywhere_before_it_exists_or_after_it_ended(zone, ended, start, until):
    days = {"valid_from": start, "valid_until": until}

    with refused("enkel zolang beide gebieden bestaan"):
        AreaMembershipFactory(area=zone, member=ended, **days)
    with refused("enkel zolang beide gebieden bestaan"):
        AreaMembershipFactory(area=ended, member=zone, **days)
    for row in (
        AreaMembership(area=zone, member=ended, **days),
        AreaMembership(area=ended, member=zone, **days),
    ):
        with pytest.raises(ValidationError, match="Hoeselt bestaat"):
            row.clean()


def test_a_membership_may_last_exactly_as_long_as_its_areas(zone, ended):
    row = AreaMembershipFactory(area=zone, member=ended, valid_from=FIRST, valid_until=LAST)

    with refused("enkel zolang beide gebieden bestaan"):
        AreaMembership.objects.filter(pk=row.pk).update(valid_until=None)


@pytest.mark.parametrize("days", [{"valid_until": LAST - DAY}, {"valid_from": FIRST + DAY}])
def test_an_area_does_not_end_or_begin_while_its_memberships_hold(zone, ended, days):
    AreaMembershipFactory(area=zone, member=ended, valid_from=FIRST, valid_until=LAST)

    with refused("buiten de tijd dat dit gebied bestaat. (Hoeselt in Zone)"):
        CoverageArea.objects.filter(pk=ended.pk).update(**days)


def test_whoever_ends_an_area_ends_its_memberships_in_the_same_transaction(zone, ended):
    row = AreaMembershipFactory(area=zone, member=ended, valid_from=FIRST, valid_until=LAST)
    earlier = LAST - DAY

    CoverageArea.objects.filter(pk=ended.pk).update(valid_until=earlier)
    AreaMembership.objects.filter(pk=row.pk).update(valid_until=earlier)
    connection.check_constraints()

    assert AreaMembership.objects.get().valid_until == earlier


def test_only_how_an_area_is_in_the_end_counts(zone, ended):
    AreaMembershipFactory(area=zone, member=ended, valid_from=FIRST, valid_until=LAST)

    CoverageArea.objects.filter(pk=ended.pk).update(valid_until=FIRST)
    CoverageArea.objects.filter(pk=ended.pk).update(valid_until=None)

    connection.check_constraints()


# Circles


def chain(*areas, **days):
    for member, area in pairwise(areas):
        AreaMembershipFactory(member=member, area=area, **days)


@pytest.mark.parametrize("length", [2, 3, 5])
def test_an_area_does_not_lie_in_itself_over_any_number_of_steps(length):
    areas = CoverageAreaFactory.create_batch(length)
    chain(*areas)
    back = AreaMembership(member=areas[-1], area=areas[0])

    with refused("niet over een omweg"):
        back.save()
    with pytest.raises(ValidationError, match="ligt zelf al in"):
        back.full_clean()


def test_a_row_that_is_stored_is_checked_without_a_question(django_assert_num_queries):
    """A load asks it of thousands: the trigger has seen to it that none of them closes a circle."""
    chain(*CoverageAreaFactory.create_batch(3))
    rows = list(AreaMembership.objects.select_related("area", "member"))

    with django_assert_num_queries(0):
        for row in rows:
            row.clean()


def test_a_circle_through_a_part_is_a_circle_too():
    one, other = CoverageAreaFactory.create_batch(2)
    AreaMembershipFactory(member=one, area=other, part="the north")

    with refused("niet over een omweg"):
        AreaMembershipFactory(member=other, area=one, part="the south")


def test_a_change_that_closes_a_circle_is_refused():
    one, two, three = CoverageAreaFactory.create_batch(3)
    chain(one, two)
    row = AreaMembershipFactory(member=two, area=three)

    with refused("niet over een omweg"):
        AreaMembership.objects.filter(pk=row.pk).update(area=one)


def test_on_different_days_there_is_no_circle():
    one, two, three = CoverageAreaFactory.create_batch(3)
    chain(one, two, three, valid_until=LAST)
    back = AreaMembership(member=three, area=one, valid_from=LAST + DAY)

    back.full_clean()
    back.save()

    assert AreaMembership.objects.count() == 3


def test_days_in_common_on_each_pair_but_not_on_all_are_no_circle():
    one, two, three = CoverageAreaFactory.create_batch(3)
    AreaMembershipFactory(member=one, area=two, valid_until=FIRST)
    AreaMembershipFactory(member=two, area=three)
    back = AreaMembership(member=three, area=one, valid_from=FIRST + DAY)

    back.full_clean()
    back.save()

    assert AreaMembership.objects.count() == 3


# Two at once


def _in_another_connection(work):
    """Run work in a thread with a connection of its own; returns the thread and what it raised."""
    raised = []

    def run():
        try:
            with transaction.atomic():
                work()
        except IntegrityError as error:
            raised.append(in_words(error))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_do_not_close_a_circle_together():
    one, other = CoverageAreaFactory.create_batch(2)

    with transaction.atomic():
        AreaMembershipFactory(member=one, area=other)
        thread, raised = _in_another_connection(
            lambda: AreaMembership.objects.create(member=other, area=one)
        )
        thread.join(0.5)
        assert thread.is_alive()  # it waits for us
    thread.join(10)

    assert "omweg" in raised[0]
    assert AreaMembership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_area_does_not_end_while_another_editor_puts_something_in_it():
    zone, town = CoverageAreaFactory(), MunicipalityFactory()

    with transaction.atomic():
        AreaMembershipFactory(member=town, area=zone, valid_from=FIRST)
        thread, raised = _in_another_connection(
            lambda: CoverageArea.objects.filter(pk=zone.pk).update(valid_until=LAST)
        )
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(10)

    assert "buiten de tijd" in raised[0]
    assert CoverageArea.objects.get(pk=zone.pk).valid_until is None
