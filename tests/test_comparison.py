"""The comparison of two kinds of area, as page, JSON and CSV."""

import datetime as dt
from types import SimpleNamespace

import pytest

from concepts.models import Claim, Discrepancy
from concepts.places.compared import sentence
from governance import derived
from governance.models import AreaKind, CoverageArea
from tests.answers import rows_of_csv, text
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/gebieden/vergelijk/"
JSON = "/gebieden/vergelijk.json"
ASKED = {"a": "eerstelijnszone", "b": "referentieregio"}
Composition = AreaKind.Composition


@pytest.fixture
def kinds():
    names = [("gemeente", "gemeenten"), ("eerstelijnszone", "eerstelijnszones")]
    names += [("referentieregio", "referentieregio’s"), ("buurt", "buurten")]
    known = [*[Composition.KNOWN] * 3, Composition.UNKNOWN]
    return {
        slug: AreaKindFactory(slug=slug, plural=plural, position=number, composition=composition)
        for number, ((slug, plural), composition) in enumerate(zip(names, known, strict=True))
    }


@pytest.fixture
def areas(kinds):
    """A zone that crosses, one that fits and one that no region covers."""
    made = {
        slug: CoverageAreaFactory(slug=slug, name=slug.capitalize(), kind=kinds[kind])
        for kind, slugs in [
            ("eerstelijnszone", ("kruist", "past", "bloot")),
            ("referentieregio", ("noord", "zuid")),
        ]
        for slug in slugs
    }
    for nis, *around in [
        ("11001", "kruist", "noord"),
        ("11002", "kruist", "noord"),
        ("11003", "kruist", "zuid"),
        ("11004", "past", "noord"),
        ("11005", "bloot"),
        ("11006", "zuid"),
    ]:
        town = CoverageAreaFactory(
            slug=f"gemeente-{nis}", nis=nis, name=f"Stad {nis}", kind=kinds["gemeente"]
        )
        for slug in around:
            AreaMembershipFactory(member=town, area=made[slug]).citations.add(CitationFactory())
    derived.rebuild()
    return made


class TestTheData:
    def test_is_that_of_the_contract(self, client, areas):
        data = client.get(JSON, ASKED | {"peildatum": "2023-03-13"}).json()

        assert (data["a"], data["b"]) == ("eerstelijnszone", "referentieregio")
        assert (data["peildatum"], data["aantal"]) == ("2023-03-13", 3)
        (crossing,), (uncovered,), (nested,) = (
            data[key] for key in ("kruisend", "niet_gedekt", "genest")
        )
        assert (crossing["slug"], crossing["naam"]) == ("kruist", "Kruist")
        assert crossing["oorzaak"] == ["11003"]
        assert crossing["raakt"] == [
            {"slug": "noord", "naam": "Noord", "verhouding": "kruist", "gemeenten": 2},
            {"slug": "zuid", "naam": "Zuid", "verhouding": "kruist", "gemeenten": 1},
        ]
        assert (uncovered["slug"], uncovered["oorzaak"]) == ("bloot", ["11005"])
        assert (nested["slug"], nested["oorzaak"]) == ("past", [])
        assert data["onzeker"] == []
        assert {"bron": "tekst", "plaats": "2.1"}.items() <= data["bronnen"][0].items()

    def test_has_one_entry_for_every_area(self, client, areas):
        for asked in (ASKED, {"a": "referentieregio", "b": "eerstelijnszone"}):
            data = client.get(JSON, asked).json()

            entries = [data[key] for key in ("kruisend", "genest", "niet_gedekt", "onzeker")]
            slugs = sorted(entry["slug"] for group in entries for entry in group)
            kind = CoverageArea.objects.filter(kind__slug=asked["a"])
            assert slugs == sorted(kind.values_list("slug", flat=True))

    def test_csv_has_a_row_for_each(self, client, areas):
        rows = rows_of_csv(client.get("/gebieden/vergelijk.csv", ASKED))

        assert [(row["slug"], row["verhouding"], row["oorzaak"]) for row in rows] == [
            ("kruist", "kruisend", "11003"),
            ("bloot", "niet_gedekt", "11005"),
            ("past", "genest", ""),
        ]
        assert rows[0]["raakt"] == "noord:2|zuid:1"

    def test_of_an_unknown_composition_it_says_nothing_but_that(self, client, areas):
        CoverageAreaFactory(kind=AreaKind.objects.get(slug="buurt"))
        derived.rebuild()

        data = client.get(JSON, {"a": "eerstelijnszone", "b": "buurt"}).json()

        assert len(data["onzeker"]) == 3
        assert "onbekend" in data["opmerking"]
        assert (data["kruisend"], data["genest"], data["niet_gedekt"]) == ([], [], [])


