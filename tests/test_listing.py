"""What a finder page shows around its rows: sentence, chips, options, ways out."""

import re
from functools import partial

import pytest

from concepts.models import ConceptVersion
from eerstelijn.dates import SourceDate
from governance.models import DecreeDate
from tests import finder_page
from tests.answers import query, sentence, slugs, text
from tests.factories import (
    AccessFactory,
    ConceptVersionFactory,
    DecreeFactory,
    ParticipationFactory,
    PartnerFactory,
)
from tests.finder_page import URL, listing

pytestmark = pytest.mark.django_db

partners = finder_page.partners


class TestSentence:
    @pytest.mark.parametrize(
        ("parameters", "words"),
        [
            ({}, "3\xa0concepten"),
            ({"partner": "clb"}, "1\xa0concept met partner CLB"),
            ({"partner": ["caw", "ocmw"]}, "3\xa0concepten met partner CAW of OCMW"),
            (
                {"partner": ["caw", "clb"], "partner_alle": "1"},
                "1\xa0concept met partner CAW en CLB",
            ),
            (
                {"partner": "caw", "partnertype": "onderwijs"},
                "1\xa0concept met partner CAW, en met om het even welke partner van het type "
                "Onderwijs",
            ),
            ({"peildatum": "2023-03-01"}, "3\xa0concepten op datum 1 maart 2023"),
            (
                {"partner": "clb", "peildatum": "2023-03-01"},
                "1\xa0concept met partner CLB, op datum 1 maart 2023",
            ),
            (
                {"partner": "ocmw", "partnertype": "onderwijs"},
                "Geen concepten met partner OCMW, en met om het even welke partner van het type "
                "Onderwijs",
            ),
        ],
    )
    def test_states_the_question_in_dutch(self, client, partners, parameters, words):
        assert sentence(client.get(URL, parameters)) == words

    def test_says_what_was_searched_for(self, client, partners):
        response = client.get(URL, {"q": "zzzzz", "partner": "caw"})

        assert sentence(response) == "Geen concepten voor “zzzzz”, met partner CAW"

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("/ontwikkelingen/", "Geen ontwikkelingen voor “zzzzz”"),
            ("/diensten/", "Geen diensten voor “zzzzz”"),
            ("/gebieden/", "Geen gebieden voor “zzzzz”"),
        ],
    )
    def test_finds_its_plural_on_every_list(self, client, url, words):
        assert sentence(client.get(url, {"q": "zzzzz"})) == words

    def test_is_read_out_when_it_changes(self, client, partners):
        page = client.get(URL).content.decode()

        (said,) = re.findall(
            '<p class="sentence" role="status" id="sentence">(.*?)</p>', page, re.S
        )
        assert re.sub(r"\s*\n\s*", "", said) == "<b>3\xa0concepten</b>"


class TestChips:
    def test_there_is_one_for_every_choice(self, client, partners):
        finder = listing(client, partner=["caw", "clb"], soort="netwerk", q="naam")

        assert [(chip.group, chip.label) for chip in finder.chips] == [
            ("zoekterm", "“naam”"),
            ("partner", "CAW"),
            ("partner", "CLB"),
            ("soort", "netwerk"),
        ]

    def test_each_removes_its_own_choice_only(self, client, partners):
        chosen = {"partner": ["caw", "clb"], "q": ["naam"], "soort": ["netwerk"]}
        finder = listing(client, **chosen)

        left = [query(chip.remove_url) for chip in finder.chips]

        assert left == [
            {"partner": ["caw", "clb"], "soort": ["netwerk"]},
            {"partner": ["clb"], "q": ["naam"], "soort": ["netwerk"]},
            {"partner": ["caw"], "q": ["naam"], "soort": ["netwerk"]},
            {"partner": ["caw", "clb"], "q": ["naam"]},
        ]

    def test_removing_the_search_word_keeps_the_order(self, client, partners):
        finder = listing(client, q="naam", sorteer="-naam")

        assert query(finder.chips[0].remove_url) == {"sorteer": ["-naam"]}

    def test_the_peildatum_can_be_removed_too(self, client, partners):
        finder = listing(client, partner="caw", peildatum="2023-03-01")

        assert finder.chips[-1].label == "1 maart 2023"
        assert query(finder.chips[-1].remove_url) == {"partner": ["caw"], "peildatum": [""]}

    def test_alles_wissen_leads_to_the_bare_list(self, client, partners):
        response = client.get(URL, {"partner": "caw", "sorteer": "-naam"})

        assert response.context["finder"].clear_url == URL
        assert f'<a href="{URL}">Alles wissen</a>' in response.content.decode()

    def test_without_a_choice_there_are_none(self, client, partners):
        response = client.get(URL, {"sorteer": "-naam"})

        assert response.context["finder"].chips == []
        assert "Alles wissen" not in response.content.decode()

    def test_a_label_is_text_and_never_markup(self, client):
        PartnerFactory(slug="x", name="<b>Vet & gevaarlijk</b>")

        page = client.get(URL, {"partner": "x", "q": "<script>"}).content.decode()

        assert "<b>Vet" not in page
        assert "<script>" not in page


