"""What the content says of a day, as a reader meets it: owners, services, areas, acts."""

import pytest

from concepts.models import ConceptVersion
from tests.answers import slugs, text

pytestmark = pytest.mark.usefixtures("only_reads")


def page(client, address, day):
    response = client.get(f"{address}?peildatum={day}")
    assert response.status_code == 200
    return text(response)


def owner(client, concept, day):
    """What the fact box says of whose it is, up to the next label."""
    said = page(client, f"/concepten/{concept}/", day)
    return said.partition("Van wie, en wat veranderde?")[2].partition("Beleidsdomein")[0]


def test_the_owner_of_gbo_is_called_as_on_the_day(client):
    assert owner(client, "gbo", "2023-03-13").strip().startswith("Departement WVG")
    assert owner(client, "gbo", "2023-05-31").strip().startswith("Departement WVG")
    assert owner(client, "gbo", "2023-06-01").strip().startswith("Departement Zorg")


def test_gbo_on_the_day_of_the_text_leaves_what_came_later_to_the_end(client):
    said = page(client, "/concepten/gbo/", "2023-03-13")

    main, _, folded = said.partition("Na deze dag: 1 verandering")
    assert "1 juni 2023 : Departement WVG en Agentschap Zorg en Gezondheid worden" in folded
    assert "Op die dag Departement Zorg" not in main
    assert "Stand op die dag Liep in maart 2023" in main


def test_kind_en_gezin_was_there_until_in_the_course_of_2019(client):
    address = "/diensten/kind-en-gezin/"

    assert "Kind en Gezin bestond op 31 december 2018." in page(client, address, "2018-12-31")
    for day in ("2019-01-02", "2019-06-01", "2019-12-31"):
        said = "eindigde in de loop van 2019: de bronnen geven enkel het jaar."
        assert f"Kind en Gezin {said}" in page(client, address, day)
    gone = page(client, address, "2020-01-01")
    assert "Kind en Gezin bestond niet meer op 1 januari 2020" in gone
    assert "Daarna kwam Agentschap Opgroeien" in gone


def test_opgroeien_names_what_it_came_from(client):
    before = page(client, "/diensten/agentschap-opgroeien/", "2018-12-31")

    assert "Agentschap Opgroeien bestond nog niet op 31 december 2018" in before
    assert "Daarvoor was er Jongerenwelzijn , Kind en Gezin" in before
    said = owner(client, "1gezin1plan", "2018-12-31")
    assert "Ervoor was er Jongerenwelzijn en Kind en Gezin." in said


def test_the_list_of_services_holds_those_of_the_day(client):
    def found(day):
        return set(slugs(client.get(f"/diensten.json?peildatum={day}")))

    gone, new = {"kind-en-gezin", "jongerenwelzijn"}, {"agentschap-opgroeien"}
    assert found("2018-12-31") & (gone | new) == gone
    assert found("2019-06-01") & (gone | new) == gone | new
    assert found("2020-01-01") & (gone | new) == new


def test_a_service_owns_what_the_sources_give_to_it_or_to_what_it_came_from(client):
    def owned(service, day):
        data = client.get(f"/diensten/{service}.json?peildatum={day}").json()
        return {row["slug"] for row in data["concepten"]}, data["bestond"]

    assert "gbo" in owned("departement-wvg", "2023-03-13")[0]
    assert owned("departement-zorg", "2023-03-13") == (set(), "nee")
    assert "gbo" in owned("departement-zorg", "2023-06-01")[0]
    assert owned("departement-wvg", "2023-06-01") == (set(), "nee")
    assert owned("kind-en-gezin", "2019-06-01")[1] == "mogelijk"


def test_a_change_that_is_only_thought_possible_stays_and_says_so(client):
    said = page(client, "/diensten/agentschap-justitie-en-handhaving/", "2023-03-13")

    assert "mogelijk (niet aangekondigd)" in said.partition("Na deze dag")[0]


def test_a_partner_that_a_merger_made(client):
    assert "Psyche bestond nog niet op 1 januari 2021" in page(
        client, "/partners/psyche/", "2021-01-01"
    )
    assert "begon in de loop van maart 2022: de bronnen geven enkel de maand" in page(
        client, "/partners/psyche/", "2022-03-13"
    )


def test_an_act_before_its_first_date(client):
    act = "/regelgeving/decreet-lokaal-sociaal-beleid"

    before = page(client, f"{act}/", "2017-01-01")
    assert "bestond nog niet op 1 januari 2017" in before
    assert client.get(f"{act}.json?peildatum=2017-01-01").json()["concepten"] == []
    after = client.get(f"{act}.json?peildatum=2023-03-13").json()
    assert "gbo" in {row["slug"] for row in after["concepten"]}
    assert after["bestond"] == "ja"


