"""Which place a reader means, and what is said of it."""

import datetime as dt

import pytest

from concepts.models import Alias
from concepts.places.lookup import Municipalities
from governance import derived
from governance.models import ChangeSubject
from tests.answers import rows_of_csv, text
from tests.factories import (
    AliasFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    AreaPartFactory,
    ChangeEventFactory,
    CoverageAreaFactory,
)

pytestmark = pytest.mark.django_db

START, LAST, FIRST = dt.date(2019, 1, 1), dt.date(2024, 12, 31), dt.date(2025, 1, 1)
BEFORE, AFTER = dt.date(2023, 3, 13), dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def country():
    """Towns, two of which merged and one of which went on in a city that was there already.

    | area                 | postcodes          | parts                    | days          |
    |----------------------|--------------------|--------------------------|---------------|
    | 73006 Bilzen         | 3740               | Munsterbilzen            | until 2024    |
    | 73032 Hoeselt        | 3730               |                          | until 2024    |
    | 73110 Bilzen-Hoeselt | 3730, 3740         |                          | from 2025     |
    | 24062 Leuven         | 3000, 3001         | Heverlee, Halle (3001)   |               |
    | 24086 Oud-Heverlee   | 3050               | Heusden (3050)           |               |
    | 23027 Halle          | 1500               | Heusden (1500)           |               |
    | 11002 Antwerpen      | 2000, 2150         | Deurne (an alias)        |               |
    | 11007 Borsbeek       | 2150               |                          | until 2024    |
    | 35029 De Haan        | 8420               |                          |               |
    """
    kinds = {
        slug: AreaKindFactory(
            slug=slug, name=slug, plural=f"{slug}s", position=position, data_from=START
        )
        for position, slug in enumerate(
            ["gemeente", "eerstelijnszone", "referentieregio", "provincie"]
        )
    }
    areas = {
        name: CoverageAreaFactory(
            kind=kinds["gemeente"],
            slug=f"gemeente-{nis}",
            nis=nis,
            name=name,
            postcodes=postcodes,
            valid_from=since,
            valid_until=until,
        )
        for nis, name, postcodes, since, until in [
            ("73006", "Bilzen", ["3740"], START, LAST),
            ("73032", "Hoeselt", ["3730"], START, LAST),
            ("73110", "Bilzen-Hoeselt", ["3730", "3740"], FIRST, None),
            ("24062", "Leuven", ["3000", "3001"], START, None),
            ("24086", "Oud-Heverlee", ["3050"], START, None),
            ("23027", "Halle", ["1500"], START, None),
            ("11002", "Antwerpen", ["2000", "2150"], START, None),
            ("11007", "Borsbeek", ["2150"], START, LAST),
            ("35029", "De Haan", ["8420"], START, None),
        ]
    }
    for town, name, postcode in [
        ("Bilzen", "Munsterbilzen", "3740"),
        ("Leuven", "Heverlee", "3001"),
        ("Leuven", "Halle", "3001"),
        ("Oud-Heverlee", "Heusden", "3050"),
        ("Halle", "Heusden", "1500"),
    ]:
        AreaPartFactory(area=areas[town], name=name, postcode=postcode)
    AliasFactory(text="Deurne", kind=Alias.Kind.PART, area=areas["Antwerpen"])
    for kind, slug, name in [
        ("eerstelijnszone", "elz-leuven", "Leuven"),
        ("eerstelijnszone", "elz-zolim", "ZOLim"),
        ("referentieregio", "regio-antwerpen", "Regio Antwerpen"),
        ("referentieregio", "regio-limburg", "Limburg"),
        ("provincie", "provincie-antwerpen", "Antwerpen"),
        ("provincie", "provincie-limburg", "Limburg"),
    ]:
        areas[slug] = CoverageAreaFactory(kind=kinds[kind], slug=slug, name=name)
    AreaMembershipFactory(member=areas["Bilzen-Hoeselt"], area=areas["elz-zolim"], valid_from=FIRST)
    for old, new in [
        ("Bilzen", "Bilzen-Hoeselt"),
        ("Hoeselt", "Bilzen-Hoeselt"),
        ("Borsbeek", "Antwerpen"),
    ]:
        event = ChangeEventFactory(date="1 januari 2025")
        for side, name in (("voor", old), ("na", new)):
            ChangeSubject.objects.create(
                event=event, side=side, key=f"{side}-{areas[name].nis}", area=areas[name]
            )
    derived.rebuild()
    return areas


