"""A concept is an identity; what is said of it stands in its versions."""

from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from eerstelijn.choices import held_to_choices
from eerstelijn.dates import validate_period
from eerstelijn.rules import TAKEN, ExclusionAtField, SameName
from governance.models import Page, Partner, Record, RecordQuerySet, Source, address_of


class Status(models.TextChoices):
    """Where a version stands; the comment says what is then allowed."""

    WORKING_COPY = "werkversie", "werkversie"  # editors change it freely
    IN_REVIEW = "ter-nazicht", "ter nazicht"  # waits for an eindredacteur
    PUBLISHED = "gepubliceerd", "gepubliceerd"  # public, content is read-only
    FORMER = "vroeger", "vroegere versie"  # was public, content is read-only
    ARCHIVED = "gearchiveerd", "gearchiveerd"  # withdrawn; its page answers 410


#: The states in which a version can still be edited.
OPEN_STATUSES = (Status.WORKING_COPY, Status.IN_REVIEW)


class ConceptQuerySet(RecordQuerySet):
    def with_title(self):
        """Add the name that editors know the concept by: of its newest version."""
        newest = ConceptVersion.objects.filter(concept=OuterRef("pk")).order_by("-number")
        return self.annotate(title=Subquery(newest.values("name")[:1]))

    def public(self):
        """Concepts that have a published version, with the name that it gives them."""
        published = self.filter(versions__status=Status.PUBLISHED)
        return published.annotate(title=F("versions__name"))


@held_to_choices
class Concept(Page):
    """The identity of a concept or ontwikkeling; its slug is never reused, the row never deleted.

    A concept (geïntegreerd concept) asks partners to work together on the first line of help. An
    ontwikkeling is what moves around the concepts: a reform, a framework, a vision.
    """

    class RecordKind(models.TextChoices):
        CONCEPT = "concept", "concept"
        DEVELOPMENT = "ontwikkeling", "ontwikkeling"

    record_kind = models.CharField(
        "soort record", max_length=20, choices=RecordKind, default=RecordKind.CONCEPT
    )
    partner = models.OneToOneField(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="as_concept",
        verbose_name="treedt zelf op als partner",
        help_text="Enkel als andere concepten dit concept als partner noemen, zoals 1Gezin1Plan.",
    )

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = "concept of ontwikkeling"
        verbose_name_plural = "concepten en ontwikkelingen"
        ordering = ["slug"]
        constraints = [*Page.Meta.constraints]

    def __str__(self):
        return getattr(self, "title", None) or self.slug

    def get_absolute_url(self):
        kind = "concept" if self.record_kind == self.RecordKind.CONCEPT else "development"
        return address_of(f"{kind}-detail", self.slug)


class ConceptVersionQuerySet(RecordQuerySet):
    def published(self):
        """What the public sees."""
        return self.filter(status=Status.PUBLISHED)

    def open(self):
        """What editors can still change."""
        return self.filter(status__in=OPEN_STATUSES)

    def told(self):
        """Publications that readers are told of: those of what they can read about today.

        A small improvement is not told; the list of versions of its concept does have it.
        """
        public = ConceptVersion.objects.published().values("concept")
        return self.filter(published_at__isnull=False, minor=False, concept__in=public)

    def withdrawn(self):
        """What was taken off the site, on a day that is known."""
        return self.filter(withdrawn_at__isnull=False)

    def known(self):
        """Of each concept what the public reads of it, or read when it was withdrawn."""
        later = self.model.objects.filter(
            concept=OuterRef("concept"), published_at__isnull=False, number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later), status__in=(Status.PUBLISHED, Status.ARCHIVED))

    def with_base(self):
        """Add the number of the version that the public knew before, and whether it was gone."""
        before = self.model.objects.filter(
            concept=OuterRef("concept"), published_at__isnull=False, number__lt=OuterRef("number")
        ).order_by("-number")
        return self.annotate(
            base_number=Subquery(before.values("number")[:1]),
            base_status=Subquery(before.values("status")[:1]),
        )

    def concepts(self):
        return self.filter(concept__record_kind=Concept.RecordKind.CONCEPT)

    def developments(self):
        return self.filter(concept__record_kind=Concept.RecordKind.DEVELOPMENT)

    def with_review(self):
        """Add the day of the last review, and the day before which the next one was to come."""
        last = Review.objects.filter(version=OuterRef("pk")).order_by("-date")
        return self.annotate(
            reviewed_on=Subquery(last.values("date")[:1]),
            review_before=Subquery(last.values("review_before")[:1]),
        )

    def with_card(self):
        """Join what a row in a list shows, in a fixed number of queries."""
        return (
            self.select_related("concept")
            .with_review()
            .prefetch_related(
                self._said("ownerships", "policy_domain", "agency"),
                self._said("participations", "partner"),
                self._said("coverages", "scale"),
            )
        )

    def _said(self, name, *joins):
        """Statements of one kind, with what they point to."""
        kind = self.model._meta.get_field(name).related_model
        return Prefetch(name, kind.objects.select_related(*joins))


