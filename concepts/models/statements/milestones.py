"""What happened to a concept, and what was announced."""

import datetime as dt

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When

from concepts.models.statements.base import Statement, StatementQuerySet
from eerstelijn.choices import held_to_choices
from eerstelijn.dates import (
    Dated,
    bound_field,
    clean_edge,
    edge_rules,
    label_field,
    passed_on,
    read_edge,
    unbounded_field,
)
from eerstelijn.ordered import OrderedManyToManyField
from governance.models import Citation


class MilestoneQuerySet(StatementQuerySet):
    def announced(self, day):
        """Announcements, each with as `stand` what was known of it on a day.

        That is the outcome where there is one, else one of `Milestone.Waiting`. On a day in the
        past, what became of it later was not known yet; an outcome without a date of its own is
        as old as the date that was announced.
        """
        known = Q(outcome__gt="") & ~Q(outcome=Milestone.Outcome.UNKNOWN)
        if day < dt.date.today():
            dated = Q(outcome_label__gt="") & ~Q(outcome_earliest__gt=day)
            known &= dated | Q(outcome_label="") & ~Q(date_latest__gt=day)
        waiting = Milestone.Waiting
        stand = Case(
            When(known, then=F("outcome")),
            When(passed_on(day), then=Value(waiting.SILENT)),
            When(date_earliest=None, date_latest=None, then=Value(waiting.UNDATED)),
            default=Value(waiting.OPEN),
            output_field=CharField(),
        )
        return self.filter(is_announced=True).annotate(stand=stand)

    def unanswered(self, day):
        """Announcements whose date went by, and of which nothing was heard by that day."""
        return self.announced(day).filter(stand=Milestone.Waiting.SILENT)


@held_to_choices
class Milestone(Dated, Statement):
    """Something that happened to a concept on a date, or was announced for one."""

    data_name = "mijlpaal"
    data_place = 10
    quoted = ("title",)
    searched = ("date_label",)

    class Outcome(models.TextChoices):
        MET = "gehaald", "gehaald"
        MET_WITH_EXCEPTIONS = "gehaald-met-uitzonderingen", "gehaald met uitzonderingen"
        LATE = "later", "later"
        NOT_MET = "niet", "niet"
        UNKNOWN = "onbekend", "onbekend"

    class Waiting(models.TextChoices):
        """How an announcement stands on a day on which no outcome of it is known."""

        SILENT = "verstreken-zonder-bericht", "verstreken zonder bericht"
        OPEN = "nog-niet-verstreken", "nog niet verstreken"
        UNDATED = "zonder-datum", "zonder datum"

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
    outcome_citations = OrderedManyToManyField(
        Citation,
        blank=True,
        related_name="cited_outcomes",
        verbose_name="bronnen van de afloop",
    )

    objects = MilestoneQuerySet.as_manager()

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

    def as_data(self):
        return {
            "wat": self.title,
            "datum": self.date.as_data(),
            "aangekondigd": self.is_announced,
            "afloop": self.outcome or None,
            "echte_datum": self.outcome_date.as_data(),
            "bronnen_van_de_afloop": [
                {"bron": citation.source.slug, "plaats": citation.place}
                for citation in self.outcome_citations.all()
            ],
        }

    def key_parts(self):
        return [self.title]

    def problems(self):
        known = self.outcome not in ("", self.Outcome.UNKNOWN)
        if known and not self.outcome_citations.all():
            yield f"De afloop van mijlpaal “{self}” heeft nog geen bron."
