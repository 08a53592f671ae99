"""Take tables of areas into the geography: all of them, or nothing."""

from collections import Counter
from pathlib import Path

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction

from concepts.search import everywhere, index
from eerstelijn.database.locks import one_at_a_time
from eerstelijn.portions import watched
from governance import derived
from governance.areas.tables.importing import Outcome, count_by_outcome, import_table, is_wrong
from governance.areas.tables.reading import UnreadableTable, read
from governance.models import AreaKind

#: Larger files are no table of areas: Belgium has fewer than 600 municipalities.
LARGEST_FILE = 10_000_000


class Command(BaseCommand):
    help = (
        "Neemt tabellen (CSV) met gebieden over, de ene na de andere: gemeenten, een indeling, "
        "fusies of liggingen. Met --proef verandert er niets. Is één rij fout, dan verandert er "
        "ook niets."
    )

    def add_arguments(self, parser):
        parser.add_argument("bestand", nargs="+", help="Een tabel, in UTF-8.")
        parser.add_argument(
            "--proef", action="store_true", help="Zeg wat er zou veranderen, en verander niets."
        )
        parser.add_argument(
            "--vanaf", metavar="DATUM", help="De eerste dag waarop de tabel geldt: 2027-01-01."
        )
        parser.add_argument(
            "--soort", metavar="SOORT", help="De soort gebied van een indeling: vervoerregio."
        )
        parser.add_argument("--bron", metavar="BRON", help="Het adres van de bron op deze site.")

    def handle(self, *, bestand, proef, vanaf, soort, bron, verbosity, **options):
        tables = [(path, self._read(path)) for path in map(Path, bestand)]
        counts, progress = Counter(), watched(self.stderr)
        with transaction.atomic():
            one_at_a_time()
            for path, table in tables:
                results = import_table(
                    table,
                    progress=lambda rows: progress(rows, "Rijen", "rij"),
                    kind=soort,
                    day=vanaf,
                    source=bron,
                )
                self._report(path, table, results, verbosity)
                counts += count_by_outcome(results)
                if is_wrong(results):
                    raise CommandError(f"{path} bevat fouten. Er is niets gewijzigd.")
            if proef:
                transaction.set_rollback(True)
            elif counts[Outcome.NEW] + counts[Outcome.CHANGED]:
                self.stdout.write("Liggingen en zoekindex bijwerken ...")
                derived.rebuild_area_lines()
                index.reindex_all(progress)
                everywhere.reindex_all()
        if proef:
            self.stdout.write("Dit was een proef: er is niets gewijzigd.")

    def _report(self, path, table, results, verbosity):
        """What became of each row, and how many had each outcome."""
        self.stdout.write(f"{path.name}:")
        if table.ignored:
            self.stdout.write(f"Niet gelezen kolommen: {', '.join(table.ignored)}.")
        for result in results:
            if verbosity or result.outcome is Outcome.WRONG:
                self.stdout.write(_line(result))
        counts = count_by_outcome(results)
        summary = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome)
        self.stdout.write(f"Samen: {summary}.")

    def _read(self, path):
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise CommandError(
                    f"{path} is te groot voor een tabel van gebieden. Er is niets gewijzigd."
                )
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(
                f"{path} is niet te lezen: {error.strerror}. Er is niets gewijzigd."
            ) from error
        try:
            return read(data, set(AreaKind.objects.values_list("slug", flat=True)))
        except UnreadableTable as error:
            raise CommandError(f"{path}: {error} Er is niets gewijzigd.") from error


def _line(result):
    place = f"regel {result.line}" if result.line else ""
    reason = f": {result.reason}" if result.reason else ""
    return f"{place:<11}{result.outcome.value:<10} {result.subject}{reason}"
