"""Write the content of the database to the fixtures."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from concepts import fixtures


class Command(BaseCommand):
    help = "Schrijft de inhoud van de database naar de map fixtures."

    def add_arguments(self, parser):
        parser.add_argument(
            "--map", default=settings.BASE_DIR / "fixtures", help="De map om naar te schrijven."
        )

    def handle(self, **options):
        with transaction.atomic():
            written = fixtures.write(options["map"])
        self.stdout.write(self.style.SUCCESS(f"{len(written)} bestanden geschreven."))
