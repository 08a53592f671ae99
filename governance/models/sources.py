"""Sources, and the places in them that statements cite."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.text import slugify

from eerstelijn.choices import held_to_choices
from eerstelijn.dates import Dated
from eerstelijn.ordered import OrderedManyToManyField
from eerstelijn.webaddress import WebAddressField, link_to, only_web
from governance.models.bases import Page, Record, Slugged


@held_to_choices
class Source(Dated, Page):
    """A document or page that statements rest on: the poster, the tekst, or an outside page."""

    class Kind(models.TextChoices):
        POSTER = "poster", "poster"
        REPORT = "tekst", "tekst"
        WEB_PAGE = "webpagina", "webpagina"
        LAW = "regelgeving", "regelgeving"
        DATASET = "gegevens", "gegevensbestand"

    class Origin(models.TextChoices):
        OWN = "eigen", "bron van SAM"
        OUTSIDE = "extern", "externe bron"

    name = models.CharField(
        "titel", max_length=250, help_text="Voluit. Bijvoorbeeld: Druk op de eerste lijn (poster)."
    )
    short_title = models.CharField(
        "korte titel", max_length=60, help_text="Zoals in een bronvermelding: Poster, Tekst."
    )
    kind = models.CharField("soort", max_length=20, choices=Kind)
    origin = models.CharField("herkomst", max_length=10, choices=Origin, default=Origin.OUTSIDE)
    publisher = models.CharField("uitgever", max_length=200, blank=True)
    author = models.CharField("auteur", max_length=200, blank=True)
    url = WebAddressField("webadres", max_length=500, blank=True)
    archived_url = WebAddressField(
        "bewaarde kopie",
        max_length=500,
        blank=True,
        help_text="Het adres van een kopie in een webarchief, voor als de pagina verdwijnt.",
    )
    consulted_on = models.DateField(
        "geraadpleegd op", null=True, blank=True, help_text="Enkel voor webpagina's."
    )
    note = models.TextField("toelichting", blank=True)

    class Meta(Dated.Meta):
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["-origin", "name"]
        constraints = [
            *Dated.Meta.constraints,
            *Slugged.Meta.constraints,
            only_web("url", "governance_source_url_on_the_web"),
            only_web("archived_url", "governance_source_archived_url_on_the_web"),
        ]

    @property
    def archived_link(self):
        """The kept copy, to use in a link; "" where there is none."""
        return link_to(self.archived_url)


def page_of_pdf(address, page):
    """A PDF on the web, opened on the sheet of this number; empty for any other, or no page.

    A viewer counts sheets from the cover; `page` is the number that the document prints. Whether
    they are the same, no source says: pages promise the sheet, never that the place stands on it.
    """
    document = link_to(address).partition("#")[0]
    is_pdf = urlsplit(document).path.lower().endswith(".pdf")
    return f"{document}#page={page}" if page and is_pdf else ""


@lru_cache(maxsize=4096)
def _as_slug(section, *words):
    """A place in words, as part of an address. Places come back on many pages: remembered."""
    return slugify(" ".join(filter(None, [section.replace(".", "-"), *words])))


class Citation(Record):
    """One place in a source that a reader can find.

    In the tekst: a section (its number, and the heading under it) and sometimes a footnote; in the
    poster: a block; on an outside page: its heading, or "hele pagina". Page numbers are known for
    the starts of sections only (the table of contents of the tekst gives no others), as printed in
    the document: that the sheet with that number in its PDF is the same one is not proven.
    """

    key_fields = ("source__slug", "section", "heading", "footnote")

    source = models.ForeignKey(Source, models.PROTECT, related_name="places", verbose_name="bron")
    section = models.CharField(
        "nummer van de rubriek", max_length=20, blank=True, help_text="Bijvoorbeeld: 2.1.1."
    )
    heading = models.CharField(
        "tussentitel of blok",
        max_length=120,
        blank=True,
        help_text="In de tekst een tussentitel, op de poster het blok. Bijvoorbeeld: GBO.",
    )
    footnote = models.PositiveSmallIntegerField("voetnoot", null=True, blank=True)
    page = models.PositiveSmallIntegerField(
        "begint op p.", null=True, blank=True, help_text="Waar de rubriek begint."
    )
    position = models.PositiveSmallIntegerField(
        "volgorde", default=0, help_text="De plaats in het document, om op te sorteren."
    )

    class Meta:
        verbose_name = "plaats in een bron"
        verbose_name_plural = "plaatsen in bronnen"
        ordering = ["source__slug", "position", "section", "heading", "footnote"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "section", "heading", "footnote"],
                name="governance_citation_unique_place",
                nulls_distinct=False,
                violation_error_message="Deze plaats bestaat al. Kies ze uit de lijst.",
            ),
            models.CheckConstraint(
                condition=~Q(section="", heading="", footnote=None),
                name="governance_citation_names_place",
                violation_error_message=(
                    "Zeg waar het staat: een rubriek, een blok of een voetnoot. "
                    "Voor een webpagina mag dat “hele pagina” zijn."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.source.short_title}, {self.place}"

    def clean(self):
        """A note or page 0 is none: the place would be named by nothing."""
        super().clean()
        for name, what in (("footnote", "Een voetnoot"), ("page", "Een pagina")):
            if getattr(self, name) == 0:
                raise ValidationError({name: f"{what} 0 is er niet."})

    @property
    def place(self):
        """The place in words: "2.1.1 Geïntegreerd breed onthaal, begint op p. 9, voetnoot 2"."""
        return ", ".join(filter(None, [self.rubric, self.page_in_words, self.footnote_in_words]))

    @property
    def rubric(self):
        """The section and what stands above it: "2.1.1 Geïntegreerd breed onthaal"."""
        return " ".join(filter(None, [self.section, self.heading]))

    @property
    def location(self):
        """The place without its page: "2.1.1 Geïntegreerd breed onthaal, voetnoot 2"."""
        return ", ".join(filter(None, [self.rubric, self.footnote_in_words]))

    @property
    def page_in_words(self):
        return f"begint op p. {self.page}" if self.page else ""

    @property
    def footnote_in_words(self):
        return f"voetnoot {self.footnote}" if self.footnote else ""

    @property
    def anchor(self):
        """The id of this place on the page of its source, the same wherever the content is loaded.

        Its section, heading and footnote as a slug: "plaats-2-1-1-gbo-voetnoot-2".
        """
        said = _as_slug(self.section, self.heading, self.footnote_in_words)
        return f"plaats-{said or self.pk}"

    @property
    def page_url(self):
        """The PDF, opened on the page of this place; empty where there is none to open."""
        return page_of_pdf(self.source.url, self.page)

    @property
    def short(self):
        """Where there is little room: the source and the number of the section, "Tekst, 4.1.2"."""
        return ", ".join(filter(None, [self.source.short_title, self.section]))

    def get_absolute_url(self):
        return f"{self.source.get_absolute_url()}#{self.anchor}"

    def as_data(self, absolute):
        """How data name it (contract, "Formats"); `absolute` turns a path into a full address."""
        return {
            "bron": self.source.slug,
            "plaats": self.place,
            "url": absolute(self.get_absolute_url()),
        }


class Cited(models.Model):
    """Something that is only said because a source says it.

    Its places stand in the order of the editor. The first carries the statement, its date included:
    where there is room for one source only, that one shows.
    """

    citations = OrderedManyToManyField(
        Citation,
        blank=True,
        related_name="cited_%(app_label)s_%(class)s",
        verbose_name="bronnen",
        help_text="Waar het staat. Minstens één plaats; eerst die waar het het best staat.",
    )

    class Meta:
        abstract = True

    @classmethod
    def citing_fields(cls):
        """The names of all links to places in sources; a kind may have more than one."""
        return [link.name for link in cls._meta.many_to_many if link.related_model is Citation]

    @property
    def carried_by(self):
        """The place that carries the statement; None while it has no source."""
        return next(iter(self.citations.all()), None)


#: For `prefetch_related`: the places that rows cite, each with its source.
CITATIONS = Prefetch("citations", Citation.objects.select_related("source"))