def test_an_area_on_a_day(client):
    bilzen = "/gebieden.json?soort=gemeente&q=bilzen"

    assert slugs(client.get(f"{bilzen}&peildatum=2024-12-31")) == ["gemeente-73006"]
    assert "gemeente-73110" in slugs(client.get(f"{bilzen}&peildatum=2025-01-01"))
    zone = client.get("/gebieden.json?soort=eerstelijnszone&peildatum=2024-12-31&per_pagina=100")
    names = {row["slug"]: row["naam"] for row in zone.json()["resultaten"]}
    assert "Middenkust" not in names.values()


def not_there(client, path, day):
    data = client.get(f"/{path}.json?per_pagina=100&peildatum={day}").json()
    return {row["slug"]: row["waarom"] for row in data["niet_op_peildatum"]}


def test_lists_name_what_was_not_there(client):
    assert not_there(client, "diensten", "2023-03-13") == {
        "departement-zorg": "Bestond nog niet, wel vanaf 1 juni 2023.",
        "jongerenwelzijn": "Bestond niet meer, wel tot en met 2019.",
        "kind-en-gezin": "Bestond niet meer, wel tot en met 2019.",
    }
    assert not_there(client, "partners", "2018-12-31") == {
        "opgroeien": "Bestond nog niet, wel vanaf 2019.",
        "psyche": "Bestond nog niet, wel vanaf maart 2022.",
        "zorgraden": "Bestond nog niet, wel vanaf 1 juli 2020.",
    }
    assert "regiodecreet" in not_there(client, "regelgeving", "2023-01-31")
    assert "regiodecreet" not in not_there(client, "regelgeving", "2023-02-01")
    assert "tekst" in not_there(client, "bronnen", "2023-03-12")
    assert "tekst" not in not_there(client, "bronnen", "2023-03-13")


def test_an_act_says_how_it_stood(client):
    def status(act, day):
        found = client.get(f"/regelgeving.json?per_pagina=100&peildatum={day}").json()
        return {row["slug"]: row["status_op_peildatum"] for row in found["resultaten"]}[act]

    said = status("regiodecreet", "2023-03-13")
    assert said == "toen nog niet in werking, wel vanaf 19 maart 2023"
    assert status("regiodecreet", "2023-03-19") == "in werking sinds 19 maart 2023"
    replaced = status("gemeentedecreet", "2010-01-01")
    assert replaced.startswith("toen nog niet vervangen, later door: decreet lokaal bestuur")


def test_home_has_the_owners_of_the_day(client):
    def owners(day):
        found = client.get("/", {"peildatum": day}).context["owners"]
        return {owner.name: owner.note for owner in found}

    assert owners("2023-03-13")["Departement WVG"] == ""
    assert owners("2023-06-01")["Departement WVG"] == "toen Departement Zorg"
    assert owners("2018-12-31")["Agentschap Opgroeien"] == "bestond toen nog niet"


def test_every_list_on_a_day_holds_what_its_records_say(client):
    days = ("1900-01-01", "2018-12-31", "2019-06-01", "2023-03-13", "2199-12-31")
    for path in ("diensten", "beleidsdomeinen", "partners", "regelgeving", "bronnen"):
        for day in days:
            data = client.get(f"/{path}.json?per_pagina=100&peildatum={day}").json()
            gone = {row["slug"] for row in data["niet_op_peildatum"]}
            for slug in sorted(gone)[:3]:
                record = client.get(f"/{path}/{slug}.json?peildatum={day}").json()
                assert record["bestond"] == "nee", (path, slug, day)
            for row in data["resultaten"][:3]:
                record = client.get(f"/{path}/{row['slug']}.json?peildatum={day}").json()
                assert record.get("bestond") == row["bestond"], (path, row["slug"], day)


def test_every_concept_has_a_page_on_a_day_long_before_and_within_a_vague_year(client):
    for version in ConceptVersion.objects.published().select_related("concept"):
        for day, said in (("1800-01-01", "1 januari 1800"), ("2019-06-01", "1 juni 2019")):
            assert f"golden op {said}" in page(client, version.get_absolute_url(), day)


def test_a_day_costs_no_query_for_each_statement(client, django_assert_max_num_queries):
    client.get("/concepten/gbo/?peildatum=2023-03-12")

    with django_assert_max_num_queries(16):
        client.get("/concepten/gbo/?peildatum=2023-03-13")
