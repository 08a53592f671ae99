"""Make the groups of the desk, or give them their own rights again."""

from django.core.management.base import BaseCommand

from concepts.rights import ensure_groups
from eerstelijn.login.groups import GROUPS


class Command(BaseCommand):
    help = "Maakt de groepen lezer, redacteur, eindredacteur en beheerder, elk met zijn rechten."

    def handle(self, **options):
        ensure_groups()
        self.stdout.write(self.style.SUCCESS(f"Klaar: {', '.join(GROUPS)}."))
