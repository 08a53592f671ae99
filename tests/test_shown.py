"""Two editors at once, at every form of the desk: nobody decides on what they have not seen.

One opens a page and types; another changes what it shows; the first one sends it. Nothing happens
then, the page says so, and what was typed is still there. Sent again, it does happen.

Every address of the desk stands in `ADDRESSES`: it only reads, or a test here goes along it. A new
address fails until it stands there too, and a new form until it says what it showed.
"""

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from concepts import models as concepts
from concepts import reviewing
from concepts.admin.steps import CONCEPT_STEPS, VERSION_STEPS
from concepts.models import Concept, ConceptVersion, Review, Status
from concepts.publishing import publish, working_copy
from eerstelijn.desk.shown import CHANGED, SHOWN
from eerstelijn.login.models import LoginEvent
from eerstelijn.reports.models import Outcome, Report
from governance import models as governance
from governance.models import Agency, AreaMembership, ChangeEvent, CoverageArea, Partner
from tests import factories, test_municipal_mergers, test_service_changes
from tests.desk import (
    SECRET,
    add_row,
    add_url,
    change_url,
    editor,
    fields_of,
    list_url,
    opened,
    page_url,
    send,
    step_url,
)
from tests.test_municipal_mergers import towns

__all__ = ["towns"]

pytestmark = pytest.mark.django_db

SINCE = dt.date(2019, 1, 1)
#: What two editors write in one field; also good for an address.
MINE, THEIRS = "mijn-woord", "hun-woord"


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur", username="els"))
    return client


@pytest.fixture
def keeper(client):
    """Whoever may do everything, accounts too."""
    client.force_login(editor(is_superuser=True, username="ria"))
    return client


def text_of(answer):
    return html.unescape(" ".join(answer.content.decode().split()))


def shown_again(answer, *typed):
    """Whether the page came back, says why, and holds all that was typed."""
    page = text_of(answer)
    return CHANGED in page and all(each in page for each in typed)


# A record of each kind that nobody uses


def _public():
    version = factories.ConceptVersionFactory(described_by=[factories.SourceFactory()])
    factories.PassageFactory(version=version)
    return publish(version)


def _outcome():
    return Report.objects.create(about="/concepten/gbo/", text="Dit klopt niet.")


def _discrepancy():
    return concepts.Discrepancy.objects.create(slug="punt", title="132 of 133?", kind="tegenspraak")


FRESH = {
    **{
        model: getattr(factories, f"{model.__name__}Factory")
        for model in (
            *(governance.ChangeEvent, governance.PolicyDomain, governance.Agency),
            *(governance.AreaKind, governance.CoverageArea),
            *(governance.Decree, governance.PartnerType, governance.Partner, governance.Source),
            *(governance.Citation, concepts.TargetGroup, concepts.Term),
        )
    },
    governance.OldSlug: lambda: factories.OldSlugFactory(
        kind="partner", old="vroeger", current=factories.PartnerFactory().slug
    ),
    concepts.Concept: lambda: factories.ConceptVersionFactory().concept,
    concepts.ConceptVersion: lambda: working_copy(_public().concept),
    concepts.Review: lambda: factories.ReviewFactory(version=_public()),
    concepts.ToCheck: lambda: concepts.ToCheck.objects.create(
        concept=_public().concept, event=factories.ChangeEventFactory()
    ),
    concepts.Alias: lambda: factories.AliasFactory(partner=factories.PartnerFactory()),
    governance.AreaMembership: lambda: factories.AreaMembershipFactory(
        area=factories.CoverageAreaFactory(valid_from=SINCE),
        member=factories.MunicipalityFactory(valid_from=SINCE),
        valid_from=SINCE,
    ),
    concepts.WordPart: lambda: concepts.WordPart.objects.create(text="zorg"),
    concepts.LostLink: lambda: concepts.LostLink.objects.create(
        key="weg", text="leidraad", url="https://example.org/", concept=_public().concept
    ),
    concepts.Discrepancy: _discrepancy,
    Report: _outcome,
    User: lambda: editor("redacteur", username="nora"),
    Group: lambda: Group.objects.create(name="Meelezers"),
}
#: What the page shows of a record that is to go, where that is not its first text.
SHOWN_OF = {User: "email", Report: "text", concepts.ToCheck: "done_on"}
#: What two editors give where a form has no words: as typed, as kept, and as it is shown.
DAYS = "1/11/2026", dt.date(2026, 10, 1), "01/10/2026"
#: What nobody changes or deletes at the desk.
ONLY_READ = {LoginEvent}


def values_of(model):
    """What one types, what a colleague saved, and how that is shown."""
    return DAYS if model is concepts.ToCheck else (MINE, THEIRS, THEIRS)


def text_field(record, fields):
    """The first field of a form in which an editor types words; of what has none, a day."""
    if isinstance(record, concepts.ToCheck):
        return "done_on"
    sent = [name for name, _ in fields]
    for field in record._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if is_text and field.name in sent and not isinstance(field, models.URLField):
            return field.name
    raise AssertionError(f"the form of {record} has no text")


def changed_by_a_colleague(record, name=None):
    """Change the first text of a record that its deletion page shows."""
    if isinstance(record, Concept) and not name:
        return ConceptVersion.objects.filter(concept=record).update(name=THEIRS)
    texts, (_, theirs, _) = (models.CharField, models.TextField), values_of(type(record))
    name = name or SHOWN_OF.get(type(record)) or next(
        each.name for each in record._meta.concrete_fields
        if isinstance(each, texts) and not each.choices and each.editable
    )  # fmt: skip
    return type(record).objects.filter(pk=record.pk).update(**{name: theirs})


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
    report = _outcome()
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


# Steps of a concept


@pytest.fixture
def public():
    return _public()


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


