"""A change of services that cannot be is refused, and one that was done is not done twice."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from concepts.models import Alias
from governance.models import ChangeEvent, Partner
from tests import changing_services
from tests.changing_services import (
    URL,
    carry_out,
    fill,
    text_of,
)
from tests.desk import fields_of, send
from tests.factories import AgencyFactory, AliasFactory, PartnerFactory

pytestmark = pytest.mark.django_db


on_that_day, desk = changing_services.on_that_day, changing_services.desk
old, other = changing_services.old, changing_services.other
successor = changing_services.successor


# What is refused


@pytest.mark.parametrize(
    ("kind", "before", "after", "said"),
    [
        ("samengevoegd", 1, 1, "vraagt hier minstens twee diensten; je koos er 1."),
        ("samengevoegd", 2, 2, "vraagt hier precies één dienst; je koos er 2."),
        ("vervangen", 1, 0, "vraagt hier precies één dienst; je koos er geen."),
        ("gesplitst", 1, 1, "vraagt hier minstens twee diensten; je koos er 1."),
        ("stopgezet", 1, 1, "vraagt hier geen enkele dienst; je koos er 1."),
        ("taken", 1, 0, "vraagt hier minstens één dienst; je koos er geen."),
    ],
)
def test_each_kind_has_its_numbers(desk, kind, before, after, said):
    agencies = AgencyFactory.create_batch(4)

    answer = fill(desk, kind, agencies[:before], agencies[2 : 2 + after])

    assert said in text_of(answer)
    assert "Er is niets bewaard" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "1 januari 2027"}, "Deze dag moet nog komen"),
        ({"status": "aangekondigd"}, "Deze dag is voorbij"),
        ({"day": "ooit"}, "Schrijf bijvoorbeeld 1 juni 2023"),
        ({"day": "na 2020"}, "Geef een dag, een maand of een jaar"),
        ({"citations": []}, "Zonder bron kan het niet"),
        ({"new": "X (a) (b)"}, "is geen naam met hoogstens één afkorting"),
        ({"new": "Dienst Oud"}, "vraagt hier precies één dienst"),
        ({"args": ("onzin", [])}, "geldige keuze"),
        ({"args": ("vervangen", [])}, "Dit veld is verplicht"),
        ({"announced": "999"}, "geldige keuze"),
    ],
)
def test_what_cannot_be_is_said_in_dutch(desk, old, successor, changes, said):
    answer = fill(desk, *changes.pop("args", ("vervangen", [old], [successor])), **changes)

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert not ChangeEvent.objects.exists()


def test_a_name_that_is_there_is_not_made_again(desk, old):
    AgencyFactory(name="Dienst Bezet")

    answer = fill(desk, "hernoemd", [old], new="dienst bezet")

    assert "dienst bezet:" in text_of(answer)


def test_no_service_goes_on_in_its_own_past(desk, old, successor):
    carry_out(desk, fill(desk, "vervangen", [old], [successor]))

    back = fill(desk, "vervangen", [successor], [old], day="2 juni 2026")

    assert "dat is een kring" in text_of(back)
    assert "Dienst Oud is al geëindigd: 31 mei 2026" in text_of(back)


def test_a_service_does_not_end_before_it_began(desk, successor):
    late = AgencyFactory(name="Dienst Laat", start="2026")
    late.start_earliest = dt.date(2026, 8, 1)
    late.save()

    assert "bestaat pas van 2026" in text_of(fill(desk, "vervangen", [late], [successor]))


# Twice, and two editors


def test_a_form_that_is_sent_twice_does_it_once(desk, old, successor):
    page = fill(desk, "vervangen", [old], [successor])
    first = carry_out(desk, page)

    second = carry_out(desk, page)

    assert second.url == first.url
    assert ChangeEvent.objects.count() == 1
    assert LogEntry.objects.filter(object_repr="Dienst Oud").count() == 1


def test_a_transfer_that_is_sent_twice_does_it_once(desk, old, successor):
    page = fill(desk, "taken", [old], [successor])
    carry_out(desk, page)

    carry_out(desk, page)

    assert ChangeEvent.objects.count() == 1


def test_what_came_meanwhile_is_shown_before_anything_is_done(desk, old, successor):
    page = fill(desk, "vervangen", [old], [successor])
    AgencyFactory(name="Afdeling van een collega", parent=old)

    again = carry_out(desk, page)

    assert "Intussen kwam er iets bij" in text_of(again)
    assert not ChangeEvent.objects.exists()
    carry_out(desk, again)
    assert ChangeEvent.objects.exists()


def test_what_went_meanwhile_is_shown_too_and_then_left_alone(desk, old, successor):
    AliasFactory(text="Oudje", agency=old)
    page = fill(desk, "vervangen", [old], [successor])
    Alias.objects.all().delete()

    page = carry_out(desk, page)

    assert "Intussen wijzigde hier iets" in text_of(page)
    assert not ChangeEvent.objects.exists()
    carry_out(desk, page)
    assert ChangeEvent.objects.exists()


def test_going_back_keeps_what_was_typed(desk, old, successor):
    page = fill(desk, "vervangen", [old], [successor])

    form = send(desk, URL, fields_of(page), terug="1")

    assert dict(fields_of(form))["day"] == "1 juni 2026"
    assert "Er is niets bewaard" not in text_of(form)


def test_two_partners_are_not_one_service(desk, old, other, successor):
    first, second = PartnerFactory(agency=old), PartnerFactory(agency=other)
    page = fill(desk, "samengevoegd", [old, other], [successor])

    carry_out(desk, page, raakt=[f"partner-{first.pk}-0", f"partner-{second.pk}-0"])

    assert Partner.objects.filter(agency=successor).count() == 1
