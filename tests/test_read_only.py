"""What was published does not change: the database itself says so, whoever asks."""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ManyToManyField

from concepts.models import STATEMENT_KINDS, ConceptVersion, Coverage, Status
from concepts.publishing import publish, withdraw, working_copy
from concepts.search.index import reindex_all
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    ReviewFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

KINDS = {model.__name__: model for model in STATEMENT_KINDS.values()}
FACTORIES = {make._meta.model: make for make in STATEMENT_FACTORIES.values()}


def full_version():
    """A working copy with a statement of every kind, and something in every link of each."""
    version = ConceptVersionFactory(
        described_by=[SourceFactory()], statements=STATEMENT_FACTORIES.values()
    )
    version.coverages.update(extent=Coverage.Extent.ONLY_NAMED)
    version.coverages.get().territory.add(CoverageAreaFactory())
    version.milestones.get().outcome_citations.add(CitationFactory())
    return version


@pytest.fixture
def public():
    """A published version with something in every table that hangs on it."""
    return publish(full_version())


@pytest.fixture
def draft():
    return full_version()


@contextmanager
def refused():
    """Expect the refusal of the database; the transaction of the test goes on after it."""
    refusal = pytest.raises(IntegrityError, match="gepubliceerde versie verandert niet")
    with refusal, transaction.atomic():
        yield


def statements(version, model):
    return getattr(version, model.related_name())


class TestStatements:
    def test_cannot_be_changed(self, public, subtests):
        for name, model in KINDS.items():
            with subtests.test(name):
                row = statements(public, model).get()
                row.note = "Achteraf bijgeschreven."

                with refused():
                    row.save()
                with refused():
                    statements(public, model).update(note=row.note)

    def test_cannot_be_added(self, public, draft, subtests):
        for name, model in KINDS.items():
            with subtests.test(name):
                with refused():
                    FACTORIES[model](version=public)

                row = statements(draft, model).get()
                row.pk, row.key, row.version = None, "een-andere", public
                with refused():
                    model.objects.bulk_create([row])

    def test_cannot_be_moved_in_from_a_draft(self, public, draft, subtests):
        for name, model in KINDS.items():
            with subtests.test(name), refused():
                statements(draft, model).update(version=public)

    def test_cannot_be_moved_out_to_a_draft(self, public, draft, subtests):
        for name, model in KINDS.items():
            with subtests.test(name), refused():
                statements(public, model).update(version=draft)

    def test_cannot_be_deleted(self, public, subtests):
        for name, model in KINDS.items():
            with subtests.test(name):
                row = statements(public, model).get()

                with refused():
                    row.delete()
                with refused():
                    model.objects.filter(pk=row.pk)._raw_delete("default")


@dataclass
class Link:
    """What a statement of a kind is linked to: its citations, areas, sources of an outcome."""

    model: type
    field: ManyToManyField

    def of(self, version):
        """The links of the one statement of this kind."""
        return getattr(statements(version, self.model).get(), self.field.name)

    def rows(self, version):
        """The same as rows of the table between them."""
        statement = statements(version, self.model).get()
        return self.field.remote_field.through.objects.filter(**{self.side: statement})

    @property
    def side(self):
        return self.field.m2m_field_name()

    @property
    def target(self):
        return self.field.m2m_reverse_field_name()

    def another(self):
        """Something else to link to."""
        return (
            CoverageAreaFactory() if self.target == "coveragearea" else CitationFactory(section="9")
        )


LINKS = {
    f"{name}.{field.name}": Link(model, field)
    for name, model in KINDS.items()
    for field in model._meta.many_to_many
}


