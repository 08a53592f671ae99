"""Whose a concept is."""

from django.db import models

from concepts.models.statements.base import Statement
from governance.models import Agency, PolicyDomain


class Ownership(Statement):
    """The policy domain that a concept belongs to, and the agency where the source names one."""

    data_name = "eigenaar"
    data_place = 2
    quoted = ("wording",)
    searched = ("agency", "policy_domain")

    policy_domain = models.ForeignKey(
        PolicyDomain, models.PROTECT, related_name="ownerships", verbose_name="beleidsdomein"
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ownerships",
        verbose_name="dienst",
        help_text="De dienst zoals de bron ze noemt, ook als ze intussen anders heet.",
    )
    wording = models.CharField(
        "zoals de bron het zegt",
        max_length=200,
        blank=True,
        help_text="Bijvoorbeeld: Departement en agentschappen WVG.",
    )

    class Meta(Statement.Meta):
        verbose_name = "eigenaar"
        verbose_name_plural = "eigenaars"

    def __str__(self):
        return str(self.agency or self.policy_domain)

    def as_data(self):
        return {
            "domein": self.policy_domain.slug,
            "dienst": self.agency.slug if self.agency else None,
            "verwoording": self.wording or None,
        }

    def key_parts(self):
        return [self.agency or self.policy_domain]
