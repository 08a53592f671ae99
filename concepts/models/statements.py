"""The cited statements of a version: each kind is a small model on one abstract base."""

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery

from concepts.models.concepts import Concept, ConceptVersion, Status
from concepts.models.vocabulary import TargetGroup
from eerstelijn.choices import held_to_choices
from eerstelijn.dates import (
    Dated,
    Validity,
    bound_field,
    clean_edge,
    edge_rules,
    label_field,
    read_edge,
    unbounded_field,
)
from governance.models import (
    Agency,
    AreaKind,
    Citation,
    Cited,
    CoverageArea,
    Decree,
    Partner,
    PolicyDomain,
    Record,
    RecordQuerySet,
)


def _version(related_name):
    return models.ForeignKey(
        ConceptVersion, models.CASCADE, related_name=related_name, verbose_name="versie"
    )


class StatementQuerySet(RecordQuerySet):
    def from_public(self):
        """Statements of published versions, with the concept they are about."""
        return self.filter(version__status=Status.PUBLISHED).select_related("version__concept")

    def with_owners(self):
        """Fetch who the concepts are of; the first owner gives a concept its tree."""
        owners = Ownership.objects.select_related("agency", "policy_domain")
        return self.prefetch_related(Prefetch("version__ownerships", owners))


class Statement(Validity, Cited, Record):
    """One thing that a source says of a concept: dated where the source dates it, always cited."""

    key_fields = ("version__concept__slug", "version__number", "key")

    version = _version("%(class)ss")
    key = models.SlugField(
        "sleutel",
        max_length=60,
        help_text="Een kort kenmerk, uniek per versie en soort. Bijvoorbeeld: caw.",
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    note = models.TextField(
        "toelichting van de redactie", blank=True, help_text="Wat een lezer erbij moet weten."
    )

    objects = StatementQuerySet.as_manager()

    class Meta(Validity.Meta):
        abstract = True
        ordering = ["version", "position", "key"]
        constraints = [
            *Validity.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "key"],
                name="%(app_label)s_%(class)s_unique_key",
                violation_error_message="Deze sleutel bestaat al in deze versie.",
            ),
        ]

    def __str__(self):
        return self.key


@held_to_choices
class Passage(Statement):
    """A piece of text about one side of a concept, in our own words."""

    class Kind(models.TextChoices):
        WHAT = "wat", "Wat het is"
        GOAL = "doelstelling", "Doelstelling"
        TASKS = "taken", "Taken"
        ORGANISATION = "organisatie", "Organisatie"
        ACCESS = "toegang", "Toegang"
        FUNDING = "financiering", "Financiering"
        SUPPORT = "ondersteuning", "Ondersteuning"
        STATE = "stand-van-zaken", "Stand van zaken"
        CONDITIONS = "voorwaarden", "Voorwaarden"
        FINDING = "vaststelling", "Vaststellingen"
        PLAN = "plan", "Plannen"

    kind = models.CharField("over", max_length=20, choices=Kind)
    headline = models.CharField(
        "kort antwoord",
        max_length=120,
        blank=True,
        help_text="Voor het kader bovenaan, hoogstens twaalf woorden. "
        "Bijvoorbeeld: Hulp bereikbaar maken en onderbescherming aanpakken.",
    )
    text = models.TextField(
        "tekst",
        help_text="In je eigen woorden, gewone taal, je-vorm, één idee per zin. "
        "Een opsomming begint op elke regel met “- ”.",
    )

    class Meta(Statement.Meta):
        verbose_name = "passage"
        verbose_name_plural = "passages"

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"