@held_to_choices
class ConceptVersion(Record):
    """What is said of a concept at one moment; the public sees the published one."""

    class Kind(models.TextChoices):
        HOUSE = "loket-of-huis", "loket of huis"
        PARTNERSHIP = "samenwerkingsverband", "samenwerkingsverband"
        NETWORK = "netwerk", "netwerk"
        CONSULTATION = "overlegplatform", "overlegplatform"
        ZONE = "zone-en-raad", "zone en raad"
        GUIDANCE = "begeleiding", "begeleiding"
        METHOD = "methodiek", "methodiek"
        PROJECT = "project", "project"
        TRAJECTORY = "traject", "traject"
        PLAN = "plan", "plan"
        REFORM = "hervorming", "hervorming"
        FRAMEWORK = "kader", "kader"
        VISION = "visie", "visie"

    key_fields = ("concept__slug", "number")

    concept = models.ForeignKey(
        Concept, models.PROTECT, related_name="versions", verbose_name="concept"
    )
    number = models.PositiveIntegerField("versie", default=1)
    status = models.CharField(
        "status", max_length=20, choices=Status, default=Status.WORKING_COPY, editable=False
    )
    name = models.CharField(
        "naam",
        max_length=200,
        help_text="Voluit, zoals het initiatief zich schrijft. "
        "Bijvoorbeeld: Geïntegreerd breed onthaal.",
    )
    abbreviation = models.CharField(
        "afkorting", max_length=30, blank=True, help_text="Bijvoorbeeld: GBO."
    )
    kind = models.CharField("soort", max_length=30, choices=Kind)
    summary = models.CharField(
        "in één zin",
        max_length=300,
        help_text="Eén zin die een nieuwe collega meteen begrijpt. Bijvoorbeeld: “Samenwerking van "
        "lokale diensten, zodat minder mensen hun rechten mislopen.”",
    )
    sources_as_of = models.CharField(
        "stand van de bronnen",
        max_length=60,
        validators=[validate_period],
        help_text="Van wanneer de nieuwste bron is waarop deze versie steunt: een maand of een "
        "dag.",
    )
    described_by = models.ManyToManyField(
        Source,
        blank=True,
        related_name="described_versions",
        verbose_name="beschreven door",
        help_text="De bronnen die dit concept beschrijven, niet elke bron die je citeert.",
    )
    reason = models.CharField(
        "waarom deze versie",
        max_length=300,
        blank=True,
        help_text="Wat er verandert en waarom. Lezers zien dit bij de wijzigingen.",
    )
    minor = models.BooleanField(
        "kleine verbetering",
        default=False,
        editable=False,
        help_text="Niet melden aan wie de wijzigingen volgt.",
    )
    alone_because = models.CharField(
        "zonder tweede lezer, omdat", max_length=300, blank=True, editable=False
    )
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True, editable=False)
    published_by = models.CharField("gepubliceerd door", max_length=150, blank=True, editable=False)
    #: What readers are told of the difference with the version before (`concepts.changes.telling`).
    told = models.JSONField("wat er veranderde", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(
        "van de site gehaald op", null=True, blank=True, editable=False
    )
    withdrawn_by = models.CharField(
        "van de site gehaald door", max_length=150, blank=True, editable=False
    )
    withdrawn_reason = models.CharField(
        "waarom van de site", max_length=300, blank=True, editable=False
    )
    successor = models.ForeignKey(
        Concept,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="took_over",
        verbose_name="vervangen door",
    )
    search = SearchVectorField("zoekindex", null=True, editable=False)

    objects = ConceptVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["name", "concept__slug", "number"]
        permissions = [("publish_conceptversion", "Kan versies publiceren en van de site halen")]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "number"], name="concepts_conceptversion_unique_number"
            ),
            models.UniqueConstraint(
                fields=["concept"],
                condition=Q(status="gepubliceerd"),
                name="concepts_conceptversion_one_published",
                violation_error_message="Er is al een gepubliceerde versie.",
            ),
            models.UniqueConstraint(
                fields=["concept"],
                condition=Q(status__in=["werkversie", "ter-nazicht"]),
                name="concepts_conceptversion_one_open",
                violation_error_message="Er is al een werkversie. Werk daarin verder.",
            ),
            models.CheckConstraint(
                condition=~Q(status="gepubliceerd") | Q(published_at__isnull=False),
                name="concepts_conceptversion_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(status="gearchiveerd"),
                name="concepts_conceptversion_withdrawn_is_archived",
            ),
            ExclusionAtField(
                expressions=[
                    (SameName("name"), RangeOperators.EQUAL),
                    ("concept", RangeOperators.NOT_EQUAL),
                ],
                condition=Q(status__in=["werkversie", "ter-nazicht", "gepubliceerd"]),
                name="concepts_conceptversion_one_name",
                field="name",
                violation_error_message=TAKEN.format("concept of ontwikkeling"),
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="concepts_version_search"),
            models.Index(fields=["status", "name"], name="concepts_version_status_name"),
        ]

    def __str__(self):
        return f"{self.name} (versie {self.number}, {self.get_status_display()})"

    def get_absolute_url(self):
        return self.concept.get_absolute_url()

    @property
    def is_open(self):
        return self.status in OPEN_STATUSES


