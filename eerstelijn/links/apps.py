from django.apps import AppConfig


class LinksConfig(AppConfig):
    """Web addresses, and what they last answered."""

    name = "eerstelijn.links"
    label = "links"
    verbose_name = "Links"
    default_auto_field = "django.db.models.BigAutoField"
