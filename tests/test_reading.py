"""All statements of versions in one query, and all places that rows cite in two."""

import datetime as dt
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts.models import (
    STATEMENT_KINDS,
    Claim,
    ConceptVersion,
    Coverage,
    Discrepancy,
    LostLink,
)
from concepts.page.beside import Beside
from concepts.page.published import published
from concepts.reading import cite_statements, statements_of, with_statements
from governance.citing import cite
from governance.models import Citation
from tests.everything import everything
from tests.factories import (
    STATEMENT_FACTORIES,
    AliasFactory,
    CitationFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    PassageFactory,
    ReviewFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

#: The statements of all kinds; the areas, and the dates of acts, that they list.
READING = 3


def values(record):
    """What Django read of a record, by column."""
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def by_kind(versions):
    return {name: [row for v in versions for row in rows_of(v, name)] for name in STATEMENT_KINDS}


def rows_of(version, name):
    return [row for kind, row in statements_of(version) if kind == name]


@pytest.fixture
def versions():
    """Two versions with a row of every kind and all that rows point to, and more of some kinds."""
    version = everything()
    for position, key in ((2, "a"), (1, "b-b"), (1, "ba"), (1, "b")):
        PassageFactory(version=version, position=position, key=key)
    for date in ("mei 2022", "", "2019"):
        MilestoneFactory(version=version, date=date)
    return ConceptVersion.objects.all()


@pytest.mark.parametrize("name", STATEMENT_KINDS)
def test_a_statement_is_what_django_reads(versions, name):
    kind = STATEMENT_KINDS[name]
    added = list(kind.objects.whole().query.annotations)

    found = [row for version in with_statements(versions) for row in rows_of(version, name)]

    assert len(found) > 1
    for row in found:
        expected = kind.objects.whole().get(pk=row.pk)
        assert values(row) == values(expected)
        assert [type(value) for value in values(row).values()] == [
            type(value) for value in values(expected).values()
        ]
        assert [getattr(row, each) for each in added] == [getattr(expected, each) for each in added]


@pytest.mark.parametrize("name", STATEMENT_KINDS)
def test_a_statement_comes_with_what_it_points_to(versions, name):
    found = by_kind(with_statements(versions))[name]
    fields = [field for field in STATEMENT_KINDS[name]._meta.concrete_fields if field.is_relation]

    with CaptureQueriesContext(connection) as asked:
        others = [getattr(row, field.name) for row in found for field in fields]

    assert not asked.captured_queries
    for other in filter(None, others):
        assert values(other) == values(type(other)._base_manager.get(pk=other.pk))


def test_statements_stand_in_the_order_of_their_kind(versions):
    for version in with_statements(versions):
        for name, kind in STATEMENT_KINDS.items():
            rows = kind.objects.whole().filter(version=version)

            assert rows_of(version, name) == list(rows), name


def test_a_version_without_statements_has_none():
    [version] = with_statements(ConceptVersion.objects.filter(pk=ConceptVersionFactory().pk))

    assert not list(statements_of(version))
    assert with_statements(ConceptVersion.objects.none()) == []


@pytest.mark.parametrize("number", [1, 15])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, number):
    for _ in range(number):
        ConceptVersionFactory(
            published=True,
            statements=[each for each in STATEMENT_FACTORIES.values() for _ in range(number)],
        )

    # And the versions themselves.
    with django_assert_num_queries(1 + READING):
        versions = with_statements(ConceptVersion.objects.published())
    with django_assert_num_queries(2):
        cite(row for version in versions for _, row in statements_of(version))
    with django_assert_num_queries(0):
        assert all(row.citations.all() for v in versions for _, row in statements_of(v))


def test_areas_are_listed_with_where_a_concept_works(versions):
    coverage = Coverage.objects.exclude(territory=None).first()
    [version] = with_statements(ConceptVersion.objects.filter(pk=coverage.version_id))

    found = {row.pk: list(row.territory.all()) for row in version.coverages.all()}

    assert found[coverage.pk] == list(coverage.territory.all())


