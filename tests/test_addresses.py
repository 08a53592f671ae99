"""Addresses as people meet them: with the marks of a newsletter, or typed in capitals."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from eerstelijn.middleware import MarksMiddleware
from governance.models import OldSlug
from tests.answers import text
from tests.desk import editor
from tests.factories import ConceptVersionFactory, MunicipalityFactory, PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]

MARKS = [
    "fbclid=x",
    "gclid=x",
    "utm_source=nieuwsbrief&utm_medium=e-mail&utm_campaign=a%20b",
    "mc_cid=1&mc_eid=2",
    "UTM_Source=x",
    "utm%5Fsource=x",
    "utm_source",
    "fbclid=x&fbclid=y",
]


@pytest.fixture
def gbo():
    return ConceptVersionFactory(
        published=True, concept__slug="gbo", name="Geïntegreerd breed onthaal"
    )


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize(
    "address",
    [
        *(
            "/",
            "/concepten/",
            "/concepten/gbo/",
            "/partners/?type=caw",
            "/concepten/?q=gbo&soort=x",
        ),
        *("/zoeken/?q=onthaal", "/gemeenten/", "/gemeenten/24062-leuven/?peildatum=2023-03-13"),
        *("/gebieden/vergelijk/", "/over/"),
    ],
)
def test_a_page_is_the_page_without_the_marks_of_a_newsletter(client, gbo, address, marks):
    MunicipalityFactory(nis="24062", name="Leuven")
    plain = client.get(address)

    marked = client.get(f"{address}{'&' if '?' in address else '?'}{marks}")

    assert plain.status_code == marked.status_code == 200
    assert marked.content == plain.content
    assert not re.search("fbclid|gclid|utm_|mc_", marked.content.decode(), re.IGNORECASE)


def test_what_a_reader_asked_beside_them_stays(client, gbo):
    page = client.get("/concepten/?utm_source=x&q=onthaal&fbclid=y&boom=1&sorteer=-naam")

    assert page.context["finder"].q == "onthaal"
    assert "We kennen het filter “boom” niet" in text(page)
    assert page.context["canonical_url"].endswith("/concepten/?q=onthaal&sorteer=-naam")


def test_a_page_that_leads_on_leaves_them_behind(client):
    MunicipalityFactory(nis="24062", name="Leuven")

    answer = client.get("/gemeenten/24062/?utm_source=x&peildatum=2025-01-01")

    assert answer.status_code == 301
    assert answer["Location"] == "/gemeenten/24062-leuven/?peildatum=2025-01-01"


@pytest.mark.parametrize("address", ["/concepten.json", "/concepten.csv", "/concepten/gbo.json"])
@pytest.mark.parametrize("marks", ["utm_source=x", "fbclid=x"])
def test_data_stay_strict(client, gbo, address, marks):
    answer = client.get(f"{address}?{marks}")

    assert answer.status_code == 400
    assert answer.json()["parameters"][0]["parameter"] == marks.partition("=")[0]


def test_a_pdf_is_read_by_people(rf):
    asked = rf.get("/concepten/gbo.pdf?utm_source=x&peildatum=2020-01-01&fbclid=y")

    query = MarksMiddleware(lambda request: request.META["QUERY_STRING"])(asked)

    assert query == "peildatum=2020-01-01"


def test_other_keys_are_told_as_before(client):
    for key in ("utm", "utmsource", "mc", "fbclid2", "x_utm_y"):
        assert f"We kennen het filter “{key}” niet" in text(client.get(f"/concepten/?{key}=1"))


# Capitals


@pytest.mark.parametrize(
    ("address", "small"),
    [
        ("/concepten/GBO/", "/concepten/gbo/"),
        ("/Concepten/", "/concepten/"),
        ("/CONCEPTEN/GBO/?peildatum=2023-03-13", "/concepten/gbo/?peildatum=2023-03-13"),
        ("/concepten/GBO.json", "/concepten/gbo.json"),
        ("/concepten.CSV?excel=1&q=CAW", "/concepten.csv?excel=1&q=CAW"),
        ("/Zoeken/?q=Huis%20VAN%26het", "/zoeken/?q=Huis%20VAN%26het"),
        ("/concepten/OUD/", "/concepten/oud/"),  # a former address, which leads on from there
        ("/Concepten/GBO", "/concepten/gbo"),  # the slash follows
        ("/gemeenten/24062-LEUVEN/", "/gemeenten/24062-leuven/"),
        ("/OVER/?utm_source=X", "/over/"),
        ("/Sitemap.xml", "/sitemap.xml"),
    ],
)
def test_capitals_lead_on_to_small_letters_with_the_question(client, gbo, address, small):
    MunicipalityFactory(nis="24062", name="Leuven")
    OldSlug.objects.create(kind="concept", old="oud", current="gbo")

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (301, small)
    assert client.get(small, follow=True).status_code == 200
    assert client.head(address)["Location"] == small


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/gemeenten/24062-leuven.", "/gemeenten/24062-leuven/"),
        ("/gemeenten/24062-leuven./", "/gemeenten/24062-leuven/"),
        ("/gemeenten/24062.?peildatum=2025-01-01", "/gemeenten/24062/?peildatum=2025-01-01"),
        ("/concepten/gbo.", "/concepten/gbo/"),
        ("/concepten/gbo/,", "/concepten/gbo/"),
        ("/concepten/GBO/).", "/concepten/gbo/"),
        ("/concepten/gbo.json,", "/concepten/gbo.json"),
        ("/concepten/gbo/%E2%80%9D", "/concepten/gbo/"),
        ("/concepten.", "/concepten/"),
    ],
)
def test_the_end_of_a_sentence_behind_an_address_is_no_part_of_it(client, gbo, address, meant):
    MunicipalityFactory(nis="24062", name="Leuven")

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (301, meant)
    assert client.get(meant, follow=True).status_code == 200


@pytest.mark.parametrize("address", ["/concepten/nergens.", "/nergens/).", "//x.,"])
def test_where_nothing_stands_without_it_either_nothing_is_found(client, gbo, address):
    answer = client.get("/", PATH_INFO=unquote(address))

    assert (answer.status_code, "Location" in answer) == (404, False)


def test_a_withdrawn_concept_is_explained_there(client):
    ConceptVersionFactory(concept__slug="weg", status="gearchiveerd")

    gone = client.get("/concepten/weg/").status_code

    assert gone in (404, 410)
    assert client.get("/concepten/WEG/").status_code == (301 if gone == 410 else 404)


@pytest.mark.parametrize(
    "address",
    [
        "/concepten/NERGENS/",
        "/Nergens/",
        "//EVIL.example/",
        "//EVIL.example/concepten/",
        "/\\EVIL.example/",
        "/%5CEVIL.example/",
        "/%2F%2FEVIL.example/",
        "/static/eerstelijn/NERGENS.css",
        "/STATIC/eerstelijn/site.css",
        f"/{'.' * 5_000}x",
    ],
)
def test_what_does_not_exist_does_not_lead_anywhere(client, gbo, address):
    answer = client.get("/", PATH_INFO=unquote(address))  # two slashes are no host here

    assert answer.status_code == 404
    assert "Location" not in answer


def test_the_desk_keeps_its_capitals(client):
    client.force_login(editor("redacteur"))

    for address in ("/BEHEER/", "/beheer/concepts/CONCEPT/", "/beheer/governance/partner/?q=CAW"):
        assert client.get(address).status_code in (200, 404)


def test_nothing_is_asked_twice_where_nothing_is_in_capitals(client, django_assert_num_queries):
    PartnerFactory(slug="caw")
    # The stamp; the record that is not there, and where a former address leads.
    with django_assert_num_queries(3):
        assert Client().get("/partners/ocmw.json").status_code == 404


def test_a_question_in_another_method_is_left_alone(client, gbo):
    assert client.post("/concepten/GBO/").status_code in (404, 405)
