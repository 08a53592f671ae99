"""How much an address may ask: beyond that a page says what it left out, and data refuse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts.places.lookup import municipalities
from concepts.search.index import reindex_all
from eerstelijn.dutch.analysis import Analyser
from eerstelijn.finder.problems import LONGEST_QUERY, MOST_NOTICES, MOST_VALUES, MOST_WORDS
from governance.models import CoverageArea
from tests.answers import query, slugs, text
from tests.factories import (
    AreaKindFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    PartnerFactory,
)
from tests.lists import DATA, EVERY_LIST, FACETS
from tests.test_bad_input import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def partners():
    """One more partner than a question may name, the last of which one concept asks."""
    partners = [PartnerFactory(slug=f"p{number:02}") for number in range(MOST_VALUES + 1)]
    ConceptVersionFactory(published=True, concept__slug="eerste", partners=partners[:1])
    ConceptVersionFactory(published=True, concept__slug="laatste", partners=partners[-1:])
    return [partner.slug for partner in partners]


class TestValuesOfOneKey:
    def test_beyond_the_limit_are_left_out_of_a_page_which_says_how_many(self, client, partners):
        page = client.get("/concepten/", {"partner": partners})

        finder = page.context["finder"]
        assert finder.filterset.values["partner"] == partners[:MOST_VALUES]
        assert finder.notices == [
            "Bij het filter “partner” tellen hoogstens 30 keuzes. We lieten er 1 weg."
        ]
        assert [row.url for group in page.context["groups"] for row in group.rows] == [
            "/concepten/eerste/"
        ]
        assert page.context["robots"] == "noindex,follow"

    @DATA
    def test_beyond_the_limit_are_refused_by_data(self, client, partners, format):
        (row,) = refused(client.get(f"/concepten.{format}", {"partner": partners}), "partner")

        assert row == {
            "parameter": "partner",
            "waarde": None,
            "toegestaan": "hoogstens 30 waarden",
        }

    def test_up_to_the_limit_are_all_read(self, client, partners):
        response = client.get("/concepten.json", {"partner": partners[1:]})

        assert slugs(response) == ["laatste"]

    def test_count_once_however_often_they_are_repeated(self, client, partners):
        response = client.get("/concepten.json", {"partner": partners[1:] * 20})

        assert slugs(response) == ["laatste"]

    @pytest.mark.parametrize(
        ("path", "facet"), [(path, facet) for path, facets in FACETS.items() for facet in facets]
    )
    def test_are_limited_for_every_facet_of_every_list(self, client, path, facet):
        flood = {facet: [f"x{number}" for number in range(MOST_VALUES + 5)]}

        page = client.get(f"/{path}/", flood)
        data = client.get(f"/{path}.json", flood).json()

        assert page.context["finder"].notices[0].startswith(f"Bij het filter “{facet}” tellen")
        assert "We lieten er 5 weg." in page.context["finder"].notices[0]
        assert data["parameters"][0]["toegestaan"] == "hoogstens 30 waarden"
        assert len(data["parameters"]) == MOST_VALUES + 1  # and each of those that nobody knows

    def test_are_limited_where_a_key_takes_one(self, client):
        flood = "&".join(f"a=x{number}" for number in range(500))

        page = client.get(f"/gebieden/vergelijk/?{flood}")
        data = client.get(f"/gebieden/vergelijk.json?{flood}")

        assert len(page.context["page"].notices) == MOST_NOTICES + 1
        assert len(data.json()["parameters"]) == 50


class TestUnknownKeys:
    @pytest.mark.parametrize("path", ["zoeken", "gemeenten", "gebieden/vergelijk"])
    def test_are_summed_up_on_pages_without_a_finder(self, client, path):
        keys = "&".join(f"k{number}=1" for number in range(100))

        page = text(client.get(f"/{path}/?{keys}"))

        assert "We kennen het filter “k0” niet" in page
        assert "“k5”" not in page
        assert "Nog 95 andere delen van het adres lieten we weg." in page

    def test_of_the_search_are_named_as_well_as_a_second_word(self, client):
        page = text(client.get("/zoeken/?q=een&q=twee&domein=wvg"))

        assert "We kennen “twee” niet bij het filter “q”" in page
        assert "We kennen het filter “domein” niet" in page


SEARCHES = pytest.mark.parametrize(
    "path", ["concepten", "partners", "begrippen", "gemeenten", "zoeken"]
)
LONG = {
    "letters": ("a" * (LONGEST_QUERY + 1), f"{LONGEST_QUERY} tekens"),
    "words": ("ab " * (MOST_WORDS + 1), f"{MOST_WORDS} woorden"),
    "both": ("ab " * LONGEST_QUERY, f"{LONGEST_QUERY} tekens"),
}


class TestTheSearchWord:
    @SEARCHES
    @pytest.mark.parametrize(("word", "limit"), LONG.values(), ids=LONG)
    def test_that_is_too_long_is_cut_short_with_a_notice(self, client, path, word, limit):
        page = client.get(f"/{path}/", {"q": word})

        assert page.status_code == 200
        assert f"We zoeken met hoogstens {limit}. De rest van wat je typte" in text(page)

    @DATA
    @pytest.mark.parametrize("path", ["concepten", "partners", "gemeenten"])
    @pytest.mark.parametrize(("word", "limit"), LONG.values(), ids=LONG)
    def test_that_is_too_long_is_refused_by_data(self, client, path, word, limit, format):
        data = client.get(f"/{path}.{format}", {"q": word}).json()

        assert data["status"] == 400
        assert data["parameters"][0] == {
            "parameter": "q",
            "waarde": None,
            "toegestaan": f"hoogstens {limit}",
        }

    @SEARCHES
    def test_as_long_as_may_be_is_read_whole(self, client, path):
        word = " ".join(["abc"] * MOST_WORDS)

        page = client.get(f"/{path}/", {"q": word})

        assert page.status_code == 200
        assert "hoogstens" not in text(page)


class TestKeysOfDataAlone:
    @EVERY_LIST
    def test_are_known_to_the_data_of_every_list_and_to_no_page(self, client, path):
        assert client.get(f"/{path}.json?opties=1&facetten=").status_code == 200
        assert client.get(f"/{path}.csv?opties=1&facetten=0").status_code == 200
        page = text(client.get(f"/{path}/?opties=1&facetten=0"))
        assert "We kennen het filter “opties” niet" in page
        assert "We kennen het filter “facetten” niet" in page

    def test_take_one_value(self, client):
        for key, value, allowed in (("opties", "ja", "1"), ("facetten", "1", "0")):
            (row,) = refused(client.get(f"/concepten.json?{key}={value}"), key)
            assert row["toegestaan"] == allowed

    def test_leave_the_facets_out(self, client, partners):
        whole = client.get("/concepten.json").json()

        assert client.get("/concepten.json?facetten=0").json() == {
            key: value for key, value in whole.items() if key != "facetten"
        }

    def test_stand_in_the_address_of_the_next_page(self, client):
        ConceptVersionFactory.create_batch(21, published=True)

        following = client.get("/concepten.json?facetten=0").json()["volgende"]

        assert query(following) == {"pagina": ["2"], "facetten": ["0"]}
        assert "facetten" not in client.get(following).json()

    def test_give_no_addresses_for_a_long_question(self, client):
        partners = [PartnerFactory(slug=f"{'partner' * 10}-{n}").slug for n in range(7)]
        short, long = ({"partner": partners[:number], "opties": "1"} for number in (5, 7))

        assert client.get("/concepten.json", short).status_code == 200
        (row,) = refused(client.get("/concepten.json", long), "opties")

        assert row["toegestaan"] == "bij een vraag van hoogstens 500 tekens"


class TestChips:
    def test_of_very_many_choices_are_no_links(self, client, partners):
        kinds = ["netwerk", "project"]

        few = client.get("/concepten/", {"partner": partners[:28], "soort": kinds})
        many = client.get("/concepten/", {"partner": partners[:29], "soort": kinds, "q": "naam"})

        assert all(chip.remove_url for chip in few.context["finder"].chips)
        linked = [chip.label for chip in many.context["finder"].chips if chip.remove_url]
        assert linked == ["“naam”"]
        assert "neem je er een weg bij de filters" in text(many)
        assert "neem je er een weg bij de filters" not in text(few)


def test_a_search_reads_its_words_as_often_as_it_looks_not_for_every_text(client, monkeypatch):
    read = []
    clauses = Analyser.clauses

    def counted(self, query, *args, **kwargs):
        read.append(query)
        return clauses(self, query, *args, **kwargs)

    for number in range(6):
        ConceptVersionFactory(published=True, name=f"Naam {number}", summary="Zonder dat woord.")
    reindex_all()
    monkeypatch.setattr(Analyser, "clauses", counted)

    response = client.get("/zoeken/?q=naam")

    assert response.context["page"].total == 6
    assert len(read) <= 2  # to find, and to mark what was found


class TestMunicipalities:
    def test_are_read_once_until_they_may_have_changed(self, django_assert_num_queries):
        kind = AreaKindFactory(slug="gemeente")
        CoverageAreaFactory(slug="gemeente-24062", nis="24062", name="Leuven", kind=kind)
        first = municipalities()

        with django_assert_num_queries(1):
            assert municipalities() is first
        CoverageArea.objects.update(name="Löwen")

        assert [area.name for area in municipalities().all] == ["Löwen"]


def test_all_facets_at_once_take_as_many_queries_as_one(client, partners):
    def queries(question):
        client.get("/concepten/", question)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/concepten/", question)
        return len(asked)

    options = client.get("/concepten.json").json()["facetten"]
    everything = {key: [row["waarde"] for row in rows][:30] for key, rows in options.items()}

    # And: where each place lies, whether a place was there that day.
    assert queries({**everything, "partner_alle": "1"}) <= queries({"partner": "p00"}) + 5
