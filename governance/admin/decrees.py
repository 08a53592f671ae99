"""The desk of acts and policy documents."""

from django.contrib import admin

from eerstelijn.desk.admin import WithoutSource
from eerstelijn.desk.uses import ShowsUses
from governance.admin.blocks import SOURCES
from governance.admin.citing import CitingAdmin, CitingInline
from governance.models import Decree, DecreeDate, DecreeRelation


class DecreeDateInline(CitingInline):
    model = DecreeDate
    lines = (("kind", "date_label"),)


class DecreeRelationInline(CitingInline):
    model = DecreeRelation
    fk_name = "decree"
    lines = (("kind", "other"),)


@admin.register(Decree)
class DecreeAdmin(ShowsUses, CitingAdmin):
    list_display = ("short_title", "kind", "status", "numac")
    list_filter = ("kind", "status", WithoutSource)
    told_apart_by = ("name", "short_title", "numac", "codex_id", "url")
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
