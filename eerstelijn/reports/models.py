"""What a reader reported, and apart from it what the public is told of it.

Two tables, so that no page for readers can show what another reader wrote: it reads outcomes only,
and those hold nothing of the report but its day and the page that it was about.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from eerstelijn.choices import held_to_choices
from eerstelijn.dates import day_of

#: Characters that a report may have.
LONGEST = 2000


class Report(models.Model):
    """What a reader wrote with "Klopt er iets niet?". It goes after 90 days (`wis_meldingen`)."""

    received_at = models.DateTimeField("ontvangen", db_default=Now(), db_index=True)
    about = models.CharField(
        "over", max_length=500, blank=True, help_text="De pagina, en de plaats daarop."
    )
    text = models.TextField("wat er niet klopt", max_length=LONGEST)
    email = models.EmailField("e-mailadres", blank=True)

    class Meta:
        verbose_name = "melding van een lezer"
        verbose_name_plural = "meldingen van lezers"
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about="") | Q(about__regex=r"^/([^/\\]|$)"),
                name="reports_report_about_a_page_of_ours",
            )
        ]

    def __str__(self):
        return f"melding van {day_of(self.received_at):%d/%m/%Y}"


@held_to_choices
class Outcome(models.Model):
    """What the editors did with a report, for everyone to read. It stays when the report goes."""

    class Decision(models.TextChoices):
        ADAPTED = "aangepast", "aangepast"
        NOT_FOLLOWED = "niet-gevolgd", "niet gevolgd"

    report = models.OneToOneField(
        Report, models.SET_NULL, null=True, related_name="outcome", verbose_name="melding"
    )
    about = models.CharField("over", max_length=500, blank=True)
    subject = models.CharField("waarover, in enkele woorden", max_length=120)
    received_on = models.DateField("gemeld op")
    decided_on = models.DateField("beslist op")
    decision = models.CharField("besluit", max_length=20, choices=Decision)
    version = models.PositiveSmallIntegerField("in versie", null=True, blank=True)
    why = models.CharField("omdat", max_length=300, blank=True)

    class Meta:
        verbose_name = "antwoord op een melding"
        verbose_name_plural = "antwoorden op meldingen"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="niet-gevolgd") | Q(why__gt=""),
                name="reports_outcome_says_why_not",
                violation_error_message="Zeg waarom je ze niet volgt: lezers zien dat.",
            ),
            models.CheckConstraint(
                condition=Q(version=None) | Q(decision="aangepast"),
                name="reports_outcome_version_if_adapted",
                violation_error_message="Een versie hoort bij “aangepast”.",
            ),
        ]

    def __str__(self):
        return f"{self.subject}: {self.sentence}"

    def clean(self):
        super().clean()
        if self.decision == self.Decision.NOT_FOLLOWED and not self.why:
            raise ValidationError({"why": "Zeg waarom je ze niet volgt: lezers zien dat."})

    @property
    def sentence(self):
        """What was done: "Aangepast in versie 3." or "Niet gevolgd, omdat ..."."""
        why = self.why.rstrip(".")
        if self.decision == self.Decision.NOT_FOLLOWED:
            return f"Niet gevolgd, omdat {why}."
        where = f" in versie {self.version}" if self.version else ""
        return f"Aangepast{where}{f': {why}' if why else ''}."
