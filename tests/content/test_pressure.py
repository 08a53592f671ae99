"""The pressure on partners, counted by hand on the poster, and against the finder for every row."""

import pytest

from concepts.finder.overviews import NOT_RUNNING
from concepts.models import ASKING_ROLES
from tests.content.checklist import ON_THE_POSTER

pytestmark = pytest.mark.usefixtures("only_reads")

ROLES = [str(role) for role in ASKING_ROLES]


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
    "question", [{"alles": "1"}, {"bron": "poster"}, {"peildatum": "2023-03-13"}]
)
def test_every_row_has_as_many_concepts_as_the_finder_finds(client, question):
    found = data(client, **question)
    asked = {key: value for key, value in question.items() if key != "alles"}
    rows = [("partner", row["partner"], row) for row in found["rijen"]]
    rows += [("partnertype", row["partnertype"], row) for row in found["soorten"]]
    assert len(rows) > 60

    for key, value, row in rows:
        finder = client.get("/concepten.json", asked | {key: value, "rol": ROLES, "facetten": "0"})

        assert {r["slug"] for r in finder.json()["resultaten"]} == {
            cell["concept"] for cell in row["concepten"]
        }
        assert row["aantal"] == finder.json()["aantal"] == len(row["concepten"])


def test_every_row_of_the_default_is_what_the_finder_finds_less_what_never_ran(client):
    states = [row["waarde"] for row in client.get("/concepten.json").json()["facetten"]["stand"]]
    ran = [state for state in states if state not in NOT_RUNNING]
    found = data(client)

    for row in found["soorten"]:
        question = {"partnertype": row["partnertype"], "rol": ROLES, "stand": ran}
        finder = client.get("/concepten.json", question | {"facetten": "0"}).json()

        assert row["aantal"] == finder["aantal"], row["partnertype"]


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
