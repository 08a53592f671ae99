"""What all kinds of statement share, and what each says of itself."""

from django.db import models
from django.db.models import Prefetch

from concepts.models.concepts import ConceptVersion, Status
from eerstelijn.dates import Validity
from governance.models import Cited, Record, RecordQuerySet


def version_field(related_name):
    """The way from a statement to its version, and back under this name."""
    return models.ForeignKey(
        ConceptVersion, models.CASCADE, related_name=related_name, verbose_name="versie"
    )


class StatementQuerySet(RecordQuerySet):
    def from_public(self):
        """Statements of published versions, with the concept they are about."""
        return self.filter(version__status=Status.PUBLISHED).select_related("version__concept")

    def with_owners(self):
        """Fetch who the concepts are of; the first owner gives a concept its tree."""
        owners = ConceptVersion.ownerships.rel.related_model.objects
        owners = owners.select_related("agency", "policy_domain")
        return self.prefetch_related(Prefetch("version__ownerships", owners))

    def joined(self):
        """With the records that each points to, whoever may see these."""
        fields = self.model._meta.concrete_fields
        joins = [field.name for field in fields if field.is_relation and field.name != "version"]
        joins += self.model.also_joined
        return self.select_related(*joins) if joins else self

    def whole(self):
        """With all that pages and data say of each but its sources and its lists.

        A kind adds the names that others are published under; see `concepts.reading`.
        """
        return self.joined()


class Statement(Validity, Cited, Record):
    """One thing that a source says of a concept: dated where the source dates it, always cited.

    A kind also says what data call it (`data_name`) and which place it has there among the kinds
    (`data_place`; contract, "Formats").
    """

    key_fields = ("version__concept__slug", "version__number", "key")

    #: What search reads of it: running text, which a hit may quote; then other texts, and records.
    quoted = ()
    searched = ()
    #: What is fetched along beyond the records that it points to: records, and lists.
    also_joined = ()
    also_listed = ()
    #: Why it is not sure that it held on the day that a page is about; set by who reads it so.
    doubt = ""

    version = version_field("%(class)ss")
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

    def called(self):
        """What a list of changes calls it."""
        return str(self)

    @classmethod
    def related_name(cls):
        """The name under which a version holds the statements of this kind."""
        return cls._meta.get_field("version").remote_field.related_name

    def as_data(self):
        """Its value as data give it (contract, "Formats")."""
        raise NotImplementedError

    def key_parts(self):
        """What the key of a new row is made of: texts, and records by their slug."""
        raise NotImplementedError

    def words(self):
        """What search reads of it, with its weight: texts, and records by all their names."""
        for name in (*self.quoted, *self.searched):
            yield "C", getattr(self, name)

    def problems(self):
        """What it lacks before the public may see it, as Dutch sentences; sources and dates apart.

        Asked of a row with its links fetched.
        """
        return ()
