"""Nobody saves or deletes a record, of any kind, over what they have not seen.

That this is every kind, and every address, is held by tests/test_shown.py.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from concepts import models as concepts
from concepts.models import Concept, ConceptVersion
from eerstelijn.desk.shown import SHOWN
from eerstelijn.reports.models import Outcome, Report
from tests import two_at_once
from tests.desk import (
    change_url,
    editor,
    fields_of,
    list_url,
    opened,
    page_url,
    send,
)
from tests.two_at_once import (
    FRESH,
    MINE,
    ONLY_READ,
    THEIRS,
    changed_by_a_colleague,
    open_report,
    shown_again,
    text_field,
    text_of,
    values_of,
)

pytestmark = pytest.mark.django_db

desk, keeper = two_at_once.desk, two_at_once.keeper


def test_there_is_a_record_of_every_kind():
    assert FRESH.keys() | ONLY_READ == admin.site._registry.keys()


# The form of a record


@pytest.mark.parametrize(
    "model", [each for each in FRESH if each is not Report], ids=lambda model: model.__name__
)
def test_a_field_that_both_changed_is_asked_about(keeper, model):
    record = FRESH[model]()
    url = change_url(record)
    fields = opened(keeper, url)
    name = text_field(record, fields)
    changed_by_a_colleague(record, name)

    typed, saved, told = values_of(model)

    answer = send(keeper, url, fields, **{name: typed})

    page = text_of(answer)
    assert answer.status_code == 200
    assert "Kies welke van beide blijft." in page
    assert [each for each in (typed, told) if each not in page] == []
    assert getattr(model.objects.get(pk=record.pk), name) == saved


def test_an_account_that_was_switched_off_meanwhile_stays_off(keeper):
    """The case that matters most: what another field says is not put back by who changes a name."""
    account = editor("redacteur", username="nora")
    url = change_url(account)
    fields = opened(keeper, url)
    User.objects.filter(pk=account.pk).update(is_active=False)

    answer = send(keeper, url, fields, first_name="Nora")

    account.refresh_from_db()
    assert answer.status_code == 302
    assert (account.is_active, account.first_name) == (False, "Nora")


def test_an_answer_to_a_report_is_not_given_over_another(desk):
    report = open_report()
    url = change_url(report)
    fields = opened(desk, url)
    Outcome.objects.create(
        report=report, decision="niet-gevolgd", why=THEIRS, received_on="2026-11-01",
        decided_on="2026-11-02",
    )  # fmt: skip

    answer = send(desk, url, fields, decision="niet-gevolgd", why=MINE)

    assert "Intussen besliste iemand anders al" in text_of(answer)
    assert MINE in text_of(answer)
    assert Outcome.objects.get().why == THEIRS


# Deleting


@pytest.mark.parametrize("model", FRESH, ids=lambda model: model.__name__)
def test_nobody_deletes_what_changed_since_they_saw_it(keeper, model):
    record = FRESH[model]()
    url = page_url(record, "delete", record.pk)
    fields = opened(keeper, url)
    assert SHOWN in dict(fields)
    changed_by_a_colleague(record)
    typed = {"_waarom": "Dubbel geteld."} if "_waarom" in dict(fields) else {}

    answer = send(keeper, url, fields, **typed)

    assert shown_again(answer, *typed.values())
    assert model.objects.filter(pk=record.pk).exists()
    assert send(keeper, url, fields_of(answer)).status_code == 302
    assert not model.objects.filter(pk=record.pk).exists()


#: Of these a list deletes none: each asks with a page of its own.
ONE_BY_ONE = {Concept, ConceptVersion}


@pytest.mark.parametrize(
    "model", [each for each in FRESH if each not in ONE_BY_ONE], ids=lambda model: model.__name__
)
def test_nobody_deletes_of_a_list_what_changed_since_they_saw_it(keeper, model):
    record = FRESH[model]()
    # What is to check stands in its list until it is done, or in that of all.
    url = list_url(model) + ("?stand=alles" if model is concepts.ToCheck else "")
    chosen = {"action": "delete_selected", "_selected_action": record.pk}
    fields = fields_of(keeper.post(url, chosen))
    changed_by_a_colleague(record)
    typed = {"_waarom": "Dubbel geteld."} if "_waarom" in dict(fields) else {}

    answer = send(keeper, url, fields, **typed)

    assert shown_again(answer, *typed.values())
    assert model.objects.filter(pk=record.pk).exists()
    assert send(keeper, url, fields_of(answer)).status_code == 302
    assert not model.objects.filter(pk=record.pk).exists()
