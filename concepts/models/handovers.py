"""How a version went from hand to hand before the public saw it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from concepts.models.concepts import ConceptVersion
from eerstelijn.choices import held_to_choices


@held_to_choices
class Handover(models.Model):
    """One step of a version between editors: handed in, taken back, sent back or approved.

    It is no content, so no file holds it. The name stays when the account is gone.
    """

    has_history = False

    class Kind(models.TextChoices):
        HANDED_IN = "ingediend", "ingediend"
        TAKEN_BACK = "teruggenomen", "teruggenomen"
        SENT_BACK = "teruggestuurd", "teruggestuurd"
        APPROVED = "goedgekeurd", "goedgekeurd"

    version = models.ForeignKey(
        ConceptVersion, models.CASCADE, related_name="handovers", verbose_name="versie"
    )
    kind = models.CharField("wat", max_length=20, choices=Kind)
    at = models.DateTimeField("wanneer", default=timezone.now)
    by = models.CharField("door", max_length=150)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="account",
    )
    note = models.TextField("briefje", blank=True)

    class Meta:
        verbose_name = "stap van een versie"
        verbose_name_plural = "stappen van een versie"
        ordering = ["version", "at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} door {self.by}"