class TestThePage:
    def test_says_how_many_and_names_the_cause(self, client, areas):
        page = text(client.get(ADDRESS, ASKED | {"peildatum": "2023-03-13"}))

        assert "van 3 eerstelijnszones kruist er 1 de grens van een referentieregio" in page
        assert "is er 1 niet gedekt en past er 1 ." in page
        assert "Je vergelijkt gebieden zoals ze lagen op 13 maart 2023 ." in page
        assert "Stad 11003" in page

    def test_keeps_the_day_in_its_links(self, client, areas):
        html = client.get(ADDRESS, ASKED | {"peildatum": "2023-03-13"}).content.decode()

        assert '/gebieden/kruist/?peildatum=2023-03-13"' in html
        assert "a=referentieregio&amp;b=eerstelijnszone&amp;peildatum=2023-03-13" in html

    def test_has_no_banner_today(self, client, areas):
        today = dt.date.today().isoformat()

        for asked in ({}, {"peildatum": today}):
            assert "Terug naar vandaag" not in text(client.get(ADDRESS, ASKED | asked))

    def test_without_a_question_explains_and_offers_pairs(self, client, kinds):
        response = client.get(ADDRESS)

        assert response.context["page"].notices == []
        assert "Eerstelijnszones en referentieregio’s" in text(response)

    def test_says_what_the_sources_say_of_this_pair(self, client, areas):
        version = ConceptVersionFactory(published=True)
        remark = Discrepancy.objects.create(
            slug="x51-zones-over-de-regiogrens", title="Zes kruisen nog", kind="nuance"
        )
        Claim.objects.create(discrepancy=remark, key="b1", value="met uitzonderingen")
        crossing = areas["kruist"]
        crossing.note = "Deze zone mag kruisen. Dat is beslist."
        crossing.save()
        crossing.citations.add(CitationFactory(source=SourceFactory(slug="krant")))

        hidden = text(client.get(ADDRESS, ASKED))
        remark.concepts.add(version.concept)
        shown = text(client.get(ADDRESS, ASKED))

        # Only what is about a published concept is public.
        assert "Zes kruisen nog" not in hidden
        assert "Deze zone mag kruisen" in shown
        assert "Zes kruisen nog" in shown

    @pytest.mark.parametrize("rows", [1, 15])
    def test_query_count_does_not_grow_with_rows(
        self, client, kinds, rows, django_assert_num_queries
    ):
        regions = CoverageAreaFactory.create_batch(2, kind=kinds["referentieregio"])
        for number in range(rows):
            zone = CoverageAreaFactory(kind=kinds["eerstelijnszone"])
            for position, region in enumerate([*regions, None]):
                nis = f"{20000 + number * 3 + position}"
                town = CoverageAreaFactory(slug=f"gemeente-{nis}", nis=nis, kind=kinds["gemeente"])
                for area in filter(None, (zone, region)):
                    AreaMembershipFactory(member=town, area=area).citations.add(CitationFactory())
        derived.rebuild()
        client.get(ADDRESS, ASKED)

        # The stamp; the kinds; lines, areas: 2; what the sources say of the pair; where the
        # composition comes from.
        with django_assert_num_queries(6):
            client.get(ADDRESS, ASKED)
        with django_assert_num_queries(5):  # without what the sources say
            client.get(JSON, ASKED)


