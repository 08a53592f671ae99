"""Django's command that gives an account another password, on record."""

import getpass

from django.contrib.auth.management.commands import changepassword
from django.db import transaction

from eerstelijn.login.events import by_command, record
from eerstelijn.login.models import LoginEvent


class Command(changepassword.Command):
    def handle(self, *args, **options):
        with transaction.atomic():
            said = super().handle(*args, **options)
            name = options["username"] or getpass.getuser()
            record(LoginEvent.Kind.PASSWORD, name, by=by_command())
        return said