class TestOptions:
    def options(self, client, facet, **parameters):
        groups = {group.key: group for group in listing(client, **parameters).facets}
        return groups[facet]

    def test_an_option_without_results_stays_visible_but_cannot_be_chosen(self, client, partners):
        response = client.get(URL, {"partnertype": "onderwijs"})

        page = response.content.decode()
        ocmw = re.search(r"<input[^>]+name=partner value=ocmw[^>]*>", page)
        assert " disabled" in ocmw[0]
        assert " disabled" not in re.search(r"<input[^>]+name=partner value=caw[^>]*>", page)[0]

    def test_options_keep_their_place(self, client, partners):
        before = [option.value for option in self.options(client, "partner").options]

        after = self.options(client, "partner", partnertype="onderwijs").options

        assert [option.value for option in after] == before == ["caw", "clb", "ocmw"]

    def test_a_chosen_option_can_always_be_undone(self, client, partners):
        page = client.get(URL, {"partner": "ocmw", "partnertype": "onderwijs"}).content.decode()

        box = re.search(r"<input[^>]+name=partner value=ocmw[^>]*>", page)[0]
        assert " checked" in box
        assert " disabled" not in box

    def test_a_chosen_option_never_hides_under_toon_nog(self, client):
        partners = [PartnerFactory(name=f"Partner {n:02}", slug=f"p{n:02}") for n in range(10)]
        ConceptVersionFactory(published=True, partners=partners)

        group = self.options(client, "partner", partner="p09")

        assert [option.value for option in group.visible][-1] == "p09"
        assert [option.value for option in group.more] == ["p07", "p08"]

    def test_options_that_no_concept_uses_are_left_to_the_data(self, client, partners):
        PartnerFactory(slug="ongebruikt")

        group = self.options(client, "partner")

        assert "ongebruikt" not in [option.value for option in group.options]
        assert "ongebruikt" in [option.value for option in group.all_options]

    def test_a_choice_that_finds_nothing_is_shown_all_the_same(self, client, partners):
        PartnerFactory(slug="ongebruikt")

        group = self.options(client, "partner", partner="ongebruikt")

        assert "ongebruikt" in [option.value for option in group.options if option.selected]

    def test_a_facet_that_says_nothing_of_any_row_is_left_to_the_data(self, client, partners):
        def on_page(**parameters):
            return " name=toegang " in client.get(URL, parameters).content.decode()

        assert 'id="facet-toegang"' not in client.get(URL).content.decode()
        assert client.get("/concepten.json").json()["facetten"]["toegang"]
        assert on_page(toegang="ja")

        ConceptVersionFactory(published=True, statements=[AccessFactory])
        assert on_page(partner="caw")

    def test_a_facet_with_a_choice_is_open(self, client, partners):
        assert not self.options(client, "soort").is_open
        assert self.options(client, "soort", soort="netwerk").is_open

    def test_the_form_has_the_day(self, client, partners):
        page = client.get(URL, {"peildatum": "2023-03-01"}).content.decode()

        assert 'type="date" name="peildatum" value="2023-03-01"' in page

    def test_a_list_that_no_day_changes_carries_it_along(self, client, partners):
        page = client.get("/begrippen/", {"peildatum": "2023-03-01"}).content.decode()

        assert '<input type="hidden" name="peildatum" value="2023-03-01">' in page

    def test_the_form_is_one_get_form_with_a_button(self, client, partners):
        page = client.get(URL).content.decode()

        assert re.search(r'<form id="finder" method="get" action="/concepten/"', page)
        assert '<button class="button">Filter toepassen</button>' in page


