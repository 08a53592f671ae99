"""The papers of today's content: how many pages they have, and what stands on the first."""

import io
import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from html import unescape

import pypdf
import pytest
from django.utils.html import strip_tags

from concepts.models import Concept, ConceptVersion, Status
from eerstelijn.kept import forget_all
from eerstelijn.paper import answers, press

pytestmark = pytest.mark.usefixtures("only_reads")

MM = 72 / 25.4
INSTALL = "libpango-1.0-0"


@pytest.fixture(scope="module", autouse=True)
def _patience():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "MOST_SECONDS", 60.0)
        yield


@cache
def has_pango():
    try:
        press.pressed(lambda: ["<p>Dag"])
    except press.Lacking:
        return False
    return True


def paper(client, address):
    """The pages of a PDF; where the system cannot make one, what the answer says instead."""
    response = client.get(address)
    if not has_pango():
        assert response.status_code == 503
        assert INSTALL in response.content.decode()
        pytest.skip("no Pango here: a page says what to install")
    assert response.status_code == 200
    assert len(response.content) <= answers.LARGEST
    return pypdf.PdfReader(io.BytesIO(response.content)).pages


def words(page):
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize("slug", ["gbo", "family-justice-centers", "zorgzame-buurten"])
def test_a_concept_is_on_two_pages_and_the_first_stands_alone(client, slug):
    pages = paper(client, f"/concepten/{slug}.pdf")

    assert len(pages) == 2
    first = words(pages[0])
    for told in ("Waarvoor dient het?", "Van wie, en wat veranderde?", "Wie doet mee?"):
        assert told in first
    assert first.count("Waar geldt het?") == 2  # in short, and as a chapter
    listed = re.findall(r"(?<= )\d+(?= (?:Poster|Tekst), )", first.rpartition(" 1 Poster, ")[2])
    assert len(listed) > 3
    for number, page in enumerate(pages, start=1):
        foot = words(page)
        assert f"/concepten/{slug}/ · versie 1 · op datum" in foot
        assert f"bladzijde {number} van 2" in foot
        assert _rightmost(page) <= page.mediabox.width


def test_the_text_of_a_concept_is_in_letters_of_nine_points(client):
    letters = Counter()

    def seen(said, transform, matrix, font, size):
        letters[round(size * abs(matrix[3] * transform[3]), 1)] += len(said.strip())

    for page in paper(client, "/concepten/gbo.pdf"):
        page.extract_text(visitor_text=seen)

    # What is smaller are notes, numbers and the list of sources.
    assert sum(n for size, n in letters.items() if size >= 9) > sum(letters.values()) / 2
    assert min(size for size, n in letters.items() if n) >= 6


#: Reads the papers that are asked for, and says of each how many pages it has.
PAGES = f"""
import json, runpy, sys
laid_out = runpy.run_path({str(press.WORKER)!r})["laid_out"]
print(json.dumps([len(laid_out(asked).pages) for asked in json.load(sys.stdin)]))
"""


def test_every_concept_is_on_two_pages(client, monkeypatch):
    if not has_pango():
        pytest.skip("no Pango here: a page says what to install")
    asked = written_lengths(client, monkeypatch)
    assert len(asked) == 32

    done = subprocess.run(
        [sys.executable, "-I", "-c", PAGES],
        input=json.dumps(list(asked.values())).encode(),
        capture_output=True,
        check=True,
    )

    pages = dict(zip(asked, json.loads(done.stdout), strict=True))
    assert {slug: number for slug, number in pages.items() if number > 2} == {}


def test_whatever_does_not_fit_is_named_with_its_gist(client, monkeypatch):
    for slug, asked in written_lengths(client, monkeypatch).items():
        longest, *shorter = asked["lengths"]
        chapters = {*headings(longest), *named(longest)}
        assert len(chapters) > 4, slug
        for length in shorter:
            told, gists = headings(length), named(length)
            assert chapters == {*told, *gists}, slug
            if gists:
                assert "voluit lees je het op het adres onderaan" in length
                assert all(gists.values()), (slug, gists)


def written_lengths(client, monkeypatch):
    """What the program is asked for each concept and ontwikkeling, by slug."""
    asked = {}

    def pressed(write, *, most_pages, **rest):
        asked[slug] = {"lengths": write(), "most_pages": most_pages}
        return b"%PDF-"

    monkeypatch.setattr(answers, "pressed", pressed)
    forget_all()
    for concept in Concept.objects.filter(versions__status=Status.PUBLISHED):
        slug = concept.slug
        client.get(f"{concept.get_absolute_url().rstrip('/')}.pdf")
    forget_all()
    return asked


def headings(html):
    """The chapters that are there in full, by their names."""
    found = re.findall(r"<h2 id=.*?>(.*?)</h2>", html, re.DOTALL)
    return {" ".join(strip_tags(heading).split()) for heading in found}


def named(html):
    """The chapters of which only the gist is told, with that."""
    left = html.partition('<section class="left">')[2].partition("</section>")[0]
    found = re.findall(r"<p><b>(.*?)\.?</b>(.*?)</p>", left, re.DOTALL)
    return {unescape(name): gist.strip() for name, gist in found}


@pytest.mark.parametrize("nis", ["24062", "73110", "11002", "46030"])
def test_a_municipality_is_on_two_pages(client, nis):
    pages = paper(client, f"/gemeenten/{nis}.pdf")

    assert len(pages) == 2
    assert "Wie wordt hier gevraagd?" in words(pages[0])
    assert "Bronnen" in words(pages[1])


def test_a_municipality_on_a_day_says_which(client):
    pages = paper(client, "/gemeenten/24062.pdf?peildatum=2023-03-13")

    assert "op datum 13 maart 2023" in words(pages[0])


@pytest.mark.parametrize("nis", ["73110", "24062"])
def test_what_is_asked_of_the_ocmw_is_on_one_page(client, nis):
    (page,) = paper(client, f"/gevraagd.pdf?partner=ocmw&gemeente={nis}")

    said = words(page)
    assert "Gevraagd aan: OCMW, in" in said
    assert "Geïntegreerd breed onthaal GBO Doe zeker mee." in said
    assert "Ook via: lokaal bestuur" in said
    assert f"/gevraagd/?gemeente={nis}&partner=ocmw · op datum" in said
    # What stands beyond its edge is read all the same, but not seen.
    assert _rightmost(page) <= page.mediabox.width


def test_what_was_asked_on_a_day_says_which(client):
    (page,) = paper(client, "/gevraagd.pdf?partner=ocmw&gemeente=73110&peildatum=2023-03-13")

    assert "op datum 13 maart 2023" in words(page)


@pytest.mark.parametrize("question", ["", "?peildatum=2023-03-13"])
def test_the_poster_is_one_sheet_of_a2_with_every_concept(client, question):
    (page,) = paper(client, f"/poster.pdf{question}")

    assert round(page.mediabox.width / MM) == 594
    assert round(page.mediabox.height / MM) == 420
    said = words(page)
    published = ConceptVersion.objects.published().concepts()
    assert published.count() == 20
    for name in published.values_list("name", flat=True):
        assert name in said
    # What stands beyond its edge is read all the same, but not seen.
    assert _rightmost(page) <= page.mediabox.width


def _rightmost(page):
    """Where the last text of the page begins, in points from the left."""
    places = []

    def seen(said, transform, matrix, font, size):
        if said.strip():
            places.append(matrix[4] * transform[0] + transform[4])

    page.extract_text(visitor_text=seen)
    return max(places)
