"""What a page is on paper: nothing that is folded on a screen is missing, and it says whence."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.window import in_sight

pytestmark = pytest.mark.django_db

#: What a browser does around a print, where a test only looks at the page.
BEFORE, AFTER = (f"dispatchEvent(new Event('{name}print'))" for name in ("before", "after"))
FOLDED = "document.querySelectorAll('main details:not(.filters, [open])').length"
#: A browser from before `::details-content`: nothing that speaks of it is understood.
OLD = "CSS.supports = () => false"


def pages_of(page):
    """How many pages it prints."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/concepten/family-justice-centers/", 3),  # the longest two
        ("/concepten/eerstelijnszones-en-zorgraden/", 3),
        ("/concepten/sociaal-huis/", 2),
        ("/tijdlijn/", 9),
        ("/tegenspraken/", 14),
        ("/vergelijk/?c=gbo&c=sociaal-huis&c=overkop&c=1gezin1plan", 9),
    ],
)
def test_a_long_page_prints_on_few(visit, path, most):
    page = visit(path).page

    page.emulate_media(media="print")

    assert pages_of(page) <= most


def test_a_comparison_on_paper_says_where_long_texts_stand(visit):
    page = visit("/vergelijk/?c=gbo&c=sociaal-huis").page
    said = page.get_by_text("Van een lange tekst staat hier het begin.")
    expect(said).to_be_hidden()
    assert page.locator(".vs-values .prose").count() > 0

    page.emulate_media(media="print")

    expect(said).to_be_visible()


def test_a_concept_on_paper(visit):
    page = visit("/concepten/gbo/").page

    page.emulate_media(media="print")

    for gone in ("Hoofdmenu", "Over deze site"):
        expect(page.get_by_role("navigation", name=gone, include_hidden=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="Bronnen", exact=True)).to_be_visible()
    sources = page.locator("ol.sources > li")
    assert sources.count() > 5
    assert in_sight(sources) == sources.count()
    as_of = page.get_by_text("Stand van de bronnen: ")
    expect(as_of.filter(visible=True).first).to_be_visible()
    assert pages_of(page) == 3


def test_what_is_folded_is_not_missing_on_paper(visit):
    page = visit("/gemeenten/?q=Limburg").page
    links = page.locator("main details li a")
    assert links.count() > 5
    assert in_sight(links) == 0

    page.emulate_media(media="print")

    assert in_sight(links) == links.count()
    assert in_sight(page.locator("main summary")) == 0


def test_what_a_search_leaves_out_is_said_on_paper(visit):
    page = visit("/zoeken/?q=zorg").page
    left_out = page.get_by_text("Op papier staan hier 8 van de ")
    assert left_out.count() > 1
    assert in_sight(left_out) == 0

    page.emulate_media(media="print")

    assert in_sight(left_out) == left_out.count()


@pytest.mark.parametrize(
    "path",
    [
        "/gemeenten/11002-antwerpen/",  # in four zones
        "/gemeenten/46030-beveren-kruibeke-zwijndrecht/",  # the longest name
        "/gemeenten/11056-zwijndrecht/?peildatum=2023-03-13",  # the most changes
    ],
)
def test_a_municipality_prints_on_two_pages(visit, path):
    page = visit(path).page

    page.emulate_media(media="print")

    pages = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 2


@pytest.mark.parametrize(
    "path",
    ["/gevraagd/?gemeente=73110&partner=ocmw", "/gevraagd/?gemeente=46030&partner=lokaal-bestuur"],
)
def test_what_is_asked_prints_on_one_page(visit, path):
    page = visit(path).page

    page.emulate_media(media="print")

    pages = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 1
    asks = page.locator(".ask")
    assert in_sight(asks) == asks.count() > 5


def test_the_places_of_a_source_are_on_paper_without_the_heights_of_fingers(visit):
    page = visit("/bronnen/tekst/").page
    places = page.locator(".source-place")
    assert places.count() > 50
    assert not any(place.is_visible() for place in places.all()[:5])

    page.emulate_media(media="print")

    assert in_sight(places) == places.count()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 20


