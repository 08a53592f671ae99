"""Whose a concept is, is judged on a day: who had it once is not shown as whose it is today."""

import pytest

from concepts.models import Ownership
from tests.answers import text

pytestmark = pytest.mark.usefixtures("only_reads")

DAY = "2021-01-01"


def slugs(client, query):
    return {row["slug"] for row in client.get(f"/concepten.json?{query}").json()["resultaten"]}


def edges(client, query=""):
    lines = client.get(f"/netwerk.json?alles=1{query}").json()["lijnen"]
    return {(line["van"], line["naar"]) for line in lines}


def test_there_is_an_owner_of_the_past_to_tell():
    ended = Ownership.objects.exclude(end_label="")

    assert {(row.version.concept.slug, row.policy_domain.slug) for row in ended} == {
        ("de-stek", "wvg")
    }


@pytest.mark.parametrize(
    ("day", "owner", "other"),
    [
        ("", "brussel-cultuur-jeugd-sport-en-armoedebestrijding", "wvg"),
        (f"&peildatum={DAY}", "wvg", "brussel-cultuur-jeugd-sport-en-armoedebestrijding"),
    ],
)
def test_the_finder_and_the_network_know_the_owner_of_the_day(client, day, owner, other):
    assert "de-stek" in slugs(client, f"domein={owner}{day}")
    assert "de-stek" not in slugs(client, f"domein={other}{day}")
    assert (f"domein:{owner}", "concept:de-stek") in edges(client, day)
    assert (f"domein:{other}", "concept:de-stek") not in edges(client, day)


def test_a_concept_with_one_owner_counts_once_in_the_facet(client):
    found = client.get("/concepten.json").json()

    assert sum(row["aantal"] for row in found["facetten"]["domein"]) == found["aantal"]


def test_data_name_the_owner_of_the_day(client):
    (row,) = [
        r for r in client.get("/concepten.json").json()["resultaten"] if r["slug"] == "de-stek"
    ]

    assert row["domeinen"] == ["brussel-cultuur-jeugd-sport-en-armoedebestrijding"]


def test_the_pages_by_owner_put_it_under_that_one(client):
    home, before = (text(client.get(address)) for address in ("/", f"/?peildatum={DAY}"))

    assert "Vlaams minister van Brussel" in home
    assert "Vlaams minister van Brussel" not in before


def test_lists_of_domains_count_what_is_theirs_today(client):
    wvg = next(
        r for r in client.get("/beleidsdomeinen.json").json()["resultaten"] if r["slug"] == "wvg"
    )
    number = len(slugs(client, "domein=wvg"))

    assert f"in {number} concepten" in text(client.get("/beleidsdomeinen/"))
    assert wvg["slug"] == "wvg"
