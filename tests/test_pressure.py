"""`/druk/`: who is asked by how many concepts, and as what."""

import csv
import datetime as dt
import io
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from concepts.models import Role, Standing
from concepts.pressure import page as pressure_page
from concepts.pressure.roles import SIGNS
from concepts.pressure.sentence import sentence
from concepts.pressure.views import asked_url
from tests.answers import text
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def welfare():
    return PartnerTypeFactory(slug="welzijn", name="Welzijn")


@pytest.fixture
def caw(welfare):
    return PartnerFactory(slug="caw", name="CAW", type=welfare)


@pytest.fixture
def sector(welfare):
    return PartnerFactory(slug="sector", name="De sector", type=welfare)


@pytest.fixture
def council():
    kind = PartnerTypeFactory(slug="lokaal-bestuur", name="Lokaal bestuur")
    return PartnerFactory(slug="bestuur", name="Het bestuur", type=kind)


def concept(slug, *asked, **fields):
    """A published concept that asks partners: (partner, role)."""
    said = [partial(ParticipationFactory, partner=p, role=r, key=f"{p.slug}-{r}") for p, r in asked]
    said += fields.pop("statements", [])
    return ConceptVersionFactory(published=True, concept__slug=slug, statements=said, **fields)


def data(client, query=""):
    response = client.get(f"/druk.json{query}")
    assert response.status_code == 200, response.content
    return response.json()


def numbers(rows, name):
    return {row[name]: (row["aantal"], row["moet"]) for row in rows}


def test_a_type_counts_each_concept_once_with_the_strongest_role(client, caw, sector):
    concept("een", (caw, Role.PARTICIPANT), (sector, Role.REQUIRED), (caw, Role.CHAIR))
    concept("twee", (sector, Role.PARTICIPANT))

    found = data(client)

    assert numbers(found["rijen"], "partner") == {"caw": (1, 1), "sector": (2, 1)}
    (kind,) = found["soorten"]
    assert (kind["partnertype"], kind["aantal"], kind["moet"]) == ("welzijn", 2, 1)
    assert {row["concept"]: row["rol"] for row in kind["concepten"]} == {
        "een": "voorzitter",
        "twee": "deelnemer",
    }
    assert [(row["concept"], row["partners"], row["soorten"]) for row in found["concepten"]] == [
        ("een", 2, 1),
        ("twee", 1, 1),
    ]
    assert [(row["partners_moet"], row["soorten_moet"]) for row in found["concepten"]] == [
        (2, 1),
        (0, 0),
    ]


def test_who_supports_is_not_asked_but_stands_in_the_table(client, caw, sector):
    concept("een", (caw, Role.SUPPORTER), (sector, Role.PARTICIPANT))

    assert numbers(data(client)["rijen"], "partner") == {"sector": (1, 0)}
    rows = list(csv.DictReader(io.StringIO(client.get("/druk.csv").content.decode())))
    assert [(row["partner"], row["rollen"], row["vraagt"]) for row in rows] == [
        ("sector", "deelnemer", "ja"),
        ("caw", "ondersteuner", "nee"),
    ]


def test_the_table_has_a_row_for_each_cell_with_its_sources(client, caw):
    places = [CitationFactory(section="2.1"), CitationFactory(section="2.2")]
    roles = (Role.PARTICIPANT, Role.DIRECTION)
    said = [
        partial(ParticipationFactory, partner=caw, role=role, key=role, citations=[place])
        for role, place in zip(roles, places, strict=True)
    ]
    concept("een", statements=said)

    (row,) = csv.DictReader(io.StringIO(client.get("/druk.csv").content.decode()))

    assert row["rollen"] == "regie|deelnemer"
    assert row["bronnen"].count("|") == 1
    assert row["url"].endswith("/concepten/een/#deelname-regie")


def test_a_cell_leads_to_the_statement_on_the_page_of_the_concept(client, caw):
    concept("een", (caw, Role.REQUIRED))

    html = client.get("/druk/?per=partner").content.decode()

    assert 'href="/concepten/een/#deelname-caw-verplicht"' in html
    assert 'id="deelname-caw-verplicht"' in client.get("/concepten/een/").content.decode()


def test_a_cell_says_the_role_in_a_letter_and_a_word_and_that_it_is_several(client, caw, sector):
    concept("een", (caw, Role.DIRECTION), (sector, Role.PARTICIPANT), name="Een concept")

    html = client.get("/druk/").content.decode()

    assert "<b>R+</b> regie</a>" in html
    assert 'title="Een concept. CAW: regie; De sector: deelnemer"' in html
    assert "meer dan één partner van die soort" in html
    assert "<b>R+</b>" not in client.get("/druk/?per=partner").content.decode()


