"""Two editors at once, at every form of the desk: nobody decides on what they have not seen.

One opens a page and types; another changes what it shows; the first one sends it. Nothing happens
then, the page says so, and what was typed is still there. Sent again, it does happen.

Every address of the desk stands in `READS`, or in `CHANGES` with the test that goes along it: here,
or in one of two other files. A new one fails until it stands there too, and a new form until it
says what it showed.
"""

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from concepts import reviewing
from concepts.admin.steps import CONCEPT_STEPS, VERSION_STEPS
from concepts.models import ConceptVersion, Review, Status
from concepts.publishing import publish, working_copy
from eerstelijn.desk.shown import CHANGED, SHOWN
from governance.models import Partner
from tests import factories, two_at_once
from tests import test_shown_changes as changes
from tests import test_shown_records as records
from tests.desk import (
    SECRET,
    change_url,
    editor,
    fields_of,
    opened,
    page_url,
    send,
    step_url,
)
from tests.two_at_once import (
    THEIRS,
    public_version,
    shown_again,
    text_of,
)

pytestmark = pytest.mark.django_db

desk, keeper = two_at_once.desk, two_at_once.keeper


# Steps of a concept


@pytest.fixture
def public():
    return public_version()


@pytest.fixture
def in_review(public):
    """A version that somebody else handed in."""
    copy = working_copy(public.concept)
    copy.passages.update(text="Nieuwe tekst.")
    reviewing.hand_in(copy, editor("redacteur", username="nora"))
    return ConceptVersion.objects.get(pk=copy.pk)


def replaced(public):
    """Another version is on the site."""
    copy = working_copy(public.concept)
    copy.passages.update(text="Wat een collega publiceerde.")
    return publish(copy)


def test_nobody_takes_off_the_site_what_changed(desk, public):
    url = step_url(public.concept, "haal-weg")
    fields = opened(desk, url)
    replaced(public)

    answer = send(desk, url, fields, reason="Het is afgelopen.")

    assert shown_again(answer, "Het is afgelopen.")
    assert public.concept.versions.published().exists()
    assert send(desk, url, fields_of(answer)).status_code == 302
    assert not public.concept.versions.published().exists()


@pytest.mark.parametrize(
    ("step", "name"), [("publiceer", "reason"), ("stuur-terug", "note")], ids=["publish", "back"]
)
def test_nobody_decides_on_a_version_that_changed(desk, in_review, step, name):
    url = f"{step_url(in_review, step)}?vraag="
    fields = opened(desk, url)
    in_review.passages.update(text="Nog een andere tekst.")

    answer = send(desk, url, fields, **{name: "Dit las ik."})

    assert "Intussen wijzigde deze versie" in text_of(answer)
    assert "Dit las ik." in text_of(answer)
    in_review.refresh_from_db()
    assert in_review.status == Status.IN_REVIEW


@pytest.mark.parametrize("way", ["with the form", "by its button"])
def test_nobody_says_of_another_version_that_it_is_still_right(desk, public, way):
    url = change_url(public.concept)
    fields = opened(desk, url)
    replaced(public)

    if way == "with the form":
        answer = send(desk, url, fields, _stap="nagekeken")
    else:
        shown = {SHOWN: dict(fields)[SHOWN]}
        answer = desk.post(step_url(public.concept, "nagekeken"), shown, follow=True)

    assert "Intussen" in text_of(answer)
    assert not Review.objects.exists()


def test_a_queue_notes_nothing_of_a_version_that_was_replaced(desk, public):
    url = reverse("admin:queue", args=["nooit-nagekeken"])
    fields = opened(desk, url)
    replaced(public)

    answer = send(desk, url, fields, rows=[str(public.pk)])

    assert not Review.objects.exists()
    assert "intussen niet meer zo op de site" in text_of(desk.get(answer["Location"]))


def test_nobody_takes_back_a_look_that_changed(desk, public):
    review = factories.ReviewFactory(version=public)
    url = reverse("admin:review_undo", query={"nazicht": review.pk})
    fields = opened(desk, url)
    Review.objects.update(reviewer=THEIRS)

    answer = send(desk, url, fields)

    assert shown_again(answer, THEIRS)
    assert Review.objects.exists()


# Accounts


def test_nobody_wipes_a_second_step_that_is_another_by_now(keeper):
    account = editor("eindredacteur", username="els", password="drie-zonnige-bomen")  # noqa: S106
    url = reverse("admin:auth_user_second_step", args=[account.pk])
    fields = opened(keeper, url)
    Authenticator.objects.filter(user=account).delete()
    TOTP.activate(account, SECRET)

    answer = send(keeper, url, fields, password="wat-ik-typte")  # noqa: S106

    assert CHANGED in text_of(answer)
    assert Authenticator.objects.filter(user=account).exists()


def test_nobody_sets_a_password_over_one_that_was_set_meanwhile(keeper):
    account = editor("redacteur", username="nora")
    url = reverse("admin:auth_user_password_change", args=[account.pk])
    fields = opened(keeper, url)
    account.set_password("van-een-collega")
    account.save()
    new = "drie zonnige bomen"

    answer = send(keeper, url, fields, password1=new, password2=new)

    assert CHANGED in text_of(answer)
    account.refresh_from_db()
    assert account.check_password("van-een-collega")


# What was


def _forms(page):
    """The hidden fields of the small forms with one button on a page of history."""
    found = re.findall(r"<form method=\"post\"[^>]*>(.*?)</form>", page, re.DOTALL)
    pairs = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', each)) for each in found]
    return [each for each in pairs if "nummer" in each or "wijziging" in each]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("history")
