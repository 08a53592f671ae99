"""Views of many concepts at once: what runs or ran is shown, unless a reader asks for more."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.http import QueryDict

from concepts.finder.overviews import OverviewFilter, OverviewView
from concepts.models import ConceptVersion, Standing
from eerstelijn.finder.question import Flag
from eerstelijn.finder.views import Look
from tests.factories import ConceptFactory, ConceptVersionFactory, StandingFactory

pytestmark = pytest.mark.django_db

State = Standing.State
YESTERDAY = str(dt.date.today() - dt.timedelta(days=1))


class ByName(Look):
    per = Flag("naam")


@dataclass
class Names:
    """The least that an overview shows: which concepts there are."""

    filterset: Any
    finder: Any
    look: Look
    columns = ("slug",)

    def data(self, absolute):
        return {"slugs": self.slugs}

    def csv_rows(self, absolute):
        return [[slug] for slug in self.slugs]

    @property
    def slugs(self):
        keys = self.filterset.keys(0, self.filterset.number_found)
        found = ConceptVersion.objects.in_bulk(keys)
        return [found[key].concept.slug for key in keys]


class NamesView(OverviewView):
    url_name = "concept-list"
    look_class = ByName
    page_class = Names
    template_name = "finder/overview.html"


@pytest.fixture
def concepts():
    """One of each standing, and one of which nothing is said; each is called by it."""
    for state in State:
        into = {"into": ConceptFactory()} if state == State.MERGED else {}
        standing = partial(StandingFactory, state=state, date="mei 2026", **into)
        ConceptVersionFactory(published=True, concept__slug=state.value, statements=[standing])
    ConceptVersionFactory(published=True, concept__slug="zonder")


def asked(rf, query, format="json"):
    path = f"/concepten.{format}" if format else "/concepten/"
    response = NamesView.as_view()(rf.get(f"{path}?{query}"), format=format)
    return json.loads(response.content) if format == "json" else response


def test_what_never_ran_is_left_out_and_counted(rf, concepts):
    data = asked(rf, "")

    assert sorted(data["slugs"]) == ["afgelopen", "loopt", "proef", "stil", "zonder"]
    assert data["weggelaten_want_loopt_niet"] == 2


@pytest.mark.parametrize("query", ["alles=1", f"peildatum={YESTERDAY}"])
def test_all_concepts_are_shown_for_who_asks_or_asks_of_another_day(rf, concepts, query):
    data = asked(rf, query)

    assert len(data["slugs"]) == len(State) + 1
    assert data["weggelaten_want_loopt_niet"] == 0


def test_a_chosen_standing_is_what_is_shown(rf, concepts):
    assert asked(rf, "stand=afgelopen")["slugs"] == ["afgelopen"]


@pytest.mark.parametrize("query", ["", "alles=1", "stand=gepland&stand=stil", "q=concept"])
def test_the_kept_sets_find_what_the_database_finds(concepts, query):
    filterset = OverviewFilter(QueryDict(query), queryset=NamesView.queryset.all())

    found = filterset.keys(0, filterset.number_found)

    assert sorted(found) == sorted(filterset.qs.values_list("pk", flat=True))


def test_options_count_what_is_shown(concepts):
    filterset = OverviewFilter(QueryDict(), queryset=NamesView.queryset.all())
    facet = filterset.facets["soort"]

    assert sum(filterset.numbers(facet).values()) == 5
    assert sum(filterset.numbers(filterset.facets["stand"]).values()) == len(State)


def test_links_keep_the_look_and_a_form_sends_it_along(rf, concepts):
    response = asked(rf, "per=naam&stand=loopt", format=None)
    html = response.rendered_content

    assert '<input type="hidden" name="per" value="naam">' in html
    assert "/concepten/?per=naam" in html


def test_what_cannot_be_followed_is_told(rf, concepts):
    refused = asked(rf, "per=iets&kleur=rood")
    html = asked(rf, "per=iets&kleur=rood", format=None).rendered_content

    assert refused["type"]
    assert {"per", "kleur"} <= {e["parameter"] for e in refused["parameters"]}
    assert "“iets”" in html
    assert "kleur" in html


def test_a_table_has_every_row(rf, concepts):
    response = asked(rf, "alles=1", format="csv")

    assert len(response.content.splitlines()) == len(State) + 2
