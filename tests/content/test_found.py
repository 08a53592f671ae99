"""What a finder takes from the sets that a process keeps is what the database finds when asked."""

import random

import pytest
from django.http import QueryDict
from django.urls import reverse

from concepts.coverage import Reach
from concepts.finder.filters import ConceptFilter
from concepts.finder.views import ConceptListView, DevelopmentListView
from concepts.reference import views
from eerstelijn.database import stamp

pytestmark = pytest.mark.usefixtures("only_reads")

LISTS = [
    *(views.DomainListView, views.AgencyListView, views.PartnerListView, views.DecreeListView),
    *(views.AreaListView, views.SourceListView, views.TermListView),
]
WORDS = ["zorg", "jeugd", "OCMW", "gezinnen met kinderen", "huisrats", "de", "1gezin1plan", "18.1"]
DAYS = ["2019-01-01", "2023-03-13", "2025-01-01", "2031-12-31"]
QUESTIONS = 100


def question(chance, options, orders):
    """Some choices of some facets, a word, a day, an order: each of them or not."""
    data = QueryDict(mutable=True)
    for key in chance.sample(sorted(options), min(len(options), chance.choice([0, 1, 1, 2, 3]))):
        if values := sorted(options[key]):
            data.setlist(key, chance.sample(values, min(len(values), chance.choice([1, 1, 2, 3]))))
    for key, values, how_often in [
        ("q", WORDS, 0.35),
        ("ruim", ["1"], 0.15),
        ("peildatum", DAYS, 0.3),
        ("partner_alle", ["1"], 0.2),
        ("waar", ["Bilzen", "3000", "provincie Limburg"], 0.1),
        ("sorteer", sorted(orders), 0.6),
    ]:
        if chance.random() < how_often:
            data[key] = chance.choice(values)
    return data


def asked(view, data):
    """The filters of a list for a question, as its view has them."""
    filterset = view.filterset_class(data, queryset=view.queryset.all())
    filterset.list_name = view.__qualname__
    return filterset


@pytest.mark.parametrize("view", [ConceptListView, DevelopmentListView])
def test_a_hundred_questions_find_the_same_rows_in_the_same_order(view):
    chance = random.Random(view.title)  # noqa: S311 - the same questions at every run
    first = asked(view, QueryDict())
    options, orders = first.options, first.filters["sorteer"].orders
    found_something = 0

    with stamp.one_moment():
        for _ in range(QUESTIONS):
            data = question(chance, options, orders)
            one, other = asked(view, data), asked(view, data)

            expected = list(one.qs.values_list("pk", flat=True))

            start = chance.choice([0, 0, 3])
            assert other.keys(0, 1_000) == expected, data.urlencode()
            assert other.keys(start, start + 5) == expected[start : start + 5], data.urlencode()
            assert other.number_found == len(expected), data.urlencode()
            if one.place_keys:
                strengths = [Reach.of_strength(one.reach[pk]) for pk in expected]
                assert [other.reach_of(pk) for pk in expected] == strengths, data.urlencode()
                assert other.reaches == {
                    reach: strengths.count(reach) for reach in dict.fromkeys(strengths)
                }
            found_something += bool(expected)

    assert found_something > QUESTIONS / 4  # or the rows of most questions were compared to none


@pytest.mark.parametrize("view", LISTS, ids=lambda view: view.__name__)
def test_so_do_questions_of_the_other_lists(view):
    chance = random.Random(view.title)  # noqa: S311
    first = asked(view, QueryDict())
    options, orders = first.options, first.filters["sorteer"].orders

    with stamp.one_moment():
        for _ in range(15):
            data = question(chance, options, orders)
            one, other = asked(view, data), asked(view, data)

            expected = list(one.qs.values_list("pk", flat=True))

            assert other.keys(0, 1_000) == expected, data.urlencode()


def test_numbers_of_a_page_are_those_of_the_data():
    chance = random.Random(7)  # noqa: S311
    options = ConceptFilter(QueryDict(), queryset=ConceptListView.queryset.all()).options

    for _ in range(20):
        filterset = asked(ConceptListView, question(chance, options, ["naam"]))

        for key, facet in filterset.facets.items():
            if facet.is_meant:
                assert dict(filterset.numbers(facet)) == filterset.counts[key], filterset.data


@pytest.mark.parametrize(
    "address", ["", "?q=zorg", "?partner=ocmw", "?gemeente=24062", "?peildatum=2023-03-13"]
)
def test_a_list_reads_the_same_from_what_is_kept_as_made_anew(client, address):
    url = f"{reverse('concept-list')}{address}"

    made, kept = (client.get(url).content for _ in range(2))

    assert kept == made
