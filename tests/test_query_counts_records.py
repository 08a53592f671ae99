"""What the page and the data of a reference record ask: a fixed number of queries."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Alias, Concept, Coverage, Discrepancy, LostLink
from concepts.search.index import reindex_all
from governance import derived
from governance.models import AgencyTask, AreaKind, AreaName, DecreeDate, DecreeRelation
from tests import counted
from tests.counted import ROWS, numbered, place
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
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

queries = counted.queries


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
