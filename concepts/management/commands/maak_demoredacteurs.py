"""The editors of a demo: one in each group that writes, so that all can see what a group may do."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from concepts.rights import ensure_groups
from eerstelijn.environment import PRODUCTION
from eerstelijn.login.groups import EDITORS

UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no l and 1, no i, no o and 0: people type these


class Command(BaseCommand):
    help = (
        "Maakt een demoredacteur per groep die schrijft, met een willekeurig wachtwoord dat één "
        "keer getoond wordt. Wie er al een heeft, houdt het."
    )

    def handle(self, **options):
        if settings.ENVIRONMENT == PRODUCTION:
            raise CommandError("Demoredacteurs horen niet op een site in productie.")
        with transaction.atomic():
            self._make_missing()
            shown = self._show_passwords()
        if len(shown) < len(EDITORS):
            known = ", ".join(name for name in EDITORS if name not in shown)
            self.stdout.write(
                f"  Er waren al redacteurs: {known}. Een nieuw wachtwoord geven: "
                ".venv/bin/python manage.py changepassword <naam>"
            )

    def _make_missing(self):
        """Make who is missing, still without a password."""
        ensure_groups()
        users = get_user_model().objects
        for name in EDITORS:
            if not users.filter(username=name).exists():
                user = users.create_user(name, f"{name}@example.org", is_staff=True)
                user.groups.add(Group.objects.get(name=name))

    def _show_passwords(self):
        """Give who has no password one, and return their names.

        It counts once this transaction ends, after it was shown: whoever is interrupted in between
        gets another at the next start, and no password is lost unseen.
        """
        without = [
            user
            for user in get_user_model().objects.filter(username__in=EDITORS)
            if not user.has_usable_password()
        ]
        for user in sorted(without, key=lambda user: EDITORS.index(user.username)):
            password = _password()
            user.set_password(password)
            user.save(update_fields=["password"])
            self.stdout.write(f"  {user.username:<14} wachtwoord {password}")
        if without:
            self.stdout.write("  Noteer ze nu: de wachtwoorden worden nergens bewaard.")
        self.stdout.flush()
        return [user.username for user in without]


def _password():
    """Sixteen random letters and digits (79 bits), in groups that are easy to copy by hand."""
    return "-".join("".join(secrets.choice(UNMISTAKABLE) for _ in range(4)) for _ in range(4))
