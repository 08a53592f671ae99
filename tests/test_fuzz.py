"""`make fuzz` finds what it looks for: every kind of fault, planted, in a few dozen requests."""

from contextlib import suppress
from html import unescape

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpResponse
from django.urls import Resolver404, get_resolver, resolve
from django.utils.safestring import mark_safe

from concepts.search.views import SearchView
from eerstelijn.pages import errors
from eerstelijn.templatetags import head
from tests import hostile
from tests.desk import editor
from tests.everything import everything
from tests.factories import ConceptVersionFactory, TermFactory
from tests.fuzz.afterwards import untaken
from tests.fuzz.visitors import Mischief, Question, Visitor, all_addresses
from tests.hostile import MARK

pytestmark = pytest.mark.django_db

FEW = 75


@pytest.fixture
def content(db):
    everything()


def play(number=FEW, seed=1):
    return Visitor().play(number, seed)


def test_a_whole_site_has_none(content):
    hostile.fill("attributes")
    hostile.reindex()

    report = play(110)

    assert report.faults == []
    assert report.requests == 110
    assert report.statuses[200] > 50
    assert "errors (5xx)  0" in list(report.lines())


def test_every_address_of_the_site_is_asked(content, client):
    """Every route that is not of the admin, and of that its login."""

    def routes(patterns, before=""):
        for pattern in patterns:
            route = before + str(pattern.pattern).removeprefix("^")
            if hasattr(pattern, "url_patterns"):
                if getattr(pattern, "app_name", None) != "admin":
                    yield from routes(pattern.url_patterns, route)
            else:
                yield route

    asked = set()
    for address in all_addresses(client):
        with suppress(Resolver404):
            asked.add(resolve(address.partition("?")[0]).route)

    assert set(routes(get_resolver().url_patterns)) - asked == set()
    assert {"beheer/", "beheer/login/"} <= asked


def test_a_page_that_falls_over_is_one(content, monkeypatch):
    answer = SearchView.get

    def fall_over(self, request, *args, **kwargs):
        if '"' in request.GET.get("q", ""):
            raise LookupError("planted")
        return answer(self, request, *args, **kwargs)

    monkeypatch.setattr(SearchView, "get", fall_over)

    report = play()

    assert report.broken
    assert "LookupError('planted')" in report.faults[0]


def test_a_text_that_becomes_an_attribute_is_one(content, monkeypatch):
    def keep(self, context):
        context[self.name] = mark_safe(unescape(self.nodelist.render(context)))  # noqa: S308
        return ""

    monkeypatch.setattr(head.Keep, "render", keep)
    TermFactory(definition=f'0" {MARK}="')

    report = play()

    assert report.changed
    assert f"{MARK}>" in " ".join(report.faults)


def test_a_question_that_becomes_an_element_is_one(content, monkeypatch):
    def reflect(request, status, *args, **context):
        asked = " ".join(request.GET.values())
        return HttpResponse(f"<h1>{asked}</h1>", status=status)

    monkeypatch.setattr(errors, "answer", reflect)
    visitor = Visitor()

    visitor.ask(Question("/bestaat-niet/", f"q=<{MARK}>"))
    visitor.ask(Question("/bestaat-niet/", "q=a"))

    assert visitor.report.changed == 1
    assert f"<{MARK}>" in visitor.report.faults[0]


def test_a_cookie_a_missing_policy_and_a_way_out_are_three(content, monkeypatch):
    def careless(request, *args, **context):
        response = HttpResponse("", status=302, headers={"Location": "//example.org/"})
        response.set_cookie("a", "b")
        return response

    monkeypatch.setattr(errors, "answer", careless)
    monkeypatch.setattr(
        "eerstelijn.middleware.SecurityHeadersMiddleware.__call__",
        lambda self, request: self.get_response(request),
    )
    visitor = Visitor()

    visitor.ask(Question("/bestaat-niet/"))

    (fault,) = visitor.report.faults
    assert "a cookie" in fault
    assert "no policy" in fault
    assert "leads away: //example.org/" in fault


def test_the_head_of_an_answer_has_no_body_to_read(content):
    visitor = Visitor()

    visitor.ask(Question("/sitemap.xml", method="HEAD"))

    assert visitor.report.faults == []
    assert visitor.report.statuses == {200: 1}


def test_the_same_seed_asks_the_same():
    first, again, other = (Mischief(["/", "/concepten/"], seed) for seed in (1, 1, 2))

    asked = [first.question() for _ in range(50)]

    assert asked == [again.question() for _ in range(50)]
    assert asked != [other.question() for _ in range(50)]


# The editors


def test_a_step_that_was_acknowledged_and_not_taken_is_one(db):
    version = ConceptVersionFactory()
    LogEntry.objects.log_actions(
        editor().pk, [version], CHANGE, "Dien in voor nazicht: gedaan.", single_object=True
    )

    assert list(untaken({"dien-in": 1})) == []
    assert list(untaken({"dien-in": 2})) == ["dien-in: 2 keer aanvaard, 1 keer gedaan"]
