"""No page falls over by the content of a record, and no content becomes markup.

Every text field of every model is filled with what could break a page, and every page and format is
opened, those of the desk too. The fields are found by themselves; a new model must be among the
records of `tests.everything`. Steps, and the login, are in tests/test_hostile_steps.py.
"""

from collections import Counter, defaultdict
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlencode

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse

from concepts.admin.statements import GROUPS
from concepts.models import ConceptVersion
from tests import databases, hostile
from tests.desk import change_url, editor, fields_of, send
from tests.everything import everything

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
LISTS = [
    *("concepten", "ontwikkelingen", "beleidsdomeinen", "diensten", "partners", "regelgeving"),
    *("gebieden", "bronnen", "begrippen", "wijzigingen"),
]


@pytest.fixture(scope="module", autouse=True)
def records(django_db_setup, django_db_blocker):
    """A row of every model, made once, in a database of its own; gives the draft among them.

    What a test fills them with is rolled back after it.
    """
    name = connection.settings_dict["NAME"]
    with (
        databases.copy(name, f"{name}_alles", django_db_blocker) as copied,
        databases.working_on(copied, django_db_blocker),
    ):
        with django_db_blocker.unblock():
            draft = everything()
            editor("beheerder", username="iemand", first_name="An", last_name="Peeters")
        yield draft


#: What is tried together. A kind by itself comes in every field of every row. Kinds that are named
#: together take turns, field by field and row by row, so that a field meets some of them only;
#: `make fuzz` mixes all kinds over the many rows of the whole content.
ROUNDS = {
    "markup": ("markup",),
    "attributes": ("attributes", "apostrophes"),
    "scripts": ("scripts",),
    "leading signs": ("leading signs",),
    "signs only": ("signs only",),
    "small": ("tiny signs", "entities", "formulas", "spaces"),
    "large": ("directions", "marks", "control", "one long word", "many lines", "nested"),
}


def test_every_kind_is_tried():
    assert sorted(kind for kinds in ROUNDS.values() for kind in kinds) == sorted(hostile.KINDS)


def wrong_in(client, addresses):
    """What is wrong in the answers, by address."""
    found = {address: hostile.faults(client.get(address)) for address in addresses}
    return {address: faults for address, faults in found.items() if faults}


def public_addresses(client):
    """Every page and format, and a page of each that asks something."""
    sitemap = client.get("/sitemap.xml").content.decode()
    pages = [part.partition("</loc>")[0] for part in sitemap.split("<loc>")[1:]]
    pages = [page.removeprefix(SITE) for page in pages]
    lists = [f"/{name}.{format}" for name in LISTS for format in ("json", "csv")]
    asked = [urldefrag(link)[0] for link in hostile.read(client.get("/").content.decode()).links]
    addresses = [
        *("/sitemap.xml", "/robots.txt", "/concepten.csv?excel=1", "/bestaat-niet/"),
        *("/wijzigingen.atom", "/concepten/gbo.atom", "/concepten/gbo/versies.csv"),
        *("/zoeken/?q=zorg", "/zoeken/?q=W", f"/zoeken/?q={hostile.MARK}", "/gemeenten/?q=W"),
        *("/concepten/?partner=caw&gebied=elz-zone&dienst=nieuw", "/partners/?type=welzijn&q=W"),
        *(link for link in asked if link.startswith("/")),
        *(f"{page.rstrip('/')}.json" for page in pages if page.count("/") == 3 and "gbo" in page),
        *lists,
        *pages,
    ]
    return list(dict.fromkeys(addresses))


def test_the_records_are_of_every_model():
    """Guards the tests around this one: a model without a row is not tried."""
    models = {model for model, _ in hostile.text_fields()}

    assert {model.__name__ for model in models if not model._default_manager.exists()} == set()


def test_every_text_takes_part():
    """But for codes, which the database holds to their form."""
    refused = hostile.fill("markup")

    codes = {"agency.ovo_code", "areapart.postcode", "coveragearea.nis", "decree.numac"}
    assert refused == codes


@pytest.mark.parametrize("kinds", ROUNDS)
def test_no_public_page_or_format_falls_over_or_is_changed(client, kinds):
    hostile.fill(*ROUNDS[kinds])
    hostile.reindex()

    addresses = public_addresses(client)

    assert len(addresses) > 60
    assert wrong_in(client, addresses) == {}