class TestBadInput:
    @pytest.mark.parametrize(
        ("asked", "parameter", "notice"),
        [
            ({}, "a", None),
            ({"a": "eerstelijnszone"}, "b", "Kies twee soorten gebieden."),
            ({"b": "eerstelijnszone"}, "a", "Kies twee soorten gebieden."),
            ({"a": "kanton", "b": "referentieregio"}, "a", "We kennen “kanton” niet"),
            (
                {"a": "referentieregio", "b": "referentieregio"},
                "b",
                "Kies twee verschillende soorten gebieden.",
            ),
            (ASKED | {"peildatum": "gisteren"}, "peildatum", "We kennen “gisteren” niet"),
            (ASKED | {"peildatum": "2023-02-30"}, "peildatum", "We kennen “2023-02-30” niet"),
            (ASKED | {"peildatum": "1700-01-01"}, "peildatum", "We kennen “1700-01-01” niet"),
            (ASKED | {"a": ["eerstelijnszone", "buurt"]}, "a", "We kennen “buurt” niet"),
            (ASKED | {"kleur": "groen"}, "kleur", "We kennen het filter “kleur” niet"),
            ({"a": "zone", "b": "'; --"}, "b", "We kennen “'; --” niet"),
        ],
    )
    def test_is_told_on_the_page_and_refused_as_data(self, client, kinds, asked, parameter, notice):
        page = client.get(ADDRESS, asked)
        assert page.status_code == 200
        if notice:
            assert any(said.startswith(notice) for said in page.context["page"].notices)

        for format in ("json", "csv"):
            refused = client.get(f"/gebieden/vergelijk.{format}", asked)

            assert refused.status_code == 400
            assert refused["Content-Type"].startswith("application/problem+json")
            assert parameter in [row["parameter"] for row in refused.json()["parameters"]]

    def test_a_day_before_the_data_is_told_from_when_they_are(self, client, kinds):
        AreaKind.objects.filter(slug="referentieregio").update(data_from=dt.date(2023, 2, 1))
        asked = ASKED | {"peildatum": "2023-01-31"}

        page, refused = client.get(ADDRESS, asked), client.get(JSON, asked)

        told = "Onze gegevens over referentieregio’s beginnen op 1 februari 2023."
        assert told in text(page)
        assert refused.status_code == 400
        assert "2023-02-01" in refused.json()["parameters"][0]["toegestaan"]
        assert client.get(JSON, ASKED | {"peildatum": "2023-02-01"}).status_code == 200

    def test_there_is_no_other_format(self, client, kinds):
        assert client.get("/gebieden/vergelijk.xml", ASKED).status_code == 404

    def test_a_scale_without_areas_is_no_choice(self, client, kinds):
        AreaKindFactory(slug="lokaal", composition=Composition.NONE)

        assert client.get(JSON, {"a": "lokaal", "b": "gemeente"}).status_code == 400


@pytest.mark.parametrize(
    ("total", "crossing", "uncovered", "unsure", "nested", "said"),
    [
        (0, 0, 0, 0, 0, "Op 1 mei: geen zones in onze gegevens."),
        (1, 0, 0, 1, 0, "Op 1 mei: van 1 zone weten we van geen enkel gebied of het past."),
        (
            2,
            0,
            0,
            0,
            2,
            "Op 1 mei: van 2 zones kruist er geen de grens van een regio en passen er 2.",
        ),
        (
            *(9, 2, 3, 1, 1),
            "Op 1 mei: van 9 zones kruisen er 2 de grens van een regio, zijn er 3 niet gedekt, "
            "weten we het van 1 niet en past er 1.",
        ),
    ],
)
def test_the_sentence_says_how_many_lie_how(total, crossing, uncovered, unsure, nested, said):
    kind = SimpleNamespace(name="zone", plural="zones")
    found = {"crossing": crossing, "uncovered": uncovered, "unsure": unsure, "nested": nested}
    page = SimpleNamespace(
        kind=kind, other=SimpleNamespace(name="regio"), as_of="1 mei", total=total, **found
    )

    assert "".join(part.text for part in sentence(page)).replace("\xa0", " ") == said
