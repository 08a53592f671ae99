"""What the concepts of the sources have in common."""

import json

import pytest

from concepts.models import ASKING_ROLES, ConceptVersion, Participation
from tests.answers import text

pytestmark = pytest.mark.usefixtures("only_reads")


@pytest.fixture
def pairs(client):
    data = json.loads(client.get("/overlap.json?alles=1").content)
    return {
        frozenset((pair["concept"], pair["ander"])): {
            has["slug"] for has in pair["gemeen"]["partners"]
        }
        for pair in data["paren"]
    }


def test_two_concepts_share_the_partners_that_both_ask(pairs):
    asked = {}
    versions = ConceptVersion.objects.published().concepts()
    rows = Participation.objects.filter(version__in=versions, role__in=ASKING_ROLES)
    for slug, partner in rows.values_list("version__concept__slug", "partner__slug"):
        asked.setdefault(slug, set()).add(partner)

    expected = {
        frozenset((one, other)): asked[one] & asked[other]
        for one in asked
        for other in asked
        if one != other and asked[one] & asked[other]
    }

    assert pairs == expected


def test_overkop_is_most_like_1gezin1plan(client, pairs):
    others = {pair: shared for pair, shared in pairs.items() if "1gezin1plan" in pair}

    assert max(others, key=lambda pair: len(others[pair])) == {"1gezin1plan", "overkop"}
    assert pairs[frozenset(("1gezin1plan", "overkop"))] == {
        *("caw", "geestelijke-gezondheidszorg", "jeugdhulp", "lokaal-bestuur")
    }
    page = text(client.get("/concepten/1gezin1plan/"))
    first = page.index("OverKop-huizen 4 partners gemeen")
    assert page.index("Lijkt het meest op") < first
    assert "ook georganiseerd per 1Gezin1Plan-gebied" in page[first : first + 400]
