"""A moment falls on the day that it is in Brussels, on every page and in every format."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField

from concepts.models import ConceptVersion
from eerstelijn.dates import day_of
from tests.answers import text
from tests.desk import editor, list_url
from tests.factories import ConceptVersionFactory

ROOMS = ("eerstelijn", "governance", "concepts")
#: The columns that keep a moment. Libraries write some of them as well.
MOMENTS = {
    field.name
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, DateTimeField)
}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-12-31T22:59:59+00:00", "2026-12-31"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01"),
        ("2027-06-30T21:59:59+00:00", "2027-06-30"),  # summer: two hours ahead
        ("2027-06-30T22:00:00+00:00", "2027-07-01"),
        ("2026-12-31T18:00:00-05:00", "2027-01-01"),
    ],
)
def test_the_day_of_a_moment(moment, day):
    assert day_of(dt.datetime.fromisoformat(moment)) == dt.date.fromisoformat(day)


@pytest.mark.django_db
def test_every_page_says_the_same_day_of_a_publication_after_midnight(client):
    version = ConceptVersionFactory(published=True, concept__slug="gbo")
    just_after_midnight = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        ConceptVersion.objects.filter(pk=version.pk).update(published_at=just_after_midnight)

    changes, page = client.get("/wijzigingen/"), client.get("/concepten/gbo/")
    sitemap = client.get("/sitemap.xml").content.decode()
    client.force_login(editor("redacteur"))
    desk = client.get(list_url(ConceptVersion))

    assert "1 januari 2027" in text(changes)
    assert "gepubliceerd op 1 januari 2027" in text(page)
    assert "concepten/gbo/</loc><lastmod>2027-01-01</lastmod>" in sitemap
    assert "01/01/2027" in text(desk)
    assert not any("31 december 2026" in text(answer) for answer in (changes, page))


def test_no_template_takes_the_day_of_a_moment_itself():
    """A moment in a template is in UTC until a filter of days takes it: `date`, `source_date`."""
    part = re.compile(rf"\b({'|'.join(MOMENTS)})\.(?!\w+_set)\w+")
    templates = Path(settings.BASE_DIR, "templates").rglob("*.*")

    wrong = {path.name: part.findall(path.read_text()) for path in templates}

    assert len(wrong) > 50
    assert not {name: found for name, found in wrong.items() if found}


#: What takes a part of a moment as it is kept, in UTC.
PARTS = {"date", "day", "month", "year", "hour", "isoformat", "strftime", "timetuple"}


class _Parts(ast.NodeVisitor):
    """Finds where code takes the day of a moment by itself."""

    def __init__(self):
        self.found = []

    def visit_Attribute(self, node):
        of = node.value
        if node.attr in PARTS and isinstance(of, ast.Attribute) and of.attr in MOMENTS:
            self.found.append((node.lineno, ast.unparse(node)))
        self.generic_visit(node)

    def visit_Call(self, node):
        """`.date()` is a method of moments only; of a record, `date` is no method."""
        called = getattr(node.func, "attr", "")
        if called in ("utcnow", "utcfromtimestamp") or (called == "date" and not node.args):
            self.found.append((node.lineno, ast.unparse(node)))
        self.generic_visit(node)

    def visit_FormattedValue(self, node):
        if isinstance(node.value, ast.Attribute) and node.value.attr in MOMENTS:
            self.found.append((node.lineno, ast.unparse(node)))
        self.generic_visit(node)


def taken_in(code):
    visitor = _Parts()
    visitor.visit(ast.parse(code))
    return visitor.found


def test_nor_does_any_code_but_the_one_function():
    files = [path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py")]

    wrong = {str(path): found for path in files if (found := taken_in(path.read_text()))}

    assert len(files) > 150
    assert not wrong


@pytest.mark.parametrize(
    "code",
    [
        "version.published_at.date()",
        "when.date()",
        "f'{version.published_at:%d/%m/%Y}'",
        "entry.action_time.year",
        "dt.datetime.utcnow()",
    ],
)
def test_that_sees_each_way_to_do_so(code):
    assert taken_in(code)


def test_and_leaves_days_alone():
    assert not taken_in("dt.date(2027, 1, 1); source.date; f'{review.date:%d}'; day_of(x.moment)")
