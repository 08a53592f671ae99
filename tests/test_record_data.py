"""Reference records as JSON and CSV: what their page shows, with the sources of each thing said."""

import datetime as dt

import pytest

from concepts.models import LostLink, Role
from concepts.search import index
from governance import derived
from governance.models import AgencyTask, DecreeDate, DecreeRelation
from tests.answers import rows_of_csv
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    LegalBasisFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)
from tests.said_in_data import HOST, cited, cited_place, concept, place_in_data, said_by

pytestmark = pytest.mark.django_db

PREFIXES = {
    "beleidsdomeinen": PolicyDomainFactory,
    "diensten": AgencyFactory,
    "partners": PartnerFactory,
    "regelgeving": DecreeFactory,
    "gebieden": CoverageAreaFactory,
    "bronnen": SourceFactory,
    "begrippen": TermFactory,
}
EVERY_KIND = pytest.mark.parametrize("prefix", PREFIXES)
COLUMNS = ["record", "onderdeel", "slug", "naam", "url", "waarde", "bronnen"]


@pytest.fixture
def record(prefix):
    return PREFIXES[prefix](slug="x")


@pytest.fixture
def place():
    return cited_place()


@pytest.fixture
def source(place):
    return place_in_data(place)


class TestOfEveryKind:
    @EVERY_KIND
    def test_begins_as_the_list_gives_it(self, client, record, prefix):
        (listed,) = client.get(f"/{prefix}.json").json()["resultaten"]

        data = client.get(f"/{prefix}/x.json")

        assert data["Content-Type"] == "application/json"
        assert data.json() | listed == data.json()

    @EVERY_KIND
    def test_has_a_csv_with_a_row_for_what_is_said(self, client, record, prefix):
        response = client.get(f"/{prefix}/x.csv")

        kind = rows_of_csv(response)[0]
        assert list(kind) == COLUMNS
        assert (kind["record"], kind["onderdeel"]) == ("x", "soort")
        assert kind["waarde"] == client.get(f"/{prefix}/x.json").json()["soort"]
        assert response["Content-Disposition"] == 'attachment; filename="x.csv"'

    @EVERY_KIND
    def test_has_a_csv_for_excel(self, client, record, prefix):
        response = client.get(f"/{prefix}/x.csv?excel=1")

        assert response.content.startswith(b"\xef\xbb\xbfrecord;onderdeel;")

    @EVERY_KIND
    def test_page_says_where_its_data_are(self, client, record, prefix):
        page = client.get(f"/{prefix}/x/").content.decode()

        address = f"/{prefix}/x.json"
        assert f'<link rel="alternate" type="application/json" href="{address}">' in page
        assert f'<a href="{address}">JSON</a>' in page

    @EVERY_KIND
    def test_has_no_other_format(self, client, record, prefix):
        response = client.get(f"/{prefix}/x.xml")

        assert response.status_code == 404

    @EVERY_KIND
    def test_data_refuse_what_the_page_ignores(self, client, record, prefix):
        for format, known in (("json", ""), ("csv", "excel")):
            response = client.get(f"/{prefix}/x.{format}?kleur=rood")

            assert response.status_code == 400
            assert response["Content-Type"].startswith("application/problem+json")
            (problem,) = response.json()["parameters"]
            assert problem["parameter"] == "kleur"
            assert known in problem["toegestaan"]
        assert client.get(f"/{prefix}/x/?kleur=rood").status_code == 200

    @EVERY_KIND
    def test_is_not_found_under_another_address(self, client, record, prefix):
        response = client.get(f"/{prefix}/y.json")

        assert response.status_code == response.json()["status"] == 404


@pytest.mark.parametrize("query", ["excel=0", "excel=1&excel=0", "peildatum=toen"])
def test_a_csv_is_asked_for_excel_in_one_way(client, query):
    PartnerFactory(slug="x")

    assert client.get(f"/partners/x.csv?{query}").status_code == 400


@pytest.mark.parametrize("query", ["excel=1", "kleur=rood", "peildatum=toen"])
def test_a_concept_refuses_what_it_does_not_know(client, query):
    ConceptVersionFactory(published=True, concept__slug="x")

    response = client.get(f"/concepten/x.json?{query}")

    assert response.status_code == 400
    assert client.get(f"/concepten/x/?{query}").status_code == 200


