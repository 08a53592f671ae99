from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig

from eerstelijn.database import ground


class ConceptsConfig(AppConfig):
    """What is described: concepts, their versions and the cited statements."""

    name = "concepts"
    verbose_name = "Concepten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from concepts.models import IndexedWord, SearchEntry

        ground.leave_out(IndexedWord, SearchEntry)


class DeskConfig(AdminConfig):
    """Django's admin as the editors' desk."""

    default_site = "concepts.desk.ConceptsDesk"

    def ready(self):
        super().ready()
        apps.get_app_config("auth").verbose_name = "Accounts"
        # After Django's own desk for accounts, which ours replaces.
        from eerstelijn.login import accounts  # noqa: F401