def test_every_role_that_asks_has_a_sign_of_its_own():
    assert len({(sign.letter, sign.word) for sign in SIGNS.values()}) == len(SIGNS) == 8


def test_owners_head_their_concepts(client, caw):
    for slug, agency in (("a", "Dienst Noord"), ("b", "Dienst Zuid"), ("c", "Dienst Noord")):
        owner = AgencyFactory._meta.model.objects.filter(name=agency).first()
        owner = owner or AgencyFactory(name=agency, tree="linde")
        owned = partial(OwnershipFactory, agency=owner)
        concept(slug, (caw, Role.PARTICIPANT), statements=[owned])

    found = data(client)

    assert [row["concept"] for row in found["concepten"]] == ["a", "c", "b"]
    assert client.get("/druk/").content.decode().count('scope="colgroup"') == 2


def test_what_is_over_stays_in_and_is_marked_and_what_never_ran_is_left_out(client, caw):
    for state in (Standing.State.ENDED, Standing.State.PLANNED, Standing.State.PILOT):
        stands = partial(StandingFactory, state=state)
        concept(state.value, (caw, Role.REQUIRED), statements=[stands])

    page = client.get("/druk/").content.decode()

    assert [row["concept"] for row in data(client)["concepten"]] == ["afgelopen", "proef"]
    assert "<small>voorbij</small>" in page
    assert "<small>proef</small>" in page
    assert page.count("cell-over") == 2  # its cell, and the legend
    assert len(data(client, "?alles=1")["concepten"]) == 3


def test_a_peildatum_judges_each_statement(client, caw, sector):
    until = {"end_label": "2020", "end_earliest": "2020-01-01", "end_latest": "2020-12-31"}
    past = partial(ParticipationFactory, partner=caw, key="was", role=Role.REQUIRED, **until)
    concept("een", (sector, Role.PARTICIPANT), statements=[past])

    before = data(client, "?peildatum=2019-01-01")
    assert numbers(before["rijen"], "partner") == {"caw": (1, 1), "sector": (1, 0)}
    assert numbers(data(client)["rijen"], "partner") == {"caw": (1, 1), "sector": (1, 0)}
    after = data(client, "?peildatum=2021-01-01")
    assert numbers(after["rijen"], "partner") == {"sector": (1, 0)}
    assert after["concepten"][0]["partners"] == 1
    assert "Je bekijkt wat gold op" in text(client.get("/druk/?peildatum=2021-01-01"))


def test_a_draft_asks_nobody(client, caw):
    draft = ConceptVersionFactory(name="Geheim")
    ParticipationFactory(version=draft, partner=caw)
    concept("een", (caw, Role.PARTICIPANT))

    assert numbers(data(client)["rijen"], "partner") == {"caw": (1, 0)}
    for address in ("/druk/", "/druk.json", "/druk.csv"):
        assert "Geheim" not in client.get(address).content.decode()


def test_the_number_leads_to_the_list_of_as_many_that_ask(client, caw, council):
    concept("een", (caw, Role.REQUIRED), (council, Role.SUPPORTER))
    concept("twee", (caw, Role.SUPPORTER), (council, Role.CHAIR))
    for slug, state in (("drie", "gepland"), ("vier", "loopt")):
        stands = partial(StandingFactory, state=state)
        concept(slug, (caw, Role.PARTICIPANT), statements=[stands])

    html = client.get("/druk/?alles=1").content.decode()

    url = next(part for part in html.split('"') if part.endswith("partnertype=welzijn"))
    query = parse_qs(urlsplit(url.replace("&amp;", "&")).query)
    assert url.startswith("/gevraagd/?")
    found = client.get("/gevraagd.json", query).json()
    assert found["moet"] + found["uitgenodigd"] == 3


# What the numbers mean


def said(client, query=""):
    line = " ".join(text(client.get(f"/druk/{query}")).split())
    return line.replace(" ,", ",").replace(" .", ".")


def test_the_sentence_says_who_is_asked_most_and_who_must(client, caw, council):
    concept("een", (council, Role.DIRECTION), (caw, Role.REQUIRED))
    concept("twee", (council, Role.REQUIRED))
    concept("drie", (council, Role.PARTICIPANT))
    concept("vier")

    assert (
        "Het lokaal bestuur wordt gevraagd in 3 van de 4 concepten. "
        "In 2 daarvan leidt het of moet het erbij zijn. "
        "Geen andere soort partner moet in meer dan 1."
    ) in said(client)


