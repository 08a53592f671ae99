"""What a comparison says of concepts that readers take for each other."""

import pytest

pytestmark = pytest.mark.usefixtures("only_reads")


def compared(client, query):
    return client.get(f"/vergelijk.json?{query}").json()


def points(data, kind):
    """The points of a kind, by what they are about."""
    return {row["over"] or row["punt"]: row for row in data["punten"] if row["soort"] == kind}


def said(row):
    """What each column says at a point."""
    return [[value["waarde"] for value in values] for values in row["waarden"].values()]


def test_why_gbo_and_sociaal_huis_are_not_the_same(client):
    data = compared(client, "c=gbo&c=sociaal-huis")

    assert data["zin"] == (
        "GBO is een samenwerkingsverband, Sociaal Huis een loket of huis. "
        "GBO vertrekt vanuit Sociaal Huis. "
        "Ze delen de dienst en het decreet lokaal sociaal beleid. "
        "Ze vragen allebei Lokaal bestuur en OCMW, in een andere rol. "
        "3\N{NO-BREAK SPACE}partners staan enkel bij GBO, 1 enkel bij Sociaal Huis."
    )
    partners = points(data, "deelname")
    assert said(partners["Lokaal bestuur"]) == [["regie"], ["deelnemer"]]
    assert said(partners["OCMW"]) == [["verplicht of minstens"], ["deelnemer"]]
    assert {name: row["bij"] for name, row in partners.items() if len(row["bij"]) == 1} == {
        "CAW": ["gbo"],
        "DMW": ["gbo"],
        "Andere lokale actoren en gespecialiseerd aanbod": ["gbo"],
        "Andere sociale organisaties": ["sociaal-huis"],
    }
    assert points(data, "eigenaar")["Van wie"]["oordeel"] == "gelijk"
    acts = points(data, "rechtsgrond")
    assert acts["Decreet lokaal sociaal beleid, 9 februari 2018"]["oordeel"] == "gelijk"
    assert points(data, "toegang")["Zelf terecht"]["bij"] == ["sociaal-huis"]


def test_where_overkop_and_1gezin1plan_share_areas_and_partners(client):
    data = compared(client, "c=overkop&c=1gezin1plan")

    assert "OverKop-huizen volgt de gebieden van 1G1P." in data["zin"]
    assert "de soort gebied" in data["zin"]
    scale = points(data, "schaal")["Georganiseerd per"]
    assert (scale["oordeel"], said(scale)[0]) == ("gelijk", ["1Gezin1Plan-gebied"])
    shared = {
        name: row["oordeel"]
        for name, row in points(data, "deelname").items()
        if len(row["bij"]) == 2
    }
    assert shared == {
        "Lokaal bestuur": "andere-rol",
        "Geestelijke gezondheidszorg": "andere-rol",
        "CAW": "andere-rol",
        "Jeugdhulp": "gelijk",
    }
    group = points(data, "doelgroep")["Kinderen en jongeren"]
    assert group["bij"] == ["overkop", "1gezin1plan"]


def test_what_the_merger_of_june_2023_changed_for_gbo(client):
    data = compared(client, "c=gbo&op=2023-03-13&op=2023-06-01&verschillen=1")

    [row] = data["punten"]
    assert said(row) == [["Departement WVG"], ["Departement Zorg"]]
    assert row["waarden"]["2023-06-01"][0]["toelichting"] == "was Departement WVG"


def test_whose_de_stek_was_and_is(client):
    row = points(compared(client, "c=de-stek&op=2022-01-01&op=2023-01-01"), "domein")

    assert said(row["Beleidsdomein"]) == [
        ["Welzijn, Volksgezondheid en Gezin"],
        ["Brussel, Cultuur, Jeugd, Sport en Armoedebestrijding"],
    ]


def test_each_pair_that_the_sources_relate_can_be_compared(client):
    page = client.get("/vergelijk/")
    pairs = page.context["page"].choices.pairs

    assert ("Geïntegreerd breed onthaal", "Sociaal Huis") in {(p.one, p.other) for p in pairs}
    for pair in pairs:
        assert client.get(pair.url).status_code == 200


def test_every_value_rests_on_a_source(client):
    """What is not cited on its own is what the site says of itself."""
    data = compared(client, "c=gbo&c=sociaal-huis&c=overkop&c=livc-r")

    uncited = {
        row["soort"]
        for row in data["punten"]
        for values in row["waarden"].values()
        for value in values
        if not value["bronnen"]
    }
    assert uncited == {"naam", "bron", "stand-bronnen"}