def find(words, day=AFTER):
    return Municipalities().find(words, day)


def names(hits):
    return [hit.area.name for hit in hits]


class TestWhatIsAName:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("Leuven", "Leuven"),
            ("  LEUVEN ", "Leuven"),
            ("Hoeselt", "Bilzen-Hoeselt"),
            ("bilzen hoeselt", "Bilzen-Hoeselt"),
            ("BilzenHoeselt", "Bilzen-Hoeselt"),
            ("3740", "Bilzen-Hoeselt"),
            ("73006", "Bilzen-Hoeselt"),
            ("24062", "Leuven"),
            ("Heverlee", "Leuven"),
            ("Munsterbilzen", "Bilzen-Hoeselt"),
            ("Deurne", "Antwerpen"),
            ("2150", "Antwerpen"),
            ("3000 Leuven", "Leuven"),
            ("Leuven 3000", "Leuven"),
            ("Leuven (3000)", "Leuven"),
            ("B-3000", "Leuven"),
            ("B-3000 Leuven", "Leuven"),
            ("BE 3000 Leuven", "Leuven"),
            ("3001 Heverlee", "Leuven"),
            ("gemeente Leuven", "Leuven"),
            ("de stad Leuven", "Leuven"),
            ("OCMW Bilzen", "Bilzen-Hoeselt"),
            ("het OCMW van De Haan", "De Haan"),
            ("Leuven, stad", "Leuven"),
            ("Heverlee (Leuven)", "Leuven"),
            ("Halle, Leuven", "Leuven"),
            ("3001 Halle", "Leuven"),
            ("1500 Halle", "Halle"),
            ("Heusden Halle", "Halle"),
            ("Heusden in Oud-Heverlee", "Oud-Heverlee"),
        ],
    )
    def test_leads_on(self, words, name):
        assert find(words).only.name == name

    @pytest.mark.parametrize(
        ("words", "names"),
        [("Bilzen", ["Bilzen"]), ("3740", ["Bilzen"]), ("73110", ["Bilzen", "Hoeselt"])],
    )
    def test_a_day_before_the_merger_gives_who_stood_there(self, words, names):
        assert [hit.area.name for hit in find(words, BEFORE).hits] == names

    def test_the_municipality_of_that_name_goes_before_a_part(self):
        lookup = find("Halle")

        assert lookup.only.name == "Halle"
        assert names(lookup.others) == ["Leuven"]

    def test_a_part_of_two_municipalities_asks_which(self):
        lookup = find("Heusden")

        assert lookup.only is None
        assert names(lookup.hits) == ["Halle", "Oud-Heverlee"]
        assert all(hit.is_sure for hit in lookup.hits)

    @pytest.mark.parametrize("words", ["3000 Antwerpen", "9999 Leuven", "2000 Heverlee"])
    def test_a_name_and_a_postcode_that_differ_ask(self, words):
        lookup = find(words)

        assert lookup.only is None
        assert lookup.hits
        assert not any(hit.is_sure for hit in lookup.hits)

    def test_it_takes_six_queries(self, django_assert_num_queries):
        with django_assert_num_queries(6):  # kinds, areas, names, parts, aliases, mergers
            find("Leuven")


