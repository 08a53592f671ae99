"""Sources stand in the order of the editor: the first carries the statement."""

import json
from itertools import islice, permutations

import pytest
from django.db import IntegrityError, connection, transaction

from concepts import fixtures, publishing
from concepts.models import ConceptVersion, Passage
from eerstelijn.ordered import OrderedManyToManyField, OrderLinks
from governance.citing import cite
from governance.models import CITATIONS, Agency, Citation, PolicyDomain, Source
from tests.desk import change_url, editor, opened, send
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    PassageFactory,
    SourceFactory,
)
from tests.test_guards import History, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """Four places in sources; "c" carries what is said, though the alphabet would start at "a"."""
    return {
        name: CitationFactory(source=SourceFactory(slug=name, short_title=name.upper()))
        for name in "abcd"
    }


def named(row, field="citations"):
    return "".join(place.source.slug for place in getattr(row, field).all())


def test_sources_are_read_in_the_order_in_which_they_were_set(places):
    row = PassageFactory(citations=[places[name] for name in "cad"])

    found = Passage.objects.prefetch_related(CITATIONS).get()
    together = Passage.objects.get()
    cite([together])

    assert (named(row), named(found), named(together)) == ("cad",) * 3
    assert row.carried_by == places["c"]


def test_rows_that_are_read_together_each_keep_their_own_order(places):
    names = ["".join(order) for order in islice(permutations("abcd"), 3, 15)]
    for name in names:
        PassageFactory(citations=[places[letter] for letter in name])

    rows = Passage.objects.order_by("pk").prefetch_related(CITATIONS)

    assert [named(row) for row in rows] == names


def test_adding_comes_last_and_setting_moves_what_is_there(places):
    row = PassageFactory(citations=[places["c"]])
    row.citations.add(places["a"], places["c"], places["b"])
    assert named(row) == "cab"

    row.citations.remove(places["a"])
    row.citations.add(places["a"])
    assert named(row) == "cba"

    row.citations.set([places["a"].pk, str(places["d"].pk), places["c"]])
    assert named(row) == "adc"


def test_rows_of_a_query_are_set_too(places):
    row = PassageFactory(citations=[])

    row.citations.set(places[name] for name in "db")
    assert named(row) == "db"

    row.citations.set(Citation.objects.filter(source__slug__in="ac").order_by("-source__slug"))
    assert named(row) == "ca"


def test_what_is_no_place_is_refused(places):
    row = PassageFactory()

    with pytest.raises(TypeError, match="is no Citation"):
        row.citations.set([row])


def test_setting_the_same_order_again_writes_nothing(places, django_assert_num_queries):
    row = PassageFactory(citations=[places["c"], places["a"]])

    with django_assert_num_queries(1):  # what is there
        row.citations.set([places["c"], places["a"]])


def test_a_published_version_keeps_its_order(places):
    row = PassageFactory(citations=[places["c"], places["a"]])
    ConceptVersion.objects.filter(pk=row.version_id).update(
        status="gepubliceerd", published_at="2023-06-01T12:00Z"
    )

    with pytest.raises(IntegrityError, match="gepubliceerde versie"), transaction.atomic():
        row.citations.set([places["a"], places["c"]])

    assert named(row) == "ca"


def test_a_working_copy_has_the_order_of_the_version_that_it_copies(places):
    version = ConceptVersionFactory(published=True)
    copied = publishing.working_copy(version.concept)
    PassageFactory(version=copied, key="wat", citations=[places[name] for name in "dab"])
    milestone = MilestoneFactory(version=copied, key="stap", is_announced=True, outcome="niet")
    milestone.outcome_citations.set([places["d"], places["a"]])
    ConceptVersion.objects.filter(pk=copied.pk).update(status="gearchiveerd")

    copy = publishing.working_copy(version.concept)

    assert named(copy.passages.get(key="wat")) == "dab"
    assert named(copy.milestones.get(key="stap"), "outcome_citations") == "da"


