"""Dates at the desk: what is typed is read, or asked at once; what has no bounds takes a word."""

import datetime as dt

import pytest

from concepts.models import Passage
from concepts.publishing import publish
from eerstelijn.desk.reading import NO_DAY
from governance.models import Agency, ChangeEvent, Source
from tests.answers import slugs
from tests.desk import add_row, add_url, change_url, editor, fields_of, opened, send
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    KeyFigureFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

EASTER = dt.date(2023, 4, 9)


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def errors_of(response):
    """The errors of the only row of a page, or of the record itself."""
    assert response.status_code == 200
    formsets = response.context["inline_admin_formsets"]
    if formsets:
        return formsets[0].formset.errors[0]
    return response.context["adminform"].form.errors


def texts(row):
    return change_url(row.version, "teksten")


def start(row):
    row.refresh_from_db()
    return row.start_label, row.start_earliest, row.start_latest, row.start_unbounded


def test_bounds_follow_from_the_date_as_it_is_said(desk):
    row = KeyFigureFactory()
    url = change_url(row.version, "cijfers")

    send(desk, url, **{"key_figures-0-date_label": "eind 2023", "key_figures-0-value": "7,5"})

    row.refresh_from_db()
    assert (row.date_earliest.month, row.date_latest.day, str(row.value)) == (10, 31, "7.50")


def test_a_participation_that_ended_does_not_hold_for_ever(desk):
    caw = PartnerFactory(slug="caw")
    version = ConceptVersionFactory(
        concept__slug="gbo", described_by=[SourceFactory()], statements=[PassageFactory]
    )
    ParticipationFactory(version=version, partner=caw)
    url = change_url(version, "partners")

    send(desk, url, **{"participations-0-end_label": "31/12/2024"})
    publish(version)

    for day, found in (("2024-12-31", ["gbo"]), ("2026-11-29", [])):
        answer = desk.get("/concepten.json", {"partner": "caw", "peildatum": day})
        assert slugs(answer) == found
    statements = desk.get("/concepten/gbo.json").json()["uitspraken"]
    (ended,) = (row["geldig_tot"] for row in statements if row["soort"] == "deelname")
    assert ended["label"] == "31 december 2024"


@pytest.mark.parametrize("label", ["onbepaald", "tot 2024", "rond Pasen 2023", "17 mei"])
def test_what_cannot_be_read_comes_back_with_a_question(desk, label):
    row = PassageFactory()

    response = send(desk, texts(row), **{"passages-0-start_label": label})

    errors = errors_of(response)
    assert "We lezen hier geen dag in." in errors["start_label"][0]
    assert errors["start_unbounded"]
    assert dict(fields_of(response))["passages-0-start_label"] == label
    assert start(row) == ("", None, None, False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"start_unbounded": "on"}, ("17 mei", None, None, True)),
        (
            {"start_earliest": "09/04/2023", "start_latest": "09/04/2023"},
            ("17 mei", EASTER, EASTER, False),
        ),
        ({"start_earliest": "09/04/2023"}, ("17 mei", EASTER, None, False)),
    ],
)
def test_the_answer_is_kept(desk, typed, kept):
    row = PassageFactory()
    typed = {f"passages-0-{name}": value for name, value in typed.items()}

    response = send(desk, texts(row), **{"passages-0-start_label": "17 mei"}, **typed)

    assert response.status_code == 302
    assert start(row) == kept
    assert send(desk, texts(row)).status_code == 302  # it is asked once
    assert start(row) == kept


@pytest.mark.parametrize("label", ["31/04/2023", "30 feb 2023", "2023-13-01", "13/03/23"])
def test_what_cannot_be_is_refused_whatever_the_bounds(desk, label):
    row = PassageFactory()
    typed = {"start_label": label, "start_earliest": "09/04/2023"}

    response = send(desk, texts(row), **{f"passages-0-{k}": v for k, v in typed.items()})

    assert errors_of(response)["start_label"]
    assert start(row)[0] == ""


