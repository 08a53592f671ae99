"""The day that a reader chose: it stays in every link, and no page promises more than it does."""

import datetime as dt
import re
from html import unescape

import pytest
from django.http import HttpResponse, HttpResponseRedirect

from concepts.search import index
from eerstelijn.finder.question import AsOf
from eerstelijn.pages.day import KeepDayMiddleware, in_page
from governance import derived
from tests import databases
from tests.answers import text
from tests.everything import everything
from tests.factories import AgencyFactory, OldSlugFactory, PartnerFactory, SourceFactory

DAY = "2023-03-13"
SAID = "13 maart 2023"
LINK = re.compile(r'<a\b[^>]*?\shref="([^"#][^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
#: What leads to today, in words: the banner, the chip of the day, and all chips at once.
TO_TODAY = ("Terug naar vandaag", "Filter weg: datum", "Alles wissen", "Zonder datum")
KNOWS = (
    *("/concepten/", "/ontwikkelingen/", "/gemeenten/", "/gebieden/elz-zone/"),
    *("/gebieden/vergelijk/", "/concepten/gbo/", "/ontwikkelingen/hervorming/", "/partners/caw/"),
    *("/diensten/", "/diensten/nieuw/", "/regelgeving/decreet/", "/beleidsdomeinen/"),
    *("/beleidsdomeinen/wvg/", "/gebieden/", "/", "/zoeken/?q=gbo", "/partners/", "/regelgeving/"),
    *("/begrippen/", "/begrippen/zorgraad/", "/bronnen/", "/bronnen/blad/", "/tegenspraken/"),
    *("/wijzigingen/", "/naslag/"),
)
KNOWS_NOT = ("/over/", "/toegankelijkheid/", "/privacy/")
#: What is the same on any day, and says so.
UNDATED = (
    *("/begrippen/", "/begrippen/zorgraad/", "/tegenspraken/", "/bronnen/blad/"),
    "/wijzigingen/",
)
#: The control in the header, which leads to other days.
CONTROL = re.compile(r'<details class="day-choice.*?</details>', re.DOTALL)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    def make():
        everything()
        derived.rebuild()
        index.reindex_all()

    with databases.made_once(django_db_blocker, make):
        yield


@pytest.fixture
def content(made, db):
    """A row of every model, which all tests look at."""


def on(address, day=DAY):
    return f"{address}{'&' if '?' in address else '?'}peildatum={day}"


def page_of(response):
    """A page without the control for the day."""
    return CONTROL.sub("", response.content.decode())


def links(response):
    """The pages of ours that a page links to, as (address, words)."""
    for address, words in LINK.findall(page_of(response)):
        address = unescape(address)
        if re.match(r"/(?!/|beheer/|static/)|\?", address):
            yield address, " ".join(re.sub(r"<[^>]+>", " ", words).split())


def is_page(address):
    return "." not in address.partition("?")[0]


def test_the_day_is_in_every_link_wherever_a_reader_goes(client, content):
    """Each page is visited once, by the first address that leads to it."""
    todo = {"/": on("/")}
    seen = set()
    while todo:
        path, address = todo.popitem()
        seen.add(path)
        response = client.get(address)
        if response.status_code != 200:  # a source that this small content does not have
            assert client.get(path).status_code == 404, address
        found = [(to, words) for to, words in links(response) if is_page(to)]
        kept = [to for to, words in found if f"peildatum={DAY}" in to]
        lost = [(to, words) for to, words in found if to not in kept]
        assert not [row for row in lost if not row[1].startswith(TO_TODAY)], address
        for to in kept:
            further = to.partition("?")[0] or path
            if further not in seen:
                todo.setdefault(further, to)

    assert seen >= {address.partition("?")[0] for address in (*KNOWS, *KNOWS_NOT)}


def test_a_page_that_knows_the_day_says_so_and_leads_back_to_today(client, content):
    for address in KNOWS:
        response = client.get(on(address))

        assert f"<b>{SAID}</b>" in response.content.decode(), address
        assert "toont vandaag" not in text(response), address
        assert (address, "Terug naar vandaag") in links(response), address


def test_the_day_has_one_name_on_every_page(client, content):
    others = ("Stand op 1", "Toestand op", "Peildatum", "peildatum ", "Toon wat gold op")

    for address in (*KNOWS, *KNOWS_NOT, "/tijdlijn/", "/vergelijk/"):
        said = text(client.get(on(address)))

        assert "Op datum" in said, address
        assert [name for name in others if name in said] == [], address


def test_a_page_that_knows_no_day_says_that_it_shows_today(client, content):
    said = f"Deze pagina toont vandaag, niet {SAID} : ze kent geen andere dagen."

    for address in KNOWS_NOT:
        response = client.get(on(address))

        assert said in text(response), address
        assert (address, "Terug naar vandaag") in links(response), address
        assert "op peildatum" not in text(response), address


def test_a_page_about_a_chosen_day_is_for_people_and_not_for_indexes(client, content):
    for address in (*KNOWS, *KNOWS_NOT):
        page = client.get(on(address))
        assert page.context["robots"] == "noindex,follow", address
        assert "peildatum" not in page.context["canonical_url"], address
    for address in ("/concepten/gbo/", "/gebieden/elz-zone/", "/over/", "/", "/partners/"):
        assert client.get(address).context["robots"] == "", address


def test_what_is_the_same_on_any_day_says_why(client, content):
    for address in UNDATED:
        said = re.search(rf"Je kijkt naar {SAID} \. ([^.]*)\.", text(client.get(on(address))))
        assert said, address
        assert re.search("datum|dateren|alle dagen", said[1]), address
        assert "moet nog komen" not in text(client.get(on(address, "2190-01-01"))), address


def test_what_is_looked_up_is_counted_as_its_lists_do(client, content):
    AgencyFactory(start="1 juni 2024")

    for day in (None, DAY, "2030-01-01"):
        shelf = client.get(on("/naslag/", day) if day else "/naslag/")
        told = {each["url"]: each["number"] for each in shelf.context["lists"]}
        counted = {str(url): number for url, number in told.items() if number is not None}
        for url, number in counted.items():
            data = f"{url.rstrip('/')}.json"
            assert client.get(on(data, day) if day else data).json()["aantal"] == number, (url, day)
        assert len(counted) == 8, day
        assert f"Diensten {counted['/diensten/']} " in text(shelf)

    assert "De aantallen zijn die van" in text(client.get(on("/naslag/")))


def test_what_changed_on_the_site_goes_by_the_other_clock(client, content):
    """A day of the facts narrows nothing there; a link asks what the site had until that day."""
    page = client.get(on("/wijzigingen/"))

    until = (f"/wijzigingen/?peildatum={DAY}&tot={DAY}", "Enkel wat hier tot die dag veranderde")
    assert page.context["finder"].total == client.get("/wijzigingen/").context["finder"].total > 0
    assert until in links(page)
    assert client.get(until[0]).context["finder"].total == 0
    assert until[1] not in text(client.get(until[0]))


@pytest.mark.parametrize("day", ["", "2023-02-30", "x" * 5000])
def test_a_day_that_is_none_is_told_and_not_kept(client, content, day):
    for address in (*KNOWS, *KNOWS_NOT):
        response = client.get(on(address, day))

        assert response.status_code == 200, address
        assert "Terug naar vandaag" not in text(response), address
        assert text(response).count(f"We kennen “{day[:40]}") == bool(day), address
        assert not [to for to, _ in links(response) if "peildatum" in to], address


def test_today_needs_no_banner_and_stays_too(client, content):
    today = dt.date.today().isoformat()

    for address in ("/concepten/gbo/", "/gebieden/elz-zone/", "/over/"):
        response = client.get(on(address, today))

        assert "Terug naar vandaag" not in text(response), address
        assert ("/druk/?peildatum=" + today, "Druk op partners") in links(response), address


def test_back_to_today_keeps_the_question_and_not_the_page_of_the_list(client, content):
    response = client.get(on("/zoeken/?q=gbo") + "&pagina=1")
    assert ("/zoeken/?q=gbo", "Terug naar vandaag") in links(response)

    long = client.get(on("/over/?x=" + "y" * 5000))
    assert ("/over/", "Terug naar vandaag") in links(long)


def test_a_list_that_is_narrowed_by_the_day_can_lose_it_and_its_filters(client, content):
    response = client.get(on("/concepten/?partner=caw"))

    leads_to = {words: to for to, words in links(response)}
    assert leads_to["Terug naar vandaag"] == "/concepten/?partner=caw"
    assert leads_to[f"Filter weg: datum {SAID} ×"] == "/concepten/?partner=caw"
    assert leads_to["Alles wissen"] == "/concepten/"


def test_the_forms_ask_for_the_same_day(client, content):
    hidden = f'<input type="hidden" name="peildatum" value="{DAY}">'

    forms = {"/": 2, "/gevraagd/": 2, "/zoeken/?q=gbo": 1, "/begrippen/": 1, "/gemeenten/": 1}
    for address, number in forms.items():
        html = page_of(client.get(on(address)))
        assert html.count("<form") == html.count(hidden) == number, address
    for address, number in (
        ("/concepten/", 2),  # the filters, and what is ticked to be compared
        ("/partners/", 1),
        ("/gebieden/elz-zone/", 1),
        ("/gebieden/vergelijk/", 1),
    ):
        html = page_of(client.get(on(address)))
        assert html.count("<form") == html.count('name="peildatum"') == number, address


def test_data_say_themselves_whether_they_know_a_day(client, content):
    data = {to for to, _ in links(client.get(on("/concepten/"))) if not is_page(to)}
    # A feed says what changes from now on: it knows no day.
    ends = ("json", "csv", "bib", "ris", "csl.json")
    assert data == {*(on(f"/concepten.{end}") for end in ends), "/concepten.atom"}

    data = {to for to, _ in links(client.get(on("/concepten/gbo/"))) if not is_page(to)}
    ends = ("json", "csv", "pdf", "bib", "ris", "csl.json")
    assert data == {*(on(f"/concepten/gbo.{end}") for end in ends), "/concepten/gbo.atom"}
    assert client.get(on("/concepten/gbo.json")).json()["peildatum"] == DAY
    assert client.get(on("/poster.pdf", "x")).status_code == 400


def test_the_data_of_a_record_are_of_the_day(client, content):
    records = [address for address in KNOWS if re.fullmatch(r"/[a-z]+/[a-z]+/", address)]
    records.remove("/gebieden/vergelijk/")
    for address in records:
        data = f"{address.rstrip('/')}.json"
        assert (on(data), "JSON") in links(client.get(on(address))), address
        assert client.get(on(data)).json()["peildatum"] == DAY, address

    kinds = {address.split("/")[1] for address in records}
    assert {"begrippen", "bronnen", "partners", "regelgeving"} < kinds


def test_the_day_goes_along_over_a_redirect(client, content):
    PartnerFactory(slug="nu")
    OldSlugFactory(kind="partner", old="toen", current="nu")

    moved = client.get(on("/partners/toen/"))

    assert (moved.status_code, moved["Location"]) == (301, on("/partners/nu/"))


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("/a/?b=1&c=2#d", f"/a/?b=1&c=2&peildatum={DAY}#d"),
        ("/a/?peildatum=2020-01-01", "/a/?peildatum=2020-01-01"),
        ("/a.json", "/a.json"),
        ("//example.org/a/", "//example.org/a/"),
        ("https://example.org/a/", "https://example.org/a/"),
    ],
)
def test_a_redirect(rf, location, kept):
    answer = KeepDayMiddleware(lambda request: HttpResponseRedirect(location))

    assert answer(rf.get(on("/oud/")))["Location"] == kept