def test_files_hold_the_order_and_give_it_back(places, tmp_path):
    agency = AgencyFactory(slug="haven")
    agency.citations.set([places[name] for name in "cab"])
    fixtures.write(tmp_path)
    written = (tmp_path / "02-overheid.json").read_bytes()
    entry = next(e for e in json.loads(written) if e["fields"].get("slug") == "haven")
    assert [key[0] for key in entry["fields"]["citations"]] == ["c", "a", "b"]

    for model in (Agency, PolicyDomain, Citation, Source):
        model.objects.all().delete()
    fixtures.Reader().read([tmp_path / "01-bronnen.json", tmp_path / "02-overheid.json"])

    assert named(Agency.objects.get(slug="haven")) == "cab"


class TestAtTheDesk:
    @pytest.fixture
    def desk(self, client):
        client.force_login(editor("eindredacteur"))
        return client

    @pytest.fixture
    def row(self, places):
        return PassageFactory(citations=[places[name] for name in "cad"])

    def line(self, row, field="passages-0-citations"):
        numbers = ".".join(str(place.pk) for place in row.citations.all())
        return f"{field}-_volgorde-{numbers}"

    def test_an_editor_types_the_numbers_in_another_order(self, desk, row):
        url = change_url(row.version, "teksten")

        send(desk, url, **{self.line(row): "3, 1"})

        assert named(row) == "dca"

    def test_the_page_shows_the_order_and_saving_it_changes_nothing(self, desk, row):
        url = change_url(row.version, "teksten")
        page = desk.get(url).content.decode()
        labels = [page.index(f"<li>{place}") for place in row.citations.all()]
        assert labels == sorted(labels)

        send(desk, url)

        assert named(row) == "cad"

    @pytest.mark.parametrize("typed", ["9 0 x", "", "1 1 1", "-1"])
    def test_other_words_than_its_numbers_leave_the_order(self, desk, row, typed):
        send(desk, change_url(row.version, "teksten"), **{self.line(row): typed})

        assert named(row) == "cad"

    def test_what_is_chosen_last_comes_last(self, desk, row, places):
        url = change_url(row.version, "teksten")
        chosen = [places[name].pk for name in "cdb"]  # as a browser sends them: a went, b came

        send(desk, url, **{"passages-0-citations": chosen, self.line(row): "3"})

        assert named(row) == "dcb"

    def test_two_editors_who_order_differently_are_asked(self, desk, row, client):
        url = change_url(row.version, "teksten")
        mine, line = opened(desk, url), self.line(row)
        send(desk, url, **{line: "2"})

        response = send(desk, url, mine, **{line: "3"})

        assert response.status_code == 200
        assert "Kies welke van beide blijft." in response.content.decode()
        assert named(row) == "acd"

    def test_an_order_that_somebody_else_made_stays_when_this_editor_left_it_alone(self, desk, row):
        url = change_url(row.version, "teksten")
        mine = opened(desk, url)
        send(desk, url, **{self.line(row): "2"})

        send(desk, url, mine, **{"passages-0-text": "Anders."})

        row.refresh_from_db()
        assert (row.text, named(row)) == ("Anders.", "acd")


def test_a_database_of_before_keeps_the_order_that_it_showed(places):
    history = History()
    channel = history.rows().create(version_id=ConceptVersionFactory().pk)
    channel.citations.set([places["d"].pk, places["b"].pk, places["c"].pk])
    settle()
    field = OrderedManyToManyField("governance.Citation")
    operation = OrderLinks("Channel", "citations", field)

    history.take(operation)

    channel = history.rows().get()
    assert named(channel) == "bcd"
    through = type(channel).citations.through
    assert sorted(through.objects.values_list("position", flat=True)) == [1, 2, 3]

    settle()
    history.take_back(operation)
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, through._meta.db_table)
    assert "position" not in [column.name for column in description]
