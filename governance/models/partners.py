"""The local and regional partners that concepts ask, in their types."""

from django.db import models
from django.urls import reverse

from eerstelijn.rules import one_name
from eerstelijn.webaddress import WebAddressField, only_web
from governance.models.agencies import Agency
from governance.models.bases import Page, Slugged
from governance.models.sources import Cited


class PartnerType(Slugged):
    """A type of partner, broad enough to filter on."""

    name = models.CharField("naam", max_length=120)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    description = models.TextField("wat eronder valt", blank=True)

    class Meta:
        verbose_name = "partnertype"
        verbose_name_plural = "partnertypes"
        ordering = ["position", "name"]
        constraints = [
            *Slugged.Meta.constraints,
            one_name("partnertype", "governance_partnertype_one_name"),
        ]

    def get_absolute_url(self):
        return f"{reverse('partner-list')}?type={self.slug}"


#: How a partner is told that sources mean as many, and name no organisation that can know it.
BROAD = "ruim omschreven"


class Partner(Cited, Page):
    """A kind of organisation (CAW, CLB, lokale politie) or one organisation (VVSG)."""

    name = models.CharField("naam", max_length=200, help_text="Bijvoorbeeld: CAW, lokale politie.")
    long_name = models.CharField(
        "voluit",
        max_length=200,
        blank=True,
        help_text="Bijvoorbeeld: centrum algemeen welzijnswerk.",
    )
    type = models.ForeignKey(
        PartnerType, models.PROTECT, related_name="partners", verbose_name="partnertype"
    )
    agency = models.OneToOneField(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="as_partner",
        verbose_name="is de dienst",
        help_text="Enkel als deze partner zelf een dienst van de overheid is.",
    )
    website = WebAddressField("website", max_length=300, blank=True)
    description = models.TextField(
        "wat het is", blank=True, help_text="In je eigen woorden, met een bron."
    )
    note = models.TextField("toelichting", blank=True)
    is_broad = models.BooleanField(
        BROAD,
        default=False,
        help_text=(
            "Vink aan als de bronnen een groep beschrijven en geen organisatie noemen die zich "
            "erin kan herkennen. Bijvoorbeeld: hulpverlening, andere sociale organisaties."
        ),
    )

    class Meta:
        verbose_name = "partner"
        verbose_name_plural = "partners"
        ordering = ["name"]
        constraints = [
            *Slugged.Meta.constraints,
            one_name("partner", "governance_partner_one_name"),
            only_web("website", "governance_partner_website_on_the_web"),
        ]