class Review(Record):
    """A check that a version is still right: "nagekeken op", without touching the version."""

    key_fields = ("version__concept__slug", "version__number", "date")

    version = models.ForeignKey(
        ConceptVersion, models.CASCADE, related_name="reviews", verbose_name="versie"
    )
    date = models.DateField("nagekeken op")
    reviewer = models.CharField(
        "door", max_length=150, help_text="De dienst of de rol, bijvoorbeeld: redactie SAM."
    )
    note = models.TextField("opmerking", blank=True)
    review_before = models.DateField("opnieuw nakijken voor", null=True, blank=True)

    class Meta:
        verbose_name = "nazicht"
        verbose_name_plural = "nazichten"
        ordering = ["version__concept__slug", "version__number", "date"]
        constraints = [
            models.UniqueConstraint(fields=["version", "date"], name="concepts_review_one_a_day"),
            models.CheckConstraint(
                condition=Q(review_before__gt=models.F("date")),
                name="concepts_review_before_later",
                violation_error_message="Opnieuw nakijken komt na het nazicht.",
            ),
        ]

    def __str__(self):
        return f"nagekeken op {self.date:%d/%m/%Y}"

    def clean(self):
        super().clean()
        if self.date and self.date > timezone.localdate():
            raise ValidationError({"date": "Je kunt niet nakijken in de toekomst."})


class SearchEntry(models.Model):
    """What search over everything knows of one public record that is no concept."""

    has_history = False

    model = models.CharField("soort record", max_length=40)
    slug = models.SlugField("adres", max_length=100)
    name = models.CharField("naam", max_length=300)
    url = models.CharField("webadres", max_length=200)
    text = models.TextField("tekst", blank=True)
    search = SearchVectorField("zoekindex")

    class Meta:
        verbose_name = "ingang van de zoekindex"
        verbose_name_plural = "ingangen van de zoekindex"
        constraints = [
            models.UniqueConstraint(fields=["model", "slug"], name="concepts_searchentry_unique"),
            models.CheckConstraint(
                condition=Q(url__regex=r"^/([^/\\]|$)"), name="concepts_searchentry_url_of_ours"
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="concepts_searchentry_search")]

    def __str__(self):
        return self.name


class IndexedWord(models.Model):
    """A word that occurs in published texts, for suggesting the nearest spelling."""

    has_history = False

    word = models.CharField("woord", max_length=80, unique=True)

    class Meta:
        verbose_name = "geïndexeerd woord"
        verbose_name_plural = "geïndexeerde woorden"

    def __str__(self):
        return self.word