class Ownership(Statement):
    """The policy domain that a concept belongs to, and the agency where the source names one."""

    policy_domain = models.ForeignKey(
        PolicyDomain, models.PROTECT, related_name="ownerships", verbose_name="beleidsdomein"
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ownerships",
        verbose_name="dienst",
        help_text="De dienst zoals de bron ze noemt, ook als ze intussen anders heet.",
    )
    wording = models.CharField(
        "zoals de bron het zegt",
        max_length=200,
        blank=True,
        help_text="Bijvoorbeeld: Departement en agentschappen WVG.",
    )

    class Meta(Statement.Meta):
        verbose_name = "eigenaar"
        verbose_name_plural = "eigenaars"

    def __str__(self):
        return str(self.agency or self.policy_domain)


class Role(models.TextChoices):
    """What a partner does in a concept; the first eight ask something of the partner."""

    DIRECTION = "regie", "regie"
    CHAIR = "voorzitter", "voorzitter"
    COORDINATION = "coordinatie", "coördinatie"
    REQUIRED = "verplicht", "verplicht of minstens"
    PARTICIPANT = "deelnemer", "deelnemer"
    PROVIDER = "aanbieder", "aanbieder"
    FOUNDER = "oprichter", "oprichter"
    PROJECT_HOLDER = "projecthouder", "projecthouder"
    SUPPORTER = "ondersteuner", "ondersteuner"
    RESEARCHER = "onderzoeker", "onderzoeker"
    REFERRER = "verwijzer", "verwijzer"


#: Roles that ask something of the partner: these count as pressure on it.
ASKING_ROLES = tuple(Role)[:8]


@held_to_choices
class Participation(Statement):
    """A partner that takes part in a concept, in a role that asks of it or supports it."""

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="participations", verbose_name="partner"
    )
    role = models.CharField("rol", max_length=20, choices=Role)
    wording = models.CharField(
        "zoals de bron het zegt",
        max_length=200,
        blank=True,
        help_text="Enkel als dat verschilt. Bijvoorbeeld: de burgemeester.",
    )

    class Meta(Statement.Meta):
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "partner", "role"],
                name="concepts_participation_unique_role",
                violation_error_message="Deze partner staat er al in deze rol.",
            ),
        ]
        indexes = [models.Index(fields=["partner", "version"], name="concepts_particip_partner")]

    def __str__(self):
        return f"{self.partner} ({self.get_role_display()})"


@held_to_choices
class Coverage(Statement):
    """Where a concept works: at which scale, and in which areas as far as the source names them."""

    class Extent(models.TextChoices):
        WHOLE = "gebiedsdekkend", "gebiedsdekkend"
        ONLY_NAMED = "enkel-de-genoemde", "enkel de genoemde gebieden"
        AT_LEAST_NAMED = "in-elk-geval-de-genoemde", "in elk geval de genoemde gebieden"
        UNLOCATED = "niet-gelokaliseerd", "de bronnen noemen de plaatsen niet"

    class Status(models.TextChoices):
        ACTIVE = "actief", "actief"
        PLANNED = "gepland", "gepland"

    scale = models.ForeignKey(
        AreaKind,
        models.PROTECT,
        related_name="coverages",
        verbose_name="schaal",
        help_text="Hoe het georganiseerd is: per eerstelijnszone, lokaal ...",
    )
    territory = models.ManyToManyField(
        CoverageArea,
        blank=True,
        related_name="coverages",
        verbose_name="gebieden",
        help_text="De gebieden die de bron noemt.",
    )
    extent = models.CharField("bereik", max_length=30, choices=Extent)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.ACTIVE)
    number = models.PositiveIntegerField(
        "aantal volgens de bron", null=True, blank=True, help_text="Bijvoorbeeld: 58."
    )
    wording = models.CharField(
        "in woorden",
        max_length=250,
        help_text="Kort. Bijvoorbeeld: 58 samenwerkingsverbanden volgens de eerstelijnszones.",
    )
    expected_label = label_field("verwacht", "eind 2023")
    expected_earliest = bound_field("verwacht, vroegste dag")
    expected_latest = bound_field("verwacht, laatste dag")
    expected_unbounded = unbounded_field("verwacht: deze datum heeft geen grenzen")

    class Meta(Statement.Meta):
        verbose_name = "werkingsgebied van een concept"
        verbose_name_plural = "werkingsgebieden van een concept"
        constraints = [*Statement.Meta.constraints, *edge_rules("expected")]
        indexes = [models.Index(fields=["scale", "version"], name="concepts_coverage_scale")]

    def __str__(self):
        return self.wording

    @property
    def expected(self):
        return read_edge(self, "expected")

    def clean(self):
        super().clean()
        clean_edge(self, "expected")


