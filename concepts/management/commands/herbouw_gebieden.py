"""Write the fixtures of areas anew from the tables in fixtures/tabellen."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from concepts import fixtures
from eerstelijn.database.locks import one_at_a_time
from governance.models import MUNICIPALITY, AreaBorder, AreaMembership, CoverageArea, Source


class Command(BaseCommand):
    help = (
        "Schrijft de bestanden met gebieden opnieuw vanuit fixtures/tabellen. Werkt in een lege "
        "database, en laat ze weer leeg achter."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--map", default=settings.BASE_DIR / "fixtures", help="De map met de bestanden."
        )

    def handle(self, *, map, **options):
        tables = sorted((Path(map) / "tabellen").glob("*.csv"))
        with transaction.atomic():
            one_at_a_time()
            call_command("laad_gegevens", map=map, stdout=self.stdout)
            forget_tables()
            call_command("importeer_gebieden", *tables, verbosity=0, stdout=self.stdout)
            fixtures.write(map)
            transaction.set_rollback(True)
        self.stdout.write(self.style.SUCCESS("De bestanden zijn opnieuw geschreven."))


def forget_tables():
    """Take away what only tables say: what municipalities lie in, and what they are.

    The areas themselves stay, since concepts and changes name them; so does what another source
    says, such as the seat of a Family Justice Center.
    """
    links = AreaMembership.citations.through.objects
    from_elsewhere = set(
        links.exclude(citation__source__kind=Source.Kind.DATASET).values_list(
            "areamembership", flat=True
        )
    )
    of_municipalities = AreaMembership.objects.filter(member__kind__slug=MUNICIPALITY)
    of_municipalities.exclude(pk__in=from_elsewhere).delete()
    AreaBorder.objects.all().delete()
    CoverageArea.objects.municipalities().update(postcodes=[], x=None, y=None, surface=None)
