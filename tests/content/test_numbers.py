"""One number has one meaning: what a view says of how many concepts, its data say too."""

import re

import pytest

from governance.models import Partner, PartnerType
from tests.answers import text

pytestmark = pytest.mark.usefixtures("only_reads")

ASKING = re.compile(r"\b(\d+) concept(?:en)? (?:vraagt|vragen) iets|(Geen concept) .*vraagt")


def questions():
    yield from (f"partner={slug}" for slug in Partner.objects.values_list("slug", flat=True))
    yield from (
        f"partnertype={slug}" for slug in PartnerType.objects.values_list("slug", flat=True)
    )
    yield from ("partner=ocmw&gemeente=73110", "partner=ocmw&peildatum=2023-03-13")


def test_what_is_asked_is_counted_as_the_page_counts_it(client, subtests):
    """What is over stands in the rows as well, and is counted apart."""
    seen_over = 0
    for question in questions():
        with subtests.test(question):
            data = client.get(f"/gevraagd.json?{question}").json()
            said = ASKING.search(text(client.get(f"/gevraagd/?{question}")))
            over = {row["slug"] for row in data["resultaten"] if row["voorbij"]}

            assert data["aantal_concepten"] == int(said[1] or 0)
            assert data["aantal_concepten"] == data["moet"] + data["uitgenodigd"]
            assert data["voorbij"] == len(over)
            own = [row for row in data["resultaten"] if not (row["via"] or row["voorbij"])]
            assert data["aantal_concepten"] + data["helpt"] == len(own)
            seen_over += len(over)
    assert seen_over


def test_without_a_partner_it_is_what_asks_anybody_something(client):
    data = client.get("/gevraagd.json").json()
    asking = set()
    for row in data["partners"]:
        asked = client.get(f"/gevraagd.json?partner={row['partner']}").json()["resultaten"]
        own = {each["slug"] for each in asked if not (each["via"] or each["voorbij"])}
        assert row["aantal"] <= len(own)
        asking |= own

    assert max(row["aantal"] for row in data["partners"]) <= data["aantal_concepten"]
    assert data["aantal_concepten"] <= len(asking)


@pytest.mark.parametrize("view", ["druk", "overlap", "netwerk"])
def test_other_views_count_the_concepts_that_they_show(client, view):
    for question in ("", "partnertype=lokaal-bestuur", "partner=caw", "alles=1"):
        data = client.get(f"/{view}.json?{question}").json()

        if view == "netwerk":
            shown = [row for row in data["knopen"] if row["soort"] == "concept"]
        else:
            shown = data["concepten"]
        assert len(shown) == data["aantal_concepten"], question
