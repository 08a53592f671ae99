"""The desks of words and of what the sources disagree on or lost."""

from django.contrib import admin
from django.db.models import Prefetch

from concepts.admin.tables import AliasResource
from concepts.models import (
    NAMED,
    Alias,
    Claim,
    Concept,
    ConceptVersion,
    Discrepancy,
    LostLink,
    Status,
    TargetGroup,
    Term,
    WordPart,
)
from concepts.search import everywhere, index
from concepts.touched import naming
from eerstelijn.desk.admin import RecordAdmin, WithoutSource
from eerstelijn.desk.exchange import Exchange, Linked
from eerstelijn.desk.uses import Link, ShowsUses, Use, Way
from governance.admin import CitingAdmin, CitingInline


def with_concept_titles(records):
    """The concept of each record under the name that editors know, for all in one query."""
    return records.prefetch_related(Prefetch("concept", Concept.objects.with_title()))


@admin.register(Term)
class TermAdmin(ShowsUses, CitingAdmin):
    list_display = ("name", "abbreviation", "language")
    list_filter = (WithoutSource,)
    told_apart_by = ("name", "abbreviation")
    search_fields = ("name", "abbreviation", "slug", "definition")
    is_indexed = True
    fieldsets = [
        ("Begrip", {"fields": ["name", "abbreviation", "slug", "language"]}),
        ("Uitleg", {"fields": ["definition", "citations"]}),
    ]

    def more_uses(self, record):
        """Concepts with the term in a text: no relation says so, and readers get its meaning."""
        names = [name for name in (record.name, record.abbreviation) if name]
        texts = ("summary", "passages__text")
        versions = naming(ConceptVersion, names, *texts, status=Status.PUBLISHED)
        way = Way("tekst", Term, ConceptVersion, "", "Concepten met dit woord in hun tekst")
        links = [Link(str(row), self.admin_site.page_of(row)) for row in versions]
        return [Use(way, len(links), "", links)] if links else []


@admin.register(TargetGroup)
class TargetGroupAdmin(ShowsUses, RecordAdmin):
    list_display = ("name", "slug", "position")
    told_apart_by = ("name",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ["name"]}
    is_indexed = True
    fieldsets = [("Doelgroep", {"fields": ["name", "slug", "position"]})]

    def get_readonly_fields(self, request, obj=None):
        """Filters in addresses name it, and no former address leads on."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields


@admin.register(WordPart)
class WordPartAdmin(RecordAdmin):
    list_display = ("text",)
    search_fields = ("text",)
    fieldsets = [("Woorddeel", {"fields": ["text"]})]

    def saved(self, record):
        """Every compound in every text may fall apart differently now."""
        index.reindex_all()
        everywhere.reindex_all()

    def removed(self, records):
        self.saved(None)


@admin.register(Alias)
class AliasAdmin(Exchange, RecordAdmin):
    """Other names. Search finds the record by them as soon as they are saved."""

    list_display = ("text", "kind", "named", "note")
    list_filter = ("kind",)
    told_apart_by = ("text",)
    search_fields = ("text", "concept__slug", "agency__name", "partner__name", "area__name")
    is_indexed = True
    resource = AliasResource
    fieldsets = [
        ("Naam", {"fields": ["text", "kind", "note"]}),
        (
            "Van precies één record",
            {"fields": ["concept", "agency", "partner", "area", "decree"]},
        ),
        ("Sleutel", {"classes": ["collapse"], "fields": ["key"]}),
    ]

    def get_queryset(self, request):
        return with_concept_titles(super().get_queryset(request)).select_related(
            "agency", "partner", "area", "decree"
        )

    def table_rows(self, rows):
        return rows.select_related(*NAMED.fields)

    def taken_in(self, record, changes):
        """Search also forgets the name for the record that it was taken from."""
        super().taken_in(record, changes)
        for column, was, _ in changes:
            widget = next(
                f.widget for f in AliasResource.fields.values() if f.column_name == column
            )
            if was and isinstance(widget, Linked):
                self.admin_site.saved(widget.model.objects.get(slug=was))

    @admin.display(description="is een naam van")
    def named(self, alias):
        return alias.target

    @staticmethod
    def key_parts(data):
        field = next((field for field in NAMED.fields if data.get(field)), None)
        return [field, data.get(field), data.get("text")]

    def save_model(self, request, obj, form, change):
        """Search also forgets the name for the record that it was taken from."""
        former = Alias.objects.get(pk=obj.pk).target if change else None
        super().save_model(request, obj, form, change)
        if former and former != obj.target:
            self.admin_site.saved(former)

    def removed(self, records):
        for alias in records:
            self.admin_site.saved(alias.target)


@admin.register(LostLink)
class LostLinkAdmin(CitingAdmin):
    list_display = ("text", "state", "concept", "decree", "is_marked")
    list_filter = ("state", "is_marked", WithoutSource)
    list_select_related = ("decree",)
    search_fields = ("text", "key", "concept__slug", "decree__short_title")
    fieldsets = [
        ("De link", {"fields": ["text", "is_marked", ("concept", "decree"), "citations"]}),
        ("Wat ervan werd", {"fields": ["state", "url", "note"]}),
        ("Sleutel", {"classes": ["collapse"], "fields": ["key"]}),
    ]

    def get_queryset(self, request):
        return with_concept_titles(super().get_queryset(request))

    @staticmethod
    def key_parts(data):
        return [data.get("concept") or data.get("decree"), data.get("text")]


class ClaimInline(CitingInline):
    model = Claim
    lines = (("value", "is_preferred"), "text")

    def key_parts(self, row):
        return [row.value]


@admin.register(Discrepancy)
class DiscrepancyAdmin(RecordAdmin):
    list_display = ("title", "kind", "position")
    list_filter = ("kind",)
    search_fields = ("title", "slug", "note", "claims__value")
    slug_from = "title"
    inlines = (ClaimInline,)
    fieldsets = [
        ("Wat botst", {"fields": ["title", "slug", "kind", "concepts"]}),
        ("Redactie", {"fields": ["note", "position"]}),
    ]
