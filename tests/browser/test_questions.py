"""What someone who has never seen the site must find on it, within a minute each.

Each test goes the way of a newcomer: a search or a list, one page, and there the answer with the
source that gives it.
"""

import re

import pytest

from tests.browser.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    def read(path):
        response = client.get(path)
        assert response.status_code == 200
        return Page(f"http://testserver{path}", 200, response.content.decode())

    return read


def text(html):
    return Page("", 200, html).text


def under(page, heading):
    """What stands under a heading, up to the next one."""
    pieces = re.split(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", page.html, flags=re.DOTALL)
    found = [
        text(after)
        for title, after in zip(pieces[1::2], pieces[2::2], strict=True)
        if text(title) == heading
    ]
    assert found, heading
    return " ".join(found)


def fact(page, question):
    """What the fact box answers to a question."""
    for part in page.html.split("<dt>")[1:]:
        asked, _, rest = part.partition("</dt>")
        if text(asked).startswith(question):
            return text(rest.partition("</dd>")[0])
    raise AssertionError(question)


def leads_to(page, path):
    return [link.text for link in page.links if link.url == f"http://testserver{path}"]


def test_what_is_the_goal_of_de_stek(read):
    assert leads_to(read("/zoeken/?q=de+stek"), "/concepten/de-stek/")
    page = read("/concepten/de-stek/")

    goal = under(page, "Doelstelling")

    assert fact(page, "Waarvoor dient het?").startswith("Sociale bescherming")
    assert "Het doel is sociale bescherming." in goal
    assert "toereikend inkomen" in goal
    assert "toegankelijke hulp- en dienstverlening" in goal
    assert "Poster, Blok De STEK" in goal


def test_who_must_take_part_in_a_gbo(read):
    assert leads_to(read("/zoeken/?q=gbo"), "/concepten/gbo/")
    page = read("/concepten/gbo/")

    partners = under(page, "Wie doet mee?")

    _, after = partners.split("verplicht of minstens", 1)
    must, _ = after.split("deelnemer", 1)
    assert [name for name in ("OCMW", "CAW", "DMW") if name not in must] == []
    assert "VVSG" not in must
    assert re.search(r"regie Lokaal bestuur\b", partners)
    assert {"Poster", "Tekst"} <= set(re.findall("Poster|Tekst", partners))
    short = fact(page, "Wie doet mee?")
    assert [name for name in ("OCMW", "CAW", "DMW") if name not in short] == []


def test_which_concepts_ask_the_clb(read):
    assert leads_to(read("/zoeken/?q=clb"), "/partners/clb/")

    partner, list_ = read("/partners/clb/"), read("/concepten/?partner=clb")

    assert leads_to(partner, "/concepten/1gezin1plan/")
    assert "1\u00a0concept" in list_.html
    rows = {link.url for link in list_.links if "/concepten/" in link.url and "?" not in link.url}
    assert rows == {"http://testserver/concepten/", "http://testserver/concepten/1gezin1plan/"}


def test_who_owned_the_gbo_in_2023_and_who_owns_it_today(read):
    page = read("/concepten/gbo/")

    owner = fact(page, "Van wie")

    assert owner.startswith("Departement Zorg")
    assert "Sinds 1 juni 2023; daarvoor Departement WVG" in owner
    assert "Departement WVG" in under(page, "Van wie is het?")
    assert leads_to(page, "/diensten/departement-wvg/")
    today = read("/diensten/departement-wvg/")
    assert leads_to(today, "/diensten/departement-zorg/")
    assert "1 juni 2023" in today.text


def test_why_the_poster_says_133_and_the_text_132(read):
    page = read("/concepten/zorgzame-buurten/")

    contradiction = under(page, "133 zorgzame buurten, of 132?")

    assert "Volgens de poster kregen 133 zorgzame buurten" in contradiction
    assert "Volgens de tekst kregen 132 zorgzame buurten" in contradiction
    assert "VGC, zorgzame buurten" in contradiction  # an outside source settles it


def test_may_a_citizen_walk_into_a_family_justice_center(read):
    assert leads_to(read("/zoeken/?q=family+justice+center"), "/concepten/family-justice-centers/")
    page = read("/concepten/family-justice-centers/")

    assert fact(page, "Rechtstreeks toegankelijk").startswith("nee, niet rechtstreeks")
    assert "niet rechtstreeks" in under(page, "Kun je er zelf terecht?")
