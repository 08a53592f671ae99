"""Owners, concepts and partners with the lines between them."""

import datetime as dt
import re
from functools import partial

import pytest

from concepts.models import Role, Standing
from tests.answers import text
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


def concept(slug, *statements, **fields):
    return ConceptVersionFactory(
        published=True, name=slug.capitalize(), concept__slug=slug, statements=statements, **fields
    )


def names(partner, role=Role.PARTICIPANT, **fields):
    return partial(ParticipationFactory, partner=partner, role=role, **fields)


def of(agency, **fields):
    return partial(OwnershipFactory, agency=agency, **fields)


@pytest.fixture
def three():
    """Two concepts of one owner and one of another; the CAW is named by two."""
    zorg = AgencyFactory(slug="zorg", name="Zorg", tree="linde")
    jeugd = AgencyFactory(slug="jeugd", name="Jeugd", tree="spar")
    caw, clb, vvsg = (PartnerFactory(slug=s, name=s.upper()) for s in ("caw", "clb", "vvsg"))
    concept("een", of(zorg), names(caw, Role.DIRECTION, key="caw"), names(vvsg, Role.SUPPORTER))
    concept("twee", of(zorg), names(clb))
    concept("drie", of(jeugd), names(caw, key="het-caw"))


def lines(client, query=""):
    found = client.get(f"/netwerk.json?{query}").json()["lijnen"]
    return {(line["van"], line["naar"], line["soort"], line["rol"]) for line in found}


ALL = {
    ("dienst:zorg", "concept:een", "eigenaar", None),
    ("dienst:zorg", "concept:twee", "eigenaar", None),
    ("dienst:jeugd", "concept:drie", "eigenaar", None),
    ("concept:een", "partner:caw", "deelname", "regie"),
    ("concept:een", "partner:vvsg", "deelname", "ondersteuner"),
    ("concept:twee", "partner:clb", "deelname", "deelnemer"),
    ("concept:drie", "partner:caw", "deelname", "deelnemer"),
}


def test_each_statement_is_a_line(client, three):
    assert lines(client) == ALL


def test_a_line_leads_to_the_statement_and_a_row_of_the_table_has_it(client, three):
    [line] = [
        line
        for line in client.get("/netwerk.json").json()["lijnen"]
        if line["van"] == "concept:een" and line["naar"] == "partner:caw"
    ]
    assert line["url"].endswith("/concepten/een/#deelname-caw")

    csv = client.get("/netwerk.csv").content.decode()
    assert "van;van_naam;naar;naar_naam;soort;rol;url" in csv.replace(",", ";")
    assert csv.count("deelname") >= 4

    html = client.get("/netwerk/").content.decode()
    assert '<a class="net-role" href="/concepten/een/#deelname-caw">regie</a>' in html
    assert '<a href="/partners/caw/">CAW</a>' in html
    assert '<a class="net-page" href="/netwerk/?focus=partner:caw">' in html.replace("%3A", ":")


def drawn(client, query=""):
    """The names in the drawing that stand out, and those that are soft."""
    html = client.get(f"/netwerk/?{query}").content.decode()
    links = re.findall(r'<a class="net-(?:owner|concept|partner)([^"]*)".*?aria-label="(\w+)', html)
    return [{name for how, name in links if word in how} for word in ("net-on", "net-soft")]


def test_without_a_focus_everything_has_its_colour_and_nothing_is_soft(client, three):
    assert drawn(client) == [set(), set()]
    html = client.get("/netwerk/").content.decode()
    assert html.count('class="net-owns tree-linde"') == 2
    assert html.count('class="net-leads tree-linde"') == 1
    assert html.count('class="net-helps tree-linde"') == 1


@pytest.mark.parametrize(
    ("focus", "near"),
    [
        ("partner:caw", {"CAW", "Een", "Drie", "Zorg", "Jeugd"}),
        ("concept:een", {"Een", "Zorg", "CAW", "VVSG"}),
        ("dienst:zorg", {"Zorg", "Een", "Twee", "CAW", "CLB", "VVSG"}),
    ],
)
def test_a_focus_brings_forward_what_is_linked_to_it(client, three, focus, near):
    everything = {"Zorg", "Jeugd", "Een", "Twee", "Drie", "CAW", "CLB", "VVSG"}

    assert drawn(client, f"focus={focus}") == [near, everything - near]
    assert lines(client, f"focus={focus}") < ALL


def test_the_role_stands_with_the_name_that_is_brought_forward(client, three):
    html = client.get("/netwerk/?focus=partner:caw").content.decode()

    assert 'aria-label="Een regie"' in html
    assert 'aria-label="Drie deelnemer"' in html
    main = html.partition("<main")[2]
    assert (
        main.count('aria-current="true"') == 4
    )  # in the drawing, in two rows, and among the names


