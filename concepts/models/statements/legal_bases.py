"""What a concept rests on in law, and the plans and documents about it."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from concepts.models.statements.base import Statement, version_field
from eerstelijn.choices import held_to_choices
from governance.models import Decree


@held_to_choices
class LegalBasis(Statement):
    """An act or document that a concept rests on, is worked out in, or is announced in.

    Only what is law shows as rechtsgrond (`Decree.is_law`); the rest as plans and documents.
    """

    data_name = "rechtsgrond"
    data_place = 8
    searched = ("decree",)
    #: An act is known by its date.
    also_listed = ("decree__dates",)

    class Role(models.TextChoices):
        RESTS_ON = "steunt-op", "steunt op"
        ELABORATED_IN = "uitgewerkt-in", "uitgewerkt in"
        FUNDED_IN = "gefinancierd-door", "gefinancierd door"
        ANNOUNCED_IN = "aangekondigd-in", "aangekondigd in"
        PREPARED_IN = "voorbereid-in", "voorbereid in"
        DESCRIBED_IN = "beschreven-in", "beschreven in"

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

    def clean(self):
        super().clean()
        if self.decree_id and self.version_id and (problems := list(self.problems())):
            raise ValidationError(problems)

    def as_data(self):
        return {
            "regelgeving": self.decree.slug,
            "titel": self.decree.dated_title,
            "datum": self.decree.date.as_data(),
            "is_wetgeving": self.decree.is_law,
            "verband": self.role,
        }

    def key_parts(self):
        return [self.decree]

    def problems(self):
        if self.decree.kind == Decree.Kind.ADVICE and self.role == self.Role.ELABORATED_IN:
            yield (
                f"“{self.decree}” is een advies: dat bereidt voor en werkt niet uit. Kies "
                "“voorbereid in”."
            )
        if self._is_itself():
            yield f"“{self.decree}” is dit zelf: niets steunt op zichzelf."

    def _is_itself(self):
        """Whether the act and what is described are one: they bear the same name."""
        mine = (self.version.name, self.version.concept.slug)
        theirs = (self.decree.name, self.decree.short_title, self.decree.slug)
        return not {*map(_letters, mine)}.isdisjoint(map(_letters, theirs))


def _letters(text):
    """A name without what only spelling decides."""
    return re.sub(r"[\W_]+", "", text.casefold())
