"""Legal acts, plans and notes that concepts rest on."""

from urllib.parse import urlencode

from django.db import models
from django.db.models import Q

from eerstelijn.choices import held_to_choices
from eerstelijn.dates import Dated, SourceDate
from eerstelijn.webaddress import WebAddressField, only_web
from governance.models.bases import Page, Record
from governance.models.sources import Cited

#: The documents of the Vlaamse Codex.
CODEX = "https://codex.vlaanderen.be/Zoeken/Document.aspx"


@held_to_choices
class Decree(Cited, Page):
    """A legal act or policy document (regelgeving): a decreet, besluit, nota, plan ..."""

    class Kind(models.TextChoices):
        DECREE = "decreet", "decreet"
        ORDER = "besluit", "besluit"
        ACT = "wet", "wet"
        REGULATION = "verordening", "Europese verordening"
        CIRCULAR = "omzendbrief", "omzendbrief"
        NOTE = "nota", "nota of mededeling"
        CONCEPT_NOTE = "conceptnota", "conceptnota"
        PLAN = "plan", "plan"
        COOPERATION = "samenwerkingsakkoord", "samenwerkingsakkoord"
        AGREEMENT = "akkoord", "akkoord"
        DECISION = "beslissing", "beslissing van de Vlaamse Regering"
        ADVICE = "advies", "advies"
        GUIDE = "leidraad", "leidraad of brochure"
        CALL = "oproep", "oproep"
        STUDY = "onderzoek", "onderzoek of rapport"
        INFORMATION = "informatie", "webinar of webpagina"

    class Status(models.TextChoices):
        IN_FORCE = "geldend", "geldend"
        DRAFT = "ontwerp", "ontwerp"
        REPLACED = "vervangen", "vervangen"
        ANNOUNCED = "aangekondigd", "aangekondigd"
        UNKNOWN = "onbekend", "niet vermeld in de bronnen"

    #: What is law, and can be what a concept rests on. All else is a plan or a document.
    LAWS = frozenset({Kind.DECREE, Kind.ORDER, Kind.ACT, Kind.REGULATION, Kind.COOPERATION})
    #: The words that the ELI addresses of Belgian acts use for their kind.
    ELI_KINDS = {Kind.DECREE: "decreet", Kind.ORDER: "besluit", Kind.ACT: "wet"}

    name = models.CharField(
        "titel",
        max_length=300,
        help_text="Voluit. Bijvoorbeeld: Decreet van 9 februari 2018 betreffende het lokaal "
        "sociaal beleid.",
    )
    short_title = models.CharField(
        "korte titel", max_length=150, help_text="Bijvoorbeeld: decreet lokaal sociaal beleid."
    )
    kind = models.CharField("soort", max_length=20, choices=Kind)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.UNKNOWN)
    numac = models.CharField(
        "numac", max_length=10, blank=True, help_text="Tien cijfers, bijvoorbeeld 2018030504."
    )
    codex_id = models.CharField(
        "nummer in de Vlaamse Codex", max_length=10, blank=True, help_text="Bijvoorbeeld 1029068."
    )
    url = WebAddressField("webadres", max_length=500, blank=True)
    description = models.TextField(
        "waarover het gaat", blank=True, help_text="In je eigen woorden, met een bron."
    )
    note = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "regelgeving of beleidsdocument"
        verbose_name_plural = "regelgeving en beleidsdocumenten"
        ordering = ["short_title"]
        constraints = [
            *Page.Meta.constraints,
            models.CheckConstraint(
                condition=Q(numac="") | Q(numac__regex=r"^\d{10}$"),
                name="governance_decree_numac",
                violation_error_message="Een numac heeft tien cijfers.",
            ),
            only_web("url", "governance_decree_url_on_the_web"),
        ]

    def __str__(self):
        return self.short_title

    @property
    def is_law(self):
        """Whether it is law: not a plan or a document, and no draft of a law either."""
        return self.kind in self.LAWS and self.status not in (
            self.Status.DRAFT,
            self.Status.ANNOUNCED,
        )

    @property
    def date(self):
        """The date that it is known by: that of its title, else the first that there is."""
        known = sorted(self.dates.all(), key=lambda row: DecreeDate.KNOWN_BY.index(row.kind))
        return known[0].date if known else SourceDate()

    @property
    def dated_title(self):
        """Its short title with its date: "decreet lokaal sociaal beleid, 9 februari 2018".

        Asks for its dates: fetch them along with many.
        """
        label = self.date.label
        return (
            self.short_title
            if not label or label in self.short_title
            else (f"{self.short_title}, {label}")
        )

    @property
    def eli(self):
        """The address of the act at the Belgian law portal, built from its parts; "" if unknown.

        The date in an ELI is that of the bekrachtiging (the date in the title of the act).
        """
        kind = self.ELI_KINDS.get(self.kind)
        signed = next(
            (
                row.date
                for row in self.dates.all()
                if row.kind == DecreeDate.Kind.SIGNED and row.date.is_day
            ),
            None,
        )
        if not (kind and self.numac and signed):
            return ""
        return (
            f"http://www.ejustice.just.fgov.be/eli/{kind}/{signed.earliest:%Y/%m/%d}"
            f"/{self.numac}/justel"
        )

    @property
    def codex_url(self):
        """The address of the act in the Vlaamse Codex; "" without a number there."""
        return f"{CODEX}?{urlencode({'DID': self.codex_id})}" if self.codex_id else ""


