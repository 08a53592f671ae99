"""As many records as the acceptance list asks, and a source for all that is said."""

import pytest
from django.db.models import Count

from concepts.models import (
    STATEMENT_KINDS,
    Claim,
    Concept,
    ConceptVersion,
    Discrepancy,
    LostLink,
    Milestone,
    Term,
)
from concepts.sources_as_of import cited_sources, newest
from governance.models import (
    Agency,
    AgencyTask,
    AreaKind,
    AreaMembership,
    AreaName,
    AreaPart,
    ChangeEvent,
    CoverageArea,
    Decree,
    DecreeDate,
    DecreeRelation,
    Partner,
    PartnerType,
    PolicyDomain,
    Source,
)
from tests.content import checklist
from tests.content.checklist import BESIDE_THE_POSTER, ON_THE_POSTER

pytestmark = pytest.mark.usefixtures("only_reads")

#: What only exists because a source says it. A partner with nothing but a name is cited as well:
#: by the statement that names it.
CITED = (
    *STATEMENT_KINDS.values(),
    Agency,
    AgencyTask,
    AreaKind,
    AreaMembership,
    AreaName,
    AreaPart,
    ChangeEvent,
    Claim,
    CoverageArea,
    Decree,
    DecreeDate,
    DecreeRelation,
    LostLink,
    Partner,
    PolicyDomain,
    Term,
)


def test_the_two_documents_are_the_own_sources():
    own = Source.objects.filter(origin=Source.Origin.OWN)

    assert set(own.values_list("slug", flat=True)) == {"poster", "tekst"}


def test_concepts_are_those_of_the_poster_and_four_of_the_tekst():
    concepts = Concept.objects.filter(record_kind="concept")

    assert set(concepts.values_list("slug", flat=True)) == ON_THE_POSTER | BESIDE_THE_POSTER


def test_developments_are_the_eleven_of_the_list_and_the_movement_itself():
    developments = Concept.objects.filter(record_kind="ontwikkeling")

    assert developments.count() == 11 + 1


def test_every_concept_is_published_as_of_its_newest_source():
    published = ConceptVersion.objects.published()

    assert published.count() == Concept.objects.count()
    assert not published.filter(summary="").exists()
    said = {version.concept.slug: version.sources_as_of for version in published}
    assert said == {
        version.concept.slug: newest(cited_sources(version)).month for version in published
    }


@pytest.mark.parametrize(
    ("model", "least"),
    [
        (PolicyDomain, 4 + 1 + 6),  # of the tekst, one former name, those that share responsibility
        (ChangeEvent, 12),
        (Decree, 52),
        (Partner, 51 + 16),  # rows of partners and of support organisations
        (AreaKind, 12),
    ],
)
def test_there_are_at_least_as_many_as_the_list_has_rows(model, least):
    assert model.objects.count() >= least


def test_agencies_are_fifteen_and_twelve_assemblies_and_bodies():
    assert Agency.objects.count() == 15 + 12


def test_every_partner_type_of_the_contract_is_there():
    assert PartnerType.objects.count() == 21


@pytest.mark.parametrize(
    ("kind", "number"),
    [("eerstelijnszone", 60), ("referentieregio", 15), ("provincie", 5), ("fjc-regio", 9)],
)
def test_areas_that_the_sources_count_are_there_by_name(kind, number):
    assert CoverageArea.objects.filter(kind__slug=kind).count() == number


def test_every_announced_date_has_an_outcome():
    announced = Milestone.objects.filter(is_announced=True)

    assert announced.count() >= 12
    assert not announced.filter(outcome="").exists()


def test_every_contradiction_of_the_list_is_there_once():
    numbers = [slug[:3] for slug in Discrepancy.objects.values_list("slug", flat=True)]

    assert sorted(numbers) == [f"x{number:02}" for number in range(1, 67 + 1)]


def test_a_contradiction_has_two_claims_or_more():
    claims = Discrepancy.objects.annotate(number=Count("claims"))

    assert not claims.filter(number__lt=2).exists()


def test_lost_links_are_thirty_four():
    assert LostLink.objects.filter(is_marked=True).count() == 34


def test_the_list_itself_asks_what_the_sources_hold():
    sizes = checklist.section_sizes(checklist.read_rows())

    asked = {letter: sizes[letter] for letter in "CWRSGOLTX"}
    assert asked == {
        "C": 15,
        "W": 52,
        "R": 51,
        "S": 16,
        "G": 21,
        "O": 41,
        "L": 12,
        "T": 57,
        "X": 67,
    }


@pytest.mark.parametrize("model", CITED, ids=lambda model: model.__name__)
def test_everything_that_is_said_has_a_source(model):
    without = model.objects.filter(citations=None)

    assert model.objects.exists()
    assert [str(row) for row in without] == []


def test_an_outcome_that_is_known_has_a_source():
    known = Milestone.objects.exclude(outcome__in=["", "onbekend"])

    assert [str(row) for row in known.filter(outcome_citations=None)] == []


def test_the_sources_themselves_are_told_apart_from_outside_ones():
    """What only an outside source says is never shown as if the two documents said it."""
    outside = Source.objects.filter(origin=Source.Origin.OUTSIDE)

    assert not outside.filter(kind__in=["poster", "tekst"]).exists()
    assert not outside.filter(kind="webpagina", consulted_on=None).exists()
