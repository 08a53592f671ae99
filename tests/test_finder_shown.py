"""What a list shows on arrival: groups in a fixed order, what is asked most, acts by their date."""

import re
from functools import partial

import pytest

from concepts.models import Role
from eerstelijn.dates import SourceDate
from governance import derived
from governance.models import DecreeDate
from tests.answers import shown, slugs, text
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
    SourceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


def facet(client, key, url="/concepten/", **query):
    facets = client.get(url, query).context["finder"].facets
    return next(each for each in facets if each.key == key)


def values(choices):
    return [choice.value for choice in choices]


class TestOrder:
    @pytest.fixture
    def partners(self):
        """B in three concepts, A and C in two, D in one."""
        made = {name: PartnerFactory(slug=name, name=name.upper()) for name in "abcd"}
        for number, names in enumerate(("abc", "abc", "bd")):
            ConceptVersionFactory(
                published=True,
                kind="netwerk" if number else "plan",
                partners=[made[name] for name in names],
            )

    def test_is_by_number_in_the_whole_list_and_then_by_name(self, client, partners):
        assert values(facet(client, "partner").options) == ["b", "a", "c", "d"]

    @pytest.mark.parametrize("query", [{"partner": "d"}, {"soort": "plan"}, {"q": "zeppelin"}])
    def test_does_not_change_with_the_question(self, client, partners, query):
        assert values(facet(client, "partner", **query).options) == ["b", "a", "c", "d"]

    def test_is_told(self, client, partners):
        assert "Keuzes staan op hun aantal in de hele lijst" in text(client.get("/concepten/"))

    def test_years_keep_their_own_and_that_is_told_too(self, client):
        for slug, day in {"oud": "2018", "nieuw": "2020"}.items():
            dates = DecreeDate(
                decree=DecreeFactory(slug=slug), kind="aangenomen", date=SourceDate.parse(day)
            )
            dates.save()
        DecreeFactory(slug="zonder")

        assert values(facet(client, "jaar", "/regelgeving/").options) == ["2020", "2018"]
        assert "Enkel Jaar niet." in text(client.get("/regelgeving/"))

    def test_the_three_questions_of_a_reader_come_first(self, client, partners):
        ConceptVersionFactory(published=True, statements=[OwnershipFactory])

        shown_facets = client.get("/concepten/").context["finder"].shown_facets

        assert [(each.label, each.is_open) for each in shown_facets][:3] == [
            ("Beleidsdomein", True),
            ("Partnertype", True),
            ("Waar", True),
        ]


class TestPartnersOfThePoster:
    def test_are_visible_on_arrival_however_few_concepts_ask_them(self, client):
        place = CitationFactory(source=SourceFactory(slug="poster", kind="poster"))
        clb, many = PartnerFactory(slug="clb"), PartnerFactory.create_batch(9)
        on_poster = partial(ParticipationFactory, partner=clb, citations=[place])
        ConceptVersionFactory(published=True, statements=[on_poster], partners=many)
        ConceptVersionFactory(published=True, partners=many)

        group = facet(client, "partner")

        assert values(group.visible) == ["clb"]
        assert len(group.more) == 9
        assert group.search_label == ""

    def test_a_draft_pins_nothing(self, client):
        place = CitationFactory(source=SourceFactory(slug="poster", kind="poster"))
        clb = PartnerFactory(slug="clb")
        many = PartnerFactory.create_batch(9)
        ConceptVersionFactory(
            statements=[partial(ParticipationFactory, partner=clb, citations=[place])]
        )
        ConceptVersionFactory(published=True, partners=[clb])
        ConceptVersionFactory(published=True, partners=many)
        ConceptVersionFactory(published=True, partners=many)

        assert "clb" in values(facet(client, "partner").more)

    def test_a_long_group_has_a_field_to_look_in(self, client):
        ConceptVersionFactory(published=True, partners=PartnerFactory.create_batch(11))

        page = client.get("/concepten/?keuzes=partner").content.decode()

        assert facet(client, "partner").search_label == "Zoek in 11 partners"
        assert 'data-narrows="facet-partner"' in page
        assert 'data-narrows="facet-rol"' not in page