def test_acts_are_found_by_the_years_of_their_dates(client):
    for slug, dates in [
        ("wet", ["30 juli 2018"]),
        ("decreet", ["21 december 2018", "9 januari 2019"]),
        ("nota", ["maart 2019"]),
        ("plan", []),
    ]:
        decree = DecreeFactory(slug=slug, short_title=slug)
        for date in dates:
            DecreeDate.objects.create(decree=decree, kind="vermeld", date=SourceDate.parse(date))

    response = client.get("/regelgeving.json", {"jaar": "2018", "sorteer": "naam"})

    assert slugs(response) == ["decreet", "wet"]
    years = response.json()["facetten"]["jaar"]
    assert [(year["waarde"], year["aantal"]) for year in years] == [("2019", 2), ("2018", 2)]
    both = client.get("/regelgeving/?jaar=2018&jaar=2019&peildatum=2023-03-13")
    assert sentence(both).startswith("3\u00a0akten en documenten met een datum in 2019 of 2018")


class TestNothingFound:
    def test_says_what_is_left_without_each_choice_useful_ones_first(self, client, partners):
        ConceptVersionFactory(published=True, kind=ConceptVersion.Kind.PLAN)

        finder = listing(client, partnertype="onderwijs", partner="ocmw", soort="netwerk")

        assert [(way.label, way.count) for way in finder.rescue.without] == [
            ("Zonder partnertype", 1),
            ("Zonder partner", 1),
            ("Zonder soort", 0),
        ]
        assert query(finder.rescue.without[0].url) == {"partner": ["ocmw"], "soort": ["netwerk"]}

    def test_only_useful_ways_are_links(self, client, partners):
        page = client.get(URL, {"partnertype": "onderwijs", "partner": "ocmw", "soort": "plan"})

        assert ">Zonder soort</span>" in page.content.decode()
        assert "Laat één keuze los" in text(page)

    def test_the_search_word_may_be_what_costs_it(self, client, partners):
        finder = listing(client, q="zzzzz", partner="caw")

        assert [(way.label, way.count) for way in finder.rescue.without] == [
            ("Zonder zoekterm", 2),
            ("Zonder partner", 0),
        ]

    def test_so_may_the_peildatum(self, client):
        ConceptVersionFactory(
            published=True,
            statements=[partial(ParticipationFactory, partner__slug="caw", end="2019")],
        )

        finder = listing(client, partner="caw", peildatum="2023-03-01")

        assert finder.total == 0
        assert [(way.label, way.count) for way in finder.rescue.without] == [
            ("Zonder partner", 1),
            ("Zonder datum", 1),
        ]
        assert query(finder.rescue.without[1].url) == {"partner": ["caw"], "peildatum": [""]}

    def test_there_are_other_ways(self, client):
        exits = [(way.label, way.url) for way in listing(client).rescue.exits]

        assert exits == [
            ("Alle concepten", "/concepten/"),
            ("Alle ontwikkelingen", "/ontwikkelingen/"),
            ("Begrippen en afkortingen", "/begrippen/"),
        ]

    def test_costs_no_query_while_something_is_found(self, client, partners):
        finder = listing(client, partner="caw")

        assert "rescue" not in vars(finder)


class TestRows:
    def test_the_partner_that_was_asked_for_is_marked(self, client, partners):
        page = client.get(URL, {"partner": "caw"}).content.decode()

        assert "<mark>CAW</mark>" in page
        assert "<mark>CLB</mark>" not in page

    def test_what_the_sources_do_not_say_is_said_so(self, client):
        ConceptVersionFactory(published=True)

        said = "Wie doet mee, waar, van wie niet vermeld in de bronnen"
        assert said in text(client.get(URL))

    def test_every_page_says_of_when_its_sources_are(self, client):
        ConceptVersionFactory(published=True, sources_as_of="mei 2026")

        assert "Stand van de bronnen: mei 2026." in text(client.get(URL))
