"""What an editor means to look at again, because something changed elsewhere."""

from django.conf import settings
from django.db import models

from concepts.models.concepts import Concept
from governance.models import ChangeEvent, CoverageArea, Decree, ExactlyOne, Record

TO_CHECK = ExactlyOne(
    "concept", "decree", "area", message="Kies precies één record dat je wilt nakijken."
)


class ToCheck(Record):
    """A concept, an act or an area that an editor put aside, with the change that is the cause.

    It is work, no content: no file holds it and no public page shows it.
    """

    has_history = False

    key_fields = ("event__slug", "pk")

    concept = models.ForeignKey(
        Concept,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="to_check",
        verbose_name="concept",
    )
    decree = models.ForeignKey(
        Decree,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="to_check",
        verbose_name="regelgeving",
    )
    area = models.ForeignKey(
        CoverageArea,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="to_check",
        verbose_name="gebied",
    )
    event = models.ForeignKey(
        ChangeEvent, models.CASCADE, related_name="to_check", verbose_name="door"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="to_check",
        verbose_name="voor wie",
    )
    since = models.DateField("sinds", auto_now_add=True)
    done_on = models.DateField("nagekeken op", null=True, blank=True)

    class Meta:
        verbose_name = "na te kijken"
        verbose_name_plural = "na te kijken"
        ordering = ["since", "pk"]
        constraints = [
            TO_CHECK.constraint("concepts_tocheck_exactly_one"),
            models.UniqueConstraint(
                fields=["event", "concept", "decree", "area"],
                name="concepts_tocheck_once",
                nulls_distinct=False,
                violation_error_message="Dit staat al in de lijst.",
            ),
        ]

    def __str__(self):
        return f"{self.target} ({self.event})"

    @property
    def target(self):
        """What is to be looked at."""
        return TO_CHECK.target(self)

    def clean(self):
        super().clean()
        TO_CHECK.check(self)
