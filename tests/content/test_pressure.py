"""The pressure on partners, counted by hand on the poster, and against the finder for every row."""

import pytest

from concepts.models import OBLIGING_ROLES
from tests.answers import text
from tests.content.checklist import ON_THE_POSTER

pytestmark = pytest.mark.usefixtures("only_reads")


def data(client, **question):
    return client.get("/druk.json", question).json()


def numbers(found):
    kinds = {row["partnertype"]: row["aantal"] for row in found["soorten"]}
    return kinds, {row["partner"]: row["aantal"] for row in found["rijen"]}


def test_the_poster_asks_as_often_as_was_counted_by_hand(client):
    found = data(client, bron="poster")

    kinds, names = numbers(found)
    assert {row["concept"] for row in found["concepten"]} == ON_THE_POSTER
    assert kinds["lokaal-bestuur"] == 10
    assert (names["caw"], kinds["algemeen-welzijnswerk"]) == (4, 5)
    assert kinds["politie"] == 3


def test_all_that_runs_or_ran_is_counted_without_being_asked(client):
    found = data(client)

    kinds, names = numbers(found)
    assert (kinds["lokaal-bestuur"], names["caw"], kinds["politie"]) == (10, 4, 5)
    assert found["weggelaten_want_loopt_niet"] == 1
    states = {row["concept"]: row["stand"] for row in found["concepten"]}
    assert states["lokale-gezinscoaches"] == "afgelopen"
    assert "centra-ifg" not in states


@pytest.mark.parametrize(
    "question", [{}, {"alles": "1"}, {"bron": "poster"}, {"peildatum": "2023-03-13"}]
)
def test_what_is_not_over_is_what_the_list_of_what_is_asked_counts(client, question):
    found = data(client, **question)
    rows = [("partner", row["partner"], row) for row in found["rijen"]]
    rows += [("partnertype", row["partnertype"], row) for row in found["soorten"]]
    assert len(rows) > 60

    for key, value, row in rows:
        asked = client.get("/gevraagd.json", question | {key: value}).json()

        still = [cell["rol"] for cell in row["concepten"] if not cell["voorbij"]]
        assert row["aantal"] == len(row["concepten"]) == len(still) + row["voorbij"]
        assert len(still) == asked["moet"] + asked["uitgenodigd"], (value, question)
        must = [role for role in still if role in OBLIGING_ROLES]
        assert len(must) == asked["moet"], (value, question)


def test_who_is_asked_is_the_same_number_on_every_page(client):
    """Lokaal bestuur: here, where a reader begins, on a concept, and in the list of partners."""
    row = next(row for row in data(client)["rijen"] if row["partner"] == "lokaal-bestuur")
    number = row["aantal"] - row["voorbij"]
    starts = {
        row["partner"]: row["aantal"] for row in client.get("/gevraagd.json").json()["partners"]
    }

    assert starts["lokaal-bestuur"] == number
    assert f"gevraagd in {number}\xa0concepten" in client.get("/concepten/gbo/").content.decode()
    assert f"gevraagd in {number} van de 11 concepten" in text(
        client.get("/partners/?q=lokaal bestuur")
    )


def test_what_is_over_counts_and_is_told_apart(client):
    found = data(client)
    row = next(row for row in found["rijen"] if row["partner"] == "lokaal-bestuur")
    over = {cell["concept"] for cell in row["concepten"] if cell["voorbij"]}
    html = client.get("/druk/").content.decode()

    assert over == {"lokale-gezinscoaches", "zorgzame-buurten"}
    assert (row["aantal"], row["voorbij"]) == (10, len(over))
    assert html.count("cell-over") > len(over)
    assert "telt mee: dat zijn 2 concepten" in text(client.get("/druk/"))
    assert "2 van de 10 voorbij" in text(client.get("/druk/?per=partner"))


def test_the_lead_names_partners_and_the_remainder_comes_last(client):
    found = data(client)
    lead = client.get("/druk/").content.decode().partition('class="lead"')[2].partition("</p>")[0]

    assert "Bij naam het vaakst gevraagd" in lead
    assert "algemeen" not in lead
    assert found["soorten"][-1]["partnertype"] == "welzijn-en-zorg-algemeen"


def test_every_owner_over_the_columns_can_be_read(client):
    html = client.get("/druk/").content.decode()

    assert "matrix-owner" in html
    assert " …" not in html.partition('class="matrix-names"')[2].partition("</tr>")[0]


def test_sums_of_rows_and_columns_are_of_the_same_cells(client):
    found = data(client)

    for rows, name in (("rijen", "partners"), ("soorten", "soorten")):
        across = sum(row["aantal"] for row in found[rows])
        must = sum(row["moet"] for row in found[rows])
        assert across == sum(concept[name] for concept in found["concepten"]) > 0
        assert must == sum(concept[f"{name}_moet"] for concept in found["concepten"]) > 0


def test_every_cell_leads_to_what_the_page_of_the_concept_says(client):
    html = client.get("/druk/?per=partner").content.decode()
    links = {part for part in html.split('"') if "#deelname-" in part}
    assert len(links) > 80
    pages = {}

    for link in links:
        path, _, anchor = link.partition("#")
        pages.setdefault(path, client.get(path).content.decode())
        assert pages[path].count(f'id="{anchor}"') == 1, link
