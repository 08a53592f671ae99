"""Succession of agencies and membership of areas, flattened for the filters."""

import datetime as dt

import pytest

from governance import derived
from governance.models import AgencyLine, AreaLine, ChangeEvent
from tests.factories import (
    AgencyFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CoverageAreaFactory,
)

pytestmark = pytest.mark.django_db

Kind = ChangeEvent.Kind


def agencies(*slugs, ended=()):
    """Agencies by slug; those in `ended` ended on 31 May 2023."""
    return [AgencyFactory(slug=slug, end="31 mei 2023" if slug in ended else "") for slug in slugs]


def change(before, after, kind=Kind.MERGER, **fields):
    return ChangeEventFactory(kind=kind, before=before, after=after, **fields)


def succession():
    """Every line from an agency to a body that it went on in, by slug."""
    derived.rebuild_agency_lines()
    found = AgencyLine.objects.values_list("owner__slug", "present__slug")
    return {(owner, present) for owner, present in found if owner != present}


class TestSuccession:
    def test_every_agency_has_a_line_to_itself(self):
        agencies("wvg", "opgroeien")

        assert succession() == set()
        assert AgencyLine.objects.count() == 2

    def test_a_merger_carries_each_predecessor_on(self):
        wvg, zg, zorg = agencies("wvg", "zg", "zorg", ended=("wvg", "zg"))
        change([wvg, zg], [zorg])

        assert succession() == {("wvg", "zorg"), ("zg", "zorg")}

    def test_a_renaming_carries_on(self):
        old, new = agencies("agodi", "onderwijs", ended=("agodi",))
        change([old], [new], Kind.RENAMING)

        assert succession() == {("agodi", "onderwijs")}

    @pytest.mark.parametrize(
        "kind", [kind for kind in Kind if kind not in (Kind.MERGER, Kind.RENAMING)]
    )
    def test_no_other_change_carries_on(self, kind):
        # Armoedebestrijding moved in May 2022, without the GBO.
        old, new = agencies("wvg", "armoede", ended=("wvg",))
        change([old], [new], kind)

        assert succession() == set()

    def test_an_announced_merger_carries_nothing_on(self):
        old, new = agencies("wvg", "zorg", ended=("wvg",))
        change([old], [new], status=ChangeEvent.Status.ANNOUNCED)

        assert succession() == set()

    def test_a_predecessor_that_did_not_end_stays_itself(self):
        old, new = agencies("wvg", "zorg")
        change([old], [new])

        assert succession() == set()

    def test_with_two_successors_nobody_knows_which(self):
        old, one, other = agencies("wvg", "zorg", "opgroeien", ended=("wvg",))
        change([old], [one, other])

        assert succession() == set()

    def test_with_a_successor_in_each_of_two_mergers_nobody_knows_which_either(self):
        old, one, other = agencies("wvg", "zorg", "opgroeien", ended=("wvg",))
        change([old], [one])
        change([old], [other])

        assert succession() == set()

    def test_without_a_successor_nothing_goes_on(self):
        (old,) = agencies("wvg", ended=("wvg",))
        change([old], [])

        assert succession() == set()

    def test_a_chain_leads_to_every_body_after(self):
        first, second, third = agencies(
            "kind-en-gezin", "og", "opgroeien", ended=("kind-en-gezin", "og")
        )
        change([first], [second])
        change([second], [third], Kind.RENAMING)

        assert succession() == {
            ("kind-en-gezin", "og"),
            ("kind-en-gezin", "opgroeien"),
            ("og", "opgroeien"),
        }

    def test_a_body_that_absorbed_another_goes_on_as_itself(self):
        # The name of one of the two before stays; it never ended.
        old, kept = agencies("jongerenwelzijn", "opgroeien", ended=("jongerenwelzijn",))
        change([old, kept], [kept])

        assert succession() == {("jongerenwelzijn", "opgroeien")}

    def test_a_circle_in_the_data_ends(self):
        one, other = agencies("een", "ander", ended=("een", "ander"))
        change([one], [other])
        change([other], [one])

        assert succession() == {("een", "ander"), ("ander", "een")}

    def test_the_present_body_is_the_last_of_the_chain(self, django_assert_num_queries):
        first, second, third = agencies(
            "kind-en-gezin", "og", "opgroeien", ended=("kind-en-gezin", "og")
        )
        change([first], [second])
        change([second], [third])
        derived.rebuild_agency_lines()

        with django_assert_num_queries(1):  # the lines with their present agency
            present = derived.present_agencies()

        assert present == {first.pk: third, second.pk: third}

    def test_building_again_forgets_what_no_longer_holds(self):
        old, new = agencies("wvg", "zorg", ended=("wvg",))
        event = change([old], [new])
        assert succession() == {("wvg", "zorg")}

        event.delete()

        assert succession() == set()


def areas(*slugs):
    return [CoverageAreaFactory(slug=slug) for slug in slugs]


