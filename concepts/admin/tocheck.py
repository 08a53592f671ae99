"""The desk of what editors put aside to look at again."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import format_html

from concepts.models import TO_CHECK, Concept, ToCheck
from eerstelijn.desk.admin import RecordAdmin
from governance.succession import desk_url


class Open(admin.SimpleListFilter):
    """What still waits, which is what the list opens on, or all."""

    title = "stand"
    parameter_name = "stand"

    def lookups(self, request, model_admin):
        return [("nagekeken", "nagekeken"), ("alles", "alles")]

    def choices(self, changelist):
        first, *rest = super().choices(changelist)
        yield {**first, "display": "nog na te kijken"}
        yield from rest

    def queryset(self, request, queryset):
        if self.value() == "alles":
            return queryset
        return queryset.filter(done_on__isnull=self.value() != "nagekeken")


@admin.register(ToCheck)
class ToCheckAdmin(RecordAdmin):
    list_display = ("what", "event", "editor", "since", "done_on", "open_it")
    list_display_links = ("what",)
    list_filter = (Open, "editor")
    list_select_related = ("event", "editor", "decree", "area")
    search_fields = ("concept__slug", "decree__short_title", "area__name", "event__name")
    actions = ("tick_off",)
    fieldsets = [
        ("Wat", {"fields": [*TO_CHECK.fields]}),
        ("Waarom, en voor wie", {"fields": ["event", "editor", "done_on"]}),
    ]

    def get_queryset(self, request):
        titled = Prefetch("concept", Concept.objects.with_title())
        return super().get_queryset(request).prefetch_related(titled)

    @admin.display(description="wat")
    def what(self, row):
        return row.target

    @admin.display(description="record")
    def open_it(self, row):
        return format_html('<a href="{}">open</a>', desk_url(row.target))

    @admin.action(description="Nagekeken", permissions=["change"])
    def tick_off(self, request, queryset):
        for row in queryset.filter(done_on=None):
            row.done_on = timezone.localdate()
            row.save(update_fields=["done_on"])
            self.log_change(request, row, "Nagekeken.")
        self.message_user(request, "Afgevinkt.")