def test_a_partner(client, place, source):
    partner = PartnerFactory(
        slug="caw",
        name="CAW",
        long_name="centrum",
        type=PartnerTypeFactory(slug="welzijn", name="Welzijn"),
        agency=AgencyFactory(slug="zorg"),
        description="Het CAW.",
    )
    cited(partner, place)
    AliasFactory(text="Andere naam", partner=partner, note="Vroeger.")
    said_by("gbo", ParticipationFactory, place, key="caw", partner=partner, role=Role.REQUIRED)
    words = {"role": Role.SUPPORTER, "wording": "helpt mee"}
    said_by("overkop", ParticipationFactory, place, key="c", partner=partner, **words)

    data = client.get("/partners/caw.json").json()

    assert data == {
        "slug": "caw",
        "naam": "CAW",
        "soort": "Welzijn",
        "url": f"{HOST}/partners/caw/",
        "voluit": "centrum",
        "partnertype": "welzijn",
        "ruim_omschreven": False,
        "dienst": "zorg",
        "concept": None,
        "website": None,
        "beschrijving": "Het CAW.",
        "toelichting": None,
        "andere_namen": [{"naam": "Andere naam", "toelichting": "Vroeger."}],
        "bronnen": [source],
        "concepten": [
            concept("gbo", source, rol="verplicht", toelichting=None, uitspraken=["deelname-caw"]),
            concept(
                "overkop",
                source,
                rol="ondersteuner",
                toelichting="helpt mee",
                uitspraken=["deelname-c"],
            ),
        ],
        "veranderingen": [],
        "peildatum": None,
    }
    rows = rows_of_csv(client.get("/partners/caw.csv"))
    assert [row["onderdeel"] for row in rows] == [
        *("soort", "ruim_omschreven", "voluit", "partnertype", "dienst", "beschrijving"),
        *("andere_namen",),
        *("concepten", "concepten"),
    ]
    assert rows[-1] == {
        "record": "caw",
        "onderdeel": "concepten",
        "slug": "overkop",
        "naam": "Overkop",
        "url": f"{HOST}/concepten/overkop/",
        "waarde": "rol: ondersteuner|toelichting: helpt mee|uitspraken: deelname-c",
        "bronnen": "blad, 2.1",
    }


def test_an_agency(client, place, source):
    was = AgencyFactory(slug="was", name="Was", end="2022")
    agency = AgencyFactory(slug="is", name="Is", kind="departement", start="mei 2022")
    part = AgencyFactory(slug="deel", name="Deel", kind="afdeling", parent=agency)
    event = ChangeEventFactory(
        before=[was], after=[agency], name="Was wordt Is", kind="hernoeming", date="mei 2022"
    )
    cited(event, place)
    cited(AgencyTask.objects.create(agency=agency, key="k", text="Doet iets."), place)
    derived.rebuild()
    said_by("gbo", OwnershipFactory, place, key="was", agency=was)

    data = client.get("/diensten/is.json").json()

    may = {"vroegst": "2022-05-01", "laatst": "2022-05-31", "label": "mei 2022"}
    assert (data["geldig_van"], data["geldig_tot"]) == (may, None)
    assert data["veranderingen"] == [
        {
            "wat": "Was wordt Is",
            "soort": "hernoeming",
            "datum": may,
            "status": event.status,
            "beslist_door": None,
            "voor": [{"slug": "was", "naam": "Was", "url": f"{HOST}/diensten/was/"}],
            "na": [{"slug": "is", "naam": "Is", "url": f"{HOST}/diensten/is/"}],
            "toelichting": None,
            "bronnen": [source],
        }
    ]
    assert data["concepten"] == [
        concept("gbo", source, dienst="was", toelichting=None, uitspraken=["eigenaar-was"])
    ]
    assert data["taken"] == [{"taak": "Doet iets.", "bronnen": [source]}]
    assert [(row["slug"], row["soort"]) for row in data["afdelingen"]] == [("deel", "afdeling")]
    assert client.get("/diensten/deel.json").json()["deel_van"] == part.parent.slug
    changed = rows_of_csv(client.get("/diensten/is.csv"))[-4]
    assert changed["onderdeel"] == "veranderingen"
    assert "datum: mei 2022" in changed["waarde"]
    assert "voor: Was|na: Is" in changed["waarde"]


