"""What each web address last answered. Editors only: no page for readers rests on it."""

from django.db import models

from eerstelijn.choices import held_to_choices


@held_to_choices
class CheckedLink(models.Model):
    """One address on the web, whatever records keep it, and what became of it."""

    class State(models.TextChoices):
        NEW = "nieuw", "nog niet gevraagd"
        GOOD = "goed", "antwoordt"
        CLOSED = "dicht", "laat programma’s niet binnen"
        GONE = "weg", "bestaat niet meer"
        SILENT = "stil", "antwoordt niet"

    url = models.CharField("webadres", max_length=500, unique=True)
    state = models.CharField("stand", max_length=10, choices=State, default=State.NEW)
    checked_at = models.DateTimeField("laatst gevraagd", null=True, blank=True)
    seen_on = models.DateField("laatst gezien op", null=True, blank=True)
    status = models.PositiveSmallIntegerField("antwoord", null=True, blank=True)
    problem = models.CharField("waarom niet", max_length=200, blank=True)
    moved_to = models.CharField("verhuisd naar", max_length=500, blank=True)

    class Meta:
        verbose_name = "gevraagde link"
        verbose_name_plural = "gevraagde links"
        ordering = ["url"]
        indexes = [models.Index(fields=["state", "url"], name="links_state_url")]

    def __str__(self):
        return self.url

    @property
    def answer(self):
        """What it last answered, in words: "404, bestaat niet meer"."""
        said = self.problem or self.get_state_display()
        return f"{self.status}, {said}" if self.status else said
