"""Who a concept is meant for."""

from django.db import models

from concepts.models.statements.base import Statement
from concepts.models.vocabulary import TargetGroup


class Audience(Statement):
    """Who a concept is meant for."""

    data_name = "doelgroep"
    data_place = 7
    quoted = ("wording",)
    searched = ("target_group",)

    target_group = models.ForeignKey(
        TargetGroup, models.PROTECT, related_name="audiences", verbose_name="doelgroep"
    )
    wording = models.CharField(
        "in woorden",
        max_length=250,
        help_text="Bijvoorbeeld: jongeren, kwetsbare in het bijzonder.",
    )

    class Meta(Statement.Meta):
        verbose_name = "doelgroep van een concept"
        verbose_name_plural = "doelgroepen van een concept"

    def __str__(self):
        return self.wording

    def as_data(self):
        return {"doelgroep": self.target_group.slug, "verwoording": self.wording}

    def key_parts(self):
        return [self.target_group]