@held_to_choices
class DecreeDate(Dated, Cited, Record):
    """One of the dates of an act. An act has four, and sources often mean different ones."""

    class Kind(models.TextChoices):
        ADOPTED = "aangenomen", "aangenomen of goedgekeurd"
        SIGNED = "bekrachtigd", "bekrachtigd (datum in de titel)"
        PUBLISHED = "bekendgemaakt", "bekendgemaakt"
        IN_FORCE = "in-werking", "in werking"
        STATED = "vermeld", "datum zoals de bron ze noemt"

    #: Which of them an act is known by, the first that there is.
    KNOWN_BY = (Kind.SIGNED, Kind.ADOPTED, Kind.STATED, Kind.PUBLISHED, Kind.IN_FORCE)

    key_fields = ("decree__slug", "kind", "date_label")

    decree = models.ForeignKey(
        Decree, models.CASCADE, related_name="dates", verbose_name="regelgeving"
    )
    kind = models.CharField("soort datum", max_length=20, choices=Kind)

    class Meta(Dated.Meta):
        verbose_name = "datum van een akte"
        verbose_name_plural = "data van een akte"
        ordering = ["decree__slug", "date_earliest", "kind"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["decree", "kind", "date_label"],
                name="governance_decreedate_unique",
                violation_error_message="Deze datum staat er al.",
            ),
            models.CheckConstraint(
                condition=~Q(date_label=""),
                name="governance_decreedate_has_label",
                violation_error_message="Vul de datum in zoals de bron ze geeft.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.date}"


@held_to_choices
class DecreeRelation(Cited, Record):
    """How one act bears on another."""

    class Kind(models.TextChoices):
        REPLACES = "vervangt", "vervangt"
        AMENDS = "wijzigt", "wijzigt"
        EXECUTES = "voert-uit", "voert uit"
        ANNEX = "bijlage-bij", "is een bijlage bij"
        LEADS_TO = "leidt-tot", "leidt tot"

    key_fields = ("decree__slug", "kind", "other__slug")

    decree = models.ForeignKey(
        Decree, models.CASCADE, related_name="relations", verbose_name="regelgeving"
    )
    kind = models.CharField("verband", max_length=20, choices=Kind)
    other = models.ForeignKey(
        Decree, models.PROTECT, related_name="related_from", verbose_name="andere regelgeving"
    )

    class Meta:
        verbose_name = "verband tussen akten"
        verbose_name_plural = "verbanden tussen akten"
        ordering = ["decree__slug", "kind", "other__slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["decree", "kind", "other"], name="governance_decreerelation_unique"
            ),
            models.CheckConstraint(
                condition=~Q(decree=models.F("other")),
                name="governance_decreerelation_other",
                violation_error_message="Een akte heeft geen verband met zichzelf.",
            ),
        ]

    def __str__(self):
        return f"{self.decree} {self.get_kind_display()} {self.other}"
