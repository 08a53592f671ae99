"""The network of the sources: what is owned and done today is a line each, and nothing else is."""

import datetime as dt

import pytest

from concepts.models import ConceptVersion, Ownership, Participation
from eerstelijn.dates import valid_on
from governance.derived import present_agencies

pytestmark = pytest.mark.usefixtures("only_reads")


def lines(client, query="alles=1"):
    found = client.get(f"/netwerk.json?{query}").json()["lijnen"]
    return sorted((line["van"], line["naar"], line["rol"] or "") for line in found)


def expected():
    versions = ConceptVersion.objects.published().concepts()
    present, today = present_agencies(), dt.date.today()
    for row in Ownership.objects.filter(valid_on(today), version__in=versions):
        body = row.agency and present.get(row.agency_id, row.agency)
        owner = f"dienst:{body.slug}" if body else f"domein:{row.policy_domain.slug}"
        yield owner, f"concept:{row.version.concept.slug}", ""
    for row in Participation.objects.filter(valid_on(today), version__in=versions):
        yield f"concept:{row.version.concept.slug}", f"partner:{row.partner.slug}", row.role


def test_the_lines_are_the_statements(client):
    assert lines(client) == sorted(expected())


def test_the_table_has_as_many_rows_as_the_drawing_has_lines(client):
    html = client.get("/netwerk/?alles=1").content.decode()
    number = len(list(expected()))

    assert html.count('class="net-role"') == number
    assert html.partition('class="net-lines"')[2].partition("</g>")[0].count("<path") == number


def test_the_caw_is_asked_by_four_concepts(client):
    found = lines(client, "focus=partner:caw")

    assert {start for start, end, _ in found if end == "partner:caw"} == {
        *("concept:gbo", "concept:1gezin1plan", "concept:overkop", "concept:ketenaanpak-ifg"),
    }


def test_each_former_body_is_found_under_the_one_of_today(client):
    now, before = (lines(client, f"focus=dienst:departement-{n}") for n in ("zorg", "wvg"))

    assert now == before
    assert ("dienst:departement-zorg", "concept:gbo", "") in now
