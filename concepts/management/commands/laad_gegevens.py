"""Fill an empty database with the content of the fixtures, or a filled one with what it lacks."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from concepts import fixtures
from concepts.changes.telling import keep_told
from concepts.models import Concept, ConceptVersion
from concepts.publishing import missing_of
from concepts.search import everywhere, index
from concepts.supplement import Supplement
from eerstelijn.database import ground
from eerstelijn.database.locks import one_at_a_time
from eerstelijn.portions import portions, watched
from governance import derived
from governance.models import OldSlug, Slugged

#: As many names of records that were left out as a person reads.
MOST_NAMES = 10
#: How many rows are looked at together: as many as there are in memory at a time.
PORTION = 500
#: The same of versions with all their statements.
READ_WHOLE = 100


class Command(BaseCommand):
    help = (
        "Laadt de inhoud van de map fixtures in een lege database. Een gevulde database blijft "
        "onaangeroerd, of krijgt met --vul-aan wat ze nog niet heeft; wat er staat, verandert niet."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--map", default=settings.BASE_DIR / "fixtures", help="De map met de bestanden."
        )
        parser.add_argument(
            "--vul-aan",
            action="store_true",
            help="Voeg aan een gevulde database toe wat ze nog niet heeft.",
        )
        parser.add_argument(
            "--proef", action="store_true", help="Zeg wat er zou gebeuren, en verander niets."
        )

    def handle(self, *, map, vul_aan, proef, verbosity, **options):
        self.progress = watched(self.stderr)
        files = fixtures.files(map)
        for path in files:
            if not Path(path).is_file():
                raise CommandError(f"Het bestand {path} ontbreekt. Er is niets geladen.")
        with transaction.atomic():
            one_at_a_time()  # before any row, as at the desk
            # Nobody else fills the database between the question and the answer.
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE concepts_concept IN EXCLUSIVE MODE")
                cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
            if fixtures.is_empty():
                self._fill(map, files)
            elif vul_aan:
                self._add(map, verbosity)
            else:
                raise CommandError(
                    "De database bevat al gegevens. Er is niets geladen en niets gewijzigd. "
                    "Toevoegen wat nog ontbreekt: laad_gegevens --vul-aan"
                )
            if proef:
                transaction.set_rollback(True)
        if proef:
            self.stdout.write("Dit was een proef: er is niets gewijzigd.")

    def _fill(self, folder, files):
        self.stdout.write(f"{len(files)} bestanden laden ...")
        self._read(folder)
        self.stdout.write("Gegevens nakijken ...")
        self._check()
        self._follow()
        published = ConceptVersion.objects.published().count()
        self.stdout.write(
            self.style.SUCCESS(
                f"Klaar: {Concept.objects.count()} concepten en ontwikkelingen, waarvan "
                f"{published} gepubliceerd."
            )
        )

    def _add(self, folder, verbosity):
        ground.move(Concept.objects.all(), "slug")
        try:
            reports = Supplement(folder).add()
        except fixtures.BrokenFixture as error:
            raise CommandError(f"Er is niets toegevoegd. {error}") from error
        for report in reports:
            if verbosity:
                self._tell(report)
        new = sum(report.new for report in reports)
        filled = sum(report.filled for report in reports)
        if not new + filled:
            self.stdout.write("Er is niets nieuws: de database heeft alles al.")
            return
        self._follow()
        self.stdout.write(
            self.style.SUCCESS(
                f"Klaar: {new} records toegevoegd, {filled} aangevuld waar ze nog leeg waren."
            )
        )

    def _tell(self, report):
        """What became of one file, and by name what was left out."""
        of_those = [
            f"{count} {told}"
            for count, told in (
                (report.filled, "aangevuld"),
                (report.different, "anders dan in het bestand"),
            )
            if count
        ]
        present = f" ({', '.join(of_those)})" if of_those else ""
        self.stdout.write(
            f"{report.name}: {report.new} nieuw, {report.present} al aanwezig{present}, "
            f"{report.skipped} overgeslagen"
        )
        for reason, names in report.left_out.items():
            more = f" en nog {len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
            self.stdout.write(f"    {reason}: {'; '.join(names[:MOST_NAMES])}{more}")

    def _follow(self):
        """What is derived from the content."""
        self.stdout.write("Zoekindex en liggingen opbouwen ...")
        derived.rebuild()
        index.reindex_all(self.progress)
        everywhere.reindex_all()
        keep_told(self.progress)

    def _read(self, folder):
        try:
            fixtures.read(folder, self.progress)
        except fixtures.BrokenFixture as error:
            raise CommandError(f"Er is niets geladen. {error}") from error
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the database still thinks that its tables are empty

    def _check(self):
        """What creating rows in bulk passes over: the rules of records and of publication."""
        problems = []
        former = set(OldSlug.objects.values_list("kind", "old"))
        for model in fixtures.models():
            # The database has checked the relations; asking again would be a query for each.
            relations = [field.name for field in model._meta.fields if field.is_relation]
            rows = model._default_manager.select_related(*relations)
            for row in rows.iterator(chunk_size=PORTION):
                if isinstance(row, Slugged):  # the same for its former addresses
                    row.slug_was_checked = (model._meta.model_name, row.slug) not in former
                try:
                    row.clean_fields(exclude=relations)
                    row.clean()
                except ValidationError as error:
                    problems.append(f"{model._meta.verbose_name} {row}: {error.messages}")
        published = ConceptVersion.objects.published().defer("search")
        keys = [*published.values_list("pk", flat=True)]
        for portion in portions(self.progress(keys, "Versies nakijken", "versie"), READ_WHOLE):
            problems += _lacking(published.select_related("concept").filter(pk__in=portion))
        if problems:
            raise CommandError("Er is niets geladen.\n" + "\n".join(problems))


def _lacking(versions):
    """What these lack before the public may see them, each named."""
    versions = list(versions)
    for version, problems in zip(versions, missing_of(versions), strict=True):
        yield from (f"{version}: {problem}" for problem in problems)