def test_a_municipality_has_its_divisions_on_paper(visit):
    page = visit("/gemeenten/24062-leuven/").page
    divisions = page.locator(".lies-in a")

    page.emulate_media(media="print")

    assert divisions.count() > 4
    assert in_sight(divisions) == divisions.count()


def test_a_municipality_on_paper_says_where_the_rest_stands(visit):
    page = visit("/gemeenten/24062-leuven/").page
    said = page.get_by_text("Wat hier veranderde, en sinds wanneer Leuven in elk gebied ligt")
    expect(said).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.locator("#veranderd")).to_be_hidden()
    expect(said).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/concepten/gbo/", "/zoeken/?q=CAW&kleur=groen"])
def test_the_last_line_says_where_and_when_it_was_printed(visit, path):
    window = visit(path)

    window.page.emulate_media(media="print")
    window.page.evaluate(BEFORE)

    line = window.page.locator("p.print-only")
    expect(line).to_contain_text(f"{window.site}{path}, afgedrukt op ")
    expect(line).to_contain_text(re.compile(r"afgedrukt op \d+ \w+ 20\d\d\."))


def test_without_the_script_the_last_line_has_the_address(visit):
    window = visit("/concepten/gbo/", java_script_enabled=False)

    window.page.emulate_media(media="print")

    expect(window.page.locator("p.print-only")).to_contain_text(f"{window.site}/concepten/gbo/")


class TestABrowserThatCannotOpenAFold:
    """Where `::details-content` is unknown: the style sheet is served without it."""

    @pytest.fixture
    def old(self, new_window):
        window = new_window("/over/")
        window.page.add_init_script(OLD)

        def without_it(route):
            response = route.fetch()
            style = response.text().replace("::details-content", "::unknown-content")
            route.fulfill(response=response, body=style)

        window.page.route(re.compile(r"/site[^/]*\.css"), without_it)
        return window

    @pytest.mark.parametrize("path", ["/concepten/gbo/", "/bronnen/tekst/"])
    def test_the_script_opens_every_fold_and_closes_it_again(self, old, path):
        old.open(path)
        closed = old.page.evaluate(FOLDED)
        assert closed > 10

        old.page.evaluate(BEFORE)
        opened = closed - old.page.evaluate(FOLDED)
        old.page.evaluate(AFTER)

        assert opened == closed
        assert old.page.evaluate(FOLDED) == closed

    def test_without_a_print_of_the_script_paper_says_that_there_is_more(self, old):
        old.open("/gemeenten/24062-leuven/")

        old.page.emulate_media(media="print")

        folds = old.page.locator("#ligging details:not(.on-screen) > summary")
        assert folds.count() >= 1
        assert in_sight(folds) == folds.count()
        expect(old.page.locator(".divisions")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "way"),
    [("/", ".signpost"), ("/", ".home-columns .more-line"), ("/overlap/", ".pair-compare")],
)
def test_what_only_leads_on_is_not_on_paper(visit, path, way):
    page = visit(path).page
    ways = page.locator(way)
    assert in_sight(ways) > 0

    page.emulate_media(media="print")

    assert in_sight(ways) == 0


@pytest.mark.parametrize(
    ("path", "fold"),
    [("/concepten/?gemeente=24062", ".group-folded"), ("/tegenspraken/", ".differences")],
)
def test_what_is_opened_on_paper_has_no_arrow_to_fold_it(visit, path, fold):
    page = visit(path).page
    arrow = f"getComputedStyle(document.querySelector('{fold} > summary'), '::after').content"
    assert page.evaluate(arrow) == '""'

    page.emulate_media(media="print")

    assert page.evaluate(arrow) == "none"


def test_no_pole_runs_through_the_names_on_paper(visit):
    page = visit("/gemeenten/73006-bilzen/").page
    pole = "getComputedStyle(document.querySelector('.signpost'), '::before').content"
    assert page.evaluate(pole) == '""'

    page.emulate_media(media="print")

    assert page.evaluate(pole) == "none"
