"""The stamp of the content moves with every change that a reader may see, when it may be seen."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from concepts.models import STATEMENT_KINDS, ConceptVersion
from concepts.publishing import publish, send_back, submit, withdraw, working_copy
from concepts.search import everywhere
from concepts.search.index import reindex_all
from eerstelijn.database import stamp
from governance import derived
from tests.desk import change_url, editor, opened, send
from tests.everything import everything
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptVersionFactory,
    PassageFactory,
    SourceFactory,
)

#: What PostgreSQL calls a trigger's changes, as bits of pg_trigger.tgtype.
FOR_EACH_ROW, CHANGES = 1, {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
FUNCTIONS = ("move_content_stamp", "concepts_move_stamp")
#: What a public page may read, besides the content: nothing of it says anything about content.
NOT_CONTENT = {"content_stamp", "django_content_type"}


#: What editors put aside for themselves: no public page reads it.
WORK = {"concepts_tocheck"}


def tables():
    """The tables of the content, those between two records included."""
    return sorted(
        model._meta.db_table
        for app in ("governance", "concepts")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.db_table not in WORK
    )


def watched():
    """Which changes of which tables move the stamp, as the database itself has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgtype FROM pg_trigger "
            "JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE proname = ANY (%s) AND tgenabled = 'O' AND tgqual IS NULL",
            [list(FUNCTIONS)],
        )
        return {
            (table, change)
            for table, kind in cursor.fetchall()
            for change, bit in CHANGES.items()
            if kind & bit and not kind & FOR_EACH_ROW
        }


@contextmanager
def loading():
    """As `laad_gegevens` writes, also what is published; taken back afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        yield cursor
        transaction.set_rollback(True)


def moved_by(change, *arguments):
    """Whether a change moves the stamp."""
    before = stamp.read()
    change(*arguments)
    return stamp.read() != before


@pytest.mark.django_db
class TestEveryTable:
    def test_has_its_trigger_for_every_change(self):
        wanted = {(table, change) for table in tables() for change in CHANGES}

        assert not wanted - watched(), "MoveStamp or GuardStatement in its migration"

    def test_moves_the_stamp_however_it_is_written(self, subtests):
        everything()
        derived.rebuild()
        reindex_all()
        everywhere.reindex_all()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
            self.link()
        for table in tables():
            with subtests.test(table), loading() as cursor:
                every, first = self.columns(cursor, table)

                def change(sql, table=table, every=every, first=first):
                    cursor.execute(sql.format(table=table, every=every, first=first))
                    return cursor.rowcount

                assert change("CREATE TEMP TABLE former ON COMMIT DROP AS SELECT * FROM {table}")
                for sql in (
                    "UPDATE {table} SET {first} = {first}",
                    "DELETE FROM {table}",
                    "INSERT INTO {table} ({every}) SELECT {every} FROM former",
                ):
                    assert moved_by(change, sql), sql
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                assert moved_by(change, "TRUNCATE {table} CASCADE")

    def link(self):
        """Give each record something in each of its links."""
        for app in ("governance", "concepts"):
            for model in apps.get_app_config(app).get_models():
                for field in model._meta.local_many_to_many:
                    other = field.related_model.objects.first()
                    for record in model.objects.all():
                        getattr(record, field.name).add(other)

    def columns(self, cursor, table):
        """The columns that are written, for the database makes others itself; and one of them."""
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', '), min(attname) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "AND attgenerated = ''",
            [table],
        )
        return cursor.fetchone()

    def test_is_all_that_public_pages_read(self, client, settings):
        settings.PAGES_ARE_KEPT = False
        everything()
        reindex_all()
        read = set()
        with CaptureQueriesContext(connection) as asked:
            for address in self.addresses(client):
                assert client.get(address).status_code == 200, address
        for query in asked.captured_queries:
            read |= {word.strip('",();') for word in query["sql"].split() if word.startswith('"')}
        with connection.cursor() as cursor:
            of_database = set(connection.introspection.table_names(cursor))

        found = {word.partition('"')[0] for word in read} & of_database

        assert {"concepts_passage", "governance_partner", "concepts_review"} <= found
        assert not found - {table for table, _ in watched()} - NOT_CONTENT

    def addresses(self, client):
        sitemap = client.get("/sitemap.xml").content.decode()
        pages = [part.partition("</loc>")[0] for part in sitemap.split("<loc>")[1:]]
        pages = [page.partition("://")[2].partition("/")[2] for page in pages]
        lists = ("concepten", "ontwikkelingen", "partners", "diensten", "regelgeving", "gebieden")
        pages.remove("gebieden/vergelijk/")  # of which data say of what they want to be asked
        return [
            "/gebieden/vergelijk/",
            *(f"/{page}" for page in pages),
            *(f"/{name}.{form}" for name in lists for form in ("json", "csv")),
            *(f"/{page[:-1]}.json" for page in pages if page.count("/") == 2),
            "/zoeken/?q=zorg",
            "/concepten/?q=naam&gebied=zone",
            "/sitemap.xml",
        ]


@pytest.mark.django_db
class TestWorkingCopy:
    @pytest.fixture
    def draft(self):
        public = ConceptVersionFactory(published=True, concept__slug="gbo")
        version = ConceptVersionFactory(
            concept=public.concept,
            described_by=[SourceFactory()],
            statements=STATEMENT_FACTORIES.values(),
        )
        return version

    def test_moves_nothing_whatever_is_saved_of_it(self, draft):
        place, before = CitationFactory(section="9"), stamp.read()

        draft.summary = "Anders."
        draft.save()
        draft.described_by.clear()
        for kind in STATEMENT_KINDS.values():
            row = kind.objects.get(version=draft)
            row.note = "Bijgeschreven."
            row.save()
            row.citations.set([place])
            row.delete()
            row.pk = None
            row.save()
            row.citations.add(place)
        draft.coverages.get().territory.set([])
        submit(draft)
        send_back(draft)
        draft.delete()

        assert stamp.read() == before

    def test_moves_nothing_when_an_editor_saves_it(self, client, draft):
        client.force_login(editor("eindredacteur"))
        for group in ("", "teksten"):
            url = change_url(draft, group)
            fields = opened(client, url)

            assert not moved_by(lambda url=url, fields=fields: send(client, url, fields))

    def test_moves_nothing_when_it_is_made(self, draft):
        draft.delete()
        concept = ConceptVersion.objects.get().concept

        assert not moved_by(working_copy, concept)

    def test_that_is_published_moves_it_and_so_does_withdrawing(self):
        version = ConceptVersionFactory(described_by=[SourceFactory()], statements=[PassageFactory])

        assert moved_by(publish, version)
        assert moved_by(withdraw, version.concept)
