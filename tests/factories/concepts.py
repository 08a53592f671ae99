"""Made-up words, concepts, their versions, and every kind of statement of a version."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from concepts import models as concepts
from concepts.models import Concept, ConceptVersion, Status
from tests.factories.governance import (
    AreaKindFactory,
    CitationFactory,
    DecreeFactory,
    PartnerFactory,
    PolicyDomainFactory,
    SourceFactory,
)
from tests.factories.rows import RecordFactory, ask

# The words of the field


class TargetGroupFactory(RecordFactory):
    class Meta:
        model = concepts.TargetGroup

    slug = factory.Sequence(lambda n: f"doelgroep-{n}")
    name = factory.LazyAttribute(lambda group: f"Doelgroep {group.slug}")


class TermFactory(RecordFactory):
    class Meta:
        model = concepts.Term

    slug = factory.Sequence(lambda n: f"begrip-{n}")
    name = factory.LazyAttribute(lambda term: f"Begrip {term.slug}")
    definition = "Een woord van dit werkveld."


class AliasFactory(RecordFactory):
    class Meta:
        model = concepts.Alias

    key = factory.Sequence(lambda n: f"naam-{n:05}")
    kind = concepts.Alias.Kind.NAME


# Concepts and their versions


class ConceptFactory(RecordFactory):
    class Meta:
        model = Concept
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"concept-{n:03}")


class ConceptVersionFactory(RecordFactory):
    """A working copy; with `published=True` the published version, with all that this asks."""

    class Meta:
        model = ConceptVersion
        skip_postgeneration_save = True

    concept = factory.SubFactory(ConceptFactory)
    number = factory.LazyAttribute(lambda version: _number_of_versions(version.concept) + 1)
    name = factory.LazyAttribute(lambda version: f"Naam {version.concept.slug}")
    kind = ConceptVersion.Kind.NETWORK
    summary = "Diensten werken samen, zodat je sneller hulp krijgt."
    sources_as_of = "maart 2023"

    @factory.post_generation
    def described_by(self, create, sources, **kwargs):
        if sources:
            self.described_by.set(sources)

    @factory.post_generation
    def partners(self, create, partners, **kwargs):
        for partner in partners or ():
            ParticipationFactory(version=self, partner=partner)

    @factory.post_generation
    def agencies(self, create, agencies, **kwargs):
        for agency in agencies or ():
            OwnershipFactory(version=self, agency=agency)

    @factory.post_generation
    def statements(self, create, makers, **kwargs):
        """Whatever else it says: factories that wait for a version only."""
        for make in makers or ():
            make(version=self)

    @factory.post_generation
    def published(self, create, is_wanted, **kwargs):
        if is_wanted:
            make_public(self)


def _number_of_versions(concept):
    question = "SELECT count(*) FROM concepts_conceptversion WHERE concept_id = %s"
    return ask(question, concept.pk)[0]


WHAT_IT_SAYS = """SELECT
    EXISTS (SELECT FROM concepts_conceptversion_described_by WHERE conceptversion_id = %s),
    EXISTS (SELECT FROM concepts_passage WHERE version_id = %s AND kind = %s)
"""


def make_public(version):
    """Publish a working copy, with whatever publication asks and it does not say yet."""
    what = concepts.Passage.Kind.WHAT
    has_source, says_what = ask(WHAT_IT_SAYS, version.pk, version.pk, what)
    if not has_source:
        version.described_by.add(SourceFactory())
    if not says_what:
        PassageFactory(version=version)
    version.status, version.published_at = Status.PUBLISHED, timezone.now()
    version.save(update_fields=["status", "published_at"])


def version_with_status(status, **fields):
    """A version that came to a status along the way that editors go, with a concept of its own."""
    if status in concepts.OPEN_STATUSES:
        return ConceptVersionFactory(status=status, **fields)
    version = ConceptVersionFactory(published=True, **fields)
    if status != Status.PUBLISHED:
        ConceptVersion.objects.filter(pk=version.pk).update(status=status)
        version.refresh_from_db()
    return version


class ReviewFactory(RecordFactory):
    class Meta:
        model = concepts.Review

    version = factory.SubFactory(ConceptVersionFactory, published=True)
    date = dt.date(2023, 6, 1)
    reviewer = "redactie"


# Statements


class StatementFactory(RecordFactory):
    """One thing said of a version, with a citation unless `citations` says otherwise."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    version = factory.SubFactory(ConceptVersionFactory)
    key = factory.Sequence(lambda n: f"uitspraak-{n:05}")

    @factory.post_generation
    def citations(self, create, citations, **kwargs):
        links = [CitationFactory()] if citations is None else citations
        if links:
            _cite(self, links)


