"""The stamp of the content where several write at once: it moves with each that is done."""

import threading

import psycopg
import pytest
from django.db import connection, transaction

from concepts.publishing import publish
from eerstelijn.database import stamp
from tests.factories import ConceptVersionFactory, PassageFactory, SourceFactory

# Others who write at the same time: connections of their own, and what they commit is taken back


@pytest.fixture
def others(transactional_db):
    """Makes connections of other processes."""
    opened_ones = []

    def another():
        parameters = connection.get_connection_params()
        parameters.pop("cursor_factory", None)
        parameters.pop("context", None)
        opened_ones.append(psycopg.connect(**parameters))
        return opened_ones[-1]

    yield another
    for each in opened_ones:
        each.close()


def write(other, name):
    """A change of a table that public pages read, not committed yet."""
    other.execute(
        "INSERT INTO governance_oldslug (kind, old, current) VALUES ('partner', %s, 'caw')", [name]
    )


def named():
    """What a reader sees, by the stamp that it is seen under."""
    seen = stamp.read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(old ORDER BY old) FROM governance_oldslug")
        return seen, cursor.fetchone()[0] or []


class TestSeveralWriters:
    @pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first first", "last first"])
    def test_each_moves_it_when_it_is_done_and_not_before(self, others, order):
        writers = [others(), others()]
        seen = [named()]
        for number, writer in enumerate(writers):
            write(writer, f"naam-{number}")  # the second waits for nobody
            seen.append(named())

        for number in order:
            writers[number].commit()
            seen.append(named())

        stamps = [found for found, _ in seen]
        assert stamps[0] == stamps[1] == stamps[2]
        assert len(set(stamps)) == 3
        assert [len(names) for _, names in seen] == [0, 0, 0, 1, 2]

    def test_a_transaction_that_stays_open_hides_no_other(self, others):
        slow, quick = others(), others()
        write(slow, "traag")
        before = stamp.read()

        write(quick, "vlug")
        quick.commit()

        assert stamp.read() != before

    def test_what_is_undone_was_never_there(self, others):
        writer, before = others(), named()

        write(writer, "weg")
        writer.rollback()

        assert named() == before

    def test_what_is_undone_and_done_again_is_another(self, others):
        writer, seen = others(), set()
        for undo in (writer.rollback, writer.commit):
            write(writer, "weer")
            seen.add(writer.execute(stamp.READ).fetchone()[0])
            undo()

        assert len(seen) == 2

    def test_a_statement_that_is_added_while_its_version_is_published_is_noticed(self, others):
        """By someone who does not take a turn: the guard of the database saw a working copy."""
        version = ConceptVersionFactory(described_by=[SourceFactory()], statements=[PassageFactory])
        (passage,) = version.passages.all()
        writer, publisher = others(), others()
        writer.execute("UPDATE concepts_passage SET note = 'Nog.' WHERE id = %s", [passage.pk])
        public = (
            "UPDATE concepts_conceptversion SET status = 'gepubliceerd', published_at = now() "
            "WHERE id = %s"
        )
        thread = threading.Thread(target=publisher.execute, args=(public, [version.pk]))
        thread.start()
        thread.join(timeout=0.3)
        assert thread.is_alive()  # it waits for what will be part of it
        before = stamp.read()

        writer.commit()
        thread.join(timeout=20)
        assert stamp.read() == before  # a working copy still
        publisher.commit()

        assert stamp.read() != before


class TestFolding:
    def fill(self, number):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO content_stamp SELECT (random() * 1e15)::bigint "
                "FROM generate_series(1, %s)",
                [number],
            )

    def rows(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM content_stamp")
            return cursor.fetchone()[0]

    @pytest.fixture(autouse=True)
    def _one_row(self, transactional_db):
        """What one test leaves is nothing to the next: the table is no model's."""
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE content_stamp; INSERT INTO content_stamp DEFAULT VALUES")

    def test_many_rows_become_one_and_the_stamp_stays(self):
        self.fill(3 * stamp.MOST_ROWS)
        before = stamp.read()

        stamp.fold()

        assert (self.rows(), stamp.read()) == (1, before)

    def test_few_stay_as_they_are(self):
        self.fill(20)
        before = self.rows()

        stamp.fold()

        assert self.rows() == before

    def test_the_sum_stays_a_number_that_fits(self):
        for _ in range(12):
            self.fill(2 * stamp.MOST_ROWS)
            stamp.fold()

        assert 0 <= int(stamp.read()) < 10**15

    def test_a_change_under_way_is_not_waited_for_nor_lost(self, others):
        self.fill(2 * stamp.MOST_ROWS)
        writer = others()
        write(writer, "onderweg")
        before = stamp.read()

        stamp.fold()
        assert stamp.read() == before
        writer.commit()

        assert (self.rows(), stamp.read() != before) == (2, True)

    def test_two_at_once_lose_nothing(self, others):
        self.fill(2 * stamp.MOST_ROWS)
        before, other = stamp.read(), others()

        with transaction.atomic():
            stamp.fold()
            write(other, "intussen")
            other.execute(stamp.FOLD)  # all that it may take is its own
            other.commit()
            moved = stamp.read()

        assert moved != before
        assert (self.rows(), stamp.read()) == (2, moved)

    def test_publishing_folds(self):
        self.fill(2 * stamp.MOST_ROWS)

        publish(ConceptVersionFactory(described_by=[SourceFactory()], statements=[PassageFactory]))

        assert self.rows() < 20
