"""What a concept rests on in law."""

from django.db import models

from concepts.models.statements.base import Statement, version_field
from eerstelijn.choices import held_to_choices
from governance.models import Decree


@held_to_choices
class LegalBasis(Statement):
    """An act or plan that a concept rests on."""

    data_name = "rechtsgrond"
    data_place = 8
    searched = ("decree",)

    class Role(models.TextChoices):
        RESTS_ON = "steunt-op", "steunt op"
        ELABORATED_IN = "uitgewerkt-in", "uitgewerkt in"
        FUNDED_IN = "gefinancierd-door", "gefinancierd door"
        ANNOUNCED_IN = "aangekondigd-in", "aangekondigd in"

    version = version_field("legal_bases")
    decree = models.ForeignKey(
        Decree, models.PROTECT, related_name="legal_bases", verbose_name="regelgeving"
    )
    role = models.CharField("verband", max_length=20, choices=Role)

    class Meta(Statement.Meta):
        verbose_name = "rechtsgrond"
        verbose_name_plural = "rechtsgronden"

    def __str__(self):
        return f"{self.get_role_display()} {self.decree}"

    def as_data(self):
        return {"regelgeving": self.decree.slug, "verband": self.role}

    def key_parts(self):
        return [self.decree]