@held_to_choices
class Access(Statement):
    """Whether a citizen can go there directly, without being referred."""

    class Answer(models.TextChoices):
        YES = "ja", "ja"
        REFERRAL = "enkel-via-verwijzing", "nee, enkel via verwijzing"
        NOT_FOR_CITIZENS = "niet-voor-burgers", "niet voor burgers bedoeld"

    version = _version("accesses")
    answer = models.CharField("rechtstreeks toegankelijk", max_length=30, choices=Answer)
    explanation = models.TextField("uitleg", help_text="Waarom, volgens de bron.")

    class Meta(Statement.Meta):
        verbose_name = "toegang"
        verbose_name_plural = "toegang"

    def __str__(self):
        return self.get_answer_display()


class Audience(Statement):
    """Who a concept is meant for."""

    target_group = models.ForeignKey(
        TargetGroup, models.PROTECT, related_name="audiences", verbose_name="doelgroep"
    )
    wording = models.CharField(
        "in woorden",
        max_length=250,
        help_text="Bijvoorbeeld: jongeren, kwetsbare in het bijzonder.",
    )

    class Meta(Statement.Meta):
        verbose_name = "doelgroep van een concept"
        verbose_name_plural = "doelgroepen van een concept"

    def __str__(self):
        return self.wording


@held_to_choices
class LegalBasis(Statement):
    """An act or plan that a concept rests on."""

    class Role(models.TextChoices):
        RESTS_ON = "steunt-op", "steunt op"
        ELABORATED_IN = "uitgewerkt-in", "uitgewerkt in"
        FUNDED_IN = "gefinancierd-door", "gefinancierd door"
        ANNOUNCED_IN = "aangekondigd-in", "aangekondigd in"

    version = _version("legal_bases")
    decree = models.ForeignKey(
        Decree, models.PROTECT, related_name="legal_bases", verbose_name="regelgeving"
    )
    role = models.CharField("verband", max_length=20, choices=Role)

    class Meta(Statement.Meta):
        verbose_name = "rechtsgrond"
        verbose_name_plural = "rechtsgronden"

    def __str__(self):
        return f"{self.get_role_display()} {self.decree}"


class KeyFigure(Dated, Statement):
    """A number that a source gives, with the date it held on."""

    version = _version("key_figures")
    label = models.CharField(
        "waarvan", max_length=200, help_text="Bijvoorbeeld: samenwerkingsverbanden GBO."
    )
    value = models.DecimalField(
        "waarde", max_digits=14, decimal_places=2, help_text="Bijvoorbeeld: 58 of 7,5."
    )
    unit = models.CharField(
        "eenheid", max_length=60, help_text="Bijvoorbeeld: verbanden, miljoen euro."
    )

    class Meta(Statement.Meta):
        verbose_name = "kerncijfer"
        verbose_name_plural = "kerncijfers"
        constraints = [*Statement.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self):
        return f"{self.amount} {self.unit}: {self.label}"

    @property
    def amount(self):
        """The value as Dutch text: 58, 7,5 or 2,48."""
        return f"{self.value.normalize():f}".replace(".", ",")


