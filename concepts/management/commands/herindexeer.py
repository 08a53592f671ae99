"""Build the search index and the flattened tables anew."""

from django.core.management.base import BaseCommand
from django.db import transaction

from concepts import everything, search
from eerstelijn.locks import one_at_a_time
from governance import lines


class Command(BaseCommand):
    help = "Bouwt de zoekindex, de opvolging van diensten en de ligging van gebieden opnieuw op."

    def handle(self, **options):
        with transaction.atomic():
            one_at_a_time()
            lines.rebuild()
            count = search.reindex_all()
            everything.reindex_all()
        self.stdout.write(self.style.SUCCESS(f"{count} gepubliceerde versies geïndexeerd."))
