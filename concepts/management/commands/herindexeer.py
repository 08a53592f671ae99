"""Build the search index and the flattened tables anew, and tell what changed where nobody did."""

from django.core.management.base import BaseCommand
from django.db import transaction

from concepts.changes.telling import keep_told
from concepts.search import everywhere, index
from eerstelijn.database.locks import one_at_a_time
from eerstelijn.portions import watched
from governance import derived


class Command(BaseCommand):
    help = (
        "Bouwt de zoekindex, de opvolging van diensten en de ligging van gebieden opnieuw op, en "
        "vertelt wat er veranderde waar dat nog ontbreekt."
    )

    def handle(self, **options):
        with transaction.atomic():
            one_at_a_time()
            derived.rebuild()
            count = index.reindex_all(watched(self.stderr))
            everywhere.reindex_all()
            keep_told(watched(self.stderr))
        self.stdout.write(self.style.SUCCESS(f"{count} gepubliceerde versies geïndexeerd."))
