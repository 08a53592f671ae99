"""Which eerstelijnszones cross the border of a referentieregio, in 2023 and since 2025."""

import datetime as dt

import pytest

from governance.areas.comparing import Comparison, Surroundings
from governance.areas.overlaps import Relation, Verdict
from governance.models import AreaKind, CoverageArea

pytestmark = pytest.mark.usefixtures("only_reads")

SINCE_2025 = {
    *("Druivenstreek", "Houtland en Polder", "RITS"),
    *("Regio Waregem", "Scheldekracht", "Vlaamse Ardennen"),
}
IN_2023 = SINCE_2025 | {"Oostkust", "Pallieterland", "Westkust & Polder"}
ASKED = "a=eerstelijnszone&b=referentieregio"


def kind(slug):
    return AreaKind.objects.get(slug=slug)


def compared(day):
    return Comparison.of(kind("eerstelijnszone"), kind("referentieregio"), day)


@pytest.mark.parametrize(
    ("day", "crossing"),
    [
        (dt.date(2023, 3, 13), IN_2023),
        (dt.date(2024, 12, 31), IN_2023),
        (dt.date(2025, 1, 1), SINCE_2025),
    ],
)
def test_nine_zones_cross_in_2023_and_six_since_2025(day, crossing):
    groups = compared(day).groups

    assert {row.name for row in groups[Verdict.CROSSING]} == crossing
    assert [row.name for row in groups[Verdict.NOT_COVERED]] == ["Bruzel"]
    assert groups[Verdict.UNSURE] == []
    assert sum(map(len, groups.values())) == 60


def test_the_json_of_the_contract_says_the_same(client):
    data = {
        day: client.get(f"/gebieden/vergelijk.json?{ASKED}&peildatum={day}").json()
        for day in ("2023-03-13", "2025-01-01")
    }

    assert [len(found["kruisend"]) for found in data.values()] == [9, 6]
    assert [len(found["genest"]) for found in data.values()] == [50, 53]
    cause = {entry["slug"]: entry["oorzaak"] for entry in data["2023-03-13"]["kruisend"]}
    # De Haan lies in region Middenkust, its zone Oostkust with Brugge; Ranst moved in 2025.
    assert cause["elz-oostkust"] == ["35029"]
    assert cause["elz-pallieterland"] == ["11035"]
    # Three municipalities in each of two regions: no home, so all six are the cause.
    assert len(cause["elz-druivenstreek"]) == 6


def test_the_nineteen_of_brussels_lie_in_no_region():
    (bruzel,) = compared(dt.date(2025, 1, 1)).groups[Verdict.NOT_COVERED]

    assert (bruzel.number, len(bruzel.uncovered)) == (19, 19)


def test_the_city_of_antwerpen_lies_in_four_zones():
    for day in (dt.date(2023, 3, 13), dt.date(2025, 1, 1)):
        city = CoverageArea.objects.get(slug="gemeente-11002")

        ((_, row),) = Surroundings.of(city, [kind("eerstelijnszone")], day).rows

        assert len(row.parts) == 4
        assert Relation.WITHIN not in {part.relation for part in row.parts}


def test_the_six_have_an_exception_that_the_page_cites(client):
    page = client.get(f"/gebieden/vergelijk/?{ASKED}&peildatum=2025-01-01")

    (group,) = [g for g in page.context["page"].groups if g.verdict is Verdict.CROSSING]
    for row in group.rows:
        sources = {citation.source.slug for citation in row.exception.citations.all()}
        assert "artsenkrant-elz-uitzonderingen" in sources
    (remark,) = page.context["page"].remarks
    cited = {c.source.slug for claim in remark.claims.all() for c in claim.citations.all()}
    assert {"tekst", "artsenkrant-elz-uitzonderingen"} <= cited


def test_before_the_regions_there_is_nothing_to_compare(client):
    refused = client.get(f"/gebieden/vergelijk.json?{ASKED}&peildatum=2023-01-31")

    assert refused.status_code == 400
    assert "2023-02-01" in refused.json()["parameters"][0]["toegestaan"]
