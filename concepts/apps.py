from django.apps import AppConfig


class ConceptsConfig(AppConfig):
    """What is described: concepts, their versions and the cited statements."""

    name = "concepts"
    verbose_name = "Concepten"
    default_auto_field = "django.db.models.BigAutoField"
