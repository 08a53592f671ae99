from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What readers report, and what came of it."""

    name = "eerstelijn.reports"
    label = "reports"
    verbose_name = "Meldingen"
    default_auto_field = "django.db.models.BigAutoField"