def lies(member, area, part="", start=None, end=None):
    AreaMembershipFactory(
        member=member,
        area=area,
        part=part,
        valid_from=start and dt.date.fromisoformat(start),
        valid_until=end and dt.date.fromisoformat(end),
    )


def geography():
    """Every line between two different areas: (place, territory, whole, from, until)."""
    derived.rebuild_area_lines()
    found = AreaLine.objects.values_list(
        "place__slug", "territory__slug", "is_whole", "valid_from", "valid_until"
    )
    return {
        (place, territory, whole, start and start.isoformat(), end and end.isoformat())
        for place, territory, whole, start, end in found
        if place != territory
    }


class TestAreas:
    def test_every_area_lies_wholly_in_itself_on_every_day(self):
        areas("zone", "regio")

        assert geography() == set()
        assert set(AreaLine.objects.values_list("is_whole", "valid_from", "valid_until")) == {
            (True, None, None)
        }
        assert AreaLine.objects.count() == 2

    def test_a_member_lies_wholly_in_its_area_which_only_holds_a_part_of_itself_there(self):
        zone, region = areas("zone", "regio")
        lies(zone, region)

        assert geography() == {
            ("zone", "regio", True, None, None),
            ("regio", "zone", False, None, None),
        }

    def test_a_chain_is_flattened(self):
        town, zone, region = areas("stad", "zone", "regio")
        lies(town, zone)
        lies(zone, region)

        found = geography()

        assert ("stad", "regio", True, None, None) in found
        assert ("regio", "stad", False, None, None) in found
        assert len(found) == 6

    def test_a_part_of_a_place_never_lies_wholly_in_what_is_around(self):
        # Antwerpen lies in several zones; each of them lies in one region.
        town, zone, region = areas("antwerpen", "zone-noord", "regio")
        lies(town, zone, part="postcodes 2000, 2018")
        lies(zone, region)

        found = geography()

        assert ("antwerpen", "zone-noord", False, None, None) in found
        assert ("antwerpen", "regio", False, None, None) in found
        assert ("zone-noord", "regio", True, None, None) in found

    def test_a_chain_holds_on_the_days_that_all_its_steps_share(self):
        town, zone, region = areas("stad", "zone", "regio")
        lies(town, zone, start="2020-07-01", end="2024-12-31")
        lies(zone, region, start="2023-02-01")

        found = geography()

        assert ("stad", "regio", True, "2023-02-01", "2024-12-31") in found
        assert ("regio", "stad", False, "2023-02-01", "2024-12-31") in found

    def test_steps_that_share_one_day_still_meet(self):
        town, zone, region = areas("stad", "zone", "regio")
        lies(town, zone, end="2024-12-31")
        lies(zone, region, start="2024-12-31")

        assert ("stad", "regio", True, "2024-12-31", "2024-12-31") in geography()

    def test_steps_that_never_held_together_make_no_line(self):
        town, zone, region = areas("stad", "zone", "regio")
        lies(town, zone, end="2024-12-31")
        lies(zone, region, start="2025-01-01")

        assert not {line for line in geography() if {"stad", "regio"} == set(line[:2])}

    def test_a_place_that_moved_has_a_line_for_each_time(self):
        town, before, after = areas("stad", "oude-zone", "nieuwe-zone")
        lies(town, before, end="2024-12-31")
        lies(town, after, start="2025-01-01")

        found = geography()

        assert ("stad", "oude-zone", True, None, "2024-12-31") in found
        assert ("stad", "nieuwe-zone", True, "2025-01-01", None) in found

    def test_two_ways_to_one_area_keep_the_whole_one_too(self):
        town, zone, region = areas("stad", "zone", "regio")
        lies(town, zone, part="een deel")
        lies(zone, region)
        lies(town, region)

        found = geography()

        assert ("stad", "regio", True, None, None) in found

    def test_a_municipality_that_merged_lies_in_its_successor_and_all_around_it(self):
        old, new, zone = areas("bilzen", "bilzen-hoeselt", "zone")
        old.valid_until = dt.date(2024, 12, 31)
        old.save()
        lies(new, zone, start="2025-01-01")
        event = change([], [])
        event.subjects.create(side="voor", key="voor-bilzen", area=old)
        event.subjects.create(side="na", key="na-bilzen-hoeselt", area=new)

        found = geography()

        assert ("bilzen", "bilzen-hoeselt", True, "2025-01-01", None) in found
        assert ("bilzen", "zone", True, "2025-01-01", None) in found
        assert ("bilzen-hoeselt", "bilzen", False, "2025-01-01", None) in found

    def test_building_both_again_takes_a_fixed_number_of_queries(self, django_assert_num_queries):
        zone, region = areas("zone", "regio")
        lies(zone, region)
        old, new = agencies("wvg", "zorg", ended=("wvg",))
        change([old], [new])

        # A transaction for each table within one for both, of 2 queries each: 6; events, subjects,
        # their agencies, agencies, delete, insert: 6; areas, those whose composition is known,
        # memberships, events, their subjects, delete, insert: 7; a lock on each table: 2.
        with django_assert_num_queries(21):
            derived.rebuild()
