"""Long work goes in portions: memory does not grow with it, and queries only with the portions."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts import fixtures
from concepts.management.commands import herindexeer, laad_gegevens
from concepts.models import ConceptVersion, IndexedWord, Participation
from concepts.search import index
from concepts.search.query import has_words
from eerstelijn.portions import portions, unwatched, watched
from governance.models import Partner
from tests.factories import STATEMENT_FACTORIES, ConceptVersionFactory


class Terminal(io.StringIO):
    def isatty(self):
        return True


class TestPortions:
    def test_each_row_comes_once_and_in_order(self):
        assert list(portions(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
        assert list(portions([], 3)) == []

    def test_no_portion_is_taken_before_its_turn(self):
        taken = []

        first = next(portions((taken.append(n) or n for n in range(7)), 3))

        assert first == taken == [0, 1, 2]


class TestProgress:
    @pytest.mark.parametrize(
        ("stream", "number", "is_told"),
        [(Terminal(), 100, True), (Terminal(), 10, False), (io.StringIO(), 100, False)],
    )
    def test_long_work_is_told_to_who_watches(self, stream, number, is_told):
        rows = list(watched(stream)(list(range(number)), "Versies indexeren", "versie"))

        assert rows == list(range(number))
        assert ("Versies indexeren" in stream.getvalue()) is is_told

    def test_nothing_is_told_of_other_work(self):
        assert unwatched([1, 2], "", "") == [1, 2]


@pytest.mark.django_db
class TestTheIndex:
    @pytest.fixture(autouse=True)
    def two_at_a_time(self, monkeypatch):
        monkeypatch.setattr(index, "PORTION", 2)

    def versions(self, number):
        for _ in range(number):
            ConceptVersionFactory(
                published=True,
                summary="Een vlieger.",
                statements=STATEMENT_FACTORIES.values(),
            )

    def asked(self):
        with CaptureQueriesContext(connection) as captured:
            index.reindex_all()
        return len(captured)

    def test_queries_grow_with_the_portions_alone(self):
        self.versions(1)
        self.asked()  # makes the stamp
        first = self.asked()
        self.versions(1)
        same = self.asked()
        self.versions(4)
        three = self.asked()

        assert same == first
        # The versions; their statements, areas and the dates of acts: 3; the vectors; and a
        # transaction of bulk_create and the words, where it brings new ones: 3.
        assert 2 * 5 <= three - first <= 2 * 8

    def test_a_portion_of_versions_is_in_memory_at_a_time(self, monkeypatch):
        self.versions(5)
        read, sizes = index.with_statements, []
        monkeypatch.setattr(
            index, "with_statements", lambda rows: sizes.append(len(rows)) or read(rows)
        )

        index.reindex_all()

        assert sizes == [2, 2, 1]

    def test_every_version_and_every_word_is_found(self):
        self.versions(5)
        index.reindex_all()

        assert not ConceptVersion.objects.published().filter(search=None).exists()
        assert ConceptVersion.objects.filter(has_words("vlieger")).count() == 5
        assert IndexedWord.objects.filter(word="vlieger").count() == 1

    def test_progress_counts_versions(self):
        self.versions(3)
        told = []

        index.reindex_all(lambda rows, what, unit: told.append((len(rows), what)) or rows)

        assert told == [(3, "Versies indexeren")]


def test_the_commands_show_how_far_they_are():
    assert herindexeer.watched is laad_gegevens.watched is watched


def test_loading_remembers_only_what_other_records_name():
    named = fixtures.named_models()

    assert {ConceptVersion, Partner} <= named
    assert Participation not in named
