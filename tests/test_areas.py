"""The page of an area on a day."""

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from concepts.models import Concept, Coverage, Status
from concepts.places.area import moves
from governance import derived
from governance.models import AreaKind, AreaMembership, AreaName, ChangeEvent, CoverageArea, OldSlug
from tests.answers import text
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    version_with_status,
)

pytestmark = pytest.mark.django_db

Composition, Extent = AreaKind.Composition, Coverage.Extent
LAST, FIRST = dt.date(2024, 12, 31), dt.date(2025, 1, 1)


@pytest.fixture
def kinds():
    slugs = ("gemeente", "eerstelijnszone", "referentieregio", "provincie")
    return {
        slug: AreaKindFactory(slug=slug, position=number, composition=Composition.KNOWN)
        for number, slug in enumerate(slugs)
    }


def town(kinds, nis, **fields):
    slug = f"gemeente-{nis}"
    kind = kinds["gemeente"]
    return CoverageAreaFactory(slug=slug, nis=nis, name=f"Stad {nis}", kind=kind, **fields)


@pytest.fixture
def zone(kinds):
    """A zone over the border of two regions until the end of 2024, then in one of them."""
    zone = CoverageAreaFactory(slug="zone", name="Zone", kind=kinds["eerstelijnszone"])
    north, south = (
        CoverageAreaFactory(slug=slug, name=slug.capitalize(), kind=kinds["referentieregio"])
        for slug in ("noord", "zuid")
    )
    one, other, third, fourth = (town(kinds, f"1100{n}") for n in range(1, 5))
    for member, area, days in [
        (one, zone, {}),
        (one, north, {}),
        (other, zone, {"valid_until": LAST}),
        (other, south, {}),
        (third, north, {}),
        (fourth, south, {}),
    ]:
        AreaMembershipFactory(member=member, area=area, **days).citations.add(CitationFactory())
    derived.rebuild()
    return zone


def named(*areas, **fields):
    return partial(CoverageFactory, extent=Extent.ONLY_NAMED, territory=areas, **fields)


def section(response, id):
    return next((s for s in response.context["page"].sections if s.id == id), None)


class TestOnADay:
    def test_shows_what_lay_in_it(self, client, zone):
        before, after = (
            client.get("/gebieden/zone/", {"peildatum": day.isoformat()}) for day in (LAST, FIRST)
        )

        inside = [
            [item.text for item in section(page, "onderdelen").items[0].items]
            for page in (before, after)
        ]
        assert inside == [["Stad 11001", "Stad 11002"], ["Stad 11001"]]

    def test_shows_how_it_lay_against_other_kinds(self, client, zone):
        before, after = (
            text(client.get("/gebieden/zone/", {"peildatum": day.isoformat()}))
            for day in (LAST, FIRST)
        )

        assert "Kruist Noord , Zuid" in before
        assert "Ligt helemaal in Noord" in after

    def test_shows_what_came_and_went_whatever_the_day(self, client, zone):
        for asked in ({}, {"peildatum": "2023-03-13"}):
            (move,) = section(client.get("/gebieden/zone/", asked), "erbij-en-weg").items

            assert (move.day, [row.member.name for row in move.went]) == (FIRST, ["Stad 11002"])

    def test_says_so_in_a_banner_and_in_its_links(self, client, zone):
        page = client.get("/gebieden/zone/", {"peildatum": "2023-03-13"})

        html = page.content.decode()
        assert "golden op <b>13 maart 2023</b>" in html
        assert '"/gebieden/noord/?peildatum=2023-03-13"' in html
        assert "b=referentieregio&amp;peildatum=2023-03-13#zone" in html
        assert page.context["robots"] == "noindex,follow"

    def test_has_no_banner_today(self, client, zone):
        assert "Terug naar vandaag" not in text(client.get("/gebieden/zone/"))

    def test_bears_the_name_of_that_day(self, client, zone):
        AreaName.objects.create(area=zone, name="Oude zone", valid_until=LAST)
        AreaName.objects.create(area=zone, name="Zone", valid_from=FIRST)

        page = client.get("/gebieden/zone/", {"peildatum": LAST.isoformat()})

        assert "<h1>Oude zone</h1>" in page.content.decode()
        assert [item.text for item in section(page, "naam").items] == ["Zone", "Oude zone"]

    def test_names_kinds_of_which_the_composition_is_unknown(self, client, zone):
        AreaKindFactory(slug="buurt", plural="buurten", composition=Composition.UNKNOWN)

        assert "dus niet te zeggen: buurten" in text(client.get("/gebieden/zone/"))

    @pytest.mark.parametrize("asked", ["peildatum=gisteren", "kleur=groen", "peildatum=2023-02-30"])
    def test_names_what_it_left_out(self, client, zone, asked):
        page = client.get(f"/gebieden/zone/?{asked}")

        assert page.status_code == 200
        assert "lieten het weg" in text(page)


