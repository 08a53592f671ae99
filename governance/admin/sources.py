"""The desks of sources, the places in them, and former addresses."""

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, F

from eerstelijn.dates import day_of, long_date
from eerstelijn.desk.admin import RecordAdmin, stated_date
from eerstelijn.desk.exchange import Exchange
from eerstelijn.desk.forms import RecordForm
from eerstelijn.desk.inlines import bounds_of
from eerstelijn.desk.uses import ShowsUses
from eerstelijn.links.models import CheckedLink
from governance.admin.blocks import link_to_list
from governance.admin.citing import SuggestsPlaces
from governance.admin.tables import CitationResource, SourceResource
from governance.models import Citation, OldSlug, Source


@admin.register(Source)
class SourceAdmin(Exchange, ShowsUses, RecordAdmin):
    list_display = ("name", "short_title", "kind", "origin", stated_date, "places")
    list_filter = ("origin", "kind")
    told_apart_by = ("name", "short_title")
    search_fields = ("name", "short_title", "slug", "publisher", "author")
    slug_from = "short_title"
    is_indexed = True
    readonly_fields = ("last_answer",)
    used_through = ("places",)
    resource = SourceResource
    fieldsets = [
        ("Titel", {"fields": ["name", "short_title", "slug", ("kind", "origin")]}),
        ("Van wie en wanneer", {"fields": ["publisher", "author", "date_label"]}),
        ("Op het web", {"fields": ["url", "last_answer", "archived_url", "consulted_on"]}),
        ("Toelichting", {"fields": ["note"]}),
        *bounds_of(Source),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(place_count=Count("places"))

    @admin.display(description="bij de laatste controle")
    def last_answer(self, source):
        """What its address last answered, and when it was last seen to be there."""
        link = CheckedLink.objects.filter(url=source.url).first() if source.url else None
        if link is None or link.checked_at is None:
            return None
        seen = f"; laatst gezien op {long_date(link.seen_on)}" if link.seen_on else ""
        moved = f"; verhuisd naar {link.moved_to}" if link.moved_to else ""
        return f"{long_date(day_of(link.checked_at))}: {link.answer}{seen}{moved}"

    @admin.display(description="plaatsen", ordering="place_count")
    def places(self, record):
        name = "admin:governance_citation_changelist"
        return link_to_list(name, record.place_count, source__id__exact=record.pk)


@admin.register(Citation)
class CitationAdmin(SuggestsPlaces, Exchange, ShowsUses, RecordAdmin):
    list_display = ("place", "source", "page", "position")
    resource = CitationResource
    list_display_links = ("place",)
    list_filter = (("source", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("source",)
    search_fields = ("source__short_title", "source__name", "section", "heading", "footnote")
    fieldsets = [
        ("Waar het staat", {"fields": ["source", ("section", "heading"), ("footnote", "page")]}),
        ("Volgorde", {"fields": ["position"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")

    def table_rows(self, rows):
        return rows.select_related("source")

    @admin.display(description="plaats", ordering=F("position").asc())
    def place(self, record):
        return record.place


class OldSlugForm(RecordForm):
    """A former address leads from where nothing stands any more to where something does."""

    def clean(self):
        data = super().clean()
        model = next((m for m in apps.get_models() if m._meta.model_name == data.get("kind")), None)
        for name, wanted, problem in (
            ("current", True, "Er is geen record van die soort met dit adres."),
            ("old", False, "Dit is het adres van een bestaand record."),
        ):
            if model and data.get(name):
                exists = model._default_manager.filter(slug=data[name]).exists()
                if exists != wanted:
                    self.add_error(name, ValidationError(problem))
        return data


@admin.register(OldSlug)
class OldSlugAdmin(RecordAdmin):
    """Former addresses. A change of address makes its own row; others can be added here."""

    form = OldSlugForm
    list_display = ("old", "current", "kind")
    list_filter = ("kind",)
    search_fields = ("old", "current")
    fieldsets = [("Van waar naar waar", {"fields": ["kind", "old", "current"]})]
