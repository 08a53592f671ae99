"""How concepts stand to each other."""

from django.db import models
from django.db.models import OuterRef, Subquery

from concepts.models.concepts import Concept, ConceptVersion
from concepts.models.statements.base import Statement, StatementQuerySet, version_field
from eerstelijn.choices import held_to_choices


class ConceptRelationQuerySet(StatementQuerySet):
    def whole(self):
        return super().whole().to_public()

    def to_public(self):
        """Relations to concepts that the public can see, with the name they are published under."""
        published = ConceptVersion.objects.published().filter(concept=OuterRef("other"))
        return self.annotate(other_name=Subquery(published.values("name")[:1])).exclude(
            other_name=None
        )


@held_to_choices
class ConceptRelation(Statement):
    """How a concept stands to another one."""

    data_name = "relatie"
    data_place = 11
    #: The name is that of `to_public`.
    searched = ("other_name",)

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
        Kind.JOINS: "hierbij sluit aan",
        Kind.PART_OF: "omvat",
        Kind.FOLLOWS_AREAS: "met dezelfde gebieden werkt",
        Kind.GROWS_INTO: "groeit uit",
        Kind.SUPPORTS: "wordt ondersteund door",
    }

    version = version_field("relations")
    kind = models.CharField("verband", max_length=30, choices=Kind)
    other = models.ForeignKey(
        Concept, models.PROTECT, related_name="related_from", verbose_name="ander concept"
    )

    objects = ConceptRelationQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "verband met een concept"
        verbose_name_plural = "verbanden met concepten"

    def __str__(self):
        return f"{self.get_kind_display()} {self.other}"

    @property
    def inverse_label(self):
        return self.INVERSE_LABELS[self.kind]

    def as_data(self):
        return {"verband": self.kind, "concept": self.other.slug}

    def key_parts(self):
        return [self.kind, self.other]
