"""The desks of policy domains and agencies (diensten)."""

from django.contrib import admin

from eerstelijn.desk.admin import WithoutSource, stated_validity
from eerstelijn.desk.inlines import bounds_of
from eerstelijn.desk.uses import ShowsUses
from governance import derived
from governance.admin.blocks import SOURCES, VALIDITY
from governance.admin.citing import CitingAdmin, CitingInline
from governance.admin.events import may_decide
from governance.admin.services import ServiceChangePages
from governance.models import Agency, AgencyTask, PolicyDomain

#: When a body ended, and the bounds of that date.
END = ("end_label", "end_earliest", "end_latest", "end_unbounded")


class EndIsDecided:
    """A desk of bodies of which not every editor may decide that one ended, as in a merger.

    That is public at once, on every page that names its owner.
    """

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        is_decided = obj is None or may_decide(request.user)
        return fields if is_decided else (*fields, *END)


@admin.register(PolicyDomain)
class PolicyDomainAdmin(EndIsDecided, ShowsUses, CitingAdmin):
    list_display = ("name", "abbreviation", stated_validity)
    list_filter = (WithoutSource,)
    told_apart_by = ("name", "abbreviation")
    search_fields = ("name", "abbreviation", "slug")
    is_indexed = True
    fieldsets = [
        ("Naam", {"fields": ["name", "abbreviation", "slug", "tree"]}),
        VALIDITY,
        SOURCES,
        *bounds_of(PolicyDomain),
    ]


class AgencyTaskInline(CitingInline):
    model = AgencyTask
    lines = ("text",)

    def key_parts(self, row):
        return [row.text]


@admin.register(Agency)
class AgencyAdmin(EndIsDecided, ServiceChangePages, ShowsUses, CitingAdmin):
    list_display = ("name", "abbreviation", "kind", "parent", "policy_domain", stated_validity)
    list_filter = ("kind", "policy_domain", WithoutSource)
    list_select_related = ("parent", "policy_domain")
    told_apart_by = ("name", "abbreviation", "ovo_code")
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
        derived.rebuild_agency_lines()
        super().saved(record)

    def removed(self, records):
        derived.rebuild_agency_lines()
        super().removed(records)