def test_every_name_in_the_drawing_is_a_link_that_keeps_the_question(client, three):
    html = client.get("/netwerk/?alles=1&focus=partner:caw").content.decode()

    svg = html[html.index('class="net-svg') :]
    assert svg.count('href="/netwerk/?alles=1&amp;focus=') == 8


def test_the_drawing_says_what_it_is(client, three):
    html = client.get("/netwerk/?focus=partner:caw").content.decode()

    assert '<title id="net-titel">Netwerk: CAW</title>' in html
    assert "2 eigenaars, 3 concepten en 3 partners, met 7 lijnen. 4 lijnen zijn uitgelicht" in html


def test_a_policy_domain_is_an_owner_where_the_sources_name_no_body(client):
    domain = PolicyDomainFactory(slug="wvg", name="Welzijn")
    concept("een", of(None, policy_domain=domain))

    assert lines(client, "focus=domein:wvg") == {("domein:wvg", "concept:een", "eigenaar", None)}


def test_on_a_day_only_what_held_has_a_line(client, three):
    ended = {"end_label": "2020", "end_earliest": dt.date(2020, 1, 1), "end_latest": "2020-12-31"}
    concept("vier", names(PartnerFactory(slug="toen"), **ended))

    then, later = (
        lines(client, f"peildatum={day}&focus=partner:toen") for day in ("2019-06-01", "2021-06-01")
    )

    assert then == {("concept:vier", "partner:toen", "deelname", "deelnemer")}
    assert later == set()


def test_what_is_over_says_so(client):
    over = partial(StandingFactory, state=Standing.State.ENDED, date="mei 2026")
    concept("een", names(PartnerFactory()), over)

    assert 'aria-label="Een voorbij"' in client.get("/netwerk/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "focus=partner:niemand",
        "focus=gemeente:leuven",
        "focus=partner:",
        "focus=partner:caw&focus=partner:clb",
        "focus=" + "partner:" * 900,
        "focus=concept:É",
    ],
)
def test_a_focus_that_nobody_knows_is_told_and_refused_in_data(client, three, query):
    assert client.get(f"/netwerk.json?{query}").status_code == 400
    page = client.get(f"/netwerk/?{query}")
    assert page.status_code == 200
    assert 'class="notice' in page.content.decode()


def test_a_focus_without_lines_in_the_question_says_so(client, three):
    PartnerFactory(slug="alleen", name="Alleen")

    page = client.get("/netwerk/?focus=partner:alleen")

    assert "Alleen heeft geen lijnen bij de concepten die je vraagt." in text(page)
    assert lines(client, "focus=partner:alleen") == set()


@pytest.mark.parametrize("most", ["MOST_CONCEPTS", "MOST_PARTNERS"])
def test_of_too_many_there_is_a_table_and_no_drawing(client, three, monkeypatch, most):
    monkeypatch.setattr(f"concepts.network.page.{most}", 2)

    html = client.get("/netwerk/").content.decode()

    assert "passen niet in één tekening" in text(client.get("/netwerk/"))
    assert 'class="net-svg' not in html
    assert html.count('class="net-role"') == len(ALL)


@pytest.mark.parametrize(
    ("focus", "concepts"),
    [("partner:caw", 2), ("dienst:zorg", 2), ("concept:een", 1), ("partner:clb", 1)],
)
def test_of_many_concepts_a_focus_reads_those_that_it_touches(
    client, three, monkeypatch, focus, concepts
):
    whole = lines(client, f"focus={focus}")
    monkeypatch.setattr("concepts.network.page.MOST_CONCEPTS", 2)

    html = client.get(f"/netwerk/?focus={focus}").content.decode()

    assert html.count('class="net-concept"') == concepts
    assert lines(client, f"focus={focus}") == whole


def test_a_long_table_says_what_it_leaves_out(client, three, monkeypatch):
    monkeypatch.setattr("concepts.network.page.MOST_CONCEPTS", 1)
    monkeypatch.setattr("concepts.network.page.MOST_LISTED", 2)

    assert "toont de eerste 2 concepten, en nog 1 niet" in text(client.get("/netwerk/"))
    assert lines(client) == ALL


@pytest.mark.parametrize("path", ["/naslag/", "/druk/", "/overlap/"])
def test_other_views_lead_to_it(client, three, path):
    main = client.get(path).content.decode().partition("<main")[2]

    assert 'href="/netwerk/"' in main


@pytest.mark.parametrize("number", [2, 15])
def test_the_queries_do_not_grow(client, django_assert_max_num_queries, number):
    caw, zorg = PartnerFactory(slug="caw"), AgencyFactory()
    for place in range(number):
        concept(f"concept-{place}", of(zorg), names(caw))

    with django_assert_max_num_queries(18):
        client.get("/netwerk/?focus=partner:caw")
