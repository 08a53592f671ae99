"""Where the links of a finder page lead: its addresses, its pages and its orders."""

import pytest
from django.utils import timezone

from concepts.models import Concept, ConceptVersion, Participation
from tests import finder_page
from tests.answers import query, slugs
from tests.factories import AgencyFactory, CoverageAreaFactory, DecreeFactory, PartnerFactory
from tests.finder_page import URL, listing

pytestmark = pytest.mark.django_db

partners = finder_page.partners


def many(number):
    """Published concepts "Naam 001" and on, with one partner; written in a few queries."""
    caw = PartnerFactory(slug="caw")
    concepts = Concept.objects.bulk_create(
        Concept(slug=f"c{position:03}") for position in range(1, number + 1)
    )
    versions = ConceptVersion.objects.bulk_create(
        ConceptVersion(concept=concept, name=f"Naam {concept.slug[1:]}", kind="netwerk")
        for concept in concepts
    )
    Participation.objects.bulk_create(
        Participation(version=version, partner=caw, key="caw", role="deelnemer")
        for version in versions
    )
    ConceptVersion.objects.update(status="gepubliceerd", published_at=timezone.now())


class TestAddresses:
    def test_a_canonical_link_sorts_keys_and_drops_defaults(self, client, partners):
        response = client.get(
            f"{URL}?soort=netwerk&partner=clb&partner=caw&pagina=1&per_pagina=20&sorteer=naam&domein="
        )

        canonical = response.context["canonical_url"]
        assert canonical == "http://testserver/concepten/?partner=caw&partner=clb&soort=netwerk"
        assert f'<link rel="canonical" href="{canonical.replace("&", "&amp;")}">' in (
            response.content.decode()
        )

    def test_what_is_not_the_default_stays(self, client, partners):
        response = client.get(URL, {"sorteer": "-naam", "per_pagina": "50", "q": "naam"})

        assert query(response.context["canonical_url"]) == {
            "per_pagina": ["50"],
            "q": ["naam"],
            "sorteer": ["-naam"],
        }

    def test_the_usual_order_of_a_search_is_not_repeated(self, client, partners):
        def kept(**parameters):
            return query(client.get(URL, parameters).context["canonical_url"])

        assert kept(q="naam", sorteer="relevantie") == {"q": ["naam"]}
        assert kept(q="naam", sorteer="naam") == {"q": ["naam"], "sorteer": ["naam"]}
        assert kept(sorteer="relevantie") == {}

    def test_one_question_has_one_address_whatever_was_chosen_first(self, client, partners):
        def toggle(facet, value, **chosen):
            groups = {group.key: group for group in listing(client, **chosen).facets}
            return next(o.url for o in groups[facet].all_options if o.value == value)

        assert toggle("partner", "clb", partner="caw") == toggle("partner", "caw", partner="clb")

    def test_unknown_parts_are_not_repeated(self, client, partners):
        response = client.get(URL, {"partner": ["caw", "bestaat-niet"], "kleur": "rood"})

        assert query(response.context["canonical_url"]) == {"partner": ["caw"]}

    @pytest.mark.parametrize(
        ("parameters", "robots"),
        [
            ({}, ""),
            ({"partner": "caw"}, ""),
            ({"q": "naam"}, ""),
            ({"partner": "caw", "sorteer": "-naam"}, ""),
            ({"partner": ["caw", "clb"]}, "noindex,follow"),
            ({"partner": "caw", "soort": "netwerk"}, "noindex,follow"),
            ({"partner": "caw", "q": "naam"}, "noindex,follow"),
            ({"partner": "caw", "peildatum": "2023-03-01"}, "noindex,follow"),
            ({"partner": "bestaat-niet"}, "noindex,follow"),
        ],
    )
    def test_pages_with_more_than_one_filter_are_not_for_indexes(
        self, client, partners, parameters, robots
    ):
        response = client.get(URL, parameters)

        assert response.context["robots"] == robots
        tag = f'<meta name="robots" content="{robots}">'
        assert (tag in response.content.decode()) == bool(robots)

    def test_downloads_ask_the_same_question(self, client, partners):
        question = {"partner": "caw", "sorteer": "-naam", "pagina": "1"}
        take = client.get(URL, question).context["take"]

        assert take.csv_url == "/concepten.csv?partner=caw&sorteer=-naam"
        assert take.json_url == "/concepten.json?partner=caw&sorteer=-naam"