def test_no_address_is_too_odd_to_have_a_page(client):
    hostile.fill_slugs()
    hostile.reindex()

    addresses = public_addresses(client)

    assert len(addresses) > 60
    assert wrong_in(client, addresses) == {}


# The desk


@pytest.fixture
def at_the_desk(client):
    """Somebody who may do everything, whose own name is as hostile as the rest."""
    client.force_login(editor(username="alles", is_superuser=True))
    return client


def first_of(model):
    return model._default_manager.order_by("pk").first()


def desks():
    return [desk for desk in admin.site._registry.values() if first_of(desk.model)]


def address(model, page, *arguments):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def desk_addresses():
    """The pages of every kind of record: lists, forms, history, deleting; the tabs of versions."""
    yield "/beheer/"
    for desk in desks():
        row = first_of(desk.model)
        yield from (address(desk.model, page) for page in ("changelist", "add"))
        yield from (address(desk.model, page, row.pk) for page in ("change", "history", "delete"))
        yield f"{address(desk.model, 'changelist')}?q=%22%3E%3C{hostile.MARK}%3E"
    for version in ConceptVersion.objects.order_by("pk"):
        yield change_url(version)
        yield from (change_url(version, group) for group in GROUPS)


def autocompletes(request):
    """What a form proposes while somebody types."""
    for desk in desks():
        for name in desk.get_autocomplete_fields(request):
            opts = desk.model._meta
            yield f"{reverse('admin:autocomplete')}?" + urlencode(
                {"app_label": opts.app_label, "model_name": opts.model_name, "field_name": name}
            )


@pytest.mark.parametrize(
    "kinds",
    [
        ("markup",),
        ("attributes", "scripts", "apostrophes", "signs only", "control", "entities"),
    ],
    ids=" ".join,
)
def test_no_page_of_the_desk_falls_over_or_is_changed(at_the_desk, kinds, rf):
    user = User.objects.get(username="alles")
    for desk in desks():
        row = first_of(desk.model)
        LogEntry.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(desk.model),
            object_id=row.pk,
            object_repr=hostile.KINDS[kinds[0]][1],
            action_flag=CHANGE,
            change_message=hostile.KINDS[kinds[0]][0],
        )
    hostile.fill(*kinds)
    hostile.reindex()
    request = rf.get("/beheer/")
    request.user = user

    addresses = dict.fromkeys([*desk_addresses(), *autocompletes(request)])

    assert len(addresses) > 150
    assert wrong_in(at_the_desk, addresses) == {}


# What a form takes in


class Texts(HTMLParser):
    """The fields of a form that take text, with the most that the browser lets through."""

    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "textarea" or (tag == "input" and given.get("type") in ("text", "url", "email")):
            name = given.get("name", "")
            if name and "__prefix__" not in name:
                self.found[name] = int(given.get("maxlength") or 0)


def forms(draft):
    """A form of every kind of record, and every tab of a version that is worked on."""
    for desk in desks():
        if desk.model not in (ConceptVersion, Group, User):
            yield address(desk.model, "change", first_of(desk.model).pk)
    yield change_url(draft)
    yield from (change_url(draft, group) for group in GROUPS)


#: None is one character more than each field takes.
TYPED = {
    "one more than it takes": None,
    "a NUL": "a\x00b",
    "only spaces": " \u00a0\t\u2003 ",
    "markup": hostile.KINDS["markup"][1],
}


def test_a_form_refuses_in_words_or_saves_but_never_falls_over(records, at_the_desk):
    """Every field of text at once; what is refused leaves the form as it was opened."""
    refused, tried = defaultdict(list), Counter()
    for url in forms(records):
        page = at_the_desk.get(url)
        for what, text in TYPED.items():
            fields, texts = fields_of(page), Texts(page.content.decode()).found
            names = {name for name, _ in fields} & {*texts}
            typed = {name: text or "W" * (texts[name] + 1) for name in names if text or texts[name]}
            if not typed:
                continue
            tried[what] += len(typed)

            response = send(
                at_the_desk, url, [(name, typed.get(name, old)) for name, old in fields]
            )

            assert hostile.faults(response) == [], (url, what)
            assert response.status_code in (200, 302), (url, what)
            if response.status_code == 200:
                refused[what].append(url)
                assert 'class="errornote"' in response.content.decode(), (url, what)
            else:
                page = at_the_desk.get(url)

    assert min(tried[what] for what in TYPED) > 100
    for what in ("one more than it takes", "a NUL"):
        assert len(refused[what]) > 15
