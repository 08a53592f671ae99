from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """What editors added, changed and deleted, kept by triggers of the database."""

    name = "eerstelijn.history"
    label = "history"
    verbose_name = "Geschiedenis"
    default_auto_field = "django.db.models.BigAutoField"
