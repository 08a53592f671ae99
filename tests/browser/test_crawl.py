"""The whole site as a crawler meets it, from the home page and the sitemap on."""

import json
import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client

from eerstelijn.middleware import CONTENT_SECURITY_POLICY
from governance.models import AreaKind
from tests.browser.kinds import DRAFT, WITHDRAWN
from tests.browser.reading import Page

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
#: For editors only: the public pages do not lead there.
CLOSED = ("/beheer/",)


#: Hundreds of pages that are alike, and their data: asked about a day, one of each is opened.
PLACES = re.compile(r"/(gemeenten|gebieden)/(?!vergelijk)[^/.]+(/|\.json|\.csv|\.atom)")
#: A record as a citation: of each list and format one is opened.
CITED = re.compile(r"/(\w+)/[^/]+\.(bib|ris|csl\.json)")
#: What robots.txt asks robots to leave alone.
PAPER = ".pdf"


def form_of(url):
    """What is asked of which list, without the values; nothing for an address without question."""
    parts = urlsplit(url)
    path, keys = parts.path, {*QueryDict(parts.query)} - {"pagina"}
    if cited := CITED.fullmatch(path):
        return cited.groups()
    place = PLACES.fullmatch(path)
    if place and (keys or place[2] != "/"):
        return (*place.groups(), *sorted(keys))
    return (path, *sorted(keys)) if keys else None


def bare(response):
    """An answer as a reader gets it: all of them stay, and what made them would be a gigabyte."""
    answer = HttpResponse(response.content, status=response.status_code, headers=response.headers)
    answer.cookies = response.cookies
    return answer


class Site:
    """Every page that can be reached, and what came with it.

    Of the addresses with a question (filters, a search) one of each form is opened: a list, and
    what is asked of it. Their own links are questions about questions, which have no end.
    """

    def __init__(self, client):
        self.client = client
        self.pages, self.data, self.headers = {}, {}, {}
        self.in_sitemap = set(re.findall("<loc>(.*?)</loc>", self._get("/sitemap.xml")))
        #: What links lead to, and the page with the first of them.
        self.linked_from = {}
        self._walk()

    def _get(self, url):
        self.headers[url] = response = bare(self.client.get(url.removeprefix(SITE)))
        return response.content.decode()

    def _walk(self):
        waiting = deque([f"{SITE}/", *sorted(self.in_sitemap)])
        seen = set(waiting)
        while waiting:
            url = waiting.popleft()
            html = self._get(url)
            response = self.headers[url]
            if not response["Content-Type"].startswith("text/html"):
                self.data[url] = response
                continue
            page = self.pages[url] = Page(url, response.status_code, html)
            if form_of(url):
                continue
            found = {link.url for link in page.links} | page.alternates
            for target in sorted(found - self.linked_from.keys()):
                if target.startswith(SITE) and not target.endswith(PAPER):
                    self.linked_from[target] = url
                    if (key := form_of(target) or target) not in seen:
                        seen.add(key)
                        waiting.append(target)


@pytest.fixture(scope="module")
def site(database, django_db_blocker):
    with django_db_blocker.unblock():
        return Site(Client())


def path(url):
    return url.removeprefix(SITE)


def test_nothing_is_missing_or_broken(site):
    """An example of looking a municipality up is sent on to its page, with what was typed."""
    pages = {path(url) for url in site.pages}
    wrong = {
        path(url): (response.status_code, path(site.linked_from.get(url, "the sitemap")))
        for url, response in site.headers.items()
        if response.status_code != 200
        and response.get("Location", "").partition("?")[0] not in pages
    }

    assert wrong == {}


def test_the_whole_content_was_seen(site):
    """Guards the tests around this one: a crawler that sees nothing finds nothing wrong."""
    assert len(site.in_sitemap) > 300
    assert site.in_sitemap <= site.pages.keys()


def test_links_lead_to_every_page_of_the_sitemap(site):
    assert site.in_sitemap - {f"{SITE}/"} - site.linked_from.keys() == set()
    assert f"{SITE}/" in site.linked_from


