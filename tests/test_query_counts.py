"""What each page asks of the database: a fixed number of queries, whatever the rows.

Every page is asked for with one row and with fifteen of everything that it shows.
"""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts.models import Claim, ConceptVersion, Coverage, Discrepancy, LostLink, Milestone
from concepts.search import everywhere
from concepts.search.index import reindex_all
from governance import derived
from governance.models import AreaKind
from tests import counted
from tests.counted import ROWS, numbered, place
from tests.factories import (
    STATEMENT_FACTORIES,
    AgencyFactory,
    AreaKindFactory,
    ChangeEventFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    MilestoneFactory,
    PartnerFactory,
    PolicyDomainFactory,
    ReviewFactory,
    SourceFactory,
    TermFactory,
    make_public,
)

pytestmark = pytest.mark.django_db

queries = counted.queries


class TestTheFinder:
    @pytest.fixture(autouse=True)
    def concepts(self, rows):
        """Concepts with two of everything that a row shows, one of a service of the past."""
        was, now = AgencyFactory(end="2022"), AgencyFactory(slug="zorg")
        ChangeEventFactory(before=[was], after=[now], date="mei 2022")
        partners = [PartnerFactory(slug="caw"), PartnerFactory(slug="ocmw")]
        area = CoverageAreaFactory(slug="zone")
        derived.rebuild()
        for _ in range(rows):
            version = ConceptVersionFactory(
                published=True,
                partners=partners,
                agencies=[was, now],
                statements=[
                    partial(CoverageFactory, extent=Coverage.Extent.ONLY_NAMED, territory=[area]),
                    CoverageFactory,
                ],
            )
            ReviewFactory(version=version)
        reindex_all()

    @ROWS
    def test_pages(self, queries, rows, subtests):
        for number, address in [
            # What is found, its order and its rows stand in what the process keeps.
            (0, "/concepten/"),
            (0, "/concepten/?partner=caw&dienst=zorg&soort=netwerk"),
            (0, "/concepten/?peildatum=2023-03-13"),
            (0, "/concepten/?gebied=zone"),
            # Whether anything has all words; and which rows do, with how well.
            (2, "/concepten/?q=naam"),
            # Rows as data stand in what the process keeps; a CSV reads them with their owners,
            # partners and areas.
            (0, "/concepten.json"),
            (0, "/concepten.json?facetten=0"),
            (4, "/concepten.csv"),
            # Concepts with owners, partners and areas: 4; contradictions, and how many there are;
            # the day of the site's own documents. What is dated, and what former services went on
            # in, stands in what the process keeps.
            (7, "/"),
            # The services to choose from.
            (1, "/tijdlijn/?status=gebeurd"),
        ]:
            with subtests.test(address):
                queries(number, address)


class TestAnEmptyList:
    # What is left without each filter is counted from sets.
    def test_counts_what_is_left_without_each_filter(self, queries):
        PartnerFactory(slug="caw")
        ConceptVersionFactory(published=True)

        queries(0, "/concepten/?partner=caw&soort=plan")


class TestAConcept:
    @pytest.fixture(autouse=True)
    def concept(self, rows):
        """A concept with as many statements of every kind, in both directions, each cited."""
        version = ConceptVersionFactory(
            concept__slug="gbo",
            statements=[
                *(
                    statement
                    for kind, make in STATEMENT_FACTORIES.items()
                    if kind not in ("dekking", "mijlpaal", "relatie")
                    for statement in numbered(rows, make)
                ),
                *(
                    partial(
                        CoverageFactory,
                        citations=[place(n)],
                        extent=Coverage.Extent.ONLY_NAMED,
                        territory=[CoverageAreaFactory(), CoverageAreaFactory()],
                    )
                    for n in range(rows)
                ),
                *numbered(
                    rows, MilestoneFactory, is_announced=True, outcome=Milestone.Outcome.UNKNOWN
                ),
            ],
        )
        for milestone in version.milestones.all():
            milestone.outcome_citations.add(place(0))
        others = [ConceptVersionFactory() for _ in range(rows)]
        for other in others:
            ConceptRelationFactory(version=version, other=other.concept)
            ConceptRelationFactory(version=other, other=version.concept)
        for published in (version, *others):
            make_public(published)
        for number in range(rows):
            discrepancy = Discrepancy.objects.create(
                slug=f"d{number}", title=f"Verschil {number}", kind=Discrepancy.Kind.GAP
            )
            discrepancy.concepts.add(version.concept)
            for key in ("poster", "tekst"):
                claim = Claim.objects.create(discrepancy=discrepancy, key=key, value=key)
                claim.citations.add(place(number))
            link = LostLink.objects.create(
                key=f"l{number}", text="leidraad", concept=version.concept
            )
            link.citations.add(place(number))

        reindex_all()

    @ROWS
    def test_data(self, queries, rows):
        # The published version with its concept; the statements of every kind; the areas of where
        # it works, and the dates that acts are known by: 2; what all of them cite. The places with
        # their sources stand in what the process keeps.
        queries(5, "/concepten/gbo.json")

    @ROWS
    def test_a_page_that_nobody_asked_for_yet(self, client, django_assert_num_queries, rows):
        client.get(ConceptVersion.objects.exclude(concept__slug="gbo")[0].get_absolute_url())

        # Those of its data. And: the stamp; the places that no page cited before; what is said of
        # it elsewhere, with its other names. Where others ask its partners, their names and what
        # they have: two more (`test_likeness`).
        with django_assert_num_queries(5 + 3):
            client.get("/concepten/gbo/")

    @ROWS
    def test_a_page_that_somebody_asked_for(self, queries, rows):
        # The published version with its concept.
        queries(1, "/concepten/gbo/")


