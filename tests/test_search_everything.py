"""Search over the whole site: records in their groups, what sources tell, and what is offered."""

from functools import partial

import pytest

from concepts.models import Alias, Discrepancy, SearchEntry
from concepts.publishing import withdraw
from concepts.search import everywhere
from concepts.search.index import reindex_all
from tests.answers import text
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaPartFactory,
    CoverageAreaFactory,
    DecreeFactory,
    MilestoneFactory,
    MunicipalityFactory,
    PartnerFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)
from tests.searched import concept, passage, reindex

pytestmark = pytest.mark.django_db


class TestSearchOverEverything:
    @pytest.fixture(autouse=True)
    def records(self):
        """A record of every kind that speaks of a kite."""
        concept("a", passage("Er hangt een vlieger boven de stad."), name="Kanarie")
        concept("b", summary="Een vlieger.", concept__record_kind="ontwikkeling")
        PartnerFactory(slug="p", name="Vlieger vzw")
        AgencyFactory(slug="d", name="Agentschap Vlieger")
        DecreeFactory(slug="r", short_title="besluit over de vlieger")
        TermFactory(slug="t", name="Vlieger", definition="Iets dat <b>vliegt</b>.")
        CoverageAreaFactory(slug="g", name="Vlieger")
        PolicyDomainFactory(slug="m", name="Vlieger en co")
        SourceFactory(slug="s", name="Nota vlieger")
        reindex_all()
        everywhere.reindex_all()

    def groups(self, client, q):
        groups = client.get("/zoeken/", {"q": q}).context["page"].groups
        return {group.label: [hit.url for hit in group.hits] for group in groups}

    def test_finds_every_kind_of_record_in_its_group(self, client):
        assert self.groups(client, "vlieger") == {
            "Concepten": ["/concepten/a/"],
            "Ontwikkelingen": ["/ontwikkelingen/b/"],
            "Partners": ["/partners/p/"],
            "Diensten": ["/diensten/d/"],
            "Regelgeving": ["/regelgeving/r/"],
            "Begrippen": ["/begrippen/t/"],
            "Gebieden": ["/gebieden/g/"],
            "Beleidsdomeinen": ["/beleidsdomeinen/m/"],
            "Bronnen": ["/bronnen/s/"],
        }

    def test_shows_the_passage_that_answers_with_the_word_marked(self, client):
        page = client.get("/zoeken/", {"q": "vlieger"}).content.decode()

        assert "Er hangt een <mark>vlieger</mark> boven de stad." in page

    def test_prints_what_is_written_and_never_markup(self, client):
        page = client.get("/zoeken/", {"q": "vlieger"}).content.decode()

        assert "<b>vliegt</b>" not in page

    def test_a_record_that_changed_is_found_under_its_new_name(self, client):
        partner = PartnerFactory(slug="q", name="Kanarie vzw")

        everywhere.index_record(partner)
        assert self.groups(client, "kanarie")["Partners"] == ["/partners/q/"]

        partner.name = "Papegaai vzw"
        partner.save()
        everywhere.index_record(partner)

        assert "Partners" not in self.groups(client, "kanarie")
        assert self.groups(client, "papegaai") == {"Partners": ["/partners/q/"]}

    def test_a_passage_ends_between_words(self, client):
        # Longer than an excerpt, which would end in the middle of "kabeljauwen".
        PartnerFactory(slug="k", name="Kabel", description="Haring. " + "kabeljauwen " * 30)
        everywhere.reindex_all()

        (group,) = client.get("/zoeken/", {"q": "haring"}).context["page"].groups

        shown = "".join(piece for piece, _ in group.hits[0].excerpt)
        assert shown.removeprefix("Haring. ").removesuffix(" …").split().count("kabeljauwen") == 17
        assert shown.endswith("kabeljauwen …")

    def test_more_hits_than_fit_stand_in_the_list_of_their_kind(self, client):
        for number in range(12):
            PartnerFactory(slug=f"z{number:02}", name=f"Zeehond {number:02}")
        everywhere.reindex_all()

        (group,) = client.get("/zoeken/", {"q": "zeehond"}).context["page"].groups

        assert (group.total, len(group.hits)) == (12, 8)
        assert group.all_url == "/partners/?q=zeehond"
        assert client.get(group.all_url).context["finder"].total == 12

    def test_nothing_found_shows_other_ways(self, client):
        response = client.get("/zoeken/", {"q": "xylofoon"})

        assert response.context["page"].total == 0
        assert "/concepten/" in response.content.decode()


class TestTold:
    """Where sources differ, and what was promised, are kinds of hits."""

    def points(self, client, q):
        groups = client.get("/zoeken/", {"q": q}).context["page"].groups
        told = {group.label: [hit.url for hit in group.hits] for group in groups}
        return {label: told[label] for label in ("Tegenspraken", "Beloften") if label in told}

    def test_a_point_is_found_by_what_a_source_says(self, client):
        point = Discrepancy.objects.create(
            slug="hoeveel", title="Hoeveel buurten?", kind="tegenspraak"
        )
        for number in (133, 132):
            point.claims.create(key=str(number), value=f"{number} buurten", position=number)
        reindex()

        assert self.points(client, "133") == {"Tegenspraken": ["/tegenspraken/#hoeveel"]}

    def test_a_promise_is_found_by_the_date_that_a_source_gives(self, client):
        concept(
            "a",
            partial(
                MilestoneFactory,
                key="uitrol",
                title="Overal uitgerold",
                date="eind 2023",
                is_announced=True,
                outcome="onbekend",
            ),
        )
        reindex()

        url = "/tijdlijn/beloofd/#mijlpaal-a-uitrol"
        assert self.points(client, "eind 2023") == {"Beloften": [url]}

    def test_both_follow_what_is_published(self, client):
        version = concept(
            "a",
            partial(
                MilestoneFactory,
                title="Zeehond",
                date="eind 2023",
                is_announced=True,
                outcome="onbekend",
            ),
        )
        point = Discrepancy.objects.create(slug="z", title="Zeehond of zeeleeuw?", kind="nuance")
        point.concepts.add(version.concept)
        reindex()
        assert set(self.points(client, "zeehond")) == {"Tegenspraken", "Beloften"}

        withdraw(version.concept)

        assert self.points(client, "zeehond") == {}
        assert not SearchEntry.objects.filter(name__icontains="zeehond").exists()

    def test_a_point_that_changed_is_found_under_its_new_words(self, client):
        point = Discrepancy.objects.create(slug="z", title="Zeehond", kind="nuance")
        reindex()

        point.title = "Zeeleeuw"
        point.save()
        everywhere.index_record(point)

        assert self.points(client, "zeehond") == {}
        assert set(self.points(client, "zeeleeuw")) == {"Tegenspraken"}