def _cite(statement, places):
    """As `citations.set`, which first asks what is cited already: a new statement cites nothing."""
    links = statement.citations
    own, other = links.source_field.attname, links.target_field.attname
    links.through.objects.bulk_create(
        links.through(**{own: statement.pk, other: place.pk, "position": number})
        for number, place in enumerate(dict.fromkeys(places), 1)
    )


class PassageFactory(StatementFactory):
    class Meta:
        model = concepts.Passage

    kind = concepts.Passage.Kind.WHAT
    text = "Diensten spreken af wie wat doet."


class OwnershipFactory(StatementFactory):
    class Meta:
        model = concepts.Ownership

    policy_domain = factory.SubFactory(PolicyDomainFactory)


class ParticipationFactory(StatementFactory):
    class Meta:
        model = concepts.Participation

    partner = factory.SubFactory(PartnerFactory)
    role = concepts.Role.PARTICIPANT


class CoverageFactory(StatementFactory):
    """Where a concept works; with a `territory` it names its areas, without it names none."""

    class Meta:
        model = concepts.Coverage

    scale = factory.SubFactory(AreaKindFactory)
    wording = "een verband per gebied"
    extent = concepts.Coverage.Extent.UNLOCATED

    @factory.post_generation
    def territory(self, create, areas, **kwargs):
        if areas:
            self.territory.set(areas)


class AccessFactory(StatementFactory):
    class Meta:
        model = concepts.Access

    answer = concepts.Access.Answer.YES
    explanation = "Je kunt er zelf binnenstappen."


class StandingFactory(StatementFactory):
    class Meta:
        model = concepts.Standing

    state = concepts.Standing.State.RUNNING
    date = "mei 2026"


class AudienceFactory(StatementFactory):
    class Meta:
        model = concepts.Audience

    target_group = factory.SubFactory(TargetGroupFactory)
    wording = "wie hulp zoekt"


class LegalBasisFactory(StatementFactory):
    class Meta:
        model = concepts.LegalBasis

    decree = factory.SubFactory(DecreeFactory)
    role = concepts.LegalBasis.Role.RESTS_ON


class KeyFigureFactory(StatementFactory):
    class Meta:
        model = concepts.KeyFigure

    label = "samenwerkingsverbanden"
    value = Decimal(58)
    unit = "verbanden"


class MilestoneFactory(StatementFactory):
    class Meta:
        model = concepts.Milestone

    title = "De eerste verbanden starten"
    date = "maart 2022"


class ConceptRelationFactory(StatementFactory):
    class Meta:
        model = concepts.ConceptRelation

    kind = concepts.ConceptRelation.Kind.JOINS
    other = factory.SubFactory(ConceptFactory)


#: A factory for every kind of statement, by the name that the data formats give it.
STATEMENT_FACTORIES = {
    "passage": PassageFactory,
    "eigenaar": OwnershipFactory,
    "deelname": ParticipationFactory,
    "dekking": CoverageFactory,
    "toegang": AccessFactory,
    "stand": StandingFactory,
    "doelgroep": AudienceFactory,
    "rechtsgrond": LegalBasisFactory,
    "kerncijfer": KeyFigureFactory,
    "mijlpaal": MilestoneFactory,
    "relatie": ConceptRelationFactory,
}
