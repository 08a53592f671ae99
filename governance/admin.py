"""The desks for who, where and on what ground."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, F
from django.urls import reverse
from django.utils.html import format_html

from eerstelijn.admin import (
    RecordAdmin,
    RowInline,
    WithoutSource,
    bounds_of,
    stated_date,
    stated_validity,
)
from eerstelijn.editing import RecordForm
from eerstelijn.records import Slugged
from governance import lines
from governance.models import (
    Agency,
    AgencyTask,
    AreaKind,
    AreaMembership,
    AreaName,
    ChangeEvent,
    ChangeSubject,
    Citation,
    CoverageArea,
    Decree,
    DecreeDate,
    DecreeRelation,
    OldSlug,
    Partner,
    PartnerType,
    PolicyDomain,
    Source,
)

VALIDITY = ("Geldigheid", {"fields": [("start_label", "end_label")]})
SOURCES = ("Bronnen", {"fields": ["citations", "note"]})


def link_to_list(name, text, **filters):
    """A link to a list of the desk, narrowed to what a record is concerned with."""
    return format_html('<a href="{}">{}</a>', reverse(name, query=filters), text)


# The administration


@admin.register(PolicyDomain)
class PolicyDomainAdmin(RecordAdmin):
    list_display = ("name", "abbreviation", stated_validity)
    list_filter = (WithoutSource,)
    search_fields = ("name", "abbreviation", "slug")
    is_indexed = True
    fieldsets = [
        ("Naam", {"fields": ["name", "abbreviation", "slug", "tree"]}),
        VALIDITY,
        SOURCES,
        *bounds_of(PolicyDomain),
    ]


class AgencyTaskInline(RowInline):
    model = AgencyTask
    lines = ("text",)

    def key_parts(self, row):
        return [row.text]


@admin.register(Agency)
class AgencyAdmin(RecordAdmin):
    list_display = ("name", "abbreviation", "kind", "parent", "policy_domain", stated_validity)
    list_filter = ("kind", "policy_domain", WithoutSource)
    list_select_related = ("parent", "policy_domain")
    search_fields = ("name", "abbreviation", "slug", "ovo_code")
    is_indexed = True
    inlines = (AgencyTaskInline,)
    fieldsets = [
        ("Naam", {"fields": ["name", "abbreviation", "slug", "kind", "tree"]}),
        ("Plaats in de overheid", {"fields": ["parent", "policy_domain", "ovo_code", "website"]}),
        ("Wat het is", {"fields": ["description"]}),
        VALIDITY,
        SOURCES,
        *bounds_of(Agency),
    ]

    def saved(self, record):
        lines.rebuild_agency_lines()
        super().saved(record)

    def removed(self, records):
        lines.rebuild_agency_lines()
        super().removed(records)


class ChangeSubjectInline(RowInline):
    model = ChangeSubject
    lines = (("side", "agency", "partner"), ("policy_domain", "decree", "area"))

    def key_parts(self, row):
        return [row.side, row.subject]


@admin.register(ChangeEvent)
class ChangeEventAdmin(RecordAdmin):
    list_display = ("name", "kind", "status", stated_date, "decree")
    list_filter = ("kind", "status", WithoutSource)
    list_select_related = ("decree",)
    search_fields = ("name", "slug", "description")
    inlines = (ChangeSubjectInline,)
    fieldsets = [
        ("Wat er verandert", {"fields": ["name", "slug", "kind", "status", "date_label"]}),
        ("Waarom", {"fields": ["decree", "description"]}),
        ("Bronnen", {"fields": ["citations"]}),
        *bounds_of(ChangeEvent),
    ]

    def saved(self, record):
        lines.rebuild_agency_lines()
        super().saved(record)

    def removed(self, records):
        lines.rebuild_agency_lines()
        super().removed(records)


# Partners


@admin.register(PartnerType)
class PartnerTypeAdmin(RecordAdmin):
    list_display = ("name", "position", "partner_count")
    search_fields = ("name", "slug")
    fieldsets = [("Naam", {"fields": ["name", "slug", "position", "description"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(partner_count=Count("partners"))

    @admin.display(description="partners", ordering="partner_count")
    def partner_count(self, record):
        name = "admin:governance_partner_changelist"
        return link_to_list(name, record.partner_count, type__id__exact=record.pk)


@admin.register(Partner)
class PartnerAdmin(RecordAdmin):
    list_display = ("name", "long_name", "type", "agency")
    list_filter = ("type", WithoutSource)
    list_select_related = ("type", "agency")
    search_fields = ("name", "long_name", "slug")
    is_indexed = True
    fieldsets = [
        ("Naam", {"fields": ["name", "long_name", "slug", "type", "agency"]}),
        ("Wat het is", {"fields": ["description", "website"]}),
        SOURCES,
    ]


# Acts


class DecreeDateInline(RowInline):
    model = DecreeDate
    lines = (("kind", "date_label"),)


class DecreeRelationInline(RowInline):
    model = DecreeRelation
    fk_name = "decree"
    lines = (("kind", "other"),)


@admin.register(Decree)
class DecreeAdmin(RecordAdmin):
    list_display = ("short_title", "kind", "status", "numac")
    list_filter = ("kind", "status", WithoutSource)
    search_fields = ("name", "short_title", "slug", "numac", "codex_id")
    slug_from = "short_title"
    is_indexed = True
    inlines = (DecreeDateInline, DecreeRelationInline)
    fieldsets = [
        ("Titel", {"fields": ["name", "short_title", "slug", "kind", "status"]}),
        ("Waar je het vindt", {"fields": [("numac", "codex_id"), "url"]}),
        ("Waarover het gaat", {"fields": ["description"]}),
        SOURCES,
    ]


# Areas


@admin.register(AreaKind)
class AreaKindAdmin(RecordAdmin):
    list_display = ("name", "plural", "composition", "position", "area_count")
    list_filter = ("composition", WithoutSource)
    search_fields = ("name", "plural", "slug")
    is_indexed = True
    fieldsets = [
        ("Naam", {"fields": [("name", "plural"), "slug", "position"]}),
        ("Wat het is", {"fields": ["composition", "description"]}),
        ("Bronnen", {"fields": ["citations"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(area_count=Count("areas"))

    @admin.display(description="gebieden", ordering="area_count")
    def area_count(self, record):
        name = "admin:governance_coveragearea_changelist"
        return link_to_list(name, record.area_count, kind__id__exact=record.pk)


class AreaNameInline(RowInline):
    model = AreaName
    lines = (("name", "valid_from", "valid_until"),)


class ContainerInline(RowInline):
    """The areas that this one lies in. What lies in this one may be hundreds: that has a list."""

    model = AreaMembership
    fk_name = "member"
    verbose_name = "ligging"
    verbose_name_plural = "ligt in"
    lines = (("area", "valid_from", "valid_until"),)


@admin.register(CoverageArea)
class CoverageAreaAdmin(RecordAdmin):
    list_display = ("name", "kind", "nis", "valid_from", "valid_until", "members")
    list_filter = ("kind", WithoutSource)
    list_select_related = ("kind",)
    search_fields = ("name", "slug", "nis", "names__name")
    is_indexed = True
    inlines = (AreaNameInline, ContainerInline)
    fieldsets = [
        ("Naam", {"fields": ["name", "slug", "kind", "nis"]}),
        ("Geldigheid", {"fields": [("valid_from", "valid_until")]}),
        SOURCES,
    ]

    @admin.display(description="onderdelen")
    def members(self, record):
        name = "admin:governance_areamembership_changelist"
        return link_to_list(name, "wat erin ligt", area__id__exact=record.pk)

    def saved(self, record):
        lines.rebuild_area_lines()
        super().saved(record)

    def removed(self, records):
        lines.rebuild_area_lines()
        super().removed(records)


@admin.register(AreaMembership)
class AreaMembershipAdmin(RecordAdmin):
    list_display = ("member", "area", "part", "valid_from", "valid_until")
    list_filter = (("area", admin.RelatedOnlyFieldListFilter), WithoutSource)
    list_select_related = ("area", "member")
    search_fields = ("area__name", "member__name", "part")
    fieldsets = [
        ("Wat ligt waar", {"fields": ["member", "area", "part"]}),
        ("Geldigheid", {"fields": [("valid_from", "valid_until")]}),
        ("Bronnen", {"fields": ["citations"]}),
    ]

    def saved(self, record):
        lines.rebuild_area_lines()

    def removed(self, records):
        lines.rebuild_area_lines()


# Sources


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("name", "short_title", "kind", "origin", stated_date, "places")
    list_filter = ("origin", "kind")
    search_fields = ("name", "short_title", "slug", "publisher", "author")
    slug_from = "short_title"
    fieldsets = [
        ("Titel", {"fields": ["name", "short_title", "slug", ("kind", "origin")]}),
        ("Van wie en wanneer", {"fields": ["publisher", "author", "date_label"]}),
        ("Op het web", {"fields": ["url", "consulted_on"]}),
        ("Toelichting", {"fields": ["note"]}),
        *bounds_of(Source),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(place_count=Count("places"))

    @admin.display(description="plaatsen", ordering="place_count")
    def places(self, record):
        name = "admin:governance_citation_changelist"
        return link_to_list(name, record.place_count, source__id__exact=record.pk)


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    list_display = ("place", "source", "page", "position")
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

    @admin.display(description="plaats", ordering=F("position").asc())
    def place(self, record):
        return record.place


def _kinds():
    """The kinds of record with an address, as choices."""
    models = [model for model in apps.get_models() if issubclass(model, Slugged)]
    return sorted((model._meta.model_name, model._meta.verbose_name) for model in models)


class OldSlugForm(RecordForm):
    """A former address leads from where nothing stands any more to where something does."""

    kind = forms.ChoiceField(label="soort record", choices=_kinds)

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
