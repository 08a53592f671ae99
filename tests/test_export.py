"""Lists as data: JSON and CSV with the rows, order and day of the page with the same question."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Coverage, Role
from eerstelijn.pages import export
from eerstelijn.pages.export import cell, csv_response
from governance import derived
from tests.answers import rows_of_csv, shown, slugs
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    MunicipalityFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
    ReviewFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gbo():
    """One concept with something in every field of a row."""
    domain = PolicyDomainFactory(slug="welzijn")
    return ConceptVersionFactory(
        published=True,
        concept__slug="gbo",
        name="Geïntegreerd breed onthaal",
        abbreviation="GBO",
        kind="samenwerkingsverband",
        summary="Eén plek; wie “hulp” zoekt, wordt verder geholpen.",
        statements=[
            partial(
                OwnershipFactory, policy_domain=domain, agency=AgencyFactory(slug="departement-wvg")
            ),
            partial(OwnershipFactory, policy_domain=domain),
            partial(ParticipationFactory, partner=PartnerFactory(slug="ocmw"), role=Role.DIRECTION),
            partial(ParticipationFactory, partner=PartnerFactory(slug="caw"), role=Role.REQUIRED),
            partial(CoverageFactory, scale=AreaKindFactory(slug="eerstelijnszone")),
        ],
    )


ROW = {
    "slug": "gbo",
    "naam": "Geïntegreerd breed onthaal",
    "afkorting": "GBO",
    "url": "http://testserver/concepten/gbo/",
    "samenvatting": "Eén plek; wie “hulp” zoekt, wordt verder geholpen.",
    "soort": "samenwerkingsverband",
    "domeinen": ["welzijn"],
    "diensten": ["departement-wvg"],
    "partners": [
        {"partner": "ocmw", "rol": "regie"},
        {"partner": "caw", "rol": "verplicht"},
    ],
    "schaal": ["eerstelijnszone"],
    "nagekeken_op": "2023-06-01",
}


class TestAListInJson:
    def test_has_the_shape_of_the_contract(self, client, gbo):
        ReviewFactory(version=gbo, date=dt.date(2023, 6, 1))

        response = client.get("/concepten.json", {"partner": "caw"})

        data = response.json()
        facets = data.pop("facetten")
        assert data == {
            "aantal": 1,
            "pagina": 1,
            "volgende": None,
            "vorige": None,
            "peildatum": None,
            "filters": {"partner": ["caw"]},
            "resultaten": [ROW],
        }
        assert set(facets) == {
            *("domein", "dienst", "partnertype", "partner", "rol", "schaal", "gebied", "gemeente"),
            *("doelgroep", "soort", "regelgeving", "toegang", "stand", "bron"),
        }
        assert facets["partner"] == [
            {"waarde": "caw", "label": "Partner caw", "aantal": 1, "gekozen": True},
            {"waarde": "ocmw", "label": "Partner ocmw", "aantal": 1, "gekozen": False},
        ]

    def test_is_open_data_in_utf_8(self, client, gbo):
        response = client.get("/concepten.json")

        assert response["Content-Type"] == "application/json"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Geïntegreerd" in response.content.decode()

    def test_facets_list_every_option_used_or_not(self, client, gbo):
        PartnerFactory(slug="clb")

        facets = client.get("/concepten.json").json()["facetten"]

        assert [option["waarde"] for option in facets["partner"]] == ["caw", "clb", "ocmw"]
        assert len(facets["rol"]) == len(Role)

    def test_options_have_their_address_when_asked(self, client, gbo):
        options = client.get("/concepten.json?opties=1&partner=caw").json()["facetten"]["partner"]

        assert [option["url"] for option in options] == [
            "http://testserver/concepten.json?opties=1",
            "http://testserver/concepten.json?partner=caw&partner=ocmw&opties=1",
        ]

    def test_the_address_of_an_option_toggles_it(self, client, gbo):
        def address(response, value):
            options = response.json()["facetten"]["partner"]
            return next(option["url"] for option in options if option["waarde"] == value)

        start = client.get("/concepten.json", {"soort": "samenwerkingsverband", "opties": "1"})
        chosen = client.get(address(start, "caw"))
        undone = client.get(address(chosen, "caw"))

        assert chosen.json()["filters"] == {
            "soort": ["samenwerkingsverband"],
            "partner": ["caw"],
        }
        assert undone.json() == start.json()

    def test_pages_lead_to_each_other(self, client):
        ConceptVersionFactory.create_batch(21, published=True)

        first = client.get("/concepten.json", {"soort": "netwerk"}).json()
        second = client.get(first["volgende"]).json()

        assert first["volgende"] == "http://testserver/concepten.json?pagina=2&soort=netwerk"
        assert (first["aantal"], first["pagina"], first["vorige"]) == (21, 1, None)
        assert (second["pagina"], second["volgende"]) == (2, None)
        assert second["vorige"] == "http://testserver/concepten.json?soort=netwerk"
        assert len(second["resultaten"]) == 1

    def test_filters_give_back_the_whole_question(self, client, gbo):
        question = {
            "q": "onthaal",
            "peildatum": "2023-03-13",
            "sorteer": "naam",
            "per_pagina": "50",
        }

        response = client.get("/concepten.json", question | {"pagina": "1"})

        assert response.json()["filters"] == {key: [value] for key, value in question.items()}
        assert response.json()["peildatum"] == "2023-03-13"

    def test_every_list_has_one(self, client):
        for path in LISTS:
            data = client.get(f"/{path}.json").json()
            assert {"aantal", "pagina", "volgende", "vorige", "facetten", "resultaten"} <= set(data)


LISTS = [
    *("concepten", "ontwikkelingen", "beleidsdomeinen", "diensten", "partners", "regelgeving"),
    *("gebieden", "bronnen", "begrippen"),
]


class TestAListInCsv:
    def test_has_a_row_for_each_result_with_the_fields_of_the_json(self, client, gbo):
        ReviewFactory(version=gbo, date=dt.date(2023, 6, 1))

        response = client.get("/concepten.csv")

        assert rows_of_csv(response) == [
            ROW
            | {
                "domeinen": "welzijn",
                "diensten": "departement-wvg",
                "partners": "ocmw:regie|caw:verplicht",
                "schaal": "eerstelijnszone",
            }
        ]

    def test_is_rfc_4180_in_utf_8(self, client, gbo):
        response = client.get("/concepten.csv")

        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="concepten.csv"'
        header, row, rest = response.content.decode().split("\r\n")
        assert header == ",".join(ROW)
        assert rest == ""
        assert "\n" not in row

    def test_for_excel_it_has_a_byte_order_mark_and_semicolons(self, client, gbo):
        response = client.get("/concepten.csv", {"excel": "1"})

        assert response.content.startswith(b"\xef\xbb\xbfslug;naam;afkorting;")
        # A semicolon in a value is quoted.
        assert '"Eén plek; wie “hulp” zoekt, wordt verder geholpen."' in response.content.decode()

    @pytest.mark.parametrize("value", ["0", "ja", ["1", "1"]])
    def test_for_excel_is_asked_in_one_way(self, client, value):
        response = client.get("/concepten.csv", {"excel": value})

        assert response.status_code == 400
        assert response.json()["parameters"][0]["parameter"] == "excel"

    def test_an_empty_excel_counts_as_absent(self, client, gbo):
        assert client.get("/concepten.csv?excel=").content.startswith(b"slug,")

    def test_an_empty_list_still_has_its_header(self, client):
        assert client.get("/concepten.csv").content.decode() == f"{','.join(ROW)}\r\n"

    def test_with_an_area_every_row_says_how_it_reaches_it(self, client):
        area = CoverageAreaFactory(slug="zone")
        derived.rebuild()
        ConceptVersionFactory(
            published=True,
            statements=[
                partial(CoverageFactory, extent=Coverage.Extent.ONLY_NAMED, territory=[area])
            ],
        )

        (row,) = rows_of_csv(client.get("/concepten.csv", {"gebied": "zone"}))

        assert row["dekking"] == "ja"

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("=1+1", "'=1+1"),
            ("+32 2 123", "'+32 2 123"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("gewoon = tekst", "gewoon = tekst"),
            (None, ""),
            (0, "0"),
            (["caw", "clb"], "caw|clb"),
            (["=1", "clb"], "'=1|clb"),
            ([], ""),
            (dt.date(2023, 3, 13), "2023-03-13"),
        ],
    )
    def test_a_cell_is_never_a_formula(self, value, written):
        assert cell(value) == written

    def test_a_name_that_starts_as_a_formula_is_made_harmless(self, client):
        PartnerFactory(slug="caw", name='=HYPERLINK("http://x")')

        (row,) = rows_of_csv(client.get("/partners.csv"))

        assert row["naam"] == '\'=HYPERLINK("http://x")'

    def test_a_line_break_in_a_value_stays_within_its_cell(self):
        response = csv_response("x", ["a", "b"], [["een\r\ntwee", "drie"]])

        assert response.content == b'a,b\r\n"een\r\ntwee",drie\r\n'


def test_page_json_and_csv_give_the_same_rows_in_the_same_order(client, subtests):
    caw = PartnerFactory(slug="caw")
    for number in range(22):
        asked = partial(ParticipationFactory, partner=caw, end="2019" if number % 3 else "")
        ConceptVersionFactory(published=True, statements=[asked] if number % 2 else [])

    for question in [
        {},
        {"sorteer": "-naam"},
        {"partner": "caw", "sorteer": "-naam"},
        {"partner": "caw", "peildatum": "2023-03-13"},
    ]:
        with subtests.test(**question):
            pages = [client.get("/concepten/", question | {"pagina": n}) for n in "12"]
            pages = [page for page in pages if page.status_code == 200]
            data = client.get("/concepten.json", question | {"per_pagina": "50"})
            table = client.get("/concepten.csv", question)

            on_pages = [row.url.split("/")[-2] for page in pages for row in shown(page)]
            assert on_pages == slugs(data) == [row["slug"] for row in rows_of_csv(table)]
            assert on_pages


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("concepten", partial(ConceptVersionFactory, published=True)),
        ("partners", PartnerFactory),
        ("gebieden", CoverageAreaFactory),
        ("gemeenten", MunicipalityFactory),
    ],
)
class TestACsvIsNotCut:
    """A page has 20 rows or 100; a table has them all, whatever page it was asked from."""

    def test_it_has_every_row(self, client, name, factory):
        for _ in range(45):
            factory()

        questions = ["", "?excel=1"]
        if name != "gemeenten":  # a list without pages
            questions += ["?per_pagina=20&pagina=2", "?per_pagina=20&pagina=3", "?sorteer=-naam"]
        for question in questions:
            delimiter = ";" if "excel" in question else ","
            answer = client.get(f"/{name}.csv{question}")
            rows = rows_of_csv(answer, delimiter)
            assert len({row["url"] for row in rows}) == len(rows) == 45, question

    def test_nor_when_it_is_large(self, client, name, factory, monkeypatch):
        """Then its records are read in portions. It still leaves whole, with its length and tag."""
        for _ in range(9):
            factory()
        whole = client.get(f"/{name}.csv?excel=1").content

        monkeypatch.setattr(export, "AT_ONCE", 4)
        answer = client.get(f"/{name}.csv?excel=1")

        assert not answer.streaming
        assert answer.content == whole
        assert answer["ETag"]
        assert answer["Content-Length"] == str(len(whole))


@pytest.mark.parametrize(
    ("question", "status"),
    [("pagina=4", 404), ("pagina=a", 404), ("pagina=-1", 404), ("per_pagina=7", 400)],
)
def test_a_csv_of_a_page_that_does_not_exist_does_not_exist(client, question, status):
    PartnerFactory()

    assert client.get(f"/partners.csv?{question}").status_code == status
