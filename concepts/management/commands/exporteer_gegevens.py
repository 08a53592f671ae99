"""Write the content of the database to the fixtures."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from concepts import fixtures
from eerstelijn.portions import watched


class Command(BaseCommand):
    help = "Schrijft de inhoud van de database naar de map fixtures."

    def add_arguments(self, parser):
        parser.add_argument(
            "--map", default=settings.BASE_DIR / "fixtures", help="De map om naar te schrijven."
        )

    def handle(self, **options):
        try:
            with transaction.atomic():
                written = fixtures.write(options["map"], watched(self.stderr))
        except OSError as error:
            reason = f"{error.filename}: {error.strerror}"
            raise CommandError(f"Schrijven lukt niet. {reason}") from error
        self.stdout.write(self.style.SUCCESS(f"{len(written)} bestanden geschreven."))
