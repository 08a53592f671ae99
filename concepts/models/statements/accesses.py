"""How a citizen gets there."""

from django.db import models

from concepts.models.statements.base import Statement, version_field
from eerstelijn.choices import held_to_choices


@held_to_choices
class Access(Statement):
    """How a citizen gets there: directly, when referred, not at all; or how that is planned.

    The fact box gives the answer and the wording, the page below it the explanation too: what
    sources say of access stands here and nowhere else.
    """

    data_name = "toegang"
    data_place = 5
    quoted = ("explanation", "wording")

    class Answer(models.TextChoices):
        YES = "ja", "ja"
        OPEN = "toegankelijk", "toegankelijk"
        OUTREACHING = "komt-naar-je-toe", "komt naar je toe"
        PLANNED = "gepland", "gepland"
        NOT_DIRECT = "niet-rechtstreeks", "nee, niet rechtstreeks"
        REFERRAL = "enkel-via-verwijzing", "nee, enkel via verwijzing"
        NOT_FOR_CITIZENS = "niet-voor-burgers", "niet voor burgers bedoeld"

    version = version_field("accesses")
    answer = models.CharField(
        "rechtstreeks toegankelijk",
        max_length=30,
        choices=Answer,
        help_text="“Ja” als de bron zegt dat je er zonder verwijzing terechtkunt. “Toegankelijk” "
        "als ze het enkel open noemt. “Nee, niet rechtstreeks” als ze niet zegt hoe dan wel.",
    )
    wording = models.CharField(
        "in woorden",
        max_length=120,
        blank=True,
        help_text="Kort, staat naast het antwoord. Bijvoorbeeld: voor alle jongeren.",
    )
    explanation = models.TextField("uitleg", help_text="Waarom, volgens de bron.")

    class Meta(Statement.Meta):
        verbose_name = "toegang"
        verbose_name_plural = "toegang"

    def __str__(self):
        return ": ".join(filter(None, [self.get_answer_display(), self.wording]))

    def as_data(self):
        return {"antwoord": self.answer, "verwoording": self.wording, "uitleg": self.explanation}

    def key_parts(self):
        return [self.answer]