class TestMergedServices:
    def test_stand_below_what_they_went_on_in(self, client):
        was = AgencyFactory(slug="wvg", name="Departement WVG", end="31 mei 2023")
        other = AgencyFactory(slug="zg", name="Agentschap ZG", end="31 mei 2023")
        now = AgencyFactory(slug="zorg", name="Departement Zorg", start="1 juni 2023")
        aside = AgencyFactory(slug="aside", name="Agentschap Aside")
        ChangeEventFactory(before=[was, other], after=[now])
        derived.rebuild()
        for agency in (was, was, other, aside):
            ConceptVersionFactory(published=True, agencies=[agency])

        group = facet(client, "dienst")

        assert [(each.value, each.count, each.is_former) for each in group.visible] == [
            ("zorg", 3, False),
            ("wvg", 2, True),
            ("zg", 1, True),
            ("aside", 1, False),
        ]
        page = client.get("/concepten/").content.decode()
        assert "<label class=was>" in page
        assert "was Departement WVG" in page

    def test_a_longer_line_leads_to_its_end(self, client):
        first, second = (AgencyFactory(slug=slug, end="2020") for slug in ("a", "b"))
        last = AgencyFactory(slug="c")
        ChangeEventFactory(kind="hernoeming", before=[first], after=[second])
        ChangeEventFactory(kind="hernoeming", before=[second], after=[last])
        derived.rebuild()
        for agency in (first, second):
            ConceptVersionFactory(published=True, agencies=[agency])

        group = facet(client, "dienst")

        assert values(group.options)[0] == "c"
        assert {each.value: each.is_former for each in group.options} == {
            "a": True,
            "b": True,
            "c": False,
        }