def test_the_sentence_names_who_is_asked_as_often_and_who_must_more_often(client, caw, council):
    crowd = PartnerFactory(type__name="Burgers, en wie helpt", type__slug="burgers")
    for slug in ("een", "twee"):
        concept(slug, (crowd, Role.PARTICIPANT), (caw, Role.PARTICIPANT))
    concept("drie", (council, Role.DIRECTION))

    line = said(client)

    assert (
        "Het vaakst gevraagd: Burgers, en wie helpt, in 2 van de 3 concepten, "
        "even vaak als Welzijn. Het lokaal bestuur leidt of moet het vaakst: "
        "in 1."
    ) in line


def test_nobody_is_asked():
    assert "".join(s.text for s in sentence([], 3, by_name=False)).startswith("Geen van deze")


# Ways of asking


def test_one_partner_in_one_municipality_is_the_question_what_it_is_asked(client, caw):
    query = "partner=caw&gemeente=24062&peildatum=2023-03-13"

    response = client.get(f"/druk/?{query}")

    assert (response.status_code, response["Location"]) == (302, f"/gevraagd/?{query}")
    assert client.get(f"/druk.json?{query}")["Location"] == f"/gevraagd.json?{query}"
    assert client.get("/druk/?partner=caw&gemeente=").status_code == 200
    assert client.get("/druk/?partner=caw&partner=x&gemeente=24062").status_code == 200
    assert asked_url("a=b", None) == "/gevraagd/?a=b"


def test_tabs_keep_the_filters(client, caw):
    concept("een", (caw, Role.PARTICIPANT))

    html = client.get("/druk/?partner=caw").content.decode()

    assert 'href="/druk/?partner=caw&amp;per=partner"' in html
    assert "<mark>CAW</mark>" in client.get("/druk/?partner=caw&per=partner").content.decode()


def test_data_refuse_what_a_page_leaves_out(client):
    for query in ("per=soort", "partner=niemand", "pagina=2&kleur=rood", "peildatum=nu"):
        response = client.get(f"/druk.json?{query}")
        assert response.status_code == 400
        assert response["Content-Type"].startswith("application/problem+json")
    assert "“soort”" in text(client.get("/druk/?per=soort"))


def test_nothing_found_has_ways_out(client, caw):
    concept("een", (caw, Role.PARTICIPANT))

    page = client.get("/druk/?q=zeppelin")

    assert "Geen enkel concept voldoet" in text(page)
    assert "Alle concepten" in text(page)
    assert data(client, "?q=zeppelin")["rijen"] == []


# Very many


def test_too_many_concepts_have_their_numbers_only(client, caw, council, monkeypatch):
    monkeypatch.setattr(pressure_page, "MOST_COLUMNS", 2)
    for slug in ("een", "twee", "drie"):
        concept(slug, (caw, Role.REQUIRED), (council, Role.PARTICIPANT))

    page = client.get("/druk/")

    assert "<table" not in page.content.decode()
    assert "3 concepten passen niet naast elkaar: dat kan tot 2." in text(page)
    assert "in 3 leidt of moet het" in text(page)
    assert len(data(client)["concepten"]) == 3


@pytest.mark.parametrize("number", [1, 15])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("/druk/", 4), ("/druk/?per=partner", 4), ("/druk.json", 4), ("/druk.csv", 6)],
)
def test_it_asks_the_database_as_often_for_many(
    client, number, path, queries, django_assert_num_queries
):
    for n in range(number):
        partner = PartnerFactory()
        stands = [
            StandingFactory,
            partial(OwnershipFactory, agency=AgencyFactory()),
        ]
        concept(f"c{n}", (partner, Role.REQUIRED), (partner, Role.SUPPORTER), statements=stands)
    client.get(path)

    with django_assert_num_queries(1 + queries):
        assert client.get(path).status_code == 200


def test_the_numbers_alone_ask_nothing_of_the_rows(
    client, caw, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(pressure_page, "MOST_COLUMNS", 0)
    concept("een", (caw, Role.REQUIRED))
    client.get("/druk/")

    with django_assert_num_queries(1):
        assert client.get("/druk/").status_code == 200


@pytest.mark.parametrize("day", ["1800-01-01", "2199-12-31", str(dt.date.today())])
def test_any_day_can_be_asked(client, caw, day):
    concept("een", (caw, Role.PARTICIPANT))

    assert client.get(f"/druk/?peildatum={day}").status_code == 200
