"""The desk of changes in the administration."""

from django.contrib import admin

from eerstelijn.admin import RecordAdmin, WithoutSource, stated_date
from eerstelijn.adminforms import RowInline, bounds_of
from governance import lines
from governance.models import ChangeEvent, ChangeSubject


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
        lines.rebuild()
        super().saved(record)

    def removed(self, records):
        lines.rebuild()
        super().removed(records)
