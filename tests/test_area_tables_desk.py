"""A table of areas comes in at the desk: a report of each row first, then all of it or nothing."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from concepts.models import SearchEntry
from governance.models import AreaKind, AreaLine, AreaMembership, CoverageArea
from tests.desk import editor, fields_of, list_url
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

URL = "/beheer/governance/coveragearea/tabel/"
SINCE, EVE, NEW_YEAR = dt.date(2019, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1)
MOVES = "refnis,naam,eerstelijnszone\n24038,Herent,Kemp en Duin\n24062,Leuven,Leuven\n"


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


@pytest.fixture(autouse=True)
def source():
    """Leuven and Herent in one zone, Bilzen in another."""
    zones = AreaKindFactory(
        slug="eerstelijnszone", name="eerstelijnszone", composition=AreaKind.Composition.KNOWN
    )
    towns = [
        MunicipalityFactory(nis=nis, name=name)
        for nis, name in [("24062", "Leuven"), ("24038", "Herent"), ("73006", "Bilzen")]
    ]
    for name, members in [("Leuven", towns[:2]), ("Kemp en Duin", towns[2:])]:
        zone = CoverageAreaFactory(name=name, kind=zones, valid_from=SINCE)
        for member in members:
            AreaMembershipFactory(area=zone, member=member, valid_from=SINCE)
    return SourceFactory(slug="statbel")


@pytest.fixture
def look(desk, source):
    """Send a table, as the form does."""

    def look(text=MOVES, **changes):
        file = SimpleUploadedFile("gemeenten-2027.csv", text.encode())
        fields = {"bestand": file, "vanaf": "1/1/2027", "bron": source.pk, "soort": ""}
        return desk.post(URL, fields | changes)

    return look


def take_in(desk, looked):
    """Press “Voer in” under the report."""
    context = looked.context
    sent = {"naam": context["name"], "inhoud": context["content"]}
    return desk.post(URL, {**sent, **dict(context["typed"]), "gezien": context["report"].digest})


def zones_of(name):
    rows = AreaMembership.objects.filter(member__name=name).order_by("valid_from")
    return [(row.area.name, row.valid_from, row.valid_until) for row in rows]


def test_a_look_says_what_would_change_and_changes_nothing(look):
    looked = look()

    page = looked.content.decode()
    assert "Nog niets ingevoerd." in page
    assert "gemeenten-2027.csv: 1 gewijzigd, 1 gelijk." in page
    assert "Herent ligt niet meer in Leuven vanaf 1 januari 2027" in page
    assert "Herent ligt in Kemp en Duin vanaf 1 januari 2027" in page
    assert zones_of("Herent") == [("Leuven", SINCE, None)]


def test_it_is_taken_in_as_it_was_shown_with_all_that_follows(desk, look):
    ConceptVersionFactory(published=True)

    answer = take_in(desk, look())

    assert answer["Location"] == list_url(CoverageArea)
    assert zones_of("Herent") == [("Leuven", SINCE, EVE), ("Kemp en Duin", NEW_YEAR, None)]
    lines = AreaLine.objects.filter(place__name="Herent", territory__name="Kemp en Duin")
    assert [line.valid_from for line in lines] == [NEW_YEAR]
    assert SearchEntry.objects.filter(model="coveragearea").exists()
    said = LogEntry.objects.get()
    assert str(said.object_repr) == "Tabel gemeenten-2027.csv"
    assert said.change_message == "Ingevoerd: 1 gewijzigd, 1 gelijk."
    assert desk.get("/beheer/").status_code == 200  # it reads that log
    again = look().content.decode()
    assert "Er verandert niets." in again


def test_one_wrong_row_and_nothing_comes_in(look):
    page = look("refnis,naam,eerstelijnszone\n24038,Herent,Kemp en Duin\n99,X,Y\n").content.decode()

    assert "Er is niets ingevoerd." in page
    assert "“99” is geen NIS-code van vijf cijfers" in page
    assert "Voer in</button>" not in page
    assert zones_of("Herent") == [("Leuven", SINCE, None)]


def test_an_area_that_is_left_empty_is_told_without_a_line(look):
    page = look("refnis,naam,eerstelijnszone\n73006,Bilzen,Leuven\n").content.decode()

    assert "<td>–</td>" in page
    assert "heeft geen gemeenten meer en eindigt op 31 december 2026" in page


def test_what_changed_meanwhile_is_shown_first(desk, look):
    looked = look()
    AreaMembership.objects.filter(member__name="Herent").update(valid_until=dt.date(2025, 1, 1))

    page = take_in(desk, looked)

    assert "Intussen wijzigde iemand iets." in page.content.decode()
    assert AreaMembership.objects.filter(member__name="Herent").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bestand": ""}, "Kies eerst een bestand."),
        ({"inhoud": "geen base64!", "bestand": ""}, "Kies eerst een bestand."),
        ({"text": "naam,iets\nA,B\n"}, "noemt niet de kolommen die we kennen"),
        ({"text": "naam,gemeenten_refnis\nA,24038\n"}, "Van welke soort?"),
        ({"text": "\x00\xff"}, "Tabel"),
        ({"vanaf": "morgen"}, "Vanaf"),
        ({"vanaf": "1/1/9999"}, "Dat jaar kan niet."),
        ({"bron": "0"}, "Bron"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(look, changes, said):
    answer = look(**changes)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Er is niets bewaard" in page
    assert said in page
    assert fields_of(answer)


@pytest.mark.parametrize(("group", "status"), [("redacteur", 403), ("lezer", 403)])
def test_it_is_for_who_decides(client, group, status):
    client.force_login(editor(group))

    assert client.get(URL).status_code == status
    assert URL not in client.get(list_url(CoverageArea)).content.decode()


def test_the_list_of_areas_leads_there(desk):
    assert URL in desk.get(list_url(CoverageArea)).content.decode()
    assert desk.get(URL).status_code == 200
