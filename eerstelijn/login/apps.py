from django.apps import AppConfig


class LoginConfig(AppConfig):
    """Accounts get in here."""

    name = "eerstelijn.login"
    label = "login"
    verbose_name = "Aanmelden"

    def ready(self):
        from eerstelijn.login import events  # noqa: F401  listens to the libraries
