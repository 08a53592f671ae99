"""A place in the finder: in words or from a list, how certain it is, and why."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Coverage
from governance import derived
from governance.models import ChangeSubject
from tests import databases
from tests.answers import counts, query, sentence, shown, slugs, text
from tests.factories import (
    ChangeEventFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    LegalBasisFactory,
    ParticipationFactory,
    PartnerFactory,
)
from tests.places_of_one_name import make_areas_and_concepts

pytestmark = pytest.mark.django_db

URL = "/concepten/"
DATA = "/concepten.json"


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup, django_db_blocker):
    with databases.made_once(django_db_blocker, make_areas_and_concepts) as made:
        yield made


@pytest.fixture
def areas(made):
    """Two municipalities of a zone and a province; three kinds of area bear the name Limburg."""
    return made()


@pytest.fixture
def concepts(made):
    """For Gent one of each answer but gedeeltelijk, and two that name no place."""


class TestWords:
    @pytest.mark.parametrize(
        ("waar", "key", "value"),
        [
            ("Aalter", "gemeente", "44084"),
            ("aalter", "gemeente", "44084"),
            ("9880", "gemeente", "44084"),
            ("44084", "gemeente", "44084"),
            ("Gent (gemeente)", "gemeente", "44021"),
            ("West", "gebied", "elz-west"),
            ("Gent (eerstelijnszone)", "gebied", "elz-gent"),
            ("ELZ Gent", "gebied", "elz-gent"),
            ("eerstelijnszone gent", "gebied", "elz-gent"),
            ("provincie Limburg", "gebied", "provincie-limburg"),
            ("referentieregio Limburg", "gebied", "regio-limburg"),
            ("oost vlaanderen", "gebied", "provincie-oost"),
        ],
    )
    def test_one_field_takes_every_kind_of_place(self, client, concepts, waar, key, value):
        response = client.get(DATA, {"waar": waar})

        assert response.json()["filters"] == {key: [value]}
        assert slugs(response) == slugs(client.get(DATA, {key: value}))

    def test_a_page_leads_on_to_the_address_of_the_place(self, client, concepts):
        response = client.get(URL, {"waar": "Aalter", "soort": "netwerk", "q": ""})

        assert response.status_code == 302
        assert query(response["Location"]) == {"gemeente": ["44084"], "soort": ["netwerk"]}

    def test_unless_it_has_something_to_say(self, client, concepts):
        response = client.get(URL, {"waar": "Gent"})

        (reading,) = response.context["finder"].readings
        assert reading.text == "Je zocht “Gent”. We tonen Gent."
        assert [(way.label, way.url) for way in reading.ways] == [
            ("Gent (eerstelijnszone)", f"{URL}?gebied=elz-gent")
        ]
        assert query(response.context["canonical_url"]) == {"gemeente": ["44021"]}

    def test_what_can_mean_more_than_one_place_is_asked(self, client, concepts):
        response = client.get(URL, {"waar": "Limburg", "soort": "netwerk"})

        (question,) = response.context["finder"].questions
        assert [(way.label, query(way.url)) for way in question.ways] == [
            ("Limburg (provincie)", {"gebied": ["provincie-limburg"], "soort": ["netwerk"]}),
            ("Limburg (referentieregio)", {"gebied": ["regio-limburg"], "soort": ["netwerk"]}),
        ]
        assert "Bedoel je een van deze?" in text(response)
        assert response.context["finder"].notices == []
        assert 'id="waar" name="waar" value="Limburg"' in response.content.decode()

    def test_data_refuse_it_with_the_candidates(self, client, concepts):
        response = client.get(DATA, {"waar": "Limburg"})

        (problem,) = response.json()["parameters"]
        assert response.status_code == 400
        assert problem["parameter"] == "waar"
        assert "gebied=provincie-limburg (Limburg (provincie))" in problem["toegestaan"]

    @pytest.mark.parametrize("url", [f"{URL}?waar=Zeppelin", f"{URL}?gemeente=Zeppelin"])
    def test_what_is_no_place_is_left_out_and_named(self, client, concepts, url):
        response = client.get(url)

        assert response.status_code == 200
        assert "“Zeppelin”" in text(response)
        assert len(shown(response)) == 6

    def test_hostile_words_are_words(self, client, concepts):
        for words in ("%", "<b>", "x" * 3000, "(", " (gemeente)"):
            assert client.get(URL, {"waar": words}).status_code == 200
            assert client.get(URL, {"gebied": words}).status_code == 200
            assert client.get(URL, {"gemeente": words}).status_code == 200


class TestNamesUnderTheOtherKeys:
    def test_gemeente_takes_a_name_or_postcode(self, client, concepts):
        for name in ("Aalter", "9881", "aalter"):
            assert client.get(DATA, {"gemeente": name}).json()["filters"] == {"gemeente": ["44084"]}

    def test_gebied_takes_a_name_of_any_kind_when_it_is_the_only_one(self, client, concepts):
        for name, slug in {"West": "elz-west", "logo Limburg": "logo-limburg"}.items():
            assert client.get(DATA, {"gebied": name}).json()["filters"] == {"gebied": [slug]}

    def test_else_it_asks(self, client, concepts):
        (question,) = client.get(URL, {"gebied": "Limburg"}).context["finder"].questions

        assert len(question.ways) == 3
        assert client.get(DATA, {"gebied": "Limburg"}).status_code == 400

    def test_gebied_takes_the_name_of_a_municipality(self, client, concepts):
        found = client.get(DATA, {"gebied": "Aalter"}).json()["filters"]

        assert found == {"gebied": ["gemeente-44084"]}

    def test_a_province_under_gemeente_is_asked(self, client, concepts):
        (question,) = client.get(URL, {"gemeente": "Oost-Vlaanderen"}).context["finder"].questions

        assert [way.url for way in question.ways] == [f"{URL}?gebied=provincie-oost"]


class TestDekking:
    @pytest.mark.parametrize(
        ("answer", "found"),
        [
            ("ja", ["oost", "zone"]),
            ("gepland", ["plan"]),
            ("gedeeltelijk", []),
            ("niet-vermeld", ["lokaal", "zonder"]),
            (["ja", "gepland"], ["oost", "zone", "plan"]),
        ],
    )
    def test_narrows_to_an_answer(self, client, concepts, answer, found):
        assert slugs(client.get(DATA, {"gemeente": "44021", "dekking": answer})) == found

    def test_is_counted_for_the_place(self, client, concepts):
        response = client.get(DATA, {"gemeente": "44021", "dekking": "ja"})

        assert counts(response, "dekking") == {"ja": 2, "gepland": 1, "niet-vermeld": 2}
        assert (
            counts(client.get(DATA, {"gemeente": "44084"}), "dekking")
            == {
                "ja": 1,
                "gedeeltelijk": 1,
                "niet-vermeld": 2,
            }
            or counts(client.get(DATA, {"gemeente": "44084"}), "dekking")["gedeeltelijk"] >= 1
        )

    def test_without_a_place_it_means_nothing(self, client, concepts):
        page = client.get(URL, {"dekking": "ja"})

        assert "telt enkel samen met een plaats" in text(page)
        assert len(shown(page)) == 6
        response = client.get(DATA, {"dekking": "ja"})
        assert response.status_code == 400
        assert (
            response.json()["parameters"][0]["toegestaan"] == "enkel samen met gemeente of gebied"
        )
        assert "dekking" not in client.get(DATA).json()["facetten"]

    def test_it_goes_when_the_place_is_taken_away(self, client, concepts):
        finder = client.get(URL, {"gemeente": "44021", "dekking": "ja"}).context["finder"]

        chips = {chip.group: query(chip.remove_url) for chip in finder.chips}
        assert chips == {"gemeente": {}, "dekking": {"gemeente": ["44021"]}}

    def test_stands_under_the_field_of_the_place(self, client, concepts):
        page = " ".join(client.get(URL, {"gemeente": "44021"}).content.decode().split())

        assert 'name="dekking" value="niet-vermeld"' in page
        assert 'name="dekking"' not in client.get(URL).content.decode()


class TestSentence:
    @pytest.mark.parametrize(
        ("query", "words"),
        [
            (
                "gemeente=44021",
                "2\xa0concepten werken zeker in Gent. 1 is er gepland. "
                "Van 2 zeggen de bronnen de plaatsen niet.",
            ),
            ("gemeente=44021&dekking=ja", "2\xa0concepten werken zeker in Gent."),
            ("gemeente=44021&dekking=gepland", "1\xa0concept is gepland in Gent."),
            ("gemeente=44021&dekking=gedeeltelijk", "Geen concepten werken gedeeltelijk in Gent."),
            (
                "gemeente=44021&dekking=niet-vermeld",
                "Van 2\xa0concepten zeggen de bronnen niet of ze in Gent werken.",
            ),
            (
                "gebied=elz-gent&gebied=elz-west&dekking=ja",
                "3\xa0concepten werken zeker in Gent (eerstelijnszone) of West (eerstelijnszone).",
            ),
            (
                "gemeente=44021&dekking=ja&peildatum=2026-01-05",
                "2\xa0concepten op datum 5 januari 2026 werken zeker in Gent.",
            ),
        ],
    )
    def test_tells_the_answers_apart(self, client, concepts, query, words):
        assert sentence(client.get(f"{URL}?{query}")) == words

    def test_of_one_concept_it_speaks_of_one(self, client, areas):
        """Dutch says "het" of one and "ze" of more; a ground has no verb that would say which."""
        ground = partial(LegalBasisFactory, decree__slug="wet", decree__short_title="de wet")
        ConceptVersionFactory(published=True, statements=[CoverageFactory, ground])
        found = client.get(f"{URL}?gemeente=44021&dekking=niet-vermeld&regelgeving=wet")

        assert sentence(found) == (
            "Van 1\xa0concept met als regelgeving de wet zeggen de bronnen niet "
            "of het in Gent werkt."
        )

    def test_says_with_which_partner(self, client, concepts, areas):
        caw = PartnerFactory(slug="caw", name="CAW")
        named = partial(
            CoverageFactory, extent=Coverage.Extent.ONLY_NAMED, territory=[areas["gent"]]
        )
        asked = partial(ParticipationFactory, partner=caw)
        ConceptVersionFactory(published=True, statements=[named, asked])

        words = sentence(client.get(f"{URL}?gemeente=44021&partner=caw"))

        assert words == "1\xa0concept met partner CAW werkt zeker in Gent."


class TestRows:
    def groups(self, client, question):
        return {group.key: group for group in client.get(f"{URL}?{question}").context["groups"]}

    def test_the_unstated_ones_are_folded(self, client, concepts):
        groups = self.groups(client, "gemeente=44021")

        assert {key: group.is_folded for key, group in groups.items()} == {
            "ja": False,
            "gepland": False,
            "niet-vermeld": True,
        }
        assert not groups["niet-vermeld"].is_open
        page = client.get(f"{URL}?gemeente=44021").content.decode()
        assert '<details class="group group-folded" id="group-niet-vermeld">' in page

    def test_but_open_for_who_asks_for_them(self, client, concepts):
        group = self.groups(client, "gemeente=44021&dekking=niet-vermeld")["niet-vermeld"]

        assert group.is_folded
        assert group.is_open

    def test_each_says_why_it_is_found(self, client, concepts):
        rows = {
            row.name: (row.reason.link, row.reason.said)
            for group in self.groups(client, "gemeente=44021").values()
            for row in group.rows
        }

        assert rows["zone"] == ("eerstelijnszone Gent", "de zone")
        assert rows["oost"] == ("heel Oost-Vlaanderen", "de provincie")
        assert rows["plan"][0] == "gepland in eerstelijnszone Gent"
        assert rows["lokaal"] == (
            "",
            "zes huizen; welke plaatsen dat zijn, zeggen de bronnen niet",
        )
        assert rows["zonder"] == ("", "de bronnen zeggen niet waar dit werkt")

    def test_nothing_is_said_to_exist(self, client, concepts):
        assert "Deze concepten bestaan" not in text(client.get(f"{URL}?gemeente=44021"))

    def test_only_the_sure_ones_stand_upright(self, client, concepts):
        trees = client.get(f"{URL}?gemeente=44021").context["finder"].forest

        assert sorted(tree["title"] for tree in trees if tree["on"]) == ["oost", "zone"]


class TestTheField:
    def field(self, client, question=""):
        facets = client.get(f"{URL}?{question}").context["finder"].shown_facets
        return next(facet for facet in facets if facet.label == "Waar")

    def test_holds_the_place_in_words_that_mean_it(self, client, concepts):
        for question, words in {
            "gemeente=44084": "Aalter",
            "gemeente=44021": "Gent (gemeente)",
            "gebied=elz-gent": "Gent (eerstelijnszone)",
        }.items():
            assert self.field(client, question).text == words
            again = client.get(DATA, {"waar": words}).json()["filters"]
            assert [f"{key}={value}" for key, (value,) in again.items()] == [question]

    def test_of_more_places_than_one_are_boxes(self, client, concepts):
        field = self.field(client, "gemeente=44021&gebied=elz-west")

        assert field.text == ""
        assert [(boxes.key, [box.value for box in boxes.options]) for boxes in field.chosen] == [
            ("gemeente", ["44021"]),
            ("gebied", ["elz-west"]),
        ]

    def test_suggests_the_areas_and_the_municipalities(self, client, concepts):
        suggestions = client.get(self.field(client).suggestions_url).json()

        assert {"Aalter", "Gent (gemeente)", "Gent (eerstelijnszone)"} <= set(suggestions)
        assert "Limburg (logo)" not in suggestions

    def test_lets_a_browser_keep_its_suggestions_until_a_name_is_another(
        self, client, areas, concepts
    ):
        before = self.field(client).suggestions_url
        kept = client.get(before)["Cache-Control"]
        areas["aalter"].name = "Aalter-Knesselare"
        areas["aalter"].save()
        after = self.field(client).suggestions_url

        assert "immutable" in kept
        assert after != before
        assert "Aalter-Knesselare" in client.get(after).json()
        assert client.get(before)["Cache-Control"] == "no-cache"
        assert client.get("/gemeenten/namen.json?v=%00&v=x")["Cache-Control"] == "no-cache"

    def test_offers_lists_with_provinces_first(self, client, concepts):
        assert [each.label for each in self.field(client).lists] == [
            *("Provincie, gewest of land", "Referentieregio", "Eerstelijnszone")
        ]

    def test_no_box_of_a_facet_is_empty(self, client, concepts):
        page = client.get(URL).content.decode()

        assert 'id="facet-gemeente"' not in page
        assert '<input class="input" id="waar" name="waar"' in page


def test_a_merged_municipality_is_told_as_the_one_of_today(client, areas):
    kind = areas["gent"].kind
    old = CoverageAreaFactory(
        kind=kind, nis="44001", slug="gemeente-44001", name="Oud", valid_until=dt.date(2024, 12, 31)
    )
    merger = ChangeEventFactory(kind="fusie", date="1 januari 2025")
    for side, area in {"voor": old, "na": areas["aalter"]}.items():
        ChangeSubject.objects.create(event=merger, side=side, key=side, area=area)
    derived.rebuild()

    response = client.get(URL, {"gemeente": "Oud"})

    (reading,) = response.context["finder"].readings
    assert reading.text.startswith("Je zocht “Oud”. We tonen Aalter (")
    assert query(response.context["canonical_url"]) == {"gemeente": ["44084"]}
