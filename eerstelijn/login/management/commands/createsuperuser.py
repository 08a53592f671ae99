"""Django's command that makes an account with all rights, on record."""

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction

from eerstelijn.login.events import by_command, record
from eerstelijn.login.models import LoginEvent


class Command(createsuperuser.Command):
    def handle(self, *args, **options):
        everyone = get_user_model().objects
        with transaction.atomic():
            before = list(everyone.values_list("pk", flat=True))
            said = super().handle(*args, **options)
            for account in everyone.exclude(pk__in=before):
                kind = LoginEvent.Kind.ACCOUNT_ADDED
                record(kind, account.username, by=by_command(), detail="superuser")
        return said