class TestWhatOnlyResemblesOne:
    @pytest.mark.parametrize(
        ("words", "first"),
        [
            ("leu", "Leuven"),
            ("Heverl", "Leuven"),
            ("Luven", "Leuven"),
            ("Lueven", "Leuven"),
            ("Antwerpne", "Antwerpen"),
        ],
    )
    def test_is_offered_and_never_leads_on(self, words, first):
        lookup = find(words)

        assert lookup.only is None
        assert names(lookup.hits)[0] == first

    @pytest.mark.parametrize("words", ["zz", "9999", "99999", "-", "", "Leuven en omstreken"])
    def test_or_nothing_is(self, words):
        assert find(words).only is None

    def test_a_name_that_was_taken_for_a_mistake_is_said(self):
        assert find("Lueven").corrected == "Leuven"


class TestOtherAreas:
    @pytest.mark.parametrize(
        ("words", "slugs"),
        [
            ("Limburg", ["provincie-limburg", "regio-limburg"]),
            ("provincie Limburg", ["provincie-limburg"]),
            ("ELZ Leuven", ["elz-leuven"]),
            ("eerstelijnszone Leuven", ["elz-leuven"]),
            ("regio antwerpen", ["regio-antwerpen"]),
            ("zorgraad Bilzen", ["elz-zolim"]),
            ("Lueven", []),
        ],
    )
    def test_are_found_by_name_and_kind(self, words, slugs):
        assert [area.slug for area in find(words).areas] == slugs

    def test_only_place_is_the_one_that_it_can_be(self):
        assert find("ZOLim").only_place.slug == "elz-zolim"
        assert find("provincie Limburg").only_place.slug == "provincie-limburg"
        assert find("Hoeselt").only_place.name == "Bilzen-Hoeselt"
        assert find("Limburg").only_place is None
        assert find("Leuven").only_place is None  # the municipality, or the zone

    def test_their_pages_are_offered(self, client):
        response = client.get("/gemeenten/", {"q": "Limburg"})

        assert response.status_code == 200
        assert "“Limburg” is geen gemeente. Bedoel je dit gebied?" in text(response)
        assert "/gebieden/provincie-limburg/" in response.content.decode()


