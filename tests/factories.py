"""Small made-up records, one factory per model.

A statement gets a citation unless a test says otherwise, and dates are written as a source writes
them: `OwnershipFactory(version=v, start="mei 2022")`. A version starts as a working copy, because
the database refuses statements of a published one; `published=True` makes it public after
everything else was added. What it then lacks is the search index, which takes longer than all the
rest: a test that searches calls `reindex_all()`.

    ConceptVersionFactory(published=True, partners=[caw], agencies=[zorg])
    ConceptVersionFactory(
        published=True,
        concept__slug="gbo",
        statements=[partial(CoverageFactory, territory=[zone])],
    )
"""

import datetime as dt
from decimal import Decimal

import factory
from django.db import connection
from django.utils import timezone
from factory.django import DjangoModelFactory

from concepts import models as concepts
from concepts.models import Concept, ConceptVersion, Status
from eerstelijn.dates import SourceDate
from governance import models as governance


def columns(edge, label):
    """The three columns of a date, from the label that a source gives; "" is no date."""
    date = SourceDate.parse(label) if label else SourceDate()
    return {
        f"{edge}_label": date.label,
        f"{edge}_earliest": date.earliest,
        f"{edge}_latest": date.latest,
    }


class RecordFactory(DjangoModelFactory):
    """Reads `start`, `end`, `date`, `expected` and `outcome_date` as labels, sets `citations`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        for edge in ("start", "end", "date", "expected"):
            if isinstance(kwargs.get(edge), str):
                kwargs |= columns(edge, kwargs.pop(edge))
        return super()._create(model_class, *args, **kwargs)

    @classmethod
    def _get_or_create(cls, model_class, **kwargs):
        """Without the savepoint that Django makes of it: nobody else makes the same record."""
        key = {name: kwargs[name] for name in cls._meta.django_get_or_create}
        return _row(model_class, **key) or model_class._default_manager.create(**kwargs)


# The same few questions for each of very many records: to write one takes Django several times as
# long as the database takes to answer it.


def _ask(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def _row(model, **key):
    """The row of a model with these values, a record among them by its number; None without one."""
    columns = {model._meta.get_field(name).column: value for name, value in key.items()}
    conditions = " AND ".join(f"{column} IS NOT DISTINCT FROM %s" for column in columns)
    question = f"SELECT * FROM {model._meta.db_table} WHERE {conditions}"  # noqa: S608 -- our names
    values = [getattr(value, "pk", value) for value in columns.values()]
    return next(iter(model._default_manager.raw(question, values)), None)


# Sources


class SourceFactory(RecordFactory):
    class Meta:
        model = governance.Source
        django_get_or_create = ("slug",)

    slug = "tekst"
    name = factory.LazyAttribute(lambda source: f"Bron {source.slug}")
    short_title = factory.LazyAttribute(lambda source: source.slug.capitalize())
    kind = governance.Source.Kind.REPORT
    origin = governance.Source.Origin.OWN


class CitationFactory(RecordFactory):
    class Meta:
        model = governance.Citation
        django_get_or_create = ("source", "section", "heading", "footnote")

    source = factory.SubFactory(SourceFactory)
    section = "2.1"
    heading = ""
    footnote = None


class OldSlugFactory(RecordFactory):
    class Meta:
        model = governance.OldSlug


# Who, where and on what ground


class PolicyDomainFactory(RecordFactory):
    class Meta:
        model = governance.PolicyDomain

    slug = factory.Sequence(lambda n: f"domein-{n}")
    name = factory.LazyAttribute(lambda domain: f"Domein {domain.slug}")


class AgencyFactory(RecordFactory):
    class Meta:
        model = governance.Agency

    slug = factory.Sequence(lambda n: f"dienst-{n}")
    name = factory.LazyAttribute(lambda agency: f"Dienst {agency.slug}")
    kind = governance.Agency.Kind.AGENCY


class PartnerTypeFactory(RecordFactory):
    class Meta:
        model = governance.PartnerType

    slug = factory.Sequence(lambda n: f"type-{n}")
    name = factory.LazyAttribute(lambda type_: f"Type {type_.slug}")


class PartnerFactory(RecordFactory):
    class Meta:
        model = governance.Partner

    slug = factory.Sequence(lambda n: f"partner-{n}")
    name = factory.LazyAttribute(lambda partner: f"Partner {partner.slug}")
    type = factory.SubFactory(PartnerTypeFactory)


class DecreeFactory(RecordFactory):
    class Meta:
        model = governance.Decree

    slug = factory.Sequence(lambda n: f"akte-{n}")
    name = factory.LazyAttribute(lambda decree: f"Decreet over {decree.slug}")
    short_title = factory.LazyAttribute(lambda decree: f"decreet {decree.slug}")
    kind = governance.Decree.Kind.DECREE


class AreaKindFactory(RecordFactory):
    class Meta:
        model = governance.AreaKind
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"schaal-{n}")
    name = factory.LazyAttribute(lambda kind: kind.slug)
    plural = factory.LazyAttribute(lambda kind: f"{kind.slug}s")


class CoverageAreaFactory(RecordFactory):
    class Meta:
        model = governance.CoverageArea

    slug = factory.Sequence(lambda n: f"gebied-{n}")
    name = factory.LazyAttribute(lambda area: f"Gebied {area.slug}")
    kind = factory.SubFactory(AreaKindFactory)


class MunicipalityFactory(CoverageAreaFactory):
    """A municipality of 2019; say `nis` when it matters, and `kind` never."""

    kind = factory.SubFactory(
        AreaKindFactory,
        slug=governance.MUNICIPALITY,
        composition=governance.AreaKind.Composition.KNOWN,
    )
    nis = factory.Sequence(lambda n: f"{10000 + n}")
    slug = factory.LazyAttribute(lambda area: governance.municipality_slug(area.nis))
    name = factory.LazyAttribute(lambda area: f"Gemeente {area.nis}")
    valid_from = dt.date(2019, 1, 1)


class AreaPartFactory(RecordFactory):
    class Meta:
        model = governance.AreaPart

    area = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Deel {n}")
    postcode = "3001"


class AreaMembershipFactory(RecordFactory):
    class Meta:
        model = governance.AreaMembership


class AreaBorderFactory(RecordFactory):
    class Meta:
        model = governance.AreaBorder

    area = factory.SubFactory(MunicipalityFactory)
    other = factory.SubFactory(MunicipalityFactory)


class ChangeEventFactory(RecordFactory):
    """A change; `before` and `after` are the agencies on each side."""

    class Meta:
        model = governance.ChangeEvent
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"verandering-{n}")
    name = factory.LazyAttribute(lambda event: f"Verandering {event.slug}")
    kind = governance.ChangeEvent.Kind.MERGER
    status = governance.ChangeEvent.Status.DONE

    @factory.post_generation
    def before(self, create, agencies, **kwargs):
        _add_subjects(self, governance.ChangeSubject.Side.BEFORE, agencies)

    @factory.post_generation
    def after(self, create, agencies, **kwargs):
        _add_subjects(self, governance.ChangeSubject.Side.AFTER, agencies)


def _add_subjects(event, side, agencies):
    for agency in agencies or ():
        event.subjects.create(side=side, key=f"{side}-{agency.slug}", agency=agency)


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
    return _ask(question, concept.pk)[0]


WHAT_IT_SAYS = """SELECT
    EXISTS (SELECT FROM concepts_conceptversion_described_by WHERE conceptversion_id = %s),
    EXISTS (SELECT FROM concepts_passage WHERE version_id = %s AND kind = %s)
"""


def make_public(version):
    """Publish a working copy, with whatever publication asks and it does not say yet."""
    what = concepts.Passage.Kind.WHAT
    has_source, says_what = _ask(WHAT_IT_SAYS, version.pk, version.pk, what)
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
