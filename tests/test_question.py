"""Reading an address: one way for finders and for the pages of places."""

import datetime as dt

import pytest
from django.http import QueryDict

from concepts.finder.filters import ConceptFilter
from concepts.models import ConceptVersion
from concepts.places.views import LookupQuestion
from eerstelijn.finder.problems import LONGEST_QUERY, MOST_VALUES, MOST_WORDS
from eerstelijn.finder.question import DayQuestion

TOO_LONG = "x" * (LONGEST_QUERY + 1)
TOO_MANY = "+".join("x" * (MOST_WORDS + 1))


class TestADay:
    def test_is_today_when_the_address_names_none(self):
        question = DayQuestion(QueryDict("peildatum="))

        assert (question.as_of.day, question.as_of.is_stated) == (dt.date.today(), False)
        assert question.values == {}
        assert question.robots == ""

    def test_that_is_stated_stays_in_the_address_and_out_of_indexes(self):
        question = DayQuestion(QueryDict("peildatum=+2023-03-13+"))

        assert question.as_of.url("/a/") == "/a/?peildatum=2023-03-13"
        assert question.values == {"peildatum": ["2023-03-13"]}
        assert question.robots == "noindex,follow"

    def test_an_unknown_key_tells_which_there_are(self):
        (problem,) = LookupQuestion(QueryDict("kleur=rood")).problems

        assert (problem.parameter, problem.value, problem.allowed) == ("kleur", "", "q, peildatum")


def test_what_can_be_followed_keeps_the_order_of_the_address():
    question = LookupQuestion(QueryDict("peildatum=2023-03-13&onzin=1&q=+gent++sint+"))

    assert list(question.values.items()) == [("peildatum", ["2023-03-13"]), ("q", ["gent sint"])]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        *("q=zorg", "q=a&q=b&q=a", f"q={TOO_LONG}", f"q={TOO_MANY}", "q=%00", "q=a%00b", "q=+"),
        *("peildatum=2023-03-13", "peildatum=morgen", "peildatum=1799-12-31"),
        f"peildatum=2023-03-13&q={TOO_LONG}&peildatum=2024-01-01&peildatum=",
    ],
)
def test_a_page_of_a_place_reads_as_a_finder_does(query):
    data = QueryDict(query)

    finder = ConceptFilter(data, queryset=ConceptVersion.objects.none())
    page = LookupQuestion(data)

    assert finder.values == page.values
    assert finder.problems == page.problems


@pytest.mark.django_db
def test_too_much_of_a_key_is_named_first_and_the_last_key_before_the_others():
    many = "&".join(f"partner=p{number}" for number in range(MOST_VALUES + 1))
    data = QueryDict(f"onzin=1&{many}&peildatum=morgen&q={TOO_LONG}")

    problems = ConceptFilter(data, queryset=ConceptVersion.objects.none()).problems

    named = list(dict.fromkeys((problem.parameter, problem.allowed[:9]) for problem in problems))
    assert [key for key, _ in named] == ["q", "partner", "onzin", "partner", "peildatum"]
    assert [allowed for _, allowed in named[:2]] == ["hoogstens", "hoogstens"]
