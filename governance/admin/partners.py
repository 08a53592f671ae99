"""The desks of partners and their types."""

from django.contrib import admin
from django.db.models import Count

from eerstelijn.desk.admin import RecordAdmin, WithoutSource
from eerstelijn.desk.exchange import Exchange
from eerstelijn.desk.uses import ShowsUses
from governance.admin.blocks import SOURCES, link_to_list
from governance.admin.citing import CitingAdmin
from governance.admin.tables import PartnerResource
from governance.models import CITATIONS, Partner, PartnerType


@admin.register(PartnerType)
class PartnerTypeAdmin(ShowsUses, RecordAdmin):
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
class PartnerAdmin(Exchange, ShowsUses, CitingAdmin):
    list_display = ("name", "long_name", "type", "agency")
    list_filter = ("type", "is_broad", WithoutSource)
    list_select_related = ("type", "agency")
    told_apart_by = ("name", "long_name")
    search_fields = ("name", "long_name", "slug")
    is_indexed = True
    resource = PartnerResource
    fieldsets = [
        ("Naam", {"fields": ["name", "long_name", "slug", "type", "agency"]}),
        ("Wat het is", {"fields": ["description", "is_broad", "website"]}),
        SOURCES,
    ]

    def table_rows(self, rows):
        return rows.select_related("type", "agency").prefetch_related(CITATIONS)
