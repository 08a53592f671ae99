"""The editors' desk: what a form shows, and all that follows from saving it."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from django.test import RequestFactory

from concepts.admin.statements import GROUPS
from concepts.models import Concept, ConceptVersion, Role, Status
from eerstelijn.desk.inlines import names_of
from eerstelijn.login.models import LoginEvent
from eerstelijn.reports.models import Report
from tests.desk import add_row, add_url, change_url, editor, opened, send
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
)

DESKS = [desk for desk in admin.site._registry.values() if desk.opts.app_label != "auth"]
#: Those in which somebody types; what happened at the door, and what readers wrote, is only read.
TYPED = [desk for desk in DESKS if desk.model not in (LoginEvent, Report)]
INLINES = [
    (desk.model, inline)
    for desk in DESKS
    for inline in (
        *desk.inlines,
        *(i for g in GROUPS.values() for i in g.inlines if desk.model is ConceptVersion),
    )
]


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


@pytest.fixture
def request_of_all():
    """A request by somebody who may do everything, outside any page."""
    request = RequestFactory().get("/beheer/")
    request.user = User(username="alles", is_superuser=True, is_active=True, is_staff=True)
    request.resolver_match = type("Match", (), {"kwargs": {}, "url_name": ""})
    return request


# Forms


def shown(desk, request, obj=None):
    return {name for _, block in desk.get_fieldsets(request, obj) for name in flat(block["fields"])}


def flat(lines):
    return [name for line in lines for name in ([line] if isinstance(line, str) else line)]


@pytest.mark.parametrize("desk", DESKS, ids=str)
def test_every_editable_field_of_a_record_is_in_its_form(desk, request_of_all):
    # What a reader wrote is read, and nobody changes it.
    left_out = {ConceptVersion: {"concept"}, Report: {"about", "text"}}.get(desk.model, set())

    assert set(names_of(desk.model)) - shown(desk, request_of_all) == left_out


@pytest.mark.parametrize(("parent", "inline"), INLINES, ids=str)
def test_every_editable_field_of_a_row_is_in_its_form(parent, inline, request_of_all):
    rows = inline(parent, admin.site)

    left_out = set(names_of(inline.model)) - shown(rows, request_of_all)

    assert {inline.model._meta.get_field(name).related_model for name in left_out} == {parent}


@pytest.mark.parametrize(
    "desk",
    [*DESKS, *(inline(parent, admin.site) for parent, inline in INLINES)],
    ids=lambda desk: type(desk).__name__,
)
def test_every_relation_is_found_by_typing(desk, request_of_all):
    model = desk.model
    relations = {*model._meta.concrete_fields, *model._meta.many_to_many}
    relations = {f.name for f in relations if f.is_relation and f.editable}

    found = set(desk.get_autocomplete_fields(request_of_all))

    for name in relations - found:  # only a row's link to the record that it stands under
        assert model._meta.get_field(name).related_model is desk.parent_model
    for name in found:
        target = admin.site.get_model_admin(model._meta.get_field(name).related_model)
        assert target.search_fields


@pytest.mark.parametrize(
    "desk",
    [*TYPED, *(inline(parent, admin.site) for parent, inline in INLINES)],
    ids=lambda desk: type(desk).__name__,
)
def test_every_text_is_brought_in_one_form_and_has_a_limit(desk, request_of_all):
    for column in desk.opts.concrete_fields:
        if column.editable and isinstance(column, TextField):
            field = desk.formfield_for_dbfield(column, request_of_all)
            with pytest.raises(ValidationError, match=r"hoogstens 20\.000 tekens"):
                field.clean("a" * 20_001)
            assert field.clean("•\tEen") == "- Een"
        elif column.editable and type(column) is CharField and not column.choices:
            field = desk.formfield_for_dbfield(column, request_of_all)
            assert field.clean("a\u00a0b") == "a b"


@pytest.mark.parametrize("group", GROUPS.values(), ids=lambda group: group.name)
def test_a_full_page_of_statements_stays_under_djangos_limit(group, request_of_all):
    citations, most = 3, 0
    for inline in group.inlines:
        rows = inline(ConceptVersion, admin.site)
        fields = flat(
            name for _, block in rows.get_fieldsets(request_of_all) for name in block["fields"]
        )
        # A row also sends its number, its version, what it showed, and perhaps that it goes.
        most += (rows.max_num + 1) * (len(fields) + 4 + citations - 1) + 4

    assert most < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


# New concepts and statements


@pytest.mark.django_db
def test_a_new_concept_starts_with_a_first_version(desk):
    response = send(
        desk,
        add_url(Concept),
        name="Huis van het Kind",
        kind="netwerk",
        slug="hvk",
        summary="Eén zin.",
    )

    version = ConceptVersion.objects.get(concept__slug="hvk")
    assert response["Location"] == change_url(version)
    assert (version.number, version.status, version.name) == (
        1,
        Status.WORKING_COPY,
        "Huis van het Kind",
    )
    assert desk.get("/concepten/hvk/").status_code == 404


@pytest.mark.django_db
def test_a_new_concept_without_a_name_is_refused(desk):
    response = send(desk, add_url(Concept), kind="netwerk", slug="hvk", summary="Eén zin.")

    assert response.status_code == 200
    assert "name" in response.context["adminform"].form.errors
    assert not Concept.objects.exists()


@pytest.mark.django_db
def test_a_statement_gets_its_key_and_its_place(desk):
    version = ConceptVersionFactory()
    caw, clb = PartnerFactory(slug="caw"), PartnerFactory(slug="clb")
    ParticipationFactory(version=version, partner=caw, key="caw", position=4)
    place = CitationFactory()
    fields = opened(desk, change_url(version, "partners"))
    for partner, role in ((caw, Role.DIRECTION), (clb, Role.REQUIRED)):
        values = {"partner": partner.pk, "role": role, "citations": [place.pk]}
        fields = add_row(fields, "participations", **values)

    response = send(desk, change_url(version, "partners"), fields)

    assert response["Location"] == change_url(version, "partners")
    rows = version.participations.order_by("position")
    assert [(row.key, row.position) for row in rows] == [("caw", 4), ("caw-2", 5), ("clb", 6)]
    assert list(rows[1].citations.all()) == [place]


@pytest.mark.django_db
def test_a_row_that_is_emptied_of_its_key_keeps_it(desk):
    row = PassageFactory(key="wat", position=3)
    url = change_url(row.version, "teksten")

    send(
        desk, url, **{"passages-0-key": "", "passages-0-position": "", "passages-0-text": "Nieuw."}
    )

    row.refresh_from_db()
    assert (row.key, row.position, row.text) == ("wat", 3, "Nieuw.")


@pytest.mark.django_db
def test_an_incomplete_row_is_refused_in_dutch(desk):
    version = ConceptVersionFactory()
    fields = add_row(opened(desk, change_url(version, "partners")), "participations", role="regie")

    response = send(desk, change_url(version, "partners"), fields)

    assert response.status_code == 200
    assert "Dit veld is verplicht." in response.content.decode()


@pytest.mark.django_db
def test_two_rows_that_say_the_same_are_refused_in_the_words_of_the_page(desk):
    row = ParticipationFactory(role=Role.PARTICIPANT)
    fields = opened(desk, change_url(row.version, "partners"))
    fields = add_row(fields, "participations", partner=row.partner.pk, role=Role.PARTICIPANT)

    response = send(desk, change_url(row.version, "partners"), fields)

    assert "Twee rijen hebben hetzelfde bij partner en rol." in response.content.decode()


@pytest.mark.django_db
def test_line_ends_of_a_browser_are_no_change(desk):
    row = PassageFactory(text="Eerst dit.\n\n- Dan dat.")

    send(desk, change_url(row.version, "teksten"), **{"passages-0-note": "Nagelezen."})

    row.refresh_from_db()
    assert (row.text, row.note) == ("Eerst dit.\n\n- Dan dat.", "Nagelezen.")


@pytest.mark.django_db
def test_a_page_of_statements_leaves_the_version_itself_alone(desk):
    version = ConceptVersionFactory(name="Zoals het was")
    fields = opened(desk, change_url(version, "teksten"))

    send(desk, change_url(version, "teksten"), fields, name="Iets anders", status="gepubliceerd")

    version.refresh_from_db()
    assert (version.name, version.status) == ("Zoals het was", Status.WORKING_COPY)


# The way in


@pytest.mark.django_db
def test_the_desk_asks_to_log_in(client):
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")


@pytest.mark.django_db
def test_the_heads_of_the_list_of_records_are_dutch_too(desk):
    page = desk.get("/beheer/governance/").content.decode()

    heads = re.findall('<th scope="col">(.*?)</th>', page)
    assert set(heads) == {"Soort", "Toevoegen", "Lijst"}


# The menu


def menu(client, url="/beheer/"):
    """What the menu of a page shows: {title of a group: names}."""
    groups = client.get(url).context["available_apps"]
    return {group["name"]: [row["name"] for row in group["models"]] for group in groups}


def test_every_model_stands_in_the_menu_once():
    named = [name for group in admin.site.menu for name in group.models.split()]

    assert sorted(named) == sorted(model._meta.model_name for model in admin.site._registry)


@pytest.mark.django_db
def test_the_menu_follows_the_work(desk):
    shown = menu(desk)

    assert list(shown) == [
        *("Elke dag", "Bij een verandering", "Bronnen en tegenspraken", "Woorden"),
        *("Overheid en gebieden", "Wie deed wat"),
    ]
    assert shown["Elke dag"] == [
        *("Concepten en ontwikkelingen", "Versies", "Bronnen", "Partners", "Diensten"),
        *("Regelgeving", "Plaatsen in bronnen"),
    ]
    assert shown["Bij een verandering"] == [
        "Dienst fuseert, wijzigt of stopt",
        "Gemeenten fuseren",
        "Tabel van gebieden invoeren",
    ]
    news = [row["name"] for row in desk.get("/beheer/").context["menu_new"]]
    assert news == [
        *("Concept", "Bron", "Partner", "Dienst", "Regelgeving", "Gebied", "Tegenspraak"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("group", "changes", "news", "accounts"),
    [
        ("lezer", False, 0, False),
        ("redacteur", False, 7, False),
        ("eindredacteur", True, 7, False),
        ("beheerder", True, 7, True),
    ],
)
def test_the_menu_shows_what_one_may_see(client, group, changes, news, accounts):
    client.force_login(editor(group))
    shown = menu(client)

    assert ("Bij een verandering" in shown) == changes
    assert ("Accounts" in shown) == accounts
    assert ("Aanmeldingen en rechten" in shown["Wie deed wat"]) == accounts
    assert len(client.get("/beheer/").context["menu_new"]) == news
    for row in client.get("/beheer/").context["menu_new"]:
        assert client.get(row["url"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "opened", "line", "said"),
    [
        ("/beheer/concepts/term/", "Woorden", "Begrippen", "page"),
        ("/beheer/concepts/term/add/", "Woorden", "Begrippen", "true"),
        ("/beheer/governance/partner/", "Elke dag", "Partners", "page"),
        ("/beheer/governance/partnertype/", "Overheid en gebieden", "Partnertypes", "page"),
        (
            "/beheer/governance/agency/verandering/",
            *("Bij een verandering", "Dienst fuseert, wijzigt of stopt", "page"),
        ),
    ],
)
def test_the_menu_is_open_where_one_is(desk, url, opened, line, said):
    groups = desk.get(url).context["available_apps"]

    assert [group["name"] for group in groups if group["is_current"]] == [opened]
    here = [row for group in groups for row in group["models"] if row["current"]]
    assert [(row["name"], row["current"]) for row in here] == [(line, said)]


@pytest.mark.django_db
def test_the_menu_of_a_small_screen_says_the_same_without_a_search(desk):
    page = desk.get("/beheer/governance/partner/").content.decode()
    _, small, rest = re.split('<nav class="menu-small"|<button class="sticky', page)[:3]
    aside = rest.partition("</nav>")[0]

    links = re.findall(r'<a\s+href="([^"]+)"', small)
    assert links == re.findall(r'<a\s+href="([^"]+)"', aside)
    assert len(links) > 25
    assert 'id="' not in small
    assert aside.count('<th role="presentation" scope="row">') == small.count("<th ")
    assert page.count('id="nav-filter"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["concepts", "governance", "reports"])
def test_the_page_of_an_app_lists_its_records(desk, app):
    page = desk.get(f"/beheer/{app}/")

    (listed,) = page.context["app_list"]
    assert listed["models"]
    for model in listed["models"]:
        assert f'href="{model["admin_url"]}" class="changelink"' in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["change/bestaat-niet/", "stap/bestaat-niet/"])
def test_an_unknown_group_or_step_is_not_found(desk, path):
    version = ConceptVersionFactory()

    assert desk.get(change_url(version).replace("change/", path)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "abc", "9" * 30])
def test_a_version_that_does_not_exist_leads_back_to_the_desk(desk, number):
    assert desk.get(f"/beheer/concepts/conceptversion/{number}/change/")["Location"] == "/beheer/"
    assert desk.post(f"/beheer/concepts/conceptversion/{number}/stap/publiceer/").status_code == 404