def test_what_is_no_page_of_ours_goes_out_as_it_was(rf):
    html = '<a href="/partners/">'

    for address, kind in (("/beheer/", "text/html"), ("/x.json", "application/json")):
        answer = KeepDayMiddleware(lambda request: HttpResponse(html, content_type=kind))  # noqa: B023
        assert answer(rf.get(on(address))).content.decode() == html


def test_a_page_that_is_not_there_keeps_the_day_and_makes_nothing_of_it(client, content):
    response = client.get(on("/partners/niemand/"))

    assert response.status_code == 404
    assert "Terug naar vandaag" not in text(response)
    assert all(DAY in to for to, _ in links(response))


def test_an_editor_s_link_to_this_site_keeps_the_day_and_another_does_not(client, content):
    note = "Zie [dit](/partners/caw/#rol) en [dat](https://example.org/?a=1)."
    PartnerFactory(slug="met-link", description=note)

    html = client.get(on("/partners/met-link/")).content.decode()

    assert f'href="/partners/caw/?peildatum={DAY}#rol"' in html
    assert 'href="https://example.org/?a=1"' in html


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ('<a href="/partners/">', f'<a href="/partners/?peildatum={DAY}">'),
        ('<a class="x"\n   href="/">', f'<a class="x"\n   href="/?peildatum={DAY}">'),
        ('<a href="/p/?a=1#b">', f'<a href="/p/?a=1&amp;peildatum={DAY}#b">'),
        ('<a href="?q=GBO">', f'<a href="?q=GBO&amp;peildatum={DAY}">'),
        ('<a href="/p/?peildatum=2020-01-01">', '<a href="/p/?peildatum=2020-01-01">'),
        ('<a href="/p/?a=1&amp;peildatum=&amp;b=2">', '<a href="/p/?a=1&amp;b=2">'),
        ('<a href="/p/?peildatum=">', '<a href="/p/">'),
        ('<a href="#b1">', '<a href="#b1">'),
        ('<a href="//example.org/">', '<a href="//example.org/">'),
        ('<a href="/static/x.css">', '<a href="/static/x.css">'),
        ('<a href="/beheer/">', '<a href="/beheer/">'),
        ('<a href="/p.json?a=1">', '<a href="/p.json?a=1">'),
        ('<link href="/p/">', '<link href="/p/">'),
        ('<abbr href="/p/">', '<abbr href="/p/">'),
        ('<form method="post" action="/p/"></form>', '<form method="post" action="/p/"></form>'),
    ],
)
def test_a_link_of_a_page(link, kept):
    assert in_page(AsOf(dt.date(2023, 3, 13), is_stated=True), link) == kept


