"""Let go of what readers wrote, once it had its time. What the public was told of it stays."""

import datetime as dt

from django.core.management.base import BaseCommand
from django.utils import timezone

from eerstelijn.reports.limits import limit
from eerstelijn.reports.models import Report

#: How long a report is kept, its e-mail address included.
KEPT = dt.timedelta(days=90)


class Command(BaseCommand):
    help = "Wist meldingen van lezers die ouder zijn dan 90 dagen, met hun e-mailadres."

    def handle(self, **options):
        _, counts = Report.objects.filter(received_at__lt=timezone.now() - KEPT).delete()
        limit.let_go()
        number = counts.get(Report._meta.label, 0)
        self.stdout.write(f"Gewist: {number} {'melding' if number == 1 else 'meldingen'}.")
