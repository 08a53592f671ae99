"""The desk is asked for records by numbers that no record can have: it shows none of them."""

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from concepts.models import ConceptVersion
from governance.models import Partner
from tests.desk import add_url, change_url, editor, list_url, opened, send
from tests.factories import ConceptVersionFactory, PartnerFactory, PassageFactory

pytestmark = pytest.mark.django_db

NO_KEYS = ("abc", "1' or 1=1", "²", "-1", "9" * 30, "1,2,abc")


@pytest.fixture
def desk(client):
    client.force_login(editor(is_superuser=True))
    return client


def relations_of(model):
    return [
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not field.auto_created
    ]


@pytest.mark.parametrize("key", ["abc", "9" * 30])
def test_a_new_record_asked_with_them_opens(desk, key):
    request = desk.get("/beheer/").wsgi_request
    for model, model_admin in admin.site._registry.items():
        if not model_admin.has_add_permission(request):
            continue
        asked = dict.fromkeys(relations_of(model), key)

        assert desk.get(add_url(model), asked).status_code in (200, 302), model


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_form_sent_with_them_keeps_what_was_typed(desk, key):
    version = ConceptVersionFactory()
    PassageFactory(version=version, text="Het luistert.")
    url = change_url(version, "teksten")
    fields = opened(desk, url)

    answer = send(desk, url, fields, **{"passages-0-text": "Typwerk.", "passages-0-citations": key})

    assert answer.status_code == 200
    assert "Typwerk." in answer.content.decode()
    assert ConceptVersion.objects.get().passages.get().text == "Het luistert."


@pytest.mark.parametrize("key", NO_KEYS)
@pytest.mark.parametrize("action", ["dien-in", "delete_selected"])
def test_an_action_on_them_does_nothing(desk, key, action):
    ConceptVersionFactory()
    PartnerFactory()

    for model in (ConceptVersion, Partner):
        sent = {"action": action, ACTION_CHECKBOX_NAME: key}
        answer = desk.post(list_url(model), sent, follow=True)
        assert answer.status_code == 200
        assert model.objects.exists()