class TestCiting:
    @pytest.fixture
    def places(self):
        return [CitationFactory(source=SourceFactory(slug=slug)) for slug in "abc"]

    def test_each_row_has_its_places_in_the_order_of_the_editor(self, places):
        a, b, c = places
        rows = [PassageFactory(citations=[c, a, b]), PassageFactory(citations=[b])]
        milestone = MilestoneFactory(citations=[b, a])
        milestone.outcome_citations.set([c, b])

        cite(rows, [milestone])

        assert [list(row.citations.all()) for row in rows] == [[c, a, b], [b]]
        assert list(milestone.citations.all()) == [b, a]
        assert list(milestone.outcome_citations.all()) == [c, b]
        assert rows[0].carried_by == c

    def test_a_row_without_sources_cites_nothing(self, django_assert_num_queries):
        row = PassageFactory(citations=[])

        cite([row])

        with django_assert_num_queries(0):
            assert (list(row.citations.all()), row.carried_by) == ([], None)

    def test_one_row_fetched_twice_is_told_twice(self, places):
        row = PassageFactory(citations=places)
        twin = type(row).objects.get()

        cite([row], [twin])

        assert row.citations.all() == twin.citations.all() == places

    def test_nothing_is_asked_for_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            cite([], ())

    def test_a_place_that_goes_meanwhile_is_cited_no_more(self, places, monkeypatch):
        row = PassageFactory(citations=places)
        whole = Citation.objects.exclude(pk=places[1].pk)
        monkeypatch.setattr("governance.citing.Citation.objects", whole)

        cite([row])

        assert row.citations.all() == [places[0], places[2]]

    def test_places_come_with_their_sources(self, places, django_assert_num_queries):
        version = ConceptVersionFactory(statements=[lambda **f: PassageFactory(**f)])
        version.passages.get().citations.set(places)
        [version] = with_statements(ConceptVersion.objects.filter(pk=version.pk))

        cite_statements(version)

        with django_assert_num_queries(0):
            [row] = version.passages.all()
            assert [place.source.slug for place in row.citations.all()] == ["a", "b", "c"]


def test_what_is_said_of_a_concept_elsewhere_is_what_django_reads():
    concept = everything().concept
    relates = partial(ConceptRelationFactory, other=concept)
    other = ConceptVersionFactory(published=True, statements=[relates])
    relation = other.relations.get()
    names = [AliasFactory(concept=concept, text=text) for text in ("Tweede", "Eerste")]
    point = Discrepancy.objects.create(slug="punt", title="Punt", kind=Discrepancy.Kind.GAP)
    point.concepts.add(concept)
    claims = [
        Claim.objects.create(discrepancy=point, key=key, value=key, position=position)
        for position, key in enumerate(("tekst", "poster"))
    ]
    link = LostLink.objects.create(key="leidraad", text="leidraad", concept=concept)

    with CaptureQueriesContext(connection) as asked:
        beside = Beside.of(concept)
        aliases = list(concept.aliases.all())
        read = next(row for row in beside.discrepancies if row.pk == point.pk)
        said = list(read.claims.all())
        named = [row.version.name for row in beside.incoming]

    assert len(asked.captured_queries) == 1
    assert values(link) in [values(row) for row in beside.lost_links]
    assert (values(read), list(map(values, said))) == (values(point), list(map(values, claims)))
    assert relation.pk in [row.pk for row in beside.incoming]
    assert other.name in named
    assert [row.text for row in aliases if row in names] == ["Eerste", "Tweede"]


def test_the_published_version_is_what_django_reads():
    version = ConceptVersionFactory(published=True)
    ReviewFactory(version=version, date=dt.date(2024, 5, 2))
    ConceptVersionFactory()

    found = published([version.concept.slug, "bestaat-niet"])

    [read] = found.values()
    expected = ConceptVersion.objects.with_review().get(pk=version.pk)
    assert list(found) == [version.concept.slug]
    assert (read.published_at, read.reviewed_on) == (expected.published_at, expected.reviewed_on)
    assert (read.name, read.concept) == (expected.name, expected.concept)
