from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Who, where and on what ground: domains, agencies, partners, decrees, areas, sources."""

    name = "governance"
    verbose_name = "Overheid en bronnen"
    default_auto_field = "django.db.models.BigAutoField"