class TestShortLists:
    def test_partners_open_on_who_is_asked_most_with_their_roles(self, client):
        often, once, helps = (PartnerFactory(slug=slug) for slug in ("z", "b", "a"))
        took = partial(partial, ParticipationFactory)
        ConceptVersionFactory(
            published=True,
            statements=[
                took(partner=often, role=Role.DIRECTION),
                took(partner=once, role=Role.PARTICIPANT),
                took(partner=helps, role=Role.SUPPORTER),
            ],
        )
        ConceptVersionFactory(
            published=True,
            statements=[
                took(partner=often, role=Role.PARTICIPANT),
                took(partner=helps, role=Role.SUPPORTER),
            ],
        )
        ConceptVersionFactory(statements=[took(partner=once, role=Role.DIRECTION)])  # a draft

        response = client.get("/partners/")
        uses = [use for row in shown(response) for use in row["uses"]]

        assert [(use.label, use.roles) for use in uses] == [
            ("in 2 concepten", "regie in 1, deelnemer in 1"),
            ("in 1 concept", "deelnemer in 1"),
            ("in 2 concepten", "ondersteuner in 2"),
        ]
        for use in uses:
            found = client.get(use.url).context["finder"].total
            assert use.label.startswith(f"in {found} ")
        widths = re.findall(r'<svg class="bar".*?<rect width="(\d+)"', response.content.decode())
        assert widths == ["100", "50", "100"]

    def test_ontwikkelingen_ask_nothing(self, client):
        partner = PartnerFactory()
        ConceptVersionFactory(
            published=True, concept__record_kind="ontwikkeling", partners=[partner]
        )

        (row,) = shown(client.get("/partners/"))

        (use,) = row["uses"]
        assert (use.label, use.url) == ("in geen enkel concept", "")
        assert 'class="bar"' not in client.get("/partners/").content.decode()

    def test_services_and_domains_open_on_what_owns_most(self, client):
        was, now = AgencyFactory(slug="was", end="2022"), AgencyFactory(slug="nu")
        ChangeEventFactory(before=[was], after=[now])
        derived.rebuild()
        AgencyFactory(slug="aa", name="Aa")
        domain = PolicyDomainFactory(slug="zz", name="Zz")
        PolicyDomainFactory(slug="aa", name="Aa")
        owned = partial(OwnershipFactory, agency=was, policy_domain=domain)
        ConceptVersionFactory(published=True, statements=[owned])

        services = [use for row in shown(client.get("/diensten/")) for use in row["uses"]]
        rows = shown(client.get("/beleidsdomeinen/"))
        domains = [(use.label, use.roles) for row in rows for use in row["uses"]]

        assert [use.label for use in services] == [
            *("in 1 concept", "in 1 concept", "in geen enkel concept")
        ]
        assert {use.url for use in services[:2]} == {
            "/concepten/?dienst=nu",
            "/concepten/?dienst=was",
        }
        assert client.get("/concepten/?dienst=nu").context["finder"].total == 1
        assert [use.roles for use in services] == ["als eigenaar", "als eigenaar", ""]
        assert domains == [("in 1 concept", "als eigenaar"), ("in geen enkel concept", "")]

    def test_a_service_that_is_a_partner_says_so_and_so_does_its_domain(self, client):
        domain = PolicyDomainFactory(slug="wvg")
        justice, youth = (AgencyFactory(slug=slug, policy_domain=domain) for slug in ("j", "o"))
        houses, other = (
            PartnerFactory(slug="huizen", agency=justice),
            PartnerFactory(slug="opgroeien", agency=youth),
        )
        took = partial(partial, ParticipationFactory)
        asked = {"role": Role.COORDINATION, "partner": houses}
        ConceptVersionFactory(published=True, statements=[took(**asked), took(partner=other)])
        ConceptVersionFactory(published=True, statements=[took(partner=houses)])
        ConceptVersionFactory(statements=[took(partner=houses)])  # a draft

        services = [row["uses"] for row in shown(client.get("/diensten/"))]
        ((owned, helps),) = [row["uses"] for row in shown(client.get("/beleidsdomeinen/"))]

        assert [(use.label, use.roles) for uses in services for use in uses] == [
            ("in geen enkel concept", ""),
            ("als partner in 2 concepten", "coördinatie in 1, deelnemer in 1"),
            ("in geen enkel concept", ""),
            ("als partner in 1 concept", "deelnemer in 1"),
        ]
        assert owned.label == "in geen enkel concept"
        assert (helps.label, helps.roles) == (
            "als partner, met een eigen dienst, in 2 concepten",
            "coördinatie in 1, deelnemer in 2",  # in each of two, though one has two services
        )
        assert helps.url == "/concepten/?partner=huizen&partner=opgroeien"
        for use in (services[0][1], services[1][1], helps):
            assert client.get(use.url).context["finder"].total == use.number

    @pytest.mark.parametrize(
        ("path", "make"),
        [
            ("/partners/", PartnerFactory),
            ("/diensten/", AgencyFactory),
            ("/beleidsdomeinen/", PolicyDomainFactory),
        ],
    )
    def test_stand_on_one_page_unless_somebody_wants_less(self, client, path, make):
        make.create_batch(21)

        whole, part = client.get(path), client.get(f"{path}?per_pagina=20")
        sizes = part.context["finder"].per_page_options

        assert (len(shown(whole)), len(shown(part))) == (21, 20)
        assert "per pagina" not in text(whole)
        assert [(size.value, size.selected) for size in sizes] == [
            *(("20", True), ("50", False), ("100", False))
        ]
        assert part.context["finder"].url(per_pagina=["100"]) == path
        assert client.get(f"{path.rstrip('/')}.json").json()["volgende"] is None

    def test_acts_open_on_the_newest_and_show_date_kind_and_status(self, client):
        for slug, day in {"oud": "9 februari 2018", "nieuw": "29 maart 2024", "zonder": ""}.items():
            decree = DecreeFactory(slug=slug, kind="decreet", status="geldend")
            for kind, label in (("in-werking", "2030"), ("bekrachtigd", day)) if day else ():
                DecreeDate.objects.create(decree=decree, kind=kind, date=SourceDate.parse(label))

        response = client.get("/regelgeving/")

        assert slugs(client.get("/regelgeving.json")) == ["nieuw", "oud", "zonder"]
        assert [row["kind"] for row in shown(response)] == [
            "decreet, 29 maart 2024 (bekrachtigd), geldend",
            "decreet, 9 februari 2018 (bekrachtigd), geldend",
            "decreet, zonder datum, geldend",
        ]
        oldest_first = slugs(client.get("/regelgeving.json?sorteer=datum"))
        assert oldest_first == ["oud", "nieuw", "zonder"]

    def test_areas_open_on_provinces_and_regions(self, client):
        for slug in ("gemeente", "politiezone", "referentieregio", "provincie"):
            kind = AreaKindFactory(slug=slug, name=slug)
            nis = {"nis": "44021"} if slug == "gemeente" else {}
            CoverageAreaFactory(kind=kind, slug=f"{slug}-44021", name="Aa", **nis)

        order = ["provincie", "referentieregio", "gemeente", "politiezone"]
        assert values(facet(client, "soort", "/gebieden/").options) == order
        assert slugs(client.get("/gebieden.json")) == [f"{slug}-44021" for slug in order]
        assert "Keuzes staan op" not in text(client.get("/gebieden/"))


