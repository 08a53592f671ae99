"""The columns of partners, sources and the places in them, in tables that come and go."""

from eerstelijn.desk.exchange import (
    Column,
    Day,
    Linked,
    Listed,
    Number,
    Plain,
    TableResource,
    YesNo,
    choice,
)
from governance.models import BROAD, Agency, Citation, Partner, PartnerType, Source


def written_place(place):
    """A place as it stands in a cell: "tekst § 2.1.1 § Sociaal Huis § voetnoot 3"."""
    parts = [place.source.slug, place.section, place.heading, place.footnote_in_words]
    return " § ".join(filter(None, parts))


def places():
    """A list of places in sources; each table reads them once, when a cell names one."""
    rows = Citation.objects.select_related("source").all
    return Listed(Citation, rows, written_place, "plaats in een bron")


class SluggedResource(TableResource):
    """Records that are known by their address."""

    key = ("adres",)
    needed = "adres"

    def find(self, row):
        return self._meta.model._default_manager.filter(slug=row.get("adres", "")).first()


class PartnerResource(SluggedResource):
    slug = Column("slug", "adres")
    name = Column("name", "naam")
    long_name = Column("long_name", "voluit")
    type = Column("type", "partnertype", Linked(PartnerType))
    agency = Column("agency", "dienst", Linked(Agency))
    website = Column("website", "website")
    description = Column("description", "beschrijving", Plain(is_long=True))
    note = Column("note", "toelichting", Plain(is_long=True))
    is_broad = Column("is_broad", BROAD, YesNo())
    citations = Column("citations", "bronnen", places())

    class Meta(TableResource.Meta):
        model = Partner
        fields = (
            "slug",
            "name",
            "long_name",
            "type",
            "agency",
            "website",
            "description",
            "note",
            "is_broad",
            "citations",
        )


class SourceResource(SluggedResource):
    slug = Column("slug", "adres")
    name = Column("name", "titel")
    short_title = Column("short_title", "korte titel")
    kind = Column("kind", "soort", choice(Source._meta.get_field("kind")))
    origin = Column("origin", "herkomst", choice(Source._meta.get_field("origin")))
    publisher = Column("publisher", "uitgever")
    author = Column("author", "auteur")
    date_label = Column("date_label", "datum")
    url = Column("url", "webadres")
    consulted_on = Column("consulted_on", "geraadpleegd op", Day())
    note = Column("note", "toelichting", Plain(is_long=True))

    class Meta(TableResource.Meta):
        model = Source
        fields = (
            "slug",
            "name",
            "short_title",
            "kind",
            "origin",
            "publisher",
            "author",
            "date_label",
            "url",
            "consulted_on",
            "note",
        )

    def import_instance(self, instance, row, **kwargs):
        """The bounds of another date follow from its words."""
        former = instance.date_label
        super().import_instance(instance, row, **kwargs)
        if instance.date_label != former:
            instance.date_earliest = instance.date_latest = None
            instance.date_unbounded = False


class CitationResource(TableResource):
    key = ("bron", "rubriek", "tussentitel of blok", "voetnoot")
    needed = "bron"

    source = Column("source", "bron", Linked(Source))
    section = Column("section", "rubriek")
    heading = Column("heading", "tussentitel of blok")
    footnote = Column("footnote", "voetnoot", Number())
    page = Column("page", "begint op p.", Number())
    position = Column("position", "volgorde", Number())

    class Meta(TableResource.Meta):
        model = Citation
        fields = (
            "source",
            "section",
            "heading",
            "footnote",
            "page",
            "position",
        )

    def find(self, row):
        bron, section, heading, footnote = (row.get(column, "") for column in self.key)
        rows = Citation.objects.select_related("source").filter(
            source__slug=bron, section=section, heading=heading
        )
        # A footnote that is no number, or a longer one, is told at its column.
        is_number = footnote.isdecimal() and len(footnote) < 6
        return rows.filter(footnote=int(footnote) if is_number else None).first()
