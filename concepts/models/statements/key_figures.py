"""The numbers that sources give."""

from django.db import models

from concepts.models.statements.base import Statement, version_field
from eerstelijn.dates import Dated

#: The marks of thousands and of decimals, from English to Dutch.
DUTCH_MARKS = str.maketrans(",.", ".,")


class KeyFigure(Dated, Statement):
    """A number that a source gives, with the date it held on."""

    data_name = "kerncijfer"
    data_place = 9
    searched = ("label", "date_label")

    version = version_field("key_figures")
    label = models.CharField(
        "waarvan", max_length=200, help_text="Bijvoorbeeld: samenwerkingsverbanden GBO."
    )
    value = models.DecimalField(
        "waarde", max_digits=14, decimal_places=2, help_text="Bijvoorbeeld: 58 of 7,5."
    )
    unit = models.CharField(
        "eenheid", max_length=60, help_text="Bijvoorbeeld: verbanden, miljoen euro."
    )

    class Meta(Statement.Meta):
        verbose_name = "kerncijfer"
        verbose_name_plural = "kerncijfers"
        constraints = [*Statement.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self):
        return f"{self.amount} {self.unit}: {self.label}"

    @property
    def amount(self):
        """The value as Dutch text: 58, 7,5 or 337.500."""
        return f"{self.value.normalize():,f}".translate(DUTCH_MARKS)

    def as_data(self):
        whole = self.value == self.value.to_integral_value()
        return {
            "waarvan": self.label,
            "waarde": int(self.value) if whole else float(self.value),
            "eenheid": self.unit,
            "stand": self.date.as_data(),
        }

    def key_parts(self):
        return [self.label]
