"""After a publication a list is amended: it then says what a list does that is read anew."""

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse

from concepts.finder.filters import ConceptFilter
from concepts.finder.places import FOUND
from concepts.finder.views import ConceptListView
from concepts.models import Concept, ConceptVersion, Review
from concepts.publishing import publish, withdraw, working_copy
from eerstelijn.database import ground, stamp
from eerstelijn.finder.counting import Moved, Tally
from governance.models import AreaLine, Partner, PartnerType

pytestmark = pytest.mark.django_db


def listed():
    """The finder of concepts, as its page asks for it."""
    filterset = ConceptFilter(QueryDict(), queryset=ConceptListView.queryset.all())
    filterset.list_name = ConceptListView.__qualname__
    return filterset


def rows_of(filterset, tally):
    """The rows of every option, in the order of the list; those of a place by every answer."""
    found = {}
    for key, facet in filterset.facets.items():
        for option in filterset.options[key].values():
            found[key, option.value] = [*tally.in_order(facet.rows_with(tally, option.pk))]
            if key in filterset.facets["dekking"].only_with:
                reached = facet.reaching(tally, option.pk)
                for reach, rows in zip(FOUND, reached, strict=True):
                    found[key, option.value, reach] = [*tally.in_order(rows)]
    return found


@pytest.fixture
def read(monkeypatch):
    """How many rows each reading of the sets was about."""
    numbers, all_of_it, some = [], Tally._read, Tally._read_some

    def counted(tally, rows, facets):
        numbers.append(rows.count())
        return all_of_it(tally, rows, facets)

    def some_counted(tally, keys, facets):
        numbers.append(len(keys))
        return some(tally, keys, facets)

    monkeypatch.setattr(Tally, "_read", counted)
    monkeypatch.setattr(Tally, "_read_some", some_counted)
    return numbers


@pytest.fixture
def check(read):
    """That the list says what one says that is read anew, and how many rows it read for that."""

    def check(number):
        filterset = listed()
        tally = filterset.tally
        assert read == [number]
        anew = Tally(
            filterset.filters["sorteer"].in_order(filterset.queryset, "naam"), listed().facets
        )
        assert tally.pks == anew.pks
        assert rows_of(filterset, tally) == rows_of(filterset, anew)
        read.clear()

    return check


def republish(slug, change=lambda version: None):
    version = working_copy(Concept.objects.get(slug=slug))
    version.reason = "proef"
    change(version)
    version.save()
    return publish(version, "proef")


def test_only_what_was_published_is_read(check):
    total = ConceptListView.queryset.count()
    check(total)

    republish("gbo")
    check(1)
    republish("overkop", lambda version: setattr(version, "name", "Aaneen"))
    check(1)
    republish("overkop", lambda version: setattr(version, "name", "Zo ver"))
    republish("1gezin1plan", lambda version: version.participations.all().delete())
    republish("centra-ifg", lambda version: version.coverages.all().delete())
    check(3)
    withdraw(Concept.objects.get(slug="gbo"), "proef", "proef")
    check(0)


@pytest.mark.parametrize(
    "move",
    [
        lambda: Partner.objects.filter(slug="caw").update(
            type=PartnerType.objects.exclude(partners__slug="caw").first()
        ),
        lambda: AreaLine.objects.filter(is_whole=True).update(is_whole=False),
        lambda: Concept.objects.filter(slug="gbo").update(slug="breed-onthaal"),
    ],
)
def test_what_else_changed_has_all_of_it_read(check, move):
    total = ConceptListView.queryset.count()
    check(total)

    move()

    check(total)


def test_so_does_a_list_that_changed_while_it_was_read(check, read):
    with stamp.one_moment():
        republish("gbo")
        assert listed().tally.ground is None
    read.clear()

    check(ConceptListView.queryset.count())


def test_so_does_a_load_which_may_add_to_what_is_public(check):
    total = ConceptListView.queryset.count()
    check(total)

    call_command("laad_gegevens", vul_aan=True, verbosity=0)

    check(total)


def test_a_row_shows_what_it_rests_on_as_it_is(client):
    address = reverse("concept-list")
    client.get(address)

    Partner.objects.filter(slug="caw").update(name="Centrum voor welzijn")
    Review.objects.create(
        version=ConceptVersion.objects.published().get(concept__slug="gbo"), date="2026-11-30"
    )

    page = client.get(address).content.decode()
    assert "Centrum voor welzijn" in page
    assert "Nagekeken op 30 november 2026" in page


def test_the_ground_is_another_when_it_says_so():
    before = ground.ground()

    ground.move(Concept.objects.all(), "slug")

    assert ground.ground() != before


def test_rows_that_changed_places_are_no_amendment():
    assert Moved.between([1, 2, 3], [1, 3, 2]) is None
    assert Moved.between([1, 2, 3], [3, 4, 1]) is None


@pytest.mark.parametrize("now", [[2, 3], [1, 2, 3, 4], [5, 1, 6, 3], [1, 2, 3], [9]])
def test_a_set_follows_its_rows(now):
    before = [1, 2, 3]

    moved = Moved.between(before, now)

    for some in ({1}, {2}, {3}, {1, 3}, {1, 2, 3}, set()):
        rows = sum(1 << before.index(pk) for pk in some)
        assert moved(rows) == sum(1 << now.index(pk) for pk in some & set(now)), some