def test_what_a_source_has_in_its_text_is_no_link(client, content):
    SourceFactory(slug="vreemd", name='<a href="/partners/">', note='" href="/x/')

    html = client.get(on("/bronnen/vreemd/")).content.decode()

    assert "&lt;a href=&quot;/partners/&quot;&gt;" in html


def test_data_of_a_list_name_the_day_only_when_it_makes_a_difference(client, content):
    assert client.get(on("/concepten.json")).json()["peildatum"] == DAY
    assert client.get(on("/partners.json")).json()["peildatum"] == DAY
    assert client.get(on("/begrippen.json")).json()["peildatum"] is None


# The control in the header


def control(client, address):
    """The control for the day of a page."""
    return CONTROL.search(client.get(address).content.decode())[0]


def test_every_page_says_which_day_it_is_about_and_leads_to_another(client, content):
    for address in (*KNOWS, *KNOWS_NOT):
        said = control(client, address)
        assert "<i>Op datum</i> <b>vandaag</b>" in said, address
        assert 'type="date" name="peildatum"' in said, address
        assert "peildatum=2025-01-01" in said, address
        assert f"<b>{SAID}</b>" in control(client, on(address)), address


def test_the_control_keeps_what_else_is_asked_but_not_the_page_of_the_list(client, content):
    said = control(client, on("/concepten/?partner=caw&partner=ocmw&q=a%26b") + "&pagina=1")

    fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', said)
    assert fields == [("partner", "caw"), ("partner", "ocmw"), ("q", "a&amp;b")]
    to = [unescape(address) for address, _ in LINK.findall(said)]
    assert to == [
        "/concepten/?partner=caw&partner=ocmw&q=a%26b",
        "/concepten/?partner=caw&partner=ocmw&q=a%26b&peildatum=2025-01-01",
        f"/concepten/?partner=caw&partner=ocmw&q=a%26b&peildatum={DAY}",
    ]


def test_the_control_of_today_offers_no_today(client, content):
    assert ">vandaag</a>" not in control(client, "/concepten/gbo/")
    assert ">vandaag</a>" not in control(client, on("/concepten/gbo/", dt.date.today()))
    assert ">vandaag</a>" in control(client, on("/concepten/gbo/"))


def test_the_control_takes_no_endless_question_along(client, content):
    long = "&".join(f"k{number}=v" for number in range(900))

    assert control(client, f"/over/?{long}").count('type="hidden"') == 0
    much = "&".join(f"k{number}=v" for number in range(5000))
    assert client.get(f"/over/?{much}").status_code in (200, 400)


def test_what_somebody_asks_is_no_part_of_the_page_of_another(client, content, pages_kept):
    client.get("/over/?x=%3Cscript%3Egeheim")

    assert "geheim" not in client.get("/over/").content.decode()
    assert "<script>geheim" not in client.get("/over/?x=%3Cscript%3Egeheim").content.decode()
