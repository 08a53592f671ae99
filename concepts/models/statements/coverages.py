"""Where a concept works."""

from django.db import models

from concepts.models.statements.base import Statement
from eerstelijn.choices import held_to_choices
from eerstelijn.dates import (
    bound_field,
    clean_edge,
    edge_rules,
    label_field,
    read_edge,
    unbounded_field,
)
from governance.models import AreaKind, CoverageArea


@held_to_choices
class Coverage(Statement):
    """Where a concept works: at which scale, and in which areas as far as the source names them."""

    data_name = "dekking"
    data_place = 4
    quoted = ("wording",)
    searched = ("scale",)
    also_listed = ("territory",)

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
        verbose_name="georganiseerd per",
        help_text="De soort gebied: eerstelijnszone, lokaal ...",
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
        verbose_name = "gebied van een concept"
        verbose_name_plural = "gebieden van een concept"
        constraints = [*Statement.Meta.constraints, *edge_rules("expected")]
        indexes = [models.Index(fields=["scale", "version"], name="concepts_coverage_scale")]

    def __str__(self):
        return self.wording

    @property
    def expected(self):
        return read_edge(self, "expected")

    @property
    def is_planned(self):
        return self.status == self.Status.PLANNED

    def clean(self):
        super().clean()
        clean_edge(self, "expected")

    def as_data(self):
        return {
            "schaal": self.scale.slug,
            "gebieden": [area.slug for area in self.territory.all()],
            "bereik": self.extent,
            "stand": self.status,
            "aantal": self.number,
            "verwoording": self.wording,
            "verwacht": self.expected.as_data(),
        }

    def key_parts(self):
        return [self.scale]

    def words(self):
        yield from super().words()
        for area in self.territory.all():
            yield "C", area

    def problems(self):
        names_areas = bool(self.territory.all())
        if self.extent == self.Extent.UNLOCATED and names_areas:
            yield (
                f"Bij Gebieden noemt “{self}” gebieden, maar zegt dat de bronnen ze niet noemen."
            )
        elif self.extent != self.Extent.UNLOCATED and not names_areas:
            yield f"Bij Gebieden zegt “{self}” niet welke gebieden."
