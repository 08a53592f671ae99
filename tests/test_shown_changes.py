"""Nobody merges services or towns, confirms an event or brings in a table on what changed.

That this is all of it is held by tests/test_shown.py.
"""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from governance.models import Agency, AreaMembership, ChangeEvent, CoverageArea, Partner
from tests import factories, test_municipal_mergers, test_service_changes, two_at_once
from tests.desk import (
    add_row,
    add_url,
    fields_of,
    opened,
    page_url,
    send,
)
from tests.two_at_once import (
    SINCE,
    THEIRS,
    shown_again,
    text_of,
)

pytestmark = pytest.mark.django_db

desk, keeper = two_at_once.desk, two_at_once.keeper


towns = test_municipal_mergers.towns


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
