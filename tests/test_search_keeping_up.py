"""The index follows what changes, and a process reads it again only then."""

import pytest
from django.db import transaction

from concepts.models import ConceptVersion, IndexedWord
from concepts.publishing import publish, working_copy
from concepts.search import index
from concepts.search.index import reindex_all, reindex_for
from tests.factories import (
    AliasFactory,
    ConceptVersionFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)
from tests.searched import concept, found

pytestmark = pytest.mark.django_db


class TestKeepingUp:
    def test_publishing_indexes_the_new_text_and_forgets_the_old(self, client):
        version = publish(
            ConceptVersionFactory(
                concept__slug="a",
                summary="Een vlieger.",
                described_by=[SourceFactory()],
                statements=[PassageFactory],
            )
        )
        assert found(client, "vlieger") == ["a"]

        copy = working_copy(version.concept)
        copy.summary = "Een kanarie."
        copy.save()
        assert found(client, "vlieger") == ["a"]
        publish(copy)

        assert found(client, "kanarie") == ["a"]
        assert found(client, "vlieger") == []

    def test_a_change_that_is_undone_leaves_no_trace(self, client):
        version = ConceptVersionFactory(
            summary="Een vlieger.", described_by=[SourceFactory()], statements=[PassageFactory]
        )
        kept = index.current_index()

        with transaction.atomic():
            publish(version)
            transaction.set_rollback(True)

        assert index.current_index() is kept
        assert found(client, "vlieger") == []

    def test_a_record_that_changes_its_name_is_found_under_the_new_one(self, client):
        partner = PartnerFactory(name="Vlieger")
        concept("a", partners=[partner])
        concept("b")
        reindex_all()
        partner.name = "Kanarie"
        partner.save()

        reindex_for(partner)

        assert found(client, "kanarie") == ["a"]
        assert found(client, "vlieger") == []

    @pytest.mark.parametrize("target", ["concept", "partner"])
    def test_a_name_that_is_added_works_at_once(self, client, target):
        partner = PartnerFactory()
        version = concept("a", partners=[partner])
        reindex_all()
        alias = AliasFactory(
            text="Vlieger", **{target: {"concept": version.concept, "partner": partner}[target]}
        )

        reindex_for(alias)

        assert found(client, "vlieger") == ["a"]

    def test_only_the_versions_that_rest_on_a_record_are_indexed_again(self):
        partner = PartnerFactory()
        touched, other = concept("a", partners=[partner]), concept("b")

        reindex_for(partner)

        touched.refresh_from_db()
        other.refresh_from_db()
        assert touched.search
        assert not other.search

    def test_building_all_anew_gives_the_same_and_says_how_many(self):
        concept("a", summary="Een vlieger.")
        concept("b")
        ConceptVersionFactory()
        assert reindex_all() == 2
        before = list(ConceptVersion.objects.order_by("pk").values_list("search", flat=True))
        words = set(IndexedWord.objects.values_list("word", flat=True))

        assert reindex_all() == 2

        assert (
            list(ConceptVersion.objects.order_by("pk").values_list("search", flat=True)) == before
        )
        assert set(IndexedWord.objects.values_list("word", flat=True)) == words
        assert "vlieger" in words

    def test_a_process_reads_the_index_again_only_when_it_changed(self, django_assert_num_queries):
        concept("a")
        reindex_all()
        kept = index.current_index()

        with django_assert_num_queries(1):  # the stamp
            assert index.current_index() is kept

        reindex_all()
        assert index.current_index() is not kept