class TestPaging:
    def test_a_page_has_twenty_rows_and_links_that_keep_the_filters(self, client):
        many(45)

        finder = listing(client, partner="caw", sorteer="-naam", pagina="2")

        assert len(finder.page.object_list) == 20
        assert query(finder.previous_url) == {"partner": ["caw"], "sorteer": ["-naam"]}
        assert query(finder.next_url) == {
            "pagina": ["3"],
            "partner": ["caw"],
            "sorteer": ["-naam"],
        }
        assert [(link.number, link.current) for link in finder.page_links] == [
            *((1, False), (2, True), (3, False)),
        ]
        assert query(finder.canonical_url)["pagina"] == ["2"]

    def test_pages_hold_every_row_once_in_order(self, client):
        many(45)

        pages = [client.get("/concepten.json", {"pagina": n}) for n in (1, 2, 3)]

        assert [slug for page in pages for slug in slugs(page)] == [
            f"c{n:03}" for n in range(1, 46)
        ]

    def test_a_reader_chooses_how_many(self, client):
        many(45)

        finder = listing(client, per_pagina="50")

        assert len(finder.page.object_list) == 45
        assert finder.next_url == finder.previous_url == ""
        assert [(o.value, o.selected) for o in finder.per_page_options] == [
            *(("20", False), ("50", True), ("100", False)),
        ]

    def test_choosing_a_filter_starts_again_at_page_one(self, client):
        many(45)

        finder = listing(client, pagina="3")

        urls = [option.url for group in finder.facets for option in group.all_options]
        assert urls
        assert not any("pagina" in query(url) for url in urls)

    def test_records_of_one_name_keep_one_order_over_pages(self, client):
        for number in range(45):
            CoverageAreaFactory(slug=f"g{44 - number:02}", name="Limburg")

        for order in ("naam", "-naam"):
            pages = [
                client.get("/gebieden.json", {"pagina": n, "sorteer": order}) for n in (1, 2, 3)
            ]
            assert [slug for page in pages for slug in slugs(page)] == [
                f"g{n:02}" for n in range(45)
            ]


class TestSorting:
    def test_relevance_is_offered_for_a_search_only(self, client, partners):
        def offered(**parameters):
            return [o.value for o in listing(client, **parameters).sort_options]

        assert offered() == ["naam", "-naam", "-nagekeken"]
        assert offered(q="naam") == ["relevantie", "naam", "-naam", "-nagekeken"]

    @pytest.mark.parametrize(
        ("parameters", "selected"),
        [
            ({}, "naam"),
            ({"sorteer": "-naam"}, "-naam"),
            ({"sorteer": "relevantie"}, "naam"),
            ({"q": "naam"}, "relevantie"),
            ({"q": "naam", "sorteer": "naam"}, "naam"),
        ],
    )
    def test_the_order_in_use_is_selected(self, client, partners, parameters, selected):
        options = listing(client, **parameters).sort_options

        assert [option.value for option in options if option.selected] == [selected]

    @pytest.mark.parametrize(
        ("url", "make", "field"),
        [
            ("/diensten.json", AgencyFactory, "name"),
            ("/regelgeving.json", DecreeFactory, "short_title"),
        ],
    )
    def test_reference_lists_are_alphabetical_too(self, client, url, make, field):
        for name in ("Zorg", "éénloket", "eerste", "Afdeling"):
            make(**{field: name})

        names = [row["naam"] for row in client.get(url).json()["resultaten"]]

        assert names == ["Afdeling", "éénloket", "eerste", "Zorg"]
        backwards = client.get(url, {"sorteer": "-naam"}).json()["resultaten"]
        assert [row["naam"] for row in backwards] == names[::-1]
