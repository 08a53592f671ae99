"""What each page asks of the database: a fixed number of queries, whatever the rows.

Every page is asked for with one row and with fifteen of everything that it shows.
"""

import datetime as dt
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts.models import (
    Alias,
    Claim,
    Concept,
    ConceptVersion,
    Coverage,
    Discrepancy,
    LostLink,
    Milestone,
)
from concepts.search import everywhere
from concepts.search.index import reindex_all
from governance import derived
from governance.models import AgencyTask, AreaKind, AreaName, DecreeDate, DecreeRelation
from tests.factories import (
    STATEMENT_FACTORIES,
    AgencyFactory,
    AliasFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    LegalBasisFactory,
    MilestoneFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
    ReviewFactory,
    SourceFactory,
    TermFactory,
    make_public,
)

pytestmark = pytest.mark.django_db

ROWS = pytest.mark.parametrize("rows", [1, 15])


@pytest.fixture
def queries(client, django_assert_num_queries):
    """Expect a number of queries for an address, besides the stamp that every page asks first.

    It was asked for once before, as by an earlier visitor.
    """

    def queries(number, address):
        assert client.get(address).status_code == 200
        with django_assert_num_queries(1 + number):
            client.get(address)

    return queries


def place(number):
    return CitationFactory(section=f"2.{number}")


def numbered(rows, make, **fields):
    """Makers of statements that each cite a place of their own."""
    return [partial(make, citations=[place(n)], **fields) for n in range(rows)]


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


def cited(record, rows):
    """A record that itself cites as many places."""
    record.citations.set(place(number) for number in range(rows))
    return record


def named_by(rows, **target):
    """Other names of a record."""
    for number in range(rows):
        AliasFactory(text=f"Andere naam {number}", kind=Alias.Kind.NAME, **target)


def changed(rows, **subject):
    """Changes that a record went through, each with something else before it."""
    for number in range(rows):
        event = ChangeEventFactory(before=[AgencyFactory()], date="mei 2022")
        event.citations.add(place(number))
        event.subjects.create(side="na", key=f"k{number}", **subject)


def stated_by(rows, make, record_kind=Concept.RecordKind.CONCEPT, **fields):
    """Published concepts, or ontwikkelingen, that each say one thing of a record."""
    for statement in numbered(rows, make, **fields):
        ConceptVersionFactory(
            published=True, concept__record_kind=record_kind, statements=[statement]
        )


def domain(rows):
    record = cited(PolicyDomainFactory(slug="x"), rows)
    stated_by(rows, OwnershipFactory, policy_domain=record)
    AgencyFactory.create_batch(rows, policy_domain=record)
    changed(rows, policy_domain=record)


def agency(rows):
    record = cited(
        AgencyFactory(slug="x", parent=AgencyFactory(), policy_domain=PolicyDomainFactory()), rows
    )
    PartnerFactory(agency=record)
    for number in range(rows):
        was = AgencyFactory(end="2022")
        ChangeEventFactory(before=[was], after=[record]).citations.add(place(number))
        stated_by(1, OwnershipFactory, agency=was)
        task = AgencyTask.objects.create(agency=record, key=f"k{number}", text="Doet iets.")
        task.citations.add(place(number))
    derived.rebuild()
    stated_by(rows, OwnershipFactory, agency=record)
    AgencyFactory.create_batch(rows, parent=record)
    named_by(rows, agency=record)


def partner(rows):
    record = cited(PartnerFactory(slug="x", agency=AgencyFactory()), rows)
    ConceptVersionFactory(published=True, concept__partner=record)
    stated_by(rows, ParticipationFactory, partner=record)
    changed(rows, partner=record)
    named_by(rows, partner=record)


def decree(rows):
    record = cited(DecreeFactory(slug="x"), rows)
    stated_by(rows, LegalBasisFactory, decree=record)
    for number in range(rows):
        on = DecreeDate.objects.create(decree=record, kind="vermeld", date_label=f"{number} mei")
        other = DecreeFactory()
        to = DecreeRelation.objects.create(decree=record, kind="wijzigt", other=other)
        of = DecreeRelation.objects.create(decree=other, kind="wijzigt", other=record)
        link = LostLink.objects.create(key=f"l{number}", text="leidraad", decree=record)
        for row in (on, to, of, link):
            row.citations.add(place(number))
    changed(rows, decree=record)
    named_by(rows, decree=record)