class TestADayOnWhichItWasNotThere:
    @pytest.fixture
    def merged(self, kinds):
        kind = kinds["referentieregio"]
        old = CoverageAreaFactory(slug="oud", name="Oud", kind=kind, valid_until=LAST)
        new = CoverageAreaFactory(slug="nieuw", name="Nieuw", kind=kind, valid_from=FIRST)
        event = ChangeEventFactory(kind=ChangeEvent.Kind.MERGER, date="1 januari 2025")
        event.subjects.create(side="voor", key="oud", area=old)
        event.subjects.create(side="na", key="nieuw", area=new)
        derived.rebuild()

    def test_leads_to_what_came_after(self, client, merged):
        page = client.get("/gebieden/oud/")

        assert "Oud bestond tot en met 31 december 2024. Daarna kwam Nieuw ." in text(page)
        assert 'href="/gebieden/oud/?peildatum=2024-12-31"' in page.content.decode()
        assert section(page, "concepten") is None

    def test_leads_to_what_was_before_on_that_day(self, client, merged):
        page = client.get("/gebieden/nieuw/", {"peildatum": "2024-06-01"})

        assert "Nieuw bestaat pas van 1 januari 2025. Daarvoor was er Oud ." in text(page)
        assert 'href="/gebieden/oud/?peildatum=2024-06-01"' in page.content.decode()

    def test_before_the_data_begin_it_says_from_when(self, client, zone):
        AreaKind.objects.filter(slug="eerstelijnszone").update(
            plural="eerstelijnszones", data_from=dt.date(2020, 7, 1)
        )

        page = client.get("/gebieden/zone/", {"peildatum": "2020-06-30"})

        assert "gegevens over eerstelijnszones beginnen op 1 juli 2020." in text(page)
        assert section(page, "onderdelen") is None


class TestConcepts:
    def test_stand_under_their_answer_with_the_statement_and_its_source(self, client, zone):
        region = CoverageArea.objects.get(slug="noord")
        ConceptVersionFactory(published=True, name="Hier", statements=[named(zone)])
        ConceptVersionFactory(published=True, name="Streek", statements=[named(region)])
        ConceptVersionFactory(published=True, name="Ergens", statements=[CoverageFactory])

        page = client.get("/gebieden/zone/", {"peildatum": FIRST.isoformat()})

        groups = section(page, "concepten").items
        assert [
            (group.badge.key, [item.version.name for item in group.items]) for group in groups
        ] == [("ja", ["Hier", "Streek"]), ("niet-vermeld", ["Ergens"])]
        assert "Via Noord" in text(page)

    def test_of_its_scale_are_listed(self, client, zone):
        scale = partial(CoverageFactory, scale=zone.kind)
        ConceptVersionFactory(published=True, name="Per zone", statements=[scale])

        listed = section(client.get("/gebieden/zone/"), "schaal")

        assert [item.text for item in listed.items] == ["Per zone"]

    def test_over_by_that_day_stand_apart(self, client, zone):
        over = named(zone, end="31 december 2022")
        ConceptVersionFactory(published=True, name="Project", statements=[over])

        page = client.get("/gebieden/zone/", {"peildatum": "2023-06-01"})

        (item,) = section(page, "andere-dagen").items
        assert item.version.name == "Project"
        assert "Tot en met 31 december 2022" in text(page)

    def test_ontwikkelingen_that_name_it_are_not_lost(self, client, zone):
        ConceptVersionFactory(
            published=True,
            name="Hervorming",
            concept__record_kind=Concept.RecordKind.DEVELOPMENT,
            statements=[named(zone)],
        )

        listed = section(client.get("/gebieden/zone/"), "ontwikkelingen")

        assert [item.text for item in listed.items] == ["Hervorming"]

    @pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
    def test_of_drafts_nothing_shows(self, client, zone, status):
        for record_kind in Concept.RecordKind:
            for days in ({}, {"end": "2022"}, {"scale": zone.kind}):
                version_with_status(
                    status,
                    name=f"Geheim {record_kind} {len(days)} {'end' in days}",
                    concept__record_kind=record_kind,
                    statements=[named(zone, wording="geheim", **days)],
                )

        for asked in ({}, {"peildatum": "2022-06-01"}):
            page = client.get("/gebieden/zone/", asked)

            assert "geheim" not in page.content.decode().casefold()