def test_nobody_puts_back_over_what_they_have_not_seen(desk):
    partner = factories.PartnerFactory(slug="caw", name="CAW")
    send(desk, change_url(partner), name="CAW Vlaanderen")
    page = desk.get(page_url(partner, "history", partner.pk)).content.decode()
    [form] = _forms(page)
    Partner.objects.update(name=THEIRS)

    answer = desk.post(page_url(partner, "undo", partner.pk), form, follow=True)

    assert shown_again(answer)
    assert Partner.objects.get().name == THEIRS
    # Read again, there is a later change to put back, and this one still goes too.
    again = _forms(answer.content.decode())
    assert desk.post(page_url(partner, "undo", partner.pk), again[-1]).status_code == 302
    assert Partner.objects.get().name == "CAW"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("history")
def test_nobody_brings_back_what_they_have_not_seen(desk):
    partner = factories.PartnerFactory(slug="caw", name="CAW")
    partner.delete()
    page = desk.get(page_url(Partner, "deleted")).content.decode()
    [form] = _forms(page)
    Partner(pk=form["nummer"], slug="caw", name=THEIRS, type=partner.type).save(force_insert=True)
    Partner.objects.get().delete()

    answer = desk.post(page_url(Partner, "deleted"), form)

    assert shown_again(answer, THEIRS)
    assert not Partner.objects.exists()


# That this is all of it

#: What only reads, or is of one's own account alone.
READS = {
    *("archive", "reading", "index", "login", "logout", "password_change", "password_change_done"),
    *("autocomplete", "jsi18n", "view_on_site", "app_list", "changelist", "history", "uses"),
    *("compare", "suggest", "preview", "preview_group"),
}
#: Addresses where something changes, each with the test that goes along it.
CHANGES = {
    "change": records.test_a_field_that_both_changed_is_asked_about,
    # And tests/test_admin_merging.py.
    "group": records.test_a_field_that_both_changed_is_asked_about,
    # Elsewhere nothing is shown by it.
    "add": changes.test_nobody_confirms_an_event_that_touches_more_by_now,
    "delete": records.test_nobody_deletes_what_changed_since_they_saw_it,
    "delete_selected": records.test_nobody_deletes_of_a_list_what_changed_since_they_saw_it,
    "withdraw_view": test_nobody_takes_off_the_site_what_changed,
    "step": test_nobody_decides_on_a_version_that_changed,
    "queue": test_a_queue_notes_nothing_of_a_version_that_was_replaced,
    "review_undo": test_nobody_takes_back_a_look_that_changed,
    "service_change": changes.test_nobody_merges_services_of_which_something_changed,
    "merger": changes.test_nobody_merges_municipalities_that_lie_elsewhere_by_now,
    "exchange": changes.test_nobody_brings_in_a_table_on_what_changed,
    "table": changes.test_nobody_brings_in_a_table_of_areas_on_what_changed,
    "second_step": test_nobody_wipes_a_second_step_that_is_another_by_now,
    "user_password_change": test_nobody_sets_a_password_over_one_that_was_set_meanwhile,
    "undo": test_nobody_puts_back_over_what_they_have_not_seen,
    "deleted": test_nobody_brings_back_what_they_have_not_seen,
}
#: Steps of a list and of a record: what each rests on. The others are in a test above.
STEPS = {
    "dien-in": "its status: what is in review is decided on by who reads it",
    "neem-terug": "its status, and that it is one's own",
    "werkversie": "nothing: a copy of the newest version is shown, or the one that is open",
    "haal-terug": "a version that never changes, and that nobody works on another",
}
#: Actions of lists, which Django and `concepts.admin.steps` offer.
ACTIONS = {"delete_selected", "dien-in", "nagekeken", "tick_off"}


def addresses(patterns=None, prefix=""):
    """What the addresses of the desk are called, without the record that they are about."""
    for pattern in admin.site.urls[0] if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, f"{prefix}{pattern.pattern}")
            continue
        model = re.match(r"(\w+)/(\w+)/", prefix)
        name = pattern.name or pattern.callback.__name__
        if model and name.startswith(own := f"{model[1]}_{model[2]}_"):
            name = name.removeprefix(own)
            name = f"{model[2]}_{name}" if name == "password_change" else name
        yield name


def test_every_address_of_the_desk_is_known():
    #: The former address of a record, and what is found nowhere else.
    elsewhere = {"view", "catch_all_view"}

    assert {*addresses()} == READS | (CHANGES.keys() - {"delete_selected"}) | elsewhere


def test_every_step_and_action_is_known(keeper, rf):
    asked = {"publiceer", "stuur-terug", "haal-weg", "nagekeken"}
    request = rf.get("/")
    request.user = User.objects.get(username="ria")
    offered = {name for desk in admin.site._registry.values() for name in desk.get_actions(request)}

    assert {step.name for step in (*CONCEPT_STEPS, *VERSION_STEPS)} == asked | STEPS.keys()
    assert offered == ACTIONS


#: Forms that change nothing which another editor changes too, or only show again what was sent.
WITHOUT = {
    "admin/base_site.html": "logs out",
    "admin/_send_again.html": "sends again what another page sent, its mark too",
    "admin/concepts/concept_form.html": "makes a working copy, or takes a former version up",
    "admin/exchange.html": "the file is looked at first; the report has a digest of its own",
}
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)


@pytest.mark.parametrize(
    "template",
    sorted(Path(settings.BASE_DIR, "templates", "admin").rglob("*.html")),
    ids=lambda path: path.stem,
)
def test_every_form_says_what_it_showed(template):
    name = str(template.relative_to(Path(settings.BASE_DIR, "templates")))
    if name in WITHOUT:
        return
    for form in FORM.findall(template.read_text()):
        assert "{% asks %}" in form or SHOWN in form, f"{name} has a form that does not say it"