def test_every_page_without_a_question_stands_in_the_sitemap(site):
    """Or asks search engines to leave it out, as search does, and what once stood here."""
    left_out = {
        url
        for url in site.pages
        if '<meta name="robots" content="noindex' in site.headers[url].content.decode()
    }
    pages = {url for url in site.pages if not urlsplit(url).query}

    assert pages - left_out == site.in_sitemap
    without_versions = {url for url in left_out if not re.search(r"/versies/(\d+/)?$", url)}
    assert pages & without_versions == {f"{SITE}/zoeken/"}


@pytest.mark.parametrize("slug", [DRAFT, WITHDRAWN])
def test_what_is_not_public_is_linked_nowhere(site, slug):
    everywhere = [response.content.decode() for response in site.headers.values()]

    assert not [True for content in everywhere if f"/{slug}" in content]


def test_the_desk_is_linked_nowhere(site):
    assert not [path(url) for url in site.linked_from if path(url).startswith(CLOSED)]


def test_every_anchor_exists_where_it_points(site):
    missing = {
        (path(page.url), path(link.url), link.anchor)
        for page in site.pages.values()
        for link in page.links
        if link.anchor and link.url in site.pages
        if link.anchor not in site.pages[link.url].ids
    }

    assert missing == set()


def test_every_question_asks_for_what_can_be_chosen(site):
    """What a list does not know it leaves out, with a notice: no link of ours leads to that."""
    options = {
        path(url).removesuffix(".json"): {
            key: {option["waarde"] for option in options} for key, options in facets.items()
        }
        for url, response in site.data.items()
        if re.fullmatch(r"/[a-z]+\.json", path(url))
        if (facets := json.loads(response.content).get("facetten")) is not None
    }
    asked = [
        (path(url), urlsplit(url).path.rstrip("/"), key, value)
        for url in site.linked_from
        for key, values in QueryDict(urlsplit(url).query).lists()
        for value in values
        if urlsplit(url).path.rstrip("/") in options
        and key not in ("q", "pagina", "peildatum")
        and not path(url).split("?")[0].endswith((".csv", ".json"))
    ]

    assert len(asked) > 100
    assert [url for url, name, key, value in asked if value not in options[name].get(key, ())] == []


def test_every_drawing_uses_what_its_page_defines(site):
    missing = {
        (path(page.url), name) for page in site.pages.values() for name in page.drawn - {*page.ids}
    }

    assert missing == set()


def test_every_link_says_where_it_leads(site):
    silent = {
        (path(page.url), path(link.url))
        for page in site.pages.values()
        for link in page.links
        if not link.text.strip()
    }

    assert silent == set()


def test_every_comparison_is_of_two_kinds_of_area(site):
    kinds = {*AreaKind.objects.values_list("slug", flat=True)}
    links = [urlsplit(url) for url in site.linked_from]
    compared = [QueryDict(url.query) for url in links if url.path == "/gebieden/vergelijk/"]
    compared = [row for row in compared if "a" in row]  # else it names a day only

    assert len(compared) > 100
    assert [row for row in compared if not {row["a"], row["b"]} < kinds] == []


def test_every_record_has_an_anchor_once(site):
    twice = {
        path(page.url): sorted({name for name in page.ids if page.ids.count(name) > 1})
        for page in site.pages.values()
        if len(page.ids) != len(set(page.ids))
    }

    assert twice == {}


def test_every_list_and_concept_is_offered_as_data(site):
    data = {path(url) for url in site.data}
    lists = "concepten ontwikkelingen partners diensten regelgeving gebieden beleidsdomeinen"

    for name in [*lists.split(), "bronnen", "begrippen"]:
        assert {f"/{name}.json", f"/{name}.csv"} <= data
    for url in site.in_sitemap:
        if re.fullmatch("/(concepten|ontwikkelingen)/[^/]+/", path(url)):
            assert f"{path(url).rstrip('/')}.json" in data


def test_files_are_our_own(site):
    assert {url for page in site.pages.values() for url in page.files if SITE not in url} == set()


# Privacy: what comes with the pages


def test_who_reads_gets_no_cookie(site):
    assert [path(url) for url, response in site.headers.items() if response.cookies] == []


def test_every_answer_carries_the_strict_policy(site):
    policies = {response["Content-Security-Policy"] for response in site.headers.values()}

    assert policies == {CONTENT_SECURITY_POLICY}


def test_nothing_is_inline(site):
    inline = {path(page.url): page.inline for page in site.pages.values() if page.inline}

    assert inline == {}