# Changes of services and of municipalities


@pytest.fixture
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: dt.date(2026, 11, 29))


@pytest.mark.usefixtures("_today")
def test_nobody_merges_services_of_which_something_changed(desk):
    old, other = factories.AgencyFactory.create_batch(2)
    new = factories.AgencyFactory(name="Dienst Nieuw")
    division = factories.AgencyFactory(name="Afdeling", parent=old)
    page = test_service_changes.fill(desk, "samengevoegd", [old, other], [new], _waarom="Zo is het")
    fields = fields_of(page)
    Agency.objects.filter(pk=division.pk).update(name="Afdeling Toezicht")

    answer = send(desk, test_service_changes.URL, fields, zeker="ja", raakt="")

    assert shown_again(answer, "Afdeling Toezicht", "Zo is het")
    assert not ChangeEvent.objects.exists()
    ticked = [value for name, value in fields_of(answer) if name == "raakt"]
    assert not any(ticked)  # the editor had ticked nothing, and that stays so
    assert test_service_changes.carry_out(desk, answer).status_code == 302
    assert ChangeEvent.objects.exists()


@pytest.mark.usefixtures("_today")
def test_nobody_merges_municipalities_that_lie_elsewhere_by_now(desk, towns):
    page = test_municipal_mergers.fill(desk, towns[:2])
    fields = fields_of(page)
    town, _ = towns
    region = test_municipal_mergers.area_of("regio", "regio", *towns)

    answer = send(desk, test_municipal_mergers.URL, fields, zeker="ja")

    assert shown_again(answer, region.name, "Groot-Klein")
    town.refresh_from_db()
    assert town.valid_until is None
    assert test_municipal_mergers.carry_out(desk, answer).status_code == 302
    assert CoverageArea.objects.filter(nis="11999").exists()


@pytest.mark.usefixtures("_today")
def test_nobody_confirms_an_event_that_touches_more_by_now(desk):
    old = factories.AgencyFactory(name="Dienst Oud", abbreviation="DO", end="april 2023")
    new = factories.AgencyFactory(name="Dienst Nieuw")
    fields = opened(desk, add_url(ChangeEvent))
    for side, agency in (("voor", old), ("na", new)):
        fields = add_row(fields, "subjects", side=side, agency=agency.pk)
    said = {"name": "Samen", "slug": "samen", "kind": "fusie", "status": "gebeurd"}
    fields = fields_of(send(desk, add_url(ChangeEvent), fields, **said))
    factories.AgencyFactory(name="Afdeling Toezicht", parent=old)

    answer = send(desk, add_url(ChangeEvent), fields, zeker="ja")

    assert shown_again(answer, "Afdeling Toezicht", "Samen")
    assert not ChangeEvent.objects.exists()
    again = send(desk, add_url(ChangeEvent), fields_of(answer), zeker="ja")
    assert again.status_code == 302
    assert ChangeEvent.objects.exists()


# Tables


def test_nobody_brings_in_a_table_on_what_changed(desk):
    factories.PartnerFactory(slug="caw", name="CAW")
    url = page_url(Partner, "exchange")
    table = SimpleUploadedFile("p.csv", b"adres,naam\ncaw,Centrum\n", "text/csv")
    fields = fields_of(desk.post(url, {"bestand": table}))
    Partner.objects.update(name=THEIRS)

    answer = send(desk, url, fields)

    assert "Intussen" in text_of(answer)
    assert Partner.objects.get().name == THEIRS


def test_nobody_brings_in_a_table_of_areas_on_what_changed(desk):
    zones = factories.AreaKindFactory(
        slug="eerstelijnszone", name="eerstelijnszone", composition="volledig"
    )
    town = factories.MunicipalityFactory(nis="24062", name="Leuven")
    for name in ("Leuven", "Kemp en Duin"):
        factories.CoverageAreaFactory(name=name, kind=zones, valid_from=SINCE)
    zone = CoverageArea.objects.get(name="Leuven", kind=zones)
    factories.AreaMembershipFactory(area=zone, member=town, valid_from=SINCE)
    url = page_url(CoverageArea, "table")
    table = b"refnis,naam,eerstelijnszone\n24062,Leuven,Kemp en Duin\n"
    source = factories.SourceFactory()
    sent = {"vanaf": "1/1/2027", "bron": source.pk, "soort": ""}
    page = desk.post(url, {"bestand": SimpleUploadedFile("t.csv", table), **sent})
    fields = fields_of(page)
    AreaMembership.objects.all().delete()

    answer = send(desk, url, fields)

    assert answer.status_code == 200
    assert "Intussen" in text_of(answer)
    assert not AreaMembership.objects.exists()


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
#: Addresses where something changes, each with who goes along it above.
CHANGES = {
    "change": test_a_field_that_both_changed_is_asked_about,
    "group": test_a_field_that_both_changed_is_asked_about,  # and tests/test_admin_merging.py
    "add": test_nobody_confirms_an_event_that_touches_more_by_now,  # nothing is shown but there
    "delete": test_nobody_deletes_what_changed_since_they_saw_it,
    "delete_selected": test_nobody_deletes_of_a_list_what_changed_since_they_saw_it,
    "withdraw_view": test_nobody_takes_off_the_site_what_changed,
    "step": test_nobody_decides_on_a_version_that_changed,
    "queue": test_a_queue_notes_nothing_of_a_version_that_was_replaced,
    "review_undo": test_nobody_takes_back_a_look_that_changed,
    "service_change": test_nobody_merges_services_of_which_something_changed,
    "merger": test_nobody_merges_municipalities_that_lie_elsewhere_by_now,
    "exchange": test_nobody_brings_in_a_table_on_what_changed,
    "table": test_nobody_brings_in_a_table_of_areas_on_what_changed,
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
