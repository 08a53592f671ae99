"""What happened at the door: who came in, who did not, and whose rights changed.

Editors only; nothing of a visitor is kept. Names are text, so that a record outlives its account.
"""

from django.db import models
from django.db.models.functions import Now

from eerstelijn.choices import held_to_choices


@held_to_choices
class LoginEvent(models.Model):
    """One thing that happened to an account."""

    class Kind(models.TextChoices):
        LOGGED_IN = "aangemeld", "aangemeld"
        FAILED = "mislukt", "verkeerd wachtwoord"
        WRONG_CODE = "verkeerde-code", "verkeerde code"
        LOCKED = "geblokkeerd", "te veel pogingen"
        SECOND_STEP_ADDED = "tweede-stap", "tweede stap ingesteld"
        SECOND_STEP_REMOVED = "tweede-stap-weg", "tweede stap weggehaald"
        CODES_RENEWED = "herstelcodes", "nieuwe herstelcodes"
        PASSWORD = "wachtwoord", "wachtwoord gewijzigd"
        ACCOUNT_ADDED = "account", "account gemaakt"
        RIGHTS = "rechten", "rechten gewijzigd"

    moment = models.DateTimeField("wanneer", db_default=Now(), db_index=True)
    kind = models.CharField("wat", max_length=20, choices=Kind)
    account = models.CharField(
        "account",
        max_length=150,
        blank=True,
        help_text="Leeg als er geen account met die naam is: wat er getypt werd, bewaren we niet.",
    )
    by = models.CharField("door", max_length=150, blank=True)
    address = models.GenericIPAddressField("internetadres", null=True, blank=True)
    detail = models.TextField("wat er anders is", blank=True)

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen en rechten"
        ordering = ["-moment", "-pk"]

    def __str__(self):
        return f"{self.account or 'onbekend account'}: {self.get_kind_display()}"
