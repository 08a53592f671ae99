"""How a concept stands today."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.text import capfirst

from concepts.models.concepts import Concept, ConceptVersion
from concepts.models.statements.base import Statement, StatementQuerySet
from eerstelijn.choices import held_to_choices
from eerstelijn.dates import Dated


class StandingQuerySet(StatementQuerySet):
    def whole(self):
        return super().whole().named()

    def named(self):
        """Add as `into_name` what the other concept is published under; None for a draft."""
        published = ConceptVersion.objects.published().filter(concept=OuterRef("into"))
        return self.annotate(into_name=Subquery(published.values("name")[:1]))


@held_to_choices
class Standing(Dated, Statement):
    """Whether a concept still runs, as of the day of the newest source that says so.

    SILENT is of a concept that ran on that day, and of which the editors found nothing since. It is
    no end: whoever reads "loopt" can rely on a source of after the day of the own documents.

    A framework or a vision does not run. Whether an act is in force is said where the act is; here
    it is "actueel", as the rest "loopt", and was so where the rest "liep".
    """

    data_name = "stand"
    data_place = 6
    searched = ("into_name", "date_label")

    class State(models.TextChoices):
        RUNNING = "loopt", "loopt"
        PILOT = "proef", "loopt als proef"
        PLANNED = "gepland", "gepland"
        ENDED = "afgelopen", "afgelopen"
        MERGED = "opgegaan", "opgegaan in een ander concept"
        SILENT = "stil", "niets meer over gevonden"

    state = models.CharField("stand", max_length=20, choices=State)
    into = models.ForeignKey(
        Concept,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name="opgegaan in",
        help_text="Het concept waarin dit verder leeft. Enkel bij “opgegaan”.",
    )

    #: What is there without running.
    NOT_RUN = (ConceptVersion.Kind.FRAMEWORK, ConceptVersion.Kind.VISION)

    #: Set on a row that is read as of a day: what was found since says nothing of that day.
    is_of_a_day = False

    objects = StandingQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = "stand vandaag"
        verbose_name_plural = "standen vandaag"
        constraints = [
            *Statement.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(date_label__gt=""),
                name="concepts_standing_is_dated",
                violation_error_message="Zeg van wanneer de jongste bron is die dit zegt.",
            ),
            models.CheckConstraint(
                condition=Q(state="opgegaan", into__isnull=False)
                | ~Q(state="opgegaan") & Q(into__isnull=True),
                name="concepts_standing_into_if_merged",
                violation_error_message=(
                    "Wat opgegaan is, noemt het concept waarin; wat iets anders is, noemt er geen."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()} ({self.date})"

    @property
    def in_short(self):
        """As a badge: the word, and what stands behind it in a softer tone."""
        if self.state == self.State.SILENT:
            return self._was_so, "sindsdien niets gevonden"
        word = self._word
        if self.state == self.State.MERGED and self.into_name:
            word = f"Opgegaan in {self.into_name}"
        return word, f"volgens een bron van {self.date}"

    @property
    def sentence(self):
        """As a short answer: "Loopt (13 februari 2026)"."""
        if self.state == self.State.SILENT:
            since = "" if self.is_of_a_day else ", sindsdien niets gevonden"
            return f"{self._was_so}{since}"
        return f"{self._word} ({self.date})"

    @property
    def _runs(self):
        """Whether one says of it that it runs; else only that it is there."""
        return self.version.kind not in self.NOT_RUN

    @property
    def _word(self):
        if self.state == self.State.RUNNING and not self._runs:
            return "Actueel"
        return capfirst(self.get_state_display())

    @property
    def _was_so(self):
        return f"{'Liep' if self._runs else 'Actueel'} in {self.date}"

    def as_data(self):
        return {
            "stand": self.state,
            "opgegaan_in": self.into.slug if self.into_name else None,
            "datum": self.date.as_data(),
        }

    def key_parts(self):
        return [self.state]