@held_to_choices
class Milestone(Dated, Statement):
    """Something that happened to a concept on a date, or was announced for one."""

    class Outcome(models.TextChoices):
        MET = "gehaald", "gehaald"
        MET_WITH_EXCEPTIONS = "gehaald-met-uitzonderingen", "gehaald met uitzonderingen"
        LATE = "later", "later"
        NOT_MET = "niet", "niet"
        UNKNOWN = "onbekend", "onbekend"

    title = models.CharField("wat", max_length=250)
    is_announced = models.BooleanField(
        "was een aankondiging",
        default=False,
        help_text="Aan als de bron een datum in de toekomst belooft.",
    )
    outcome = models.CharField(
        "afloop",
        max_length=30,
        choices=Outcome,
        blank=True,
        help_text="Enkel bij een aankondiging.",
    )
    outcome_label = label_field("echte datum", "17 februari 2023")
    outcome_earliest = bound_field("echte datum, vroegste dag")
    outcome_latest = bound_field("echte datum, laatste dag")
    outcome_unbounded = unbounded_field("echte datum: deze datum heeft geen grenzen")
    outcome_citations = models.ManyToManyField(
        Citation,
        blank=True,
        related_name="cited_outcomes",
        verbose_name="bronnen van de afloop",
    )

    class Meta(Statement.Meta):
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        ordering = ["version", "date_earliest", "position", "key"]
        constraints = [
            *Statement.Meta.constraints,
            *Dated.Meta.constraints,
            *edge_rules("outcome"),
            models.CheckConstraint(
                condition=Q(is_announced=True, outcome__gt="") | Q(is_announced=False, outcome=""),
                name="concepts_milestone_outcome_if_announced",
                violation_error_message=(
                    "Een aankondiging heeft een afloop (desnoods “onbekend”); iets dat gebeurd is "
                    "heeft er geen."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.date}: {self.title}"

    @property
    def outcome_date(self):
        return read_edge(self, "outcome")

    def clean(self):
        super().clean()
        clean_edge(self, "outcome")


class ConceptRelationQuerySet(StatementQuerySet):
    def to_public(self):
        """Relations to concepts that the public can see, with the name they are published under."""
        published = ConceptVersion.objects.published().filter(concept=OuterRef("other"))
        return self.annotate(other_name=Subquery(published.values("name")[:1])).exclude(
            other_name=None
        )


@held_to_choices
class ConceptRelation(Statement):
    """How a concept stands to another one."""

    class Kind(models.TextChoices):
        STARTS_FROM = "vertrekt-vanuit", "vertrekt vanuit"
        JOINS = "sluit-aan-bij", "sluit aan bij"
        PART_OF = "is-onderdeel-van", "is onderdeel van"
        FOLLOWS_AREAS = "volgt-de-gebieden-van", "volgt de gebieden van"
        GROWS_INTO = "groeit-door-naar", "groeit door naar"
        SUPPORTS = "ondersteunt", "ondersteunt"

    #: The same relations, read from the other concept.
    INVERSE_LABELS = {
        Kind.STARTS_FROM: "is het vertrekpunt van",
        Kind.JOINS: "krijgt aansluiting van",
        Kind.PART_OF: "omvat",
        Kind.FOLLOWS_AREAS: "geeft zijn gebieden aan",
        Kind.GROWS_INTO: "groeit uit",
        Kind.SUPPORTS: "krijgt steun van",
    }

    version = _version("relations")
    kind = models.CharField("verband", max_length=30, choices=Kind)
    other = models.ForeignKey(
        Concept, models.PROTECT, related_name="related_from", verbose_name="ander concept"
    )

    objects = ConceptRelationQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "verband met een concept"
        verbose_name_plural = "verbanden met concepten"

    def __str__(self):
        return f"{self.get_kind_display()} {self.other.slug}"

    @property
    def inverse_label(self):
        return self.INVERSE_LABELS[self.kind]


#: Every kind of statement, with the name that the data formats give it (contract, "Formats").
STATEMENT_KINDS = {
    "passage": Passage,
    "eigenaar": Ownership,
    "deelname": Participation,
    "dekking": Coverage,
    "toegang": Access,
    "doelgroep": Audience,
    "rechtsgrond": LegalBasis,
    "kerncijfer": KeyFigure,
    "mijlpaal": Milestone,
    "relatie": ConceptRelation,
}