def test_a_domain(client, place, source):
    domain = PolicyDomainFactory(slug="wvg", abbreviation="WVG")
    AgencyFactory(slug="zorg", policy_domain=domain)
    said_by("gbo", OwnershipFactory, place, key="w", policy_domain=domain, end="2022")

    data = client.get("/beleidsdomeinen/wvg.json").json()

    end = {"vroegst": "2022-01-01", "laatst": "2022-12-31", "label": "2022"}
    assert data["afkorting"] == "WVG"
    assert data["concepten"] == [
        concept("gbo", source, geldig_tot=end, toelichting=None, uitspraken=["eigenaar-w"])
    ]
    assert [row["slug"] for row in data["diensten"]] == ["zorg"]


def test_an_act(client, place, source):
    act = DecreeFactory(slug="decreet", kind="decreet", status="geldend")
    said_by("gbo", LegalBasisFactory, place, key="d", decree=act, role="steunt-op")
    date = DecreeDate(decree=act, kind="bekrachtigd", date_label="9 februari 2018")
    date.date_earliest = date.date_latest = dt.date(2018, 2, 9)
    date.save()
    other = DecreeFactory(slug="ander")
    relation = DecreeRelation.objects.create(decree=other, kind="wijzigt", other=act)
    link = LostLink.objects.create(key="l", text="leidraad", decree=act)
    for row in (date, relation, link):
        cited(row, place)

    data = client.get("/regelgeving/decreet.json").json()

    assert data["status"] == "geldend"
    assert data["data"] == [
        {"soort": "aangenomen", "datum": None, "bronnen": []},
        {
            "soort": "bekrachtigd",
            "datum": {"vroegst": "2018-02-09", "laatst": "2018-02-09", "label": "9 februari 2018"},
            "bronnen": [source],
        },
        {"soort": "bekendgemaakt", "datum": None, "bronnen": []},
        {"soort": "in-werking", "datum": None, "bronnen": []},
    ]
    assert data["concepten"] == [
        concept("gbo", source, rol="steunt-op", toelichting=None, uitspraken=["rechtsgrond-d"])
    ]
    (related,) = data["verbanden"]
    assert (related["slug"], related["verband"], related["is_hierover"]) == (
        *("ander", "wijzigt", True),
    )
    (lost,) = data["links"]
    assert (lost["naam"], lost["url"], lost["bronnen"]) == ("leidraad", None, [source])


def test_a_source_with_what_rests_on_each_place(client, place, source):
    cited(PartnerFactory(slug="caw", name="CAW"), place)
    CitationFactory(source=place.source, section="2.2", position=9)

    data = client.get("/bronnen/blad.json").json()

    one, other = data["plaatsen"]
    assert one == {
        "plaats": "2.1",
        "url": source["url"],
        "steunt_hierop": [{"naam": "CAW", "url": f"{HOST}/partners/caw/", "met": "partner"}],
    }
    assert (other["plaats"], other["steunt_hierop"]) == ("2.2", [])
    assert data["bronnen"] == []
    rows = [r for r in rows_of_csv(client.get("/bronnen/blad.csv")) if r["onderdeel"] == "plaatsen"]
    assert [row["waarde"] for row in rows] == ["plaats: 2.1|steunt_hierop: CAW", "plaats: 2.2"]


def test_a_term_with_who_uses_it(client, place, source):
    cited(TermFactory(slug="vlieger", name="vlieger", definition="Wat vliegt."), place)
    ConceptVersionFactory(
        published=True, concept__slug="gbo", name="Gbo", summary="Een vlieger.", statements=[]
    )
    index.reindex_all()

    data = client.get("/begrippen/vlieger.json").json()

    assert (data["beschrijving"], data["bronnen"]) == ("Wat vliegt.", [source])
    assert [row["slug"] for row in data["concepten"]] == ["gbo"]


def test_no_section_has_the_key_of_a_fact(client, subtests):
    """What holds of a record and what its sections say stand side by side in data."""
    for prefix, make in PREFIXES.items():
        with subtests.test(prefix):
            make(slug="sleutels")
            page = client.get(f"/{prefix}/sleutels/").context["page"]

            facts = list(page.facts_data())
            sections = [section.key for section in page.all_sections]
            keys = ["slug", "naam", "soort", "url", "bronnen", *facts, *sections]
            assert len(keys) == len(set(keys))


def test_a_name_that_starts_as_a_formula_is_made_harmless(client):
    partner = PartnerFactory(slug="caw")
    AliasFactory(text="=1+1", partner=partner)

    rows = rows_of_csv(client.get("/partners/caw.csv"))

    assert [row["naam"] for row in rows if row["onderdeel"] == "andere_namen"] == ["'=1+1"]
