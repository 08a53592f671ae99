"""The desks of areas, their kinds, and what lies in what."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count

from eerstelijn import one_form
from eerstelijn.desk.admin import WithoutSource
from eerstelijn.desk.forms import RecordForm
from eerstelijn.desk.inlines import RowInline
from eerstelijn.desk.uses import ShowsUses
from governance import derived
from governance.admin.area_tables import AreaTablePages
from governance.admin.blocks import SOURCES, link_to_list
from governance.admin.citing import CitingAdmin, CitingInline
from governance.admin.municipalities import MunicipalMergerPages
from governance.models import AreaBorder, AreaKind, AreaMembership, AreaName, AreaPart, CoverageArea
from governance.postcodes import postcodes_in


@admin.register(AreaKind)
class AreaKindAdmin(ShowsUses, CitingAdmin):
    list_display = ("name", "plural", "composition", "position", "area_count")
    list_filter = ("composition", WithoutSource)
    search_fields = ("name", "plural", "slug")
    is_indexed = True
    fieldsets = [
        ("Naam", {"fields": [("name", "plural"), "slug", "position"]}),
        ("Wat het is", {"fields": ["composition", "data_from", "description"]}),
        ("Bronnen", {"fields": ["citations"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(area_count=Count("areas"))

    @admin.display(description="gebieden", ordering="area_count")
    def area_count(self, record):
        name = "admin:governance_coveragearea_changelist"
        return link_to_list(name, record.area_count, kind__id__exact=record.pk)

    def saved(self, record):
        derived.rebuild_area_lines()  # they rest on whether the composition is known
        super().saved(record)


class AreaNameInline(CitingInline):
    model = AreaName
    lines = (("name", "valid_from", "valid_until"),)


class AreaPartInline(CitingInline):
    model = AreaPart
    lines = (("name", "postcode"),)


class ContainerInline(CitingInline):
    """The areas that this one lies in. What lies in this one may be hundreds: that has a list."""

    model = AreaMembership
    fk_name = "member"
    verbose_name = "ligging"
    verbose_name_plural = "ligt in"
    lines = (("area", "valid_from", "valid_until"),)


class BorderInline(RowInline):
    model = AreaBorder
    fk_name = "area"
    verbose_name = "grens"
    verbose_name_plural = "grenst aan"
    lines = (("other", "valid_from", "valid_until"),)


class BorderFromInline(RowInline):
    """The borders that were noted with the neighbour: a pair of municipalities has one row."""

    model = AreaBorder
    fk_name = "other"
    verbose_name = "grens"
    verbose_name_plural = "grenst aan, genoteerd bij de buur"
    lines = (("area", "valid_from", "valid_until"),)

    def has_add_permission(self, request, obj=None):
        return False


class PostcodesField(forms.CharField):
    """A list of postcodes, however it is typed; each stands in it once."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        try:
            return postcodes_in(one_form.line(super().to_python(value)))
        except ValueError as error:
            raise ValidationError(str(error), code="postcode") from None

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class AreaForm(RecordForm):
    """The form of an area."""

    postcodes = PostcodesField(
        label="Postcodes",
        required=False,
        help_text="Van een gemeente. Bijvoorbeeld: 3740, 3742.",
    )


@admin.register(CoverageArea)
class CoverageAreaAdmin(AreaTablePages, MunicipalMergerPages, ShowsUses, CitingAdmin):
    form = AreaForm
    list_display = ("name", "kind", "nis", "valid_from", "valid_until", "members")
    list_filter = ("kind", WithoutSource)
    list_select_related = ("kind",)
    told_apart_by = ("nis",)
    search_fields = ("name", "slug", "nis", "names__name")
    is_indexed = True
    inlines = (
        AreaNameInline,
        AreaPartInline,
        ContainerInline,
        BorderInline,
        BorderFromInline,
    )
    fieldsets = [
        ("Naam", {"fields": ["name", "slug", "kind", "nis"]}),
        ("Geldigheid", {"fields": [("valid_from", "valid_until")]}),
        ("Gemeente", {"fields": ["postcodes", ("x", "y", "surface")]}),
        SOURCES,
    ]

    def get_inlines(self, request, obj):
        """Only a municipality has borders, and parts that people call by name."""
        if obj and obj.is_municipality:
            return self.inlines
        return [inline for inline in self.inlines if inline.model not in (AreaBorder, AreaPart)]

    @admin.display(description="onderdelen")
    def members(self, record):
        name = "admin:governance_areamembership_changelist"
        return link_to_list(name, "wat erin ligt", area__id__exact=record.pk)

    def saved(self, record):
        derived.rebuild_area_lines()
        super().saved(record)

    def removed(self, records):
        derived.rebuild_area_lines()
        super().removed(records)


@admin.register(AreaMembership)
class AreaMembershipAdmin(CitingAdmin):
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
        derived.rebuild_area_lines()

    def removed(self, records):
        derived.rebuild_area_lines()
