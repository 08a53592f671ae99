"""What a list shows on arrival: groups in a fixed order, what is asked most, acts by their date."""

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
    PartnerTypeFactory,
    PolicyDomainFactory,
    SourceFactory,
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

        page = client.get("/concepten/").content.decode()

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

        rows = shown(client.get("/partners/"))

        assert [(row["use"].label, row["use"].roles) for row in rows] == [
            ("in 2 concepten", "regie in 1, deelnemer in 1"),
            ("in 1 concept", "deelnemer in 1"),
            ("in 2 concepten", "ondersteuner in 2"),
        ]
        for row in rows:
            found = client.get(row["use"].url).context["finder"].total
            assert row["use"].label.startswith(f"in {found} ")

    def test_ontwikkelingen_ask_nothing(self, client):
        partner = PartnerFactory()
        ConceptVersionFactory(
            published=True, concept__record_kind="ontwikkeling", partners=[partner]
        )

        (row,) = shown(client.get("/partners/"))

        assert (row["use"].label, row["use"].url) == ("in geen enkel concept", "")

    def test_services_and_domains_open_on_what_owns_most(self, client):
        was, now = AgencyFactory(slug="was", end="2022"), AgencyFactory(slug="nu")
        ChangeEventFactory(before=[was], after=[now])
        derived.rebuild()
        AgencyFactory(slug="aa", name="Aa")
        domain = PolicyDomainFactory(slug="zz", name="Zz")
        PolicyDomainFactory(slug="aa", name="Aa")
        owned = partial(OwnershipFactory, agency=was, policy_domain=domain)
        ConceptVersionFactory(published=True, statements=[owned])

        services = [row["use"] for row in shown(client.get("/diensten/"))]
        domains = [row["use"].label for row in shown(client.get("/beleidsdomeinen/"))]

        assert [use.label for use in services] == [
            *("in 1 concept", "in 1 concept", "in geen enkel concept")
        ]
        assert {use.url for use in services[:2]} == {
            "/concepten/?dienst=nu",
            "/concepten/?dienst=was",
        }
        assert client.get("/concepten/?dienst=nu").context["finder"].total == 1
        assert domains == ["in 1 concept", "in geen enkel concept"]

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


class TestAlsoAskedAsItsType:
    @pytest.fixture
    def clb(self):
        schools = PartnerTypeFactory(slug="onderwijs", name="Onderwijs")
        clb = PartnerFactory(slug="clb", name="CLB", type=schools)
        others = PartnerFactory(slug="scholen", name="Onderwijspartners", type=schools)
        took = partial(partial, ParticipationFactory)
        ConceptVersionFactory(published=True, name="Met beide", partners=[clb, others])
        ConceptVersionFactory(published=True, name="Enkel scholen", partners=[others])
        ConceptVersionFactory(
            published=True,
            name="Steunt",
            statements=[took(partner=others, role=Role.SUPPORTER)],
        )
        ConceptVersionFactory(
            published=True,
            name="Ontwikkeling",
            concept__record_kind="ontwikkeling",
            partners=[others],
        )
        ConceptVersionFactory(name="Werkversie", partners=[others])

    def test_a_partner_is_told_who_else_of_its_type_is_asked(self, client, clb):
        page = client.get("/partners/clb/").context["page"]

        section = next(each for each in page.sections if each.id == "ook-als-type")
        assert section.label == "Ook gevraagd als onderwijs: 1 concept"
        assert [(item.text, item.note) for item in section.items] == [
            ("Enkel scholen", "Onderwijspartners")
        ]
        assert "/concepten/?partnertype=onderwijs" in [fact.url for fact in page.facts]

    def test_who_is_asked_by_name_everywhere_hears_nothing_more(self, client, clb):
        page = client.get("/partners/scholen/").context["page"]

        assert [section.id for section in page.sections] == ["concepten"]


def test_a_second_skip_link_leads_to_the_results(client):
    page = client.get("/concepten/").content.decode()

    first, second = page.find('href="#inhoud"'), page.find('href="#results-title"')
    assert 0 < first < second < page.find("<header")
    assert 'id="results-title" tabindex="-1"' in page