class TestAddresses:
    def test_a_municipality_leads_to_its_own_page(self, client, kinds):
        area = town(kinds, "24062")
        own = area.get_absolute_url()

        response = client.get("/gebieden/gemeente-24062/", {"peildatum": "2023-03-13"})

        if own == "/gebieden/gemeente-24062/":  # as long as it has no page of its own
            assert response.status_code == 200
        else:
            assert response.status_code == 301
            assert response["Location"] == f"{own}?peildatum=2023-03-13"

    def test_a_former_address_leads_on(self, client, zone):
        OldSlug.objects.create(kind="coveragearea", old="elz-oud", current="zone")

        response = client.get("/gebieden/elz-oud/")

        assert (response.status_code, response["Location"]) == (301, "/gebieden/zone/")

    def test_the_address_of_the_comparison_is_no_area(self, kinds):
        area = CoverageAreaFactory.build(slug="vergelijk", kind=kinds["provincie"])

        with pytest.raises(ValidationError, match="vergelijking"):
            area.clean()


class TestMoves:
    def moved(self, *rows):
        area = CoverageAreaFactory.build(valid_until=dt.date(2030, 12, 31))
        towns = {name: CoverageAreaFactory(name=name) for name in {row[0] for row in rows}}
        found = moves(
            [
                AreaMembership(member=towns[name], valid_from=start, valid_until=end, part=part)
                for name, part, start, end in rows
            ],
            area,
        )
        return [
            (move.day, [r.member.name for r in move.came], [r.member.name for r in move.went])
            for move in found
        ]

    def test_nothing_came_on_the_first_day_of_the_data(self):
        assert self.moved(("a", "", dt.date(2020, 7, 1), None)) == []
        assert self.moved(("a", "", None, None), ("b", "", FIRST, None)) == [(FIRST, ["b"], [])]

    def test_what_goes_on_under_another_part_stays(self):
        start = dt.date(2020, 7, 1)

        assert self.moved(("a", "2000", start, LAST), ("a", "2018", FIRST, None)) == []

    def test_nothing_goes_where_the_area_itself_ends(self):
        assert self.moved(("a", "", None, dt.date(2030, 12, 31))) == []


def test_the_list_says_since_when_an_area_is_there(client, kinds):
    begins = dt.date(2019, 1, 1)
    AreaKind.objects.filter(slug="gemeente").update(data_from=begins)
    town(kinds, "11001", valid_from=begins, valid_until=LAST)
    town(kinds, "11002", valid_from=FIRST)

    page = text(client.get("/gebieden/"))

    assert "Gemeente, minstens van 1 januari 2019 tot en met 31 december 2024" in page
    assert "Gemeente, van 1 januari 2025" in page
    assert "Vergelijk twee soorten gebieden" in page
