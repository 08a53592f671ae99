from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig


class EerstelijnConfig(AppConfig):
    """The shared part: template tags, static files and the project's own commands."""

    name = "eerstelijn"
    verbose_name = "Eerstelijn"


class DeskConfig(AdminConfig):
    """Django's admin as the editors' desk."""

    default_site = "eerstelijn.admin.Desk"

    def ready(self):
        super().ready()
        apps.get_app_config("auth").verbose_name = "Accounts"
        # After Django's own desk for accounts, which ours replaces.
        from eerstelijn import accounts  # noqa: F401
