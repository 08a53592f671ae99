"""The guard of a kind of statement is put in place by a migration, and taken away by one."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.writer import MigrationWriter

from concepts.models.guards import GuardStatement
from eerstelijn.database import stamp
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    make_public,
)

pytestmark = pytest.mark.django_db


class History:
    """A model of migrations, `Channel`, as it is made and changed step by step."""

    def __init__(self):
        self.state = MigrationExecutor(connection).loader.project_state()
        self.take(
            migrations.CreateModel(
                "Channel",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("version", models.ForeignKey("concepts.ConceptVersion", models.CASCADE)),
                    ("citations", models.ManyToManyField("governance.Citation")),
                ],
            )
        )

    def take(self, operation):
        before, self.state = self.state, self.state.clone()
        operation.state_forwards("concepts", self.state)
        with connection.schema_editor() as editor:
            operation.database_forwards("concepts", editor, before, self.state)

    def take_back(self, operation):
        with connection.schema_editor() as editor:
            operation.database_backwards("concepts", editor, self.state, self.state)

    def rows(self, name="Channel"):
        return self.state.apps.get_model("concepts", name).objects


def refuses(change, *arguments, **fields):
    """Whether the database refuses a change because the version was published."""
    try:
        with transaction.atomic():
            change(*arguments, **fields)
            settle()
    except IntegrityError as error:
        return "gepubliceerde versie verandert niet" in str(error)
    return False


def settle():
    """Check what waits for the end of the transaction; no table can be changed before that."""
    connection.check_constraints()


@pytest.fixture
def history():
    return History()


@pytest.fixture
def public():
    version = ConceptVersionFactory(published=True)
    settle()
    return version


@pytest.fixture
def draft():
    version = ConceptVersionFactory()
    settle()
    return version


def said(rows, version):
    """A statement with its source, made while nothing was guarded."""
    row = rows.create(version_id=version.pk)
    row.citations.add(CitationFactory().pk)
    settle()
    return row


def test_a_guarded_kind_keeps_its_rows_and_links(history, public, draft):
    row, other = said(history.rows(), public), said(history.rows(), draft)

    history.take(GuardStatement("channel"))

    assert refuses(history.rows().create, version_id=public.pk)
    assert refuses(history.rows().filter(pk=row.pk).update, version_id=draft.pk)
    assert refuses(row.delete)
    assert refuses(row.citations.clear)
    assert refuses(row.citations.add, CitationFactory(section="9").pk)
    links = history.rows().model.citations.through.objects
    assert refuses(links.filter(channel_id=other.pk).update, channel_id=row.pk)
    assert refuses(links.filter(channel_id=row.pk).update, channel_id=other.pk)


def test_what_is_written_to_a_guarded_kind_moves_the_stamp_unless_in_a_working_copy(
    history, public, draft
):
    history.take(GuardStatement("channel"))
    place = CitationFactory(section="9").pk
    before = stamp.read()

    row = history.rows().create(version_id=draft.pk)
    row.citations.add(place)
    row.save()
    assert stamp.read() == before

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
    seen = {before}
    row = history.rows().create(version_id=public.pk)
    seen.add(stamp.read())
    row.citations.add(place)
    seen.add(stamp.read())
    row.citations.clear()
    seen.add(stamp.read())
    row.delete()
    seen.add(stamp.read())
    assert len(seen) == 5
    settle()


def test_a_working_copy_changes_freely(history, draft):
    history.take(GuardStatement("channel"))

    row = said(history.rows(), draft)
    row.citations.set([CitationFactory(section="9").pk])
    row.delete()

    assert not history.rows().exists()


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (migrations.RenameModel("Channel", "Desk"), "Desk"),
        (migrations.RenameField("Channel", "citations", "places"), "Channel"),
        (migrations.AlterModelTable("Channel", "concepts_desks"), "Channel"),
    ],
    ids=["the model", "its link", "its table"],
)
def test_it_keeps_them_after_something_is_renamed(history, public, draft, operation, name):
    row, other = said(history.rows(), public), said(history.rows(), draft)
    history.take(GuardStatement("channel"))

    history.take(operation)

    row, other = (history.rows(name).get(pk=each.pk) for each in (row, other))
    (link,) = row._meta.many_to_many
    assert refuses(row.delete)
    assert refuses(getattr(row, link.name).clear)
    getattr(other, link.name).clear()
    other.delete()


def test_it_can_be_taken_away_and_put_back(history, public):
    guard = GuardStatement("channel")
    history.take(guard)

    history.take_back(guard)

    row = said(history.rows(), public)
    history.take(guard)
    assert refuses(row.citations.clear)


def test_it_is_written_in_a_migration_as_it_was():
    written, imports = MigrationWriter.serialize(GuardStatement("channel"))

    assert written.startswith("concepts.models.guards.GuardStatement(")
    assert imports == {"import concepts.models.guards"}
    assert GuardStatement("channel").deconstruct() == ("GuardStatement", ("channel",), {})
    assert GuardStatement("channel").describe()


def test_a_database_of_before_is_guarded_on_the_way_up_and_back(subtests):
    """What was published keeps its guard when the site is upgraded, and when it is set back."""
    before = import_module("concepts.migrations.0002_published_is_read_only")
    version = ConceptVersionFactory(
        statements=[
            make
            for make in STATEMENT_FACTORIES.values()
            if make._meta.model._meta.model_name in before.STATEMENTS
        ]
    )
    version.coverages.get().territory.add(CoverageAreaFactory())
    version.milestones.get().outcome_citations.add(CitationFactory())
    make_public(version)
    settle()
    tables = [*before.STATEMENTS, *(link for _, link in before.LINKS)]
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("concepts")

    for target in ([("concepts", "0005_dates_without_bounds")], newest):
        MigrationExecutor(connection).migrate(target)
        for table in tables:
            with subtests.test(target=target, table=table), connection.cursor() as cursor:
                assert refuses(cursor.execute, f"DELETE FROM concepts_{table}")  # noqa: S608
