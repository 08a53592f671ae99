"""Where a record is used: on its page at the desk, and before it is deleted."""

import pytest
from django.urls import reverse

from concepts.models import Status
from tests.desk import change_url, editor
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    PartnerFactory,
    PassageFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def uses(client, record):
    """{kind: (number, labels)} as the page of a record tells it."""
    found = client.get(change_url(record)).context["uses"]
    return {use.label: (use.number, [row.label for row in use.records]) for use in found.kinds}


def test_a_statement_is_shown_as_the_version_that_says_it(desk):
    caw = PartnerFactory(name="CAW")
    version = ConceptVersionFactory(name="GBO", partners=[caw], published=True)

    page = desk.get(change_url(caw))

    (use,) = page.context["uses"].kinds
    assert (use.label, use.number) == ("Deelnames", 1)
    assert use.records[0].label == "GBO (versie 1, gepubliceerd)"
    tab = reverse("admin:concepts_conceptversion_group", args=[version.pk, "partners"])
    assert use.records[0].url == tab
    assert "Waar gebruikt" in page.content.decode()


def test_each_kind_of_pointing_is_a_kind_of_use(desk):
    agency = AgencyFactory()
    AgencyFactory(name="Afdeling", parent=agency)
    PartnerFactory(name="Partner", agency=agency)
    AliasFactory(text="Naam", agency=agency)
    ChangeEventFactory(name="Fusie", before=[agency])
    ConceptVersionFactory(name="GBO", agencies=[agency])

    assert uses(desk, agency) == {
        "Diensten": (1, ["Afdeling"]),
        "Partners": (1, ["Partner"]),
        "Andere namen": (1, ["Naam"]),
        "Betrokkenen bij een verandering": (1, ["Fusie"]),
        "Eigenaars": (1, ["GBO (versie 1, werkversie)"]),
    }


def test_own_rows_and_derived_ones_are_no_use(desk):
    agency = AgencyFactory()
    agency.tasks.create(key="taak", text="Doet iets.")

    assert uses(desk, agency) == {}
    assert "Geen ander record verwijst hiernaar" in desk.get(change_url(agency)).content.decode()


def test_what_cites_a_place_uses_its_source(desk):
    place = CitationFactory()
    decree = DecreeFactory()
    decree.citations.add(place)

    assert uses(desk, place) == {"Regelgeving en beleidsdocumenten": (1, [str(decree)])}
    assert uses(desk, place.source) == {
        "Plaatsen in bronnen": (1, [str(place)]),
        "Regelgeving en beleidsdocumenten die eruit citeren": (1, [str(decree)]),
    }


def test_an_area_is_used_by_what_lies_in_it(desk):
    zone, member = CoverageAreaFactory.create_batch(2)
    row = AreaMembershipFactory(area=zone, member=member)

    assert uses(desk, zone) == {"Liggingen": (1, [str(row)])}


def test_a_term_is_used_where_it_stands_in_a_text(desk):
    term = TermFactory(name="zorgraad")
    ConceptVersionFactory(
        name="GBO",
        statements=[lambda version: PassageFactory(version=version, text="De zorgraad.")],
        published=True,
    )

    assert uses(desk, term) == {
        "Concepten met dit woord in hun tekst": (1, ["GBO (versie 1, gepubliceerd)"])
    }


def test_a_version_that_says_it_twice_is_one(desk):
    agency = AgencyFactory()
    ConceptVersionFactory(agencies=[agency, agency])

    assert uses(desk, agency)["Eigenaars"][0] == 1


def test_the_rest_is_a_page_away(desk):
    parent = AgencyFactory()
    for number in range(120):
        AgencyFactory(name=f"Afdeling {number:03}", parent=parent)
    (use,) = desk.get(change_url(parent)).context["uses"].kinds
    assert (len(use.records), use.more) == (6, "alle 120")

    first = desk.get(use.url)
    last = desk.get(f"{use.url}&pagina=99999999999999999999")

    assert [len(page.context["page"].links) for page in (first, last)] == [100, 20]
    assert "Afdeling 119" in last.content.decode()


@pytest.mark.parametrize("query", ["", "?soort=x", "?soort=agency-parent&pagina=x", "?soort=%00"])
def test_odd_questions_are_answered(desk, query):
    agency = AgencyFactory()
    AgencyFactory(parent=agency)
    url = reverse("admin:governance_agency_uses", args=[agency.pk])

    assert desk.get(f"{url}{query}").status_code in (200, 400)


def test_what_is_not_there_is_not_used(desk):
    assert desk.get("/beheer/governance/agency/999999/gebruik/").status_code == 404
    assert desk.get("/beheer/governance/agency/x/gebruik/").status_code == 404


def test_who_may_not_see_it_reads_nothing(client):
    agency = AgencyFactory()
    client.force_login(editor())

    url = reverse("admin:governance_agency_uses", args=[agency.pk])

    assert client.get(url).status_code == 403


def test_it_stands_on_the_page_before_deleting(desk):
    caw = PartnerFactory(name="CAW")
    ConceptVersionFactory(name="GBO", partners=[caw])

    page = desk.get(reverse("admin:governance_partner_delete", args=[caw.pk]))

    assert "GBO (versie 1, werkversie)" in page.content.decode()
    assert [use.number for use in page.context["uses"].kinds] == [1]


def test_former_versions_count_too(desk):
    """They hold a record: it cannot be deleted while they stand."""
    caw = PartnerFactory()
    version = ConceptVersionFactory(partners=[caw], published=True)
    type(version).objects.filter(pk=version.pk).update(status=Status.FORMER)

    assert uses(desk, caw)["Deelnames"][0] == 1


def test_the_number_of_queries_follows_the_kinds_and_not_the_rows(
    desk, django_assert_max_num_queries
):
    place = CitationFactory()
    for _ in range(2):
        ConceptVersionFactory(statements=[PassageFactory])
    desk.get(change_url(place.source))
    with django_assert_max_num_queries(24) as one:
        desk.get(change_url(place.source))
    for _ in range(10):
        ConceptVersionFactory(statements=[PassageFactory])

    with django_assert_max_num_queries(len(one)):
        desk.get(change_url(place.source))