class TestOffers:
    """What stands above the hits: a page that was asked for by name."""

    @pytest.fixture(autouse=True)
    def place(self):
        town = MunicipalityFactory(nis="24062", name="Leuven", postcodes=["3000"])
        AreaPartFactory(area=town, name="Kessel-Lo", postcode="3010")
        MunicipalityFactory(nis="32030", name="Lo-Reninge")
        MunicipalityFactory(nis="13008", name="Geel")
        CoverageAreaFactory(
            slug="elz-leuven",
            name="Leuven",
            kind__slug="eerstelijnszone",
            kind__name="eerstelijnszone",
        )
        partner = PartnerFactory(slug="ocmw", name="OCMW")
        AliasFactory(text="OCMW", kind=Alias.Kind.NAME, partner=partner)
        TermFactory(slug="zorgraad", name="Zorgraad", definition="Een raad van een zone.")
        concept("a", summary="Het leven in een gele zorgraad.", partners=[partner])
        reindex_all()
        everywhere.reindex_all()

    def offers(self, client, q):
        return [offer.url for offer in client.get("/zoeken/", {"q": q}).context["page"].offers]

    @pytest.mark.parametrize(
        "q", ["Leuven", "3000", "3000 Leuven", "Kessel-Lo", "gemeente Leuven", "B-3010 Kessel-Lo"]
    )
    def test_a_municipality_that_is_meant(self, client, q):
        assert "/gemeenten/24062-leuven/" in self.offers(client, q)

    @pytest.mark.parametrize("q", ["leven", "lueven", "Lo", "gele zorgraad"])
    def test_never_one_that_only_resembles_it(self, client, q):
        assert [url for url in self.offers(client, q) if "gemeente" in url] == []

    def test_a_part_is_explained(self, client):
        page = client.get("/zoeken/", {"q": "Kessel-Lo"})

        assert "Kessel-Lo ligt in Leuven (postcode 3010)." in text(page)

    @pytest.mark.parametrize(
        ("q", "nis"), [("ocmw leuven", "24062"), ("Leuven ocmw", "24062"), ("ocmw geel", "13008")]
    )
    def test_a_partner_in_a_place(self, client, q, nis):
        assert self.offers(client, q)[0] == f"/gevraagd/?gemeente={nis}&partner=ocmw"

    def test_nothing_with_all_words_is_said_once_and_leads_to_each_word(self, client):
        page = client.get("/zoeken/", {"q": "ocmw Leuven"})

        assert text(page).count("Geen enkele tekst heeft alle woorden van “ocmw Leuven”.") == 1
        assert "gevonden" not in text(page).partition("Naar de inhoud")[2].partition("Probeer")[0]
        assert page.context["page"].each_word == [
            ("ocmw", "/zoeken/?q=ocmw"),
            ("Leuven", "/zoeken/?q=Leuven"),
        ]
        for _, url in page.context["page"].each_word:
            assert client.get(url).context["page"].total
        assert client.get("/zoeken/?q=ocmw").context["page"].each_word == []

    def test_other_words_in_a_place(self, client):
        first, town = self.offers(client, "schulden Leuven")

        assert first == "/concepten/?gemeente=24062&q=schulden"
        assert town == "/gemeenten/24062-leuven/"

    def test_a_short_name_beside_other_words_is_a_word(self, client):
        assert self.offers(client, "alles is geel") == []

    def test_an_area_first(self, client):
        assert self.offers(client, "ELZ Leuven")[0] == "/gebieden/elz-leuven/"

    @pytest.mark.parametrize("q", ["ocmw", "OCMW"])
    def test_what_is_asked_of_a_partner(self, client, q):
        assert self.offers(client, q) == ["/gevraagd/?partner=ocmw"]

    def test_not_of_one_that_a_question_only_mentions(self, client):
        assert self.offers(client, "ocmw zorgraad") == []

    @pytest.mark.parametrize("q", ["wat is een zorgraad", "Wat zijn zorgraden?", "zorgraad"])
    def test_a_definition(self, client, q):
        page = client.get("/zoeken/", {"q": q})

        (offer,) = page.context["page"].offers
        assert (offer.url, offer.note) == ("/begrippen/zorgraad/", "Een raad van een zone.")

    def test_on_paper_it_says_how_many_are_left_out_and_where(self, client):
        for number in range(10):
            concept(f"z{number}", summary="Een zeehond.")
        reindex_all()

        page = text(client.get("/zoeken/", {"q": "zeehond"}))

        assert "Op papier staan hier 8 van de 10. Alle: /concepten/?q=zeehond" in page
