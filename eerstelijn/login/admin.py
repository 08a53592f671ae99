"""What happened at the door, for a beheerder to read."""

from django.contrib import admin

from eerstelijn.desk.finding import FoundWithoutAccents
from eerstelijn.login.models import LoginEvent


@admin.register(LoginEvent)
class LoginEventAdmin(FoundWithoutAccents, admin.ModelAdmin):
    """Nobody adds, changes or deletes what happened."""

    list_display = ("moment", "account", "kind", "by", "detail", "address")
    list_filter = ("kind", "moment")
    search_fields = ("account", "by")
    list_per_page = 50

    def changelist_view(self, request, extra_context=None):
        context = {"title": "Aanmeldingen en rechten", **(extra_context or {})}
        return super().changelist_view(request, context)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
