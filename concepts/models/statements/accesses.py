"""Whether a citizen can go there."""

from django.db import models

from concepts.models.statements.base import Statement, version_field
from eerstelijn.choices import held_to_choices


@held_to_choices
class Access(Statement):
    """Whether a citizen can go there directly, without being referred."""

    data_name = "toegang"
    data_place = 5
    quoted = ("explanation",)

    class Answer(models.TextChoices):
        YES = "ja", "ja"
        REFERRAL = "enkel-via-verwijzing", "nee, enkel via verwijzing"
        NOT_FOR_CITIZENS = "niet-voor-burgers", "niet voor burgers bedoeld"

    version = version_field("accesses")
    answer = models.CharField("rechtstreeks toegankelijk", max_length=30, choices=Answer)
    explanation = models.TextField("uitleg", help_text="Waarom, volgens de bron.")

    class Meta(Statement.Meta):
        verbose_name = "toegang"
        verbose_name_plural = "toegang"

    def __str__(self):
        return self.get_answer_display()

    def as_data(self):
        return {"antwoord": self.answer, "uitleg": self.explanation}

    def key_parts(self):
        return [self.answer]
