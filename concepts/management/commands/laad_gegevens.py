"""Fill an empty database with the content of the fixtures."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from concepts import everything, fixtures, search
from concepts.models import Concept, ConceptVersion
from concepts.publishing import missing
from eerstelijn.locks import one_at_a_time
from governance import lines


class Command(BaseCommand):
    help = (
        "Laadt de inhoud van de map fixtures in een lege database. Een gevulde database blijft "
        "onaangeroerd."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--map", default=settings.BASE_DIR / "fixtures", help="De map met de bestanden."
        )

    def handle(self, **options):
        files = fixtures.files(options["map"])
        for path in files:
            if not Path(path).is_file():
                raise CommandError(f"Het bestand {path} ontbreekt. Er is niets geladen.")
        with transaction.atomic():
            one_at_a_time()
            # Nobody else fills the database between the question and the answer.
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE concepts_concept IN EXCLUSIVE MODE")
                cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
            if not fixtures.is_empty():
                raise CommandError(
                    "De database bevat al gegevens. Er is niets geladen en niets gewijzigd."
                )
            self.stdout.write(f"{len(files)} bestanden laden ...")
            self._read(options["map"])
            self.stdout.write("Gegevens nakijken ...")
            self._check()
            self.stdout.write("Zoekindex en liggingen opbouwen ...")
            lines.rebuild()
            search.reindex_all()
            everything.reindex_all()
        published = ConceptVersion.objects.published().count()
        self.stdout.write(
            self.style.SUCCESS(
                f"Klaar: {Concept.objects.count()} concepten en ontwikkelingen, waarvan "
                f"{published} gepubliceerd."
            )
        )

    def _read(self, folder):
        try:
            fixtures.read(folder)
        except fixtures.BrokenFixture as error:
            raise CommandError(f"Er is niets geladen. {error}") from error
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the database still thinks that its tables are empty

    def _check(self):
        """What creating rows in bulk passes over: the rules of records and of publication."""
        problems = []
        for model in fixtures.models():
            # The database has checked the relations; asking again would be a query for each.
            relations = [field.name for field in model._meta.fields if field.is_relation]
            for row in model._default_manager.select_related(*relations):
                try:
                    row.clean_fields(exclude=relations)
                    row.clean()
                except ValidationError as error:
                    problems.append(f"{model._meta.verbose_name} {row}: {error.messages}")
        for version in ConceptVersion.objects.published():
            problems += [f"{version}: {problem}" for problem in missing(version)]
        if problems:
            raise CommandError("Er is niets geladen.\n" + "\n".join(problems))
