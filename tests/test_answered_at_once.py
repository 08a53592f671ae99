"""What someone new stumbled on: the answer stands where it was asked, in so many words."""

import re
from functools import partial

import pytest

from concepts.models import Role
from governance import derived
from tests.answers import text
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PassageFactory,
    SourceFactory,
)
from tests.test_timeline import concept, promised

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A partner that one concept asks, and another of its kind that six concepts ask."""
    kind = PartnerTypeFactory(name="Onderwijs")
    clb = PartnerFactory(slug="clb", name="CLB", type=kind)
    school = PartnerFactory(slug="school", name="School", type=kind)
    for slug, partner in [("plan", clb), *((f"huis{n}", school) for n in range(1, 7))]:
        concept(slug, partial(ParticipationFactory, partner=partner, role=Role.PARTICIPANT))


def test_what_others_of_its_kind_are_asked_is_named(client, asked):
    said = text(client.get("/gevraagd/?partner=clb"))

    named = " , ".join(f"Naam huis{n}" for n in range(1, 6))
    assert f"Ook gevraagd als onderwijs: 6 concepten : {named} en nog 1." in said


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("31 mei 2023", "Sinds 1 juni 2023; daarvoor Dienst A, zoals de bronnen nog zeggen."),
        ("2022", "Sinds 1 juni 2023. De bronnen noemen nog Dienst A."),
    ],
)
def test_who_it_was_of_before_is_said_where_one_followed_the_other(client, end, said):
    was = AgencyFactory(name="Dienst A", end=end)
    now = AgencyFactory(name="Dienst B", start="1 juni 2023")
    ChangeEventFactory(before=[was], after=[now])
    derived.rebuild()
    concept("x", partial(OwnershipFactory, agency=was))

    assert said in text(client.get("/concepten/x/"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("van=2023&tot=2023", "met een datum in 2023"),
        ("van=2023-12-31&tot=2023-12-31", "met een datum op 2023-12-31"),
        ("van=2022&tot=2023", "met een datum vanaf 2022 tot en met 2023"),
        ("tot=2023", "met een datum tot en met 2023"),
    ],
)
def test_a_period_is_said_as_one_says_it(client, query, said):
    concept("x", promised("Een huis", "31 december 2023"))

    assert said in text(client.get(f"/tijdlijn/beloofd/?{query}"))


@pytest.mark.parametrize(
    ("query", "chosen", "is_open"),
    [
        ("", "Alle jaren", False),
        ("?van=2023&tot=2023", "2023", False),
        ("?van=2023&tot=2023&concept=x", "2023", True),
        ("?van=2023", None, True),
        ("?van=2022&tot=2023", None, True),
    ],
)
def test_a_year_is_marked_among_the_years_and_the_form_stays_closed(client, query, chosen, is_open):
    days = ("31 december 2023", "2022", "2024")
    concept("x", *(promised(f"Huis {number}", day) for number, day in enumerate(days)))

    answer = client.get(f"/tijdlijn/beloofd/{query}")

    marked = [year.label for year in answer.context["page"].years if year.selected]
    assert marked == ([chosen] if chosen else [])
    assert ('class="choose on-screen" open' in answer.content.decode()) is is_open


def test_the_home_page_says_that_no_promise_is_due_yet(client):
    concept("x", promised("Een huis", "2023"))
    none, all_of_them = "Geen aangekondigde datum is al verstreken.", "De ene belofte"

    before = text(client.get("/?peildatum=2019-06-01"))

    assert none in before
    assert all_of_them in before
    assert none not in text(client.get("/"))


def test_a_source_and_a_place_in_it_are_two_things(client):
    source = SourceFactory(slug="vgc", short_title="VGC, zorgzame buurten")
    place = CitationFactory(source=source, section="", heading="6 zorgzame buurten")
    concept("x", partial(PassageFactory, citations=[place]))

    margin = text(client.get("/concepten/x/")).partition("Bron 1:")[2]

    assert margin.strip().startswith("VGC, zorgzame buurten, 6 zorgzame buurten")


def test_a_semicolon_follows_the_last_word(client):
    asks = partial(ParticipationFactory, role=Role.SUPPORTER)
    concept("x", *(partial(asks, partner=PartnerFactory(name=name)) for name in ("SAM", "VVSG")))

    html = client.get("/concepten/x/").content.decode()

    supporters = re.search(r'class="role-partners in-line">(.*?)</ul>', html, re.DOTALL)[1]
    said = re.findall(
        r"<li[^>]*>\s*<span>(.*?)</span>\s*(?:<span class=.asked|</li>)", supporters, re.DOTALL
    )
    assert len(said) == 2
    assert all(words == words.rstrip() for words in said)  # the style sheet puts it there
