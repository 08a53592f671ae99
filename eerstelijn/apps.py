from django.apps import AppConfig


class EerstelijnConfig(AppConfig):
    """The shared part: template tags, static files and the project's own commands."""

    name = "eerstelijn"
    verbose_name = "Eerstelijn"
