"""Who is asked in a municipality: kinds of partner, and partners, surely or perhaps."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Coverage, Role
from concepts.places.municipality import MunicipalityPage
from eerstelijn.finder.question import AsOf
from governance import derived
from tests.answers import text
from tests.factories import (
    AreaKindFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 6, 1)
NAMED, UNLOCATED = Coverage.Extent.ONLY_NAMED, Coverage.Extent.UNLOCATED


@pytest.fixture
def town():
    kind = AreaKindFactory(slug="gemeente")
    town = CoverageAreaFactory(kind=kind, slug="gemeente-24062", nis="24062", name="Leuven")
    derived.rebuild()
    return town


@pytest.fixture
def partners():
    board = PartnerTypeFactory(slug="lokaal-bestuur", name="Lokaal bestuur")
    school = PartnerTypeFactory(slug="onderwijs", name="Onderwijs")
    return {
        "gemeente": PartnerFactory(slug="gemeente", name="Gemeente", type=board),
        "ocmw": PartnerFactory(slug="ocmw", name="OCMW", type=board),
        "clb": PartnerFactory(slug="clb", name="CLB", type=school),
        "dmw": PartnerFactory(slug="dmw", name="DMW"),
    }


@pytest.fixture
def concept(town, partners):
    """A published concept that works in the town or, without a place, somewhere."""

    def concept(name, *roles, works_here=True, **coverage):
        where = {"extent": NAMED, "territory": [town]} if works_here else {"extent": UNLOCATED}
        return ConceptVersionFactory(
            published=True,
            name=name,
            statements=[
                partial(CoverageFactory, **where, **coverage),
                *(
                    partial(ParticipationFactory, partner=partners[slug], role=role)
                    for slug, role in roles
                ),
            ],
        )

    return concept


@pytest.fixture
def page(town):
    return lambda: MunicipalityPage(town, AsOf(DAY))


@pytest.fixture
def asked(concept):
    """Two concepts here ask the local board, one of them a school too; two others who knows."""
    concept("Eerste", ("gemeente", Role.DIRECTION), ("ocmw", Role.PARTICIPANT))
    concept("Tweede", ("ocmw", Role.CHAIR), ("clb", Role.PARTICIPANT))
    concept("Ergens", ("ocmw", Role.COORDINATION), ("dmw", Role.REQUIRED), works_here=False)
    concept("Elders", ("clb", Role.PARTICIPANT), ("dmw", Role.REQUIRED), works_here=False)


def said(kind):
    return (
        kind.type.name,
        len(kind.located),
        len(kind.unstated),
        [(row.partner.name, row.counts) for row in kind.sure],
    )


def test_kinds_count_each_concept_once_and_partners_their_own(asked, page):
    several, once = page().asked_section.parts

    assert [said(kind) for kind in several.items] == [
        ("Lokaal bestuur", 2, 1, [("OCMW", "2 + 1"), ("Gemeente", "1")]),
    ]
    assert [said(kind) for kind in once.items] == [("Onderwijs", 1, 1, [("CLB", "1 + 1")])]


def test_roles_are_those_of_what_is_sure_the_strongest_first(asked, page):
    kinds = page().asked_section.parts[0].items

    assert kinds[0].roles == [Role.DIRECTION, Role.CHAIR, Role.PARTICIPANT]
    assert page().asked_roles == [Role.DIRECTION, Role.CHAIR, Role.PARTICIPANT]


def test_who_is_asked_only_by_what_may_work_here_stands_with_that(asked, page):
    found = page()

    assert [(row.partner.name, len(row.unstated)) for row in found.asked_perhaps] == [("DMW", 2)]
    assert [part.template for part in found.unstated[0].parts] == [
        "places/_reached.html",
        "places/_asked_perhaps.html",
    ]


def test_kinds_and_partners_lead_to_the_concepts_that_ask_them(asked, client):
    html = client.get("/gemeenten/24062-leuven/").content.decode()

    for question in ("partnertype=lokaal-bestuur", "partner=ocmw", "partner=dmw"):
        assert f'href="/gevraagd/?gemeente=24062&amp;{question}"' in html


def test_who_only_may_be_asked_is_named_and_a_remark_is_left_to_the_concept(asked, concept, client):
    concept("Met opmerking", ("clb", Role.PARTICIPANT), note="Dat lezen we zo.")

    page = text(client.get("/gemeenten/24062-leuven/"))

    assert "Met opmerking" in page
    assert "Dat lezen we zo." not in page
    assert "Enkel door deze concepten gevraagd: 1 partner DMW (2)" in page


def test_without_a_concept_nobody_is_asked(page, client):
    assert not page().asked_section.shown
    assert "Wie wordt hier gevraagd?" not in text(client.get("/gemeenten/24062-leuven/"))


@pytest.mark.parametrize(
    ("status", "label"),
    [(Coverage.Status.ACTIVE, "zeker"), (Coverage.Status.PLANNED, "zeker of gepland")],
)
def test_the_table_says_what_it_counts(asked, concept, page, status, label):
    concept("Derde", ("clb", Role.PARTICIPANT), status=status)

    assert page().located_label == label
