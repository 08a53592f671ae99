"""The editors of a demo: one in each group, so that everyone can see what a group may do."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from eerstelijn.environment import PRODUCTION
from eerstelijn.groups import GROUPS, ensure_groups

UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l and 1, no i, no o and 0: people type these


class Command(BaseCommand):
    help = (
        "Maakt een demoredacteur per groep, met een willekeurig wachtwoord dat één keer getoond "
        "wordt. Wie er al is, blijft zoals hij is."
    )

    def handle(self, **options):
        if settings.ENVIRONMENT == PRODUCTION:
            raise CommandError("Demoredacteurs horen niet op een site in productie.")
        with transaction.atomic():
            made = self._make_missing()
        for name, password in made.items():
            self.stdout.write(f"  {name:<14} wachtwoord {password}")
        if made:
            self.stdout.write("  Noteer ze nu: de wachtwoorden worden nergens bewaard.")
        if len(made) < len(GROUPS):
            known = ", ".join(name for name in GROUPS if name not in made)
            self.stdout.write(
                f"  Er waren al redacteurs: {known}. Een nieuw wachtwoord geven: "
                ".venv/bin/python manage.py changepassword <naam>"
            )

    def _make_missing(self):
        """Make who is missing, and return their names with their passwords."""
        ensure_groups()
        users = get_user_model().objects
        made = {}
        for name in GROUPS:
            if users.filter(username=name).exists():
                continue
            made[name] = _password()
            user = users.create_user(
                name, f"{name}@example.org", password=made[name], is_staff=True
            )
            user.groups.add(Group.objects.get(name=name))
        return made


def _password():
    """Sixteen random letters and digits (79 bits), in groups that are easy to copy by hand."""
    return "-".join("".join(secrets.choice(UNMISTAKABLE) for _ in range(4)) for _ in range(4))