class TestTheList:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("Bilzen", "Je zocht Bilzen . Sinds 1 januari 2025 is dat Bilzen-Hoeselt ."),
            ("Borsbeek", "Je zocht Borsbeek . Sinds 1 januari 2025 hoort dat bij Antwerpen ."),
            ("Heverlee", "Heverlee ligt in Leuven (postcode 3001)."),
            ("Deurne", "Deurne ligt in Antwerpen ."),
            ("3740", "3740 is een postcode van Bilzen-Hoeselt ."),
            ("73006", "73006 was de NIS-code van Bilzen. Sinds 1 januari 2025 is dat"),
            ("Halle", "Zocht je iets anders dat zo heet? Halle in Leuven"),
        ],
    )
    def test_who_is_sent_on_reads_what_was_understood(self, client, words, said):
        response = client.get("/gemeenten/", {"q": words}, follow=True)

        (address, status), *_ = response.redirect_chain
        assert status == 302
        assert "gezocht=" in address
        assert said in text(response)
        assert "gezocht" not in response.context["canonical_url"]

    def test_its_own_name_needs_no_word(self, client):
        response = client.get("/gemeenten/", {"q": "de haan", "peildatum": "2025-06-01"})

        assert response.status_code == 302
        assert response["Location"] == "/gemeenten/35029-de-haan/?peildatum=2025-06-01"

    @pytest.mark.parametrize("words", ["Antwerpen", "<b>vals</b>", "Leuven", "zz"])
    def test_what_does_not_lead_here_is_not_said(self, client, words):
        page = client.get("/gemeenten/35029-de-haan/", {"gezocht": words})

        assert page.status_code == 200
        assert 'class="understood"' not in page.content.decode()

    def test_data_do_not_know_what_was_typed(self, client):
        assert client.get("/gemeenten/35029.json", {"gezocht": "x"}).status_code == 400

    @pytest.mark.parametrize("words", ["Lueven", "leu"])
    def test_a_guess_asks(self, client, words):
        response = client.get("/gemeenten/", {"q": words})

        assert response.status_code == 200
        assert "Bedoel je Leuven?" in text(response)

    def test_several_ask(self, client):
        response = client.get("/gemeenten/", {"q": "Heusden"})

        assert response.status_code == 200
        assert "In welke gemeente ligt “Heusden”?" in text(response)
        assert "Heusden ligt in Halle (postcode 1500)" in text(response)

    def test_none_helps_on(self, client):
        response = client.get("/gemeenten/", {"q": "Zeppelin"})

        assert response.status_code == 200
        assert "Geen gemeente voor “Zeppelin”" in text(response)
        assert "/zoeken/?q=Zeppelin" in response.content.decode()

    def test_data_follow_the_same_lookup(self, client):
        sure = client.get("/gemeenten.json", {"q": "B-3000 Leuven"}).json()
        guess = client.get("/gemeenten.json", {"q": "Lueven"}).json()
        rows = rows_of_csv(client.get("/gemeenten.csv", {"q": "gemeente Leuven"}))

        assert ([row["nis"] for row in sure["resultaten"]], sure["zeker"]) == (["24062"], True)
        assert (guess["gezocht_als"], guess["zeker"]) == ("Leuven", False)
        assert [row["nis"] for row in rows] == ["24062"]

    def test_data_give_the_areas_that_are_called_so(self, client):
        data = client.get("/gemeenten.json", {"q": "Limburg"}).json()

        assert [row["slug"] for row in data["gebieden"]] == ["provincie-limburg", "regio-limburg"]
        assert data["resultaten"] == []

    def test_all_of_the_day_stand_below(self, client):
        before = client.get("/gemeenten.json", {"peildatum": BEFORE}).json()
        after = client.get("/gemeenten.json", {"peildatum": AFTER}).json()

        assert "Bilzen" in [row["naam"] for row in before["resultaten"]]
        assert "73110" in [row["nis"] for row in after["resultaten"]]

    def test_csv_has_the_same_rows(self, client):
        rows = rows_of_csv(client.get("/gemeenten.csv", {"q": "3730", "peildatum": BEFORE}))

        assert [(row["nis"], row["postcodes"]) for row in rows] == [("73032", "3730")]

    def test_a_day_before_the_data_says_so(self, client):
        page = text(client.get("/gemeenten/", {"peildatum": "2015-01-01"}))

        assert "Onze gegevens over gemeenten beginnen op 1 januari 2019" in page


class TestTheStartOfOurData:
    def test_is_not_told_as_the_start_of_a_municipality(self, client):
        page = text(client.get("/gemeenten/11007-borsbeek/", {"peildatum": AFTER}))
        data = client.get("/gemeenten/24062.json").json()

        assert "Antwerpen de gemeente sinds 1 januari 2025" in page
        assert (data["geldig_van"], data["gegevens_van"]) == (None, "2019-01-01")

    def test_the_day_of_a_merger_is(self, client):
        data = client.get("/gemeenten/73110.json", {"peildatum": AFTER}).json()

        assert data["geldig_van"] == "2025-01-01"

    def test_nor_as_that_of_another_area(self, client, country):
        country["elz-leuven"].valid_from = START
        country["elz-leuven"].save()

        rows = client.get("/gebieden.json").json()["resultaten"]
        (row,) = (row for row in rows if row["slug"] == "elz-leuven")
        assert (row["geldig_van"], row["gegevens_van"]) == (None, "2019-01-01")
        (row,) = (
            row for row in rows_of_csv(client.get("/gebieden.csv")) if row["slug"] == "elz-leuven"
        )
        assert (row["geldig_van"], row["gegevens_van"]) == ("", "2019-01-01")
