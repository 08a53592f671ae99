"""What is typed at the desk comes in in one form, and every list is searched without accents."""

import unicodedata
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from concepts.admin.statements import GROUPS
from concepts.models import ConceptVersion
from eerstelijn.desk.fields import AddressField, LineField, PlainTextField, WebField
from eerstelijn.login.models import LoginEvent
from governance.models import CoverageArea, Partner
from tests.desk import add_url, change_url, editor, list_url, send
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    ConceptVersionFactory,
    PartnerFactory,
    PartnerTypeFactory,
)

pytestmark = pytest.mark.django_db

#: The fields of a form that bring what is typed in one form.
IN_ONE_FORM = (LineField, PlainTextField, AddressField, WebField)
#: Django's own forms of accounts bring the name of one in one form themselves (NFKC).
ELSEWHERE = {"username", "password", "password1", "password2", "email", "usable_password"}


@pytest.fixture
def desk(client):
    client.force_login(editor("beheerder"))
    return client


@pytest.fixture
def asked():
    request = RequestFactory().get("/beheer/")
    request.user = editor(username="alles", is_superuser=True)
    return request


def forms_of(request):
    """Every form of the desk, those of rows under a record included: (model, form)."""
    for group in (None, *GROUPS):  # the tabs of a version
        request.resolver_match = SimpleNamespace(kwargs={"group": group}, url_name="")
        for model, model_admin in admin.site._registry.items():
            if not model_admin.has_add_permission(request) and model not in (ConceptVersion,):
                continue  # what is only looked at
            yield model, model_admin.get_form(request, change=False)
            for inline in model_admin.get_inlines(request, None):
                rows = inline(model, admin.site)
                yield inline.model, rows.get_formset(request).form


def test_every_text_of_every_form_comes_in_in_one_form(asked):
    seen = set()
    for model, form in forms_of(asked):
        for name, field in form.base_fields.items():
            column = next((f for f in model._meta.concrete_fields if f.name == name), None)
            is_text = isinstance(column, (models.CharField, models.TextField))
            if is_text and not column.choices and name not in ELSEWHERE:
                seen.add((model, name))
                assert isinstance(field, IN_ONE_FORM), (model, name, type(field))
    assert len(seen) > 80


def test_every_list_with_a_search_box_ignores_accents(asked):
    boxes = 0
    for model, model_admin in admin.site._registry.items():
        plain = model_admin.search_fields
        found = model_admin.get_search_fields(asked)
        boxes += bool(plain)
        for path, lookup in zip(plain, found, strict=True):
            is_number = path == "footnote"  # of a place in a source: it has no accents
            assert lookup == (path if is_number else f"{path}__folded"), (model, path)
    assert boxes > 20


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["geïntegreerd", "geintegreerd", "GEÏNTEGREERD"])
def test_a_list_finds_a_text_however_it_is_typed(desk, typed, form):
    ConceptVersionFactory(name="Geïntegreerd breed onthaal")
    editor(username="zoe", first_name="Zoë Geïntegreerd")
    LoginEvent.objects.create(account="geïntegreerd", kind=LoginEvent.Kind.values[0])
    typed = unicodedata.normalize(form, typed)

    for model in (ConceptVersion, User, LoginEvent):
        page = desk.get(list_url(model), {"q": typed})
        assert page.context["cl"].result_count == 1, model


def test_names_and_addresses_lose_what_nobody_sees(desk):
    kind = PartnerTypeFactory()

    send(
        desk,
        add_url(Partner),
        name=" Proef\u00a0 co\u0308\u200brdinator\u2011huis",
        slug="proef\u200b ",
        website="https://example.be/\u200b",
        type=str(kind.pk),
    )

    partner = Partner.objects.get()
    assert partner.name == "Proef cördinator-huis"
    assert (partner.slug, partner.website) == ("proef", "https://example.be/")


def test_the_name_of_an_area_too(desk):
    kind = AreaKindFactory()

    send(desk, add_url(CoverageArea), name="Kort\u200brijk", slug="zone-x", kind=str(kind.pk))

    assert CoverageArea.objects.get().name == "Kortrijk"


def test_and_that_of_an_editor(desk):
    account = editor(username="iemand")

    send(desk, reverse("admin:auth_user_change", args=[account.pk]), first_name=" Zoe\u0308  An ")

    account.refresh_from_db()
    assert account.first_name == "Zoë An"


def test_a_save_that_changes_nothing_seen_renames_nobody(desk):
    """Somebody pastes the same name from Word: it stays the name that it was, in one form."""
    agency, partner = AgencyFactory(name="Agentschap Opgroeien"), PartnerFactory(name="CAW")

    send(desk, change_url(agency), name="Agentschap\u00a0Opgroeien\u200b")
    send(desk, change_url(partner), name="CAW ")

    agency.refresh_from_db()
    partner.refresh_from_db()
    assert (agency.name, partner.name) == ("Agentschap Opgroeien", "CAW")