class TestLinks:
    """Where a statement cites its sources, and which areas it means."""

    def test_cannot_be_added(self, public, subtests):
        for name, link in LINKS.items():
            with subtests.test(name), refused():
                link.of(public).add(link.another())

    def test_cannot_be_removed(self, public, subtests):
        for name, link in LINKS.items():
            with subtests.test(name), refused():
                link.of(public).clear()

    def test_cannot_be_turned_to_something_else(self, public, subtests):
        for name, link in LINKS.items():
            with subtests.test(name), refused():
                link.rows(public).update(**{link.target: link.another()})

    def test_cannot_be_moved_in_from_a_draft(self, public, draft, subtests):
        for name, link in LINKS.items():
            with subtests.test(name):
                link.of(draft).set([link.another()])

                with refused():
                    link.rows(draft).update(**{link.side: statements(public, link.model).get()})

    def test_cannot_be_moved_out_to_a_draft(self, public, draft, subtests):
        for name, link in LINKS.items():
            with subtests.test(name):
                link.of(draft).clear()

                with refused():
                    link.rows(public).update(**{link.side: statements(draft, link.model).get()})


class TestTheVersion:
    @pytest.fixture
    def public(self):
        return ConceptVersionFactory(published=True)

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "Een andere naam"},
            {"summary": "Iets anders."},
            {"abbreviation": "GBO"},
            {"kind": ConceptVersion.Kind.PLAN},
            {"sources_as_of": "vandaag"},
            {"reason": "Achteraf bedacht."},
            {"number": 9},
            {"published_by": "Niemand"},
            {"published_at": None, "status": Status.WORKING_COPY},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_keeps_what_it_said(self, public, change):
        with refused():
            ConceptVersion.objects.filter(pk=public.pk).update(**change)

    def test_stays_with_its_concept(self, public):
        with refused():
            ConceptVersion.objects.filter(pk=public.pk).update(concept=ConceptFactory())

    def test_is_never_deleted(self, public):
        with refused():
            ConceptVersion.objects.filter(pk=public.pk)._raw_delete("default")
        with refused():
            public.delete()

    def test_keeps_the_sources_that_describe_it(self, public, draft):
        other = SourceFactory(slug="poster")
        links = ConceptVersion.described_by.through.objects

        with refused():
            public.described_by.add(other)
        with refused():
            public.described_by.clear()
        with refused():
            links.filter(conceptversion=public).update(source=other)
        draft.described_by.set([other])
        with refused():
            links.filter(conceptversion=draft).update(conceptversion=public)


class TestAfterwards:
    @pytest.fixture
    def public(self):
        return ConceptVersionFactory(published=True)

    @pytest.mark.parametrize("status", [Status.FORMER, Status.ARCHIVED])
    def test_the_status_moves_on(self, public, status):
        ConceptVersion.objects.filter(pk=public.pk).update(status=status)

        public.refresh_from_db()
        assert public.status == status

    @pytest.mark.parametrize("status", [Status.FORMER, Status.ARCHIVED])
    def test_a_version_that_was_public_stays_as_it_was(self, public, status):
        ConceptVersion.objects.filter(pk=public.pk).update(status=status)

        with refused():
            public.passages.update(text="Anders.")
        with refused():
            ConceptVersion.objects.filter(pk=public.pk).update(name="Anders")

    def test_search_may_index_it_again(self, public):
        ConceptVersion.objects.filter(pk=public.pk).update(search=None)

        reindex_all()

        public.refresh_from_db()
        assert public.search

    def test_it_can_be_reviewed(self, public):
        ReviewFactory(version=public)

    def test_it_can_be_followed_by_another_and_withdrawn(self, public):
        publish(working_copy(public.concept))

        withdraw(public.concept)

        assert not public.concept.versions.published().exists()


class TestDrafts:
    def test_everything_can_change(self, draft):
        for model in STATEMENT_KINDS.values():
            row = statements(draft, model).get()
            row.note = "Bijgeschreven."
            row.save()
            row.citations.set([CitationFactory(section="9")])
        draft.described_by.clear()

        draft.delete()

        assert not any(model.objects.exists() for model in STATEMENT_KINDS.values())


class TestLoading:
    """`laad_gegevens` fills published versions row by row, in a transaction that says so."""

    @pytest.fixture
    def public(self):
        return ConceptVersionFactory(published=True)

    def test_may_write_while_it_says_so(self, public):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
            public.passages.update(note="Geladen.")
            cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = ''")

        with refused():
            public.passages.update(note="Nog eens.")
