"""A plain question leads to the view, or the chapter, that answers it: on top of the hits."""

import pytest

from concepts.search.index import reindex_all
from concepts.search.page import SearchPage
from tests.answers import text

pytestmark = pytest.mark.django_db

#: Questions of social workers, local governments, policy people and researchers; the address of
#: what answers each.
ANSWERS = {
    "lijkt op 1Gezin1Plan": "/concepten/1gezin1plan/#lijkt-op",
    "overlap 1Gezin1Plan": "/concepten/1gezin1plan/#lijkt-op",
    "overlap tussen OverKop en 1G1P": "/vergelijk/?c=overkop&c=1gezin1plan",
    "verschil GBO en Sociaal Huis": "/vergelijk/?c=gbo&c=sociaal-huis",
    "verschil 1Gezin1Plan OverKop": "/vergelijk/?c=1gezin1plan&c=overkop",
    "gbo vs 1g1p": "/vergelijk/?c=gbo&c=1gezin1plan",
    "vergelijk overkop": "/vergelijk/?c=overkop",
    "handout GBO": "/concepten/gbo.pdf",
    "afdrukken livc-r": "/concepten/livc-r.pdf",
    "poster": "/poster.pdf",
    "druk op CAW": "/gevraagd/?partner=caw",
    "wat vraagt men van het OCMW": "/gevraagd/?partner=ocmw",
    "welke concepten vragen het CLB": "/gevraagd/?partner=clb",
    "taken van de politie": "/gevraagd/?partner=politie",
    "druk op OCMW Bilzen": "/gevraagd/?gemeente=73110&partner=ocmw",
    "wie moet meedoen aan GBO": "/concepten/gbo/#partners",
    "wie doet mee met 1Gezin1Plan": "/concepten/1gezin1plan/#partners",
    "welke partners zitten in OverKop": "/concepten/overkop/#partners",
    "verplichte partners GBO": "/concepten/gbo/#partners",
    "tijdlijn GBO": "/tijdlijn/?concept=gbo",
    "wat veranderde er aan GBO": "/tijdlijn/?concept=gbo",
    "eind 2023": "/tijdlijn/beloofd/?van=2023&tot=2023",
    "wat is beloofd tegen eind 2023": "/tijdlijn/beloofd/?van=2023&tot=2023",
    "wat is beloofd voor zorgzame buurten": "/tijdlijn/beloofd/?concept=zorgzame-buurten",
    "klopt 133 zorgzame buurten": "/concepten/zorgzame-buurten/#tegenspraak",
    "waar bestaan Huizen van het Kind": "/concepten/huizen-van-het-kind/#waar",
    "van wie is GBO": "/concepten/gbo/#eigenaar",
    "eigenaar De STEK": "/concepten/de-stek/#eigenaar",
    "mag ik binnenstappen in een Family Justice Center": (
        "/concepten/family-justice-centers/#toegankelijk"
    ),
    "rechtsgrond livc-r": "/concepten/livc-r/#rechtsgrond",
    "decreet achter 1Gezin1Plan": "/concepten/1gezin1plan/#rechtsgrond",
    "doel van De STEK": "/concepten/de-stek/#waarvoor",
    "netwerk van CAW": "/netwerk/?focus=partner%3Acaw",
    "citeren GBO": "/concepten/gbo/#neem-mee",
    "GBO in csv": "/concepten/gbo.csv",
    "overzicht van alle concepten": "/concepten/",
}
#: What a name, a place or another text answers: no view stands above it.
OTHERS = (
    *("gedeelde verantwoordelijkheid", "huiselijk geweld", "zorgraad", "sociaal huis", "GBO"),
    *("decreet lokaal sociaal beleid", "toegang tot sociale rechten", "netwerken GGZ"),
    *("subsidie voor vrijwilligers", "samenwerking tussen ziekenhuizen en huisartsen"),
)


@pytest.mark.parametrize("question", ANSWERS)
def test_the_answer_stands_first(question, client):
    first = SearchPage(question).offers[0]

    assert first.url == ANSWERS[question]
    assert client.get(first.url.partition("#")[0].replace(".pdf", "/")).status_code in (200, 404)


@pytest.mark.parametrize("question", [*ANSWERS, "lijkt op sociaal huis"])
def test_what_asks_for_a_view_is_no_misspelling(question):
    assert SearchPage(question).read.corrections == []


@pytest.mark.parametrize("question", OTHERS)
def test_other_questions_are_answered_by_texts(question):
    assert list(SearchPage(question).read.wanted.offers) == []


def test_of_a_year_the_promises_come_first():
    groups = SearchPage("eind 2023").groups

    assert groups[0].label == "Beloften"
    assert len(groups) > 1


def test_a_year_of_which_nothing_was_promised_leads_to_the_timeline():
    urls = [offer.url for offer in SearchPage("1976").offers]

    assert urls == ["/tijdlijn/?van=1976&tot=1976"]


def test_a_chapter_that_is_named_stands_on_the_page(client):
    for url in ANSWERS.values():
        page, _, chapter = url.partition("#")
        if chapter and "waarvoor" not in chapter:
            assert f'id="{chapter}"' in client.get(page).content.decode(), url


def test_a_correction_is_a_word_that_some_text_has():
    """ "lijks" is what is left of tijdelijks beside a part: nobody means that."""
    reindex_all()

    assert SearchPage("lijkx").read.corrections == []


def test_the_page_shows_it(client):
    said = text(client.get("/zoeken/?q=handout+GBO"))

    assert "Geïntegreerd breed onthaal op papier (pdf)" in said