@ROWS
def test_former_owners_of_a_concept(client, rows):
    present = AgencyFactory.create_batch(rows)
    former = AgencyFactory.create_batch(rows, end="2022")
    for was, now in zip(former, present, strict=True):
        ChangeEventFactory(before=[was], after=[now]).citations.set([place(1), place(2)])
    derived.rebuild()
    for slug, agencies in (("nu", present), ("toen", former), ("eerst", present)):
        ConceptVersionFactory(published=True, concept__slug=slug, agencies=agencies)
    reindex_all()
    client.get("/concepten/eerst/")
    asked = {}
    for slug in ("nu", "toen"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/concepten/{slug}/")
        asked[slug] = len(captured)

    # What made them the body of today is kept.
    assert asked["toen"] == asked["nu"]


# The municipality, its names and its sources; its changes; its borders; the map: 5. Around the
# place: 1. The day of the poster: 1. What is said of all places, where it lies, and all that is
# dated, stands in what the process keeps.
@ROWS
def test_a_municipality(queries, rows):
    kind = AreaKindFactory(slug="gemeente", composition=AreaKind.Composition.KNOWN)
    town = CoverageAreaFactory(kind=kind, slug="gemeente-24062", nis="24062", name="Leuven")
    located = partial(CoverageFactory, extent=Coverage.Extent.ONLY_NAMED, territory=[town])
    for number in range(rows):
        for where in (located, partial(CoverageFactory, extent=Coverage.Extent.UNLOCATED)):
            ConceptVersionFactory(
                published=True,
                partners=[PartnerFactory(), PartnerFactory()],
                statements=[partial(where, citations=[place(number)])],
            )
    derived.rebuild()

    queries(7, "/gemeenten/24062-leuven/")


@ROWS
@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("beleidsdomeinen", PolicyDomainFactory),
        ("diensten", AgencyFactory),
        ("bronnen", SourceFactory),
        ("begrippen", TermFactory),
        ("regelgeving", DecreeFactory),
        ("partners", PartnerFactory),
        ("gebieden", CoverageAreaFactory),
    ],
)
def test_a_reference_list(queries, rows, path, make):
    for position in range(rows):
        make(slug=f"x{position}", name=f"Vlieger {position}")
    everywhere.reindex_all()

    queries(0, f"/{path}/")
    # The rows.
    queries(1, f"/{path}.json")
    # Whether anything has all words; and which rows do.
    queries(2, f"/{path}/?q=vlieger")


class TestSearchOverEverything:
    # Whether a version has all words (else a record may); the hits among versions and among other
    # records: 2; the versions shown, with their statements, areas and the dates of acts: 4.
    @ROWS
    def test_page(self, queries, rows):
        for number in range(rows):
            ConceptVersionFactory(published=True, statements=STATEMENT_FACTORIES.values())
            PartnerFactory(name=f"Naam {number}")
        reindex_all()
        everywhere.reindex_all()

        queries(7, "/zoeken/?q=naam")


@pytest.mark.parametrize("question", ["", "?peildatum=2023-03-13"])
def test_the_shelf_counts_each_list_once(client, django_assert_max_num_queries, question):
    AgencyFactory.create_batch(3)

    # The stamp, a count for each of eight lists, and for partners the changes that ended some.
    with django_assert_max_num_queries(12):
        assert client.get(f"/naslag/{question}").status_code == 200
