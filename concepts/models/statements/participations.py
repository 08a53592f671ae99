"""Who takes part in a concept, and as what."""

from django.db import models

from concepts.models.statements.base import Statement
from eerstelijn.choices import held_to_choices
from governance.models import Partner


class Role(models.TextChoices):
    """What a partner does in a concept; the first eight ask something of the partner."""

    DIRECTION = "regie", "regie"
    CHAIR = "voorzitter", "voorzitter"
    COORDINATION = "coordinatie", "coördinatie"
    REQUIRED = "verplicht", "verplicht of minstens"
    PARTICIPANT = "deelnemer", "deelnemer"
    PROVIDER = "aanbieder", "aanbieder"
    FOUNDER = "oprichter", "oprichter"
    PROJECT_HOLDER = "projecthouder", "projecthouder"
    SUPPORTER = "ondersteuner", "ondersteuner"
    RESEARCHER = "onderzoeker", "onderzoeker"
    REFERRER = "verwijzer", "verwijzer"


#: Roles that ask something of the partner: these count as pressure on it.
ASKING_ROLES = tuple(Role)[:8]
#: Of these, the roles that oblige: the partner leads, or cannot be left out.
OBLIGING_ROLES = tuple(Role)[:4]


@held_to_choices
class Participation(Statement):
    """A partner that takes part in a concept, in a role that asks of it or supports it."""

    data_name = "deelname"
    data_place = 3
    quoted = ("wording",)
    searched = ("partner",)
    also_joined = ("partner__type",)

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="participations", verbose_name="partner"
    )
    role = models.CharField("rol", max_length=20, choices=Role)
    wording = models.CharField(
        "zoals de bron het zegt",
        max_length=200,
        blank=True,
        help_text="Enkel als dat verschilt. Bijvoorbeeld: de burgemeester.",
    )

    class Meta(Statement.Meta):
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "partner", "role"],
                name="concepts_participation_unique_role",
                violation_error_message="Deze partner staat er al in deze rol.",
            ),
        ]
        indexes = [models.Index(fields=["partner", "version"], name="concepts_particip_partner")]

    def __str__(self):
        return f"{self.partner} ({self.get_role_display()})"

    def as_data(self):
        return {
            "partner": self.partner.slug,
            "partnertype": self.partner.type.slug,
            "rol": self.role,
            "verwoording": self.wording or None,
        }

    def key_parts(self):
        return [self.partner]