def test_a_record_without_versions_asks_too(desk):
    agency, source = AgencyFactory(), SourceFactory()

    for record, field in ((agency, "end_label"), (source, "date_label")):
        response = send(desk, change_url(record), **{field: "onbepaald"})
        assert "We lezen hier geen dag in." in errors_of_record(response)[field][0]
    assert not Agency.objects.exclude(end_label="").exists()
    assert not Source.objects.exclude(date_label="").exists()


def errors_of_record(response):
    return response.context["adminform"].form.errors


def test_a_new_record_and_a_new_row_ask_too(desk):
    act = DecreeFactory()
    fields = add_row(opened(desk, change_url(act)), "dates", kind="vermeld", date_label="17 mei")
    event = {"name": "Fusie", "slug": "fusie", "kind": "fusie", "status": "gebeurd"}

    for response in (
        send(desk, change_url(act), fields),
        send(desk, add_url(ChangeEvent), **event, date_label="17 mei"),
    ):
        assert "We lezen hier geen dag in." in response.content.decode()
    assert not act.dates.exists()
    assert not ChangeEvent.objects.exists()


@pytest.mark.parametrize(
    "typed", ["1/1/25", "01-01-25", "1.1.25", "25-1-1", "1/1/025", "31/2/2025", "17 mei"]
)
def test_a_day_without_its_century_is_not_guessed(desk, typed):
    row = PassageFactory()

    response = send(desk, texts(row), **{"passages-0-start_earliest": typed})

    assert errors_of(response)["start_earliest"] == [NO_DAY]
    assert start(row) == ("", None, None, False)


@pytest.mark.parametrize("typed", ["9/4/2023", "09/04/2023", "09-04-2023", "9.4.2023", "2023-4-9"])
def test_a_day_is_read_as_people_write_it(desk, typed):
    row = PassageFactory()
    words = {"passages-0-start_label": "Pasen", "passages-0-start_earliest": typed}

    assert send(desk, texts(row), **words).status_code == 302

    assert start(row) == ("Pasen", EASTER, None, False)


def test_the_days_of_an_area_have_their_century_too(desk):
    area = CoverageAreaFactory()

    response = send(desk, change_url(area), valid_from="1/1/25")

    assert errors_of_record(response)["valid_from"] == [NO_DAY]


# A label that becomes another one


def test_bounds_of_a_former_date_go_with_it(desk):
    row = PassageFactory(start="mei 2022")

    response = send(desk, texts(row), **{"passages-0-start_label": "rond Pasen"})

    assert errors_of(response)["start_label"]
    assert dict(fields_of(response))["passages-0-start_latest"] == ""
    assert start(row)[0] == "mei 2022"


def test_of_a_former_date_only_the_answer_of_today_counts(desk):
    row = PassageFactory(start="mei 2022")
    typed = {"passages-0-start_label": "17 mei", "passages-0-start_unbounded": "on"}

    assert send(desk, texts(row), **typed).status_code == 302

    assert start(row) == ("17 mei", None, None, True)


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ({"start_earliest": EASTER, "start_latest": EASTER}, "houdt de grenzen van “Pasen”"),
        ({"start_unbounded": True}, "heeft nog altijd geen grenzen, zoals “Pasen”"),
    ],
)
def test_what_was_said_by_hand_stays_and_asks_to_be_looked_at(desk, said, remark):
    row = PassageFactory(start_label="Pasen", **said)
    before = start(row)

    response = send(desk, texts(row), **{"passages-0-start_label": "Pasen 2023"})

    assert response.status_code == 302
    assert start(row) == ("Pasen 2023", *before[1:])
    assert remark in desk.get(response["Location"]).content.decode()


def test_a_date_that_is_taken_away_takes_everything_along(desk):
    row = PassageFactory(start_label="17 mei", start_unbounded=True)

    assert send(desk, texts(row), **{"passages-0-start_label": ""}).status_code == 302

    assert start(row) == ("", None, None, False)


def test_a_label_that_can_be_read_now_no_longer_needs_the_word(desk):
    row = PassageFactory(start_label="17 mei", start_unbounded=True)

    send(desk, texts(row), **{"passages-0-start_label": "17/05/2019"})

    day = dt.date(2019, 5, 17)
    assert start(row) == ("17 mei 2019", day, day, False)
    assert Passage.objects.get().start.is_day
