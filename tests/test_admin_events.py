"""Changes in the administration at the desk: what is done, who decides, what it touches."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from concepts.models import Alias
from governance.models import AgencyLine, ChangeEvent
from tests.desk import add_row, add_url, change_url, editor, opened, send
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    PartnerFactory,
    PassageFactory,
)

pytestmark = pytest.mark.django_db

EVENT = {"name": "Oud gaat op in Nieuw", "slug": "oud-nieuw", "kind": "fusie", "status": "gebeurd"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: dt.date(2026, 11, 29))


@pytest.fixture
def services():
    old = AgencyFactory(name="Dienst Oud", abbreviation="DO", slug="oud", end="april 2023")
    return old, AgencyFactory(name="Dienst Nieuw", slug="nieuw")


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur", first_name="Els", last_name="Peeters"))
    return client


def add(client, before, after, subject="agency", **changes):
    fields = opened(client, add_url(ChangeEvent))
    for side, record in (("voor", before), ("na", after)):
        fields = add_row(fields, "subjects", side=side, **{subject: record.pk})
    return send(client, add_url(ChangeEvent), fields, **EVENT | changes)


# Done or announced


@pytest.mark.parametrize("label", ["30 november 2026", "1 januari 2027", "2027", "na 2026"])
def test_what_is_to_come_has_not_happened(desk, label):
    answer = send(desk, add_url(ChangeEvent), **EVENT | {"date_label": label})

    assert "Deze datum moet nog komen" in answer.content.decode()
    assert not ChangeEvent.objects.exists()


@pytest.mark.parametrize("label", ["29 november 2026", "november 2026", "eind 2026", "2026", ""])
def test_what_may_have_happened_can_be_called_done(desk, label):
    answer = send(desk, add_url(ChangeEvent), **EVENT | {"date_label": label})

    assert answer.status_code == 302
    assert ChangeEvent.objects.get().status == "gebeurd"


def test_what_is_to_come_can_be_announced(desk):
    changes = {"status": "aangekondigd", "date_label": "1 januari 2027"}

    assert send(desk, add_url(ChangeEvent), **EVENT | changes).status_code == 302


# Who decides


@pytest.mark.parametrize("kind", ["fusie", "hernoeming"])
@pytest.mark.parametrize("status", ["gebeurd", "aangekondigd"])
def test_a_redacteur_hears_who_merges_services_and_keeps_the_text(client, services, kind, status):
    editor("eindredacteur", first_name="Els", last_name="Peeters")
    client.force_login(editor("redacteur"))

    answer = add(client, *services, kind=kind, status=status, description="Getypt.", zeker="ja")

    page = answer.content.decode()
    assert answer.status_code == 200
    told = "bewaart een eindredacteur. Vraag het aan Els Peeters. Wat je typte, staat nog op"
    assert told in page
    assert "Getypt." in page
    assert not ChangeEvent.objects.exists()


@pytest.mark.parametrize("changes", [{"kind": "overdracht"}, {"description": "Anders."}])
def test_a_redacteur_does_not_change_such_a_merger_either(client, services, changes):
    old, new = services
    event = ChangeEventFactory(before=[old], after=[new])
    client.force_login(editor("redacteur"))

    answer = send(client, change_url(event), **changes)

    assert answer.status_code == 200
    assert "Wat je typte, staat nog op deze pagina" in answer.content.decode()
    event.refresh_from_db()
    assert (event.kind, event.description) == ("fusie", "")


def test_a_redacteur_keeps_the_rest(client, services):
    client.force_login(editor("redacteur"))

    transfer = add(client, *services, kind="overdracht")
    areas = [CoverageAreaFactory(), CoverageAreaFactory()]
    merger = add(client, *areas, subject="area", slug="gebieden")
    ended = send(client, change_url(services[1]), end_label="december 2026")

    assert [answer.status_code for answer in (transfer, merger, ended)] == [302, 302, 302]


# What it touches


def test_a_merger_is_asked_first_with_what_it_touches(desk, services):
    old, new = services
    ConceptVersionFactory(name="Breed onthaal", agencies=[old], published=True)
    for name, text, published in (
        ("Gezinsplan", "Afgesproken met de Dienst Oud.", True),
        ("Ander plan", "Doe het zelf, DOor weer en wind.", True),
        ("Kladplan", "Van Dienst Oud.", False),
    ):
        says = partial(PassageFactory, text=text)
        ConceptVersionFactory(name=name, statements=[says], published=published)
    AgencyFactory(name="Afdeling A", parent=old)
    AgencyFactory(name="Afdeling die stopte", parent=old, end="2022")
    PartnerFactory(name="Partner Oud", agency=old)
    Alias.objects.create(key="od", text="OudeDienst", kind="naam", agency=old)
    DecreeFactory(short_title="Oprichtingsbesluit", name="Besluit over de Dienst Oud")

    answer = add(desk, old, new, _verzending="0a1b")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "bewaard-0a1b" not in answer.cookies
    touched = {
        kind.title: [str(row["label"]) for row in kind.rows] for kind in answer.context["touched"]
    }
    assert touched == {
        "Van Dienst Oud staan voortaan ook onder Dienst Nieuw:": ["Breed onthaal"],
        "Nog deel van Dienst Oud:": ["Afdeling A"],
        "Partner die Dienst Oud is:": ["Partner Oud"],
        "Andere namen van Dienst Oud:": ["OudeDienst"],
        "Regelgeving die ze noemt:": ["Besluit over de Dienst Oud"],
        "Concepten die ze in hun tekst noemen:": ["Gezinsplan"],
    }
    assert "Nog niet bewaard" in page
    assert not ChangeEvent.objects.exists()
    assert not AgencyLine.objects.exclude(owner=old, present=old).filter(owner=old).exists()


@pytest.mark.parametrize(
    ("end", "changes", "words"),
    [
        ("", {}, "Dienst Oud heeft nog geen einde"),
        ("2023", {"status": "aangekondigd"}, "Aangekondigd: in de lijsten verandert nog niets"),
        ("2023", {}, "Dienst Oud gaat verder in Dienst Nieuw, zonder concepten"),
    ],
)
def test_a_merger_says_why_nothing_moves(desk, end, changes, words):
    old = AgencyFactory(name="Dienst Oud", end=end)

    answer = add(desk, old, AgencyFactory(name="Dienst Nieuw"), **changes)

    assert words in answer.content.decode()


def test_a_merger_that_is_told_again_moves_nothing(desk, services):
    add(desk, *services, zeker="ja")

    answer = add(desk, *services, slug="nog-eens")

    assert "Dienst Oud ging al verder in Dienst Nieuw" in answer.content.decode()


def test_what_was_typed_is_carried_to_the_save_and_back(desk, services):
    typed = 'Een “tekst”\r\n\r\nmet <b>tekens</b> & "aanhaling"'
    answer = add(desk, *services, description=typed, _verzending="0a1b")
    carried = [(name, value) for name, value in answer.context["typed"]]

    back = send(desk, add_url(ChangeEvent), carried, _herstel="1")
    assert "Nog niet bewaard" in back.content.decode()
    assert back.context["adminform"].form["description"].value() == typed
    assert not ChangeEvent.objects.exists()

    saved = send(desk, add_url(ChangeEvent), carried, zeker="ja")
    assert saved.status_code == 302
    assert "bewaard-0a1b" in saved.cookies
    event = ChangeEvent.objects.get()
    assert event.description == typed.replace("\r\n", "\n")
    assert event.subjects.count() == 2
    assert AgencyLine.objects.filter(owner=services[0], present=services[1]).exists()


def test_the_page_prints_what_was_typed_as_values(desk, services):
    answer = add(desk, *services, description='"><script>alert(1)</script>')

    assert "<script>alert" not in answer.content.decode()


def test_words_alone_are_saved_without_asking_and_undoing_asks(desk, services):
    old, new = services
    ConceptVersionFactory(name="Onthaal", agencies=[old], published=True)
    add(desk, old, new, zeker="ja")
    event = ChangeEvent.objects.get()

    assert send(desk, change_url(event), description="Toelichting.").status_code == 302
    answer = send(desk, change_url(event), kind="overdracht")

    titles = [kind.title for kind in answer.context["touched"]]
    assert "Van Dienst Oud staan niet meer onder Dienst Nieuw:" in titles
    event.refresh_from_db()
    assert (event.kind, event.description) == ("fusie", "Toelichting.")
