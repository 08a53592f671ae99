"""The papers of today's content: how many pages they have, and what stands on the first."""

import io
import re
from functools import cache

import pypdf
import pytest

from concepts.models import ConceptVersion
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
        press.pressed(lambda: "<p>Dag")
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
def test_a_concept_is_on_three_pages_at_most_and_the_first_stands_alone(client, slug):
    pages = paper(client, f"/concepten/{slug}.pdf")

    assert 2 <= len(pages) <= 3
    first = words(pages[0])
    for told in ("Waarvoor dient het?", "Van wie, en wat veranderde?", "Waar geldt het?"):
        assert told in first
    listed = re.findall(r"(?<= )\d+(?= (?:Poster|Tekst), )", first.rpartition(" 1 Poster, ")[2])
    assert len(listed) > 3
    for number, page in enumerate(pages, start=1):
        foot = words(page)
        assert f"/concepten/{slug}/ · versie 1 · stand op" in foot
        assert f"bladzijde {number} van {len(pages)}" in foot


@pytest.mark.parametrize("nis", ["24062", "73110", "11002", "46030"])
def test_a_municipality_is_on_two_pages(client, nis):
    pages = paper(client, f"/gemeenten/{nis}.pdf")

    assert len(pages) == 2
    assert "Wie wordt hier gevraagd?" in words(pages[0])
    assert "Bronnen" in words(pages[1])


def test_a_municipality_on_a_day_says_which(client):
    pages = paper(client, "/gemeenten/24062.pdf?peildatum=2023-03-13")

    assert "stand op 13 maart 2023" in words(pages[0])


@pytest.mark.parametrize("nis", ["73110", "24062"])
def test_what_is_asked_of_the_ocmw_is_on_one_page(client, nis):
    (page,) = paper(client, f"/gevraagd.pdf?partner=ocmw&gemeente={nis}")

    said = words(page)
    assert "Wat vraagt men van OCMW in" in said
    assert "Geïntegreerd breed onthaal GBO Doe zeker mee." in said
    assert "Ook via lokaal bestuur" in said
    assert f"/gevraagd/?gemeente={nis}&partner=ocmw · stand op" in said
    # What stands beyond its edge is read all the same, but not seen.
    assert _rightmost(page) <= page.mediabox.width


def test_what_was_asked_on_a_day_says_which(client):
    (page,) = paper(client, "/gevraagd.pdf?partner=ocmw&gemeente=73110&peildatum=2023-03-13")

    assert "stand op 13 maart 2023" in words(page)


def test_the_poster_is_one_sheet_of_a2_with_every_concept(client):
    (page,) = paper(client, "/poster.pdf")

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
