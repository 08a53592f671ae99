"""Policy domains and the agencies (diensten) of the Flemish administration."""

from django.db import models
from django.db.models import F, Q

from eerstelijn.choices import held_to_choices
from eerstelijn.dates import Validity
from eerstelijn.rules import one_name
from eerstelijn.webaddress import WebAddressField, only_web
from governance.models.bases import Page, Record, Slugged
from governance.models.sources import Cited


class Tree(models.TextChoices):
    """The species that stands for an owner in drawings; it stays after a merger."""

    LINDEN = "linde", "linde"
    POPLAR = "populier", "populier"
    SPRUCE = "spar", "spar"
    OAK = "eik", "eik"
    PLEACHED_LINDEN = "leilinde", "leilinde"
    WILLOW = "wilg", "wilg"
    SHRUB = "struik", "struik"


@held_to_choices
class PolicyDomain(Validity, Cited, Page):
    """A policy domain (beleidsdomein) of the Flemish government, or the portfolio of a minister.

    Names change with each government: a former combination is a row of its own.
    """

    name = models.CharField(
        "naam",
        max_length=200,
        help_text="Bijvoorbeeld: Welzijn, Volksgezondheid en Gezin.",
    )
    abbreviation = models.CharField("afkorting", max_length=30, blank=True)
    tree = models.CharField("boomsoort", max_length=10, choices=Tree, default=Tree.SHRUB)
    note = models.TextField("toelichting", blank=True)

    class Meta(Validity.Meta):
        verbose_name = "beleidsdomein"
        verbose_name_plural = "beleidsdomeinen"
        ordering = ["name"]
        constraints = [
            *Validity.Meta.constraints,
            *Slugged.Meta.constraints,
            one_name("beleidsdomein", "governance_policydomain_one_name"),
        ]


@held_to_choices
class Agency(Validity, Cited, Page):
    """A public body (dienst): a department, an agency, a division, a council or a commission."""

    class Kind(models.TextChoices):
        DEPARTMENT = "departement", "departement"
        AGENCY = "agentschap", "agentschap"
        DIVISION = "afdeling", "afdeling"
        COUNCIL = "raad", "raad"
        COMMISSION = "commissie", "commissie"
        GOVERNMENT = "overheid", "regering, parlement of overheid"
        JUSTICE = "justitie", "gerechtelijke of veiligheidsdienst"

    name = models.CharField("naam", max_length=200, help_text="Bijvoorbeeld: Agentschap Opgroeien.")
    abbreviation = models.CharField("afkorting", max_length=30, blank=True)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="divisions",
        verbose_name="deel van",
    )
    policy_domain = models.ForeignKey(
        PolicyDomain,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name="beleidsdomein",
    )
    tree = models.CharField("boomsoort", max_length=10, choices=Tree, default=Tree.SHRUB)
    ovo_code = models.CharField(
        "OVO-code",
        max_length=9,
        blank=True,
        help_text="De vaste code van het organisatieregister, bijvoorbeeld OVO000001.",
    )
    website = WebAddressField("website", max_length=300, blank=True)
    description = models.TextField(
        "wat het is", blank=True, help_text="In je eigen woorden, in één of twee zinnen."
    )
    note = models.TextField("toelichting", blank=True)

    class Meta(Validity.Meta):
        verbose_name = "dienst"
        verbose_name_plural = "diensten"
        ordering = ["name"]
        constraints = [
            *Validity.Meta.constraints,
            *Slugged.Meta.constraints,
            one_name("dienst", "governance_agency_one_name"),
            only_web("website", "governance_agency_website_on_the_web"),
            models.CheckConstraint(
                condition=Q(ovo_code="") | Q(ovo_code__regex=r"^OVO\d{6}$"),
                name="governance_agency_ovo_code",
                violation_error_message="Een OVO-code is OVO en zes cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="governance_agency_not_own_parent",
                violation_error_message="Een dienst is geen deel van zichzelf.",
            ),
        ]


class AgencyTask(Cited, Record):
    """One task that a source gives to an agency."""

    key_fields = ("agency__slug", "key")

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="tasks", verbose_name="dienst")
    key = models.SlugField("sleutel", max_length=60)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    text = models.CharField("taak", max_length=400)

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["agency__slug", "position", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"], name="governance_agencytask_unique_key"
            )
        ]

    def __str__(self):
        return self.text


class AgencyLine(models.Model):
    """Succession, flattened: what `owner` owned is found under `present` too.

    Every agency has a line to itself, and one to each body that it went on in (see
    `governance.succession`). Derived from the change events; never edited by hand.
    """

    has_history = False

    owner = models.ForeignKey(Agency, models.CASCADE, related_name="lines")
    present = models.ForeignKey(Agency, models.CASCADE, related_name="former_lines")

    class Meta:
        verbose_name = "opvolgingslijn"
        verbose_name_plural = "opvolgingslijnen"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "present"], name="governance_agencyline_unique"
            )
        ]

    def __str__(self):
        return f"{self.owner} → {self.present}"
