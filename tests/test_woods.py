"""The concepts by owner, as home and the poster show them."""

import re
from functools import partial

import pytest
from django.template.loader import render_to_string

from concepts import home
from concepts.models import Role
from concepts.page.shared import shared
from concepts.poster import poster_owners
from concepts.woods import owners
from governance import derived
from governance.models import ChangeEvent
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PolicyDomainFactory,
)

pytestmark = pytest.mark.django_db


def concept(name, **fields):
    return ConceptVersionFactory(published=True, name=name, **fields)


def test_of_each_owner_the_first_are_named_and_the_rest_counted():
    agency = AgencyFactory(slug="zorg")
    for name in "CBDA":
        concept(name, agencies=[agency])

    (owner,) = owners(most=3)

    assert [each.name for each in owner.concepts] == ["A", "B", "C"]
    assert (owner.rest.text, owner.rest.url) == ("en nog 1", "/concepten/?dienst=zorg")
    assert owners()[0].rest is None


def test_home_leads_to_those_that_it_does_not_name(client, monkeypatch):
    agency = AgencyFactory(slug="zorg")
    for name in ("Eerste", "Tweede"):
        concept(name, agencies=[agency])

    derived.rebuild()

    monkeypatch.setattr(home, "owners", lambda day: owners(day, most=1))
    page = client.get("/").content.decode()

    assert '<a href="/concepten/?dienst=zorg">en nog 1</a>' in page
    found = client.get("/concepten.json?dienst=zorg").json()
    assert found["aantal"] == 2


def test_a_tree_is_as_high_as_the_kinds_of_partner_that_are_asked():
    first, second = PartnerTypeFactory.create_batch(2)
    asked = [PartnerFactory(type=first), PartnerFactory(type=first), PartnerFactory(type=second)]
    studied = partial(ParticipationFactory, partner=PartnerFactory(), role=Role.RESEARCHER)
    concept("A", agencies=[AgencyFactory()], partners=asked, statements=[studied])

    (owner,) = owners()
    assert owner.trees == [{"tree": owner.tree, "height": 2, "title": "A"}]


def test_whoever_goes_on_is_the_owner_before_whoever_ends():
    ended, goes_on = AgencyFactory(name="Eindigt"), AgencyFactory(name="Blijft")

    def owned(version):
        OwnershipFactory(version=version, agency=ended, end="2199", position=1, key="a")
        OwnershipFactory(version=version, agency=goes_on, position=2, key="b")

    concept("A", statements=[owned])

    assert [owner.name for owner in owners()] == ["Blijft"]


def test_without_a_service_the_words_of_the_source_stand_and_else_the_domain():
    domain = PolicyDomainFactory(slug="welzijn", name="Welzijn")

    def said(words):
        return lambda version: OwnershipFactory(
            version=version, agency=None, policy_domain=domain, wording=words
        )

    concept("A", statements=[said("de kabinetten")])
    concept("B", statements=[said("")])
    concept("C")

    found = {owner.name: [each.name for each in owner.concepts] for owner in owners()}
    assert found == {"de kabinetten": ["A"], "Welzijn": ["B"], "": ["C"]}


def test_the_poster_says_what_an_owner_was():
    old = AgencyFactory(name="Departement Oud", end="31 mei 2023")
    new = AgencyFactory(name="Departement Nieuw", start="1 juni 2023")
    ChangeEventFactory(
        kind=ChangeEvent.Kind.MERGER,
        status=ChangeEvent.Status.DONE,
        date="1 juni 2023",
        before=[old],
        after=[new],
    )
    concept("GBO", agencies=[old])
    derived.rebuild()

    said = {"owners": poster_owners(shared()), "trees": [], "number": 1, "size": "11"}
    page = render_to_string("paper/poster.html", said)

    assert re.search(r"Departement Nieuw\s*<small>was Departement Oud</small>", page)