class TestHowAConceptStands:
    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ("loopt", "Loopt volgens een bron van mei 2026"),
            ("proef", "Loopt als proef volgens een bron van mei 2026"),
            ("gepland", "Gepland volgens een bron van mei 2026"),
            ("afgelopen", "Afgelopen volgens een bron van mei 2026"),
            ("stil", "Liep in mei 2026 sindsdien niets gevonden"),
        ],
    )
    @pytest.mark.parametrize(
        ("path", "kind"), [("/concepten/", "concept"), ("/ontwikkelingen/", "ontwikkeling")]
    )
    def test_is_said_in_its_row_in_words(self, client, path, kind, state, said):
        ConceptVersionFactory(
            published=True,
            concept__record_kind=kind,
            statements=[partial(StandingFactory, state=state)],
        )

        page = client.get(path)

        assert said in text(page)
        assert f'class="stand stand-{state}"' in page.content.decode()

    def test_what_went_on_in_another_names_that_one_once_it_is_public(self, client):
        public = ConceptVersionFactory(published=True, name="Veilig Huis").concept
        draft = ConceptVersionFactory(name="Geheim").concept
        for name, into in {"Een": public, "Twee": draft}.items():
            statement = partial(StandingFactory, state="opgegaan", into=into)
            ConceptVersionFactory(published=True, name=name, statements=[statement])

        page = text(client.get("/concepten/"))

        assert "Opgegaan in Veilig Huis volgens een bron van mei 2026" in page
        assert "Opgegaan in een ander concept volgens een bron van mei 2026" in page
        assert "Geheim" not in page

    def test_is_not_said_of_another_day_or_where_nobody_says_it(self, client):
        ConceptVersionFactory(published=True, statements=[StandingFactory])
        ConceptVersionFactory(published=True, concept__record_kind="ontwikkeling")

        assert "Loopt" not in text(client.get("/concepten/?peildatum=2023-03-13"))
        assert 'class="stand' not in client.get("/ontwikkelingen/").content.decode()


def test_a_second_skip_link_leads_to_the_results(client):
    page = client.get("/concepten/").content.decode()

    first, second = page.find('href="#inhoud"'), page.find('href="#results-title"')
    assert 0 < first < second < page.find("<header")
    assert 'id="results-title" tabindex="-1"' in page


def test_what_can_be_compared_is_offered_where_there_is_something(client):
    ConceptVersionFactory(published=True, name="Mus")

    some, none = (text(client.get("/concepten/", {"q": q})) for q in ("", "zeppelin"))

    assert "Vergelijk de gekozen concepten" in some
    assert "Vergelijk de gekozen concepten" not in none
