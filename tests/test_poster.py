"""The poster of a day: whose the concepts were then, and what held."""

import datetime as dt
import re
from functools import partial

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from concepts.page.shared import shared
from concepts.poster import lit, poster_owners
from eerstelijn.database import stamp
from eerstelijn.finder.question import AsOf
from governance import derived
from governance.models import ChangeEvent
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

BEFORE, AFTER = dt.date(2023, 3, 13), dt.date(2023, 6, 1)


@pytest.fixture
def merged():
    """A service that went on in another on 1 June 2023."""
    old = AgencyFactory(name="Departement Oud", tree="eik", end="31 mei 2023")
    new = AgencyFactory(name="Departement Nieuw", tree="linde", start="1 juni 2023")
    ChangeEventFactory(
        kind=ChangeEvent.Kind.MERGER,
        status=ChangeEvent.Status.DONE,
        date="1 juni 2023",
        before=[old],
        after=[new],
    )
    return old


def concept(owner, *statements):
    return ConceptVersionFactory(
        published=True, agencies=[owner], statements=[partial(make) for make in statements]
    )


def names(day):
    """The owners on the poster of a day, with what is said below each."""
    return [(group.owner.name, group.owner.note) for group in poster_owners(shared(), day)]


def test_an_owner_is_called_as_it_was_that_day(merged):
    concept(merged)
    derived.rebuild()

    assert names(None) == [("Departement Nieuw", "was Departement Oud")]
    assert names(BEFORE) == [("Departement Oud", "")]
    assert names(AFTER) == [("Departement Oud", "toen Departement Nieuw")]


def test_a_card_tells_what_held_that_day(merged):
    later = PartnerFactory(name="Latere partner")
    concept(
        merged,
        partial(StandingFactory, state="loopt", date="februari 2023"),
        partial(ParticipationFactory, partner=later, role="deelnemer", start="1 juli 2023"),
    )
    derived.rebuild()

    ((today,),) = (group.cards for group in poster_owners(shared()))
    ((before,),) = (group.cards for group in poster_owners(shared(), BEFORE))

    assert [roles[2] for roles in today.roles] == [["Latere partner"]]
    assert list(before.roles) == []
    assert all(dict(card.facts)["Stand"] for card in (today, before))


def test_the_strip_has_the_trees_of_that_day():
    first, then = AgencyFactory(tree="eik"), AgencyFactory(tree="wilg")

    def owned(version):
        OwnershipFactory(version=version, agency=first, end="31 mei 2023", position=1, key="a")
        OwnershipFactory(version=version, agency=then, start="1 juni 2023", position=2, key="b")

    ConceptVersionFactory(published=True, statements=[owned])

    assert [tree["tree"] for tree in lit(shared(), BEFORE)] == ["eik"]
    assert [tree["tree"] for tree in lit(shared())] == ["wilg"]
    assert all(tree["on"] for tree in lit(shared(), BEFORE))


def test_it_says_which_day_it_is_about(merged):
    concept(merged)
    derived.rebuild()

    said = {"owners": poster_owners(shared(), BEFORE), "trees": [], "number": 1, "size": "11"}
    page = render_to_string(
        "paper/poster.html", {**said, "as_of": AsOf(BEFORE, is_stated=True), "is_other_day": True}
    )

    assert len(re.findall("op datum 13 maart 2023", page, re.IGNORECASE)) == 2
    assert "alle staan hier" in page


def test_a_day_that_is_none_is_refused_and_so_is_anything_else(client):
    for query in ("peildatum=2023-02-29", "peildatum=0001-01-01", "kleur=rood"):
        response = client.get(f"/poster.pdf?{query}")

        assert response.status_code == 400
        assert response.json()["parameters"][0]["parameter"] == query.partition("=")[0]


def test_its_queries_do_not_grow_with_the_concepts(merged):
    def queries():
        known = shared()
        with stamp.one_moment(), CaptureQueriesContext(connection) as asked:
            poster_owners(known, BEFORE)
        return len(asked)

    concept(merged, StandingFactory)
    derived.rebuild()
    one = queries()
    for _ in range(15):
        concept(merged, StandingFactory)
    derived.rebuild()

    assert queries() == one


def test_home_leads_to_the_poster_of_its_day(client):
    today = client.get("/").content.decode()
    before = client.get("/?peildatum=2023-03-13").content.decode()

    assert '<a href="/poster.pdf" rel="nofollow">De poster van vandaag (pdf, A2)</a>' in today
    way = '<a href="/poster.pdf?peildatum=2023-03-13" rel="nofollow">De poster van 13 maart 2023'
    assert way in before