def area(rows):
    """An area over the borders of others, whose kind is also a scale."""
    zones, regions = (AreaKindFactory(composition=AreaKind.Composition.KNOWN) for _ in range(2))
    towns = AreaKindFactory(slug="gemeente", composition=AreaKind.Composition.KNOWN)
    record = cited(CoverageAreaFactory(slug="x", kind=zones), rows)
    around = CoverageAreaFactory()
    named = partial(CoverageFactory, extent=Coverage.Extent.ONLY_NAMED, territory=[record])
    stated_by(rows, named)
    stated_by(rows, named, record_kind=Concept.RecordKind.DEVELOPMENT)
    stated_by(rows, CoverageFactory, scale=zones)
    for number in range(rows):
        region = CoverageAreaFactory(kind=regions)
        both, other = (
            CoverageAreaFactory(slug=f"gemeente-{nis}", nis=str(nis), kind=towns)
            for nis in (11000 + number, 12000 + number)
        )
        for town in (both, other):
            AreaMembershipFactory(area=region, member=town)
        inside = AreaMembershipFactory(area=record, member=both)
        outside = AreaMembershipFactory(area=around, member=record, part=f"deel {number}")
        day = dt.date(2000 + number, 1, 1)
        name = AreaName.objects.create(area=record, name="Oud", valid_from=day, valid_until=day)
        for row in (inside, outside, name):
            row.citations.add(place(number))
    derived.rebuild()
    changed(rows, area=record)
    named_by(rows, area=record)


def source(rows):
    """A source whose every place is cited by a row of every kind."""
    record = SourceFactory(slug="x")
    for number in range(rows):
        cited = CitationFactory(source=record, section=f"2.{number}")
        other = ConceptVersionFactory(published=True)
        makers = {
            **STATEMENT_FACTORIES,
            "relatie": partial(ConceptRelationFactory, other=other.concept),
        }
        ConceptVersionFactory(
            published=True,
            statements=[partial(make, citations=[cited]) for make in makers.values()],
        )
        records = [
            *(AgencyFactory(), PartnerFactory(), PolicyDomainFactory(), DecreeFactory()),
            *(CoverageAreaFactory(), AreaKindFactory(), TermFactory(), ChangeEventFactory()),
        ]
        records += [
            AgencyTask.objects.create(agency=records[0], key="k", text="Doet iets."),
            DecreeDate.objects.create(decree=records[3], kind="vermeld", date_label="17 mei"),
            LostLink.objects.create(key=f"l{number}", text="leidraad"),
            AreaName.objects.create(area=records[4], name="Oud"),
            AreaMembershipFactory(area=records[4], member=CoverageAreaFactory()),
            Discrepancy.objects.create(
                slug=f"d{number}", title="Verschil", kind=Discrepancy.Kind.GAP
            ).claims.create(key="k", value="132"),
        ]
        for row in records:
            row.citations.add(cited)


def term(rows):
    cited(TermFactory(slug="x", name="vlieger"), rows)
    for _ in range(rows):
        owner = partial(OwnershipFactory, agency=AgencyFactory())
        ConceptVersionFactory(published=True, summary="Een vlieger.", statements=[owner])
    reindex_all()


@ROWS
@pytest.mark.parametrize(
    ("address", "fill", "number", "data"),
    [
        # Of each: the record, its citations, whether the words that a process keeps still hold: 3.
        # Of most: concepts with citations and owners: 3; changes with citations and subjects: 3;
        # other names. And: its agencies.
        ("/beleidsdomeinen/x/", domain, 9, 9),
        # And: parent, domain, partner that it is; tasks with citations: 2; parts.
        ("/diensten/x/", agency, 15, 15),
        # And: type; agency and concept that it is, under its published name: 3.
        ("/partners/x/", partner, 13, 13),
        # And: relations in both directions, lost links, dates, each with citations: 8; the dates
        # for its address at the law portal, and those that acts in both directions are known by: 2.
        ("/regelgeving/x/", decree, 20, 20),
        # And: the names it bore, and those of what it changed with: 2; what it lies in, what lies
        # in it and its names, with names and citations: 7; what reaches it: its place, since the
        # process keeps the concepts; concepts of its scale and ontwikkelingen that name it, with
        # citations and owners: 6; the kinds, and those with areas that day: 2; how it lies against
        # them: lines, areas: 2.
        ("/gebieden/x/", area, 27, 27),
        # The source; its places; who cites them, of all kinds; what these are named by: 11; the
        # concepts that show what claims differ on; the dates that acts are known by.
        ("/bronnen/x/", source, 16, 16),
        # And: the concepts that use the word, with their owners: 4.
        ("/begrippen/x/", term, 6, 6),
    ],
)
def test_a_reference_record(queries, rows, address, fill, number, data):
    fill(rows)
    reindex_all()

    queries(number, address)
    # Its data are the same without words to explain.
    queries(data, f"{address.rstrip('/')}.json")
    queries(data, f"{address.rstrip('/')}.csv")


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
