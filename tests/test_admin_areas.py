"""Areas at the desk: what the database refuses comes back in words, and the lines follow."""

import datetime as dt

import pytest
from django.db import connection

from governance.models import (
    AreaBorder,
    AreaKind,
    AreaLine,
    AreaMembership,
    AreaName,
    ChangeEvent,
    CoverageArea,
)
from tests.desk import add_row, add_url, change_url, editor, opened, send
from tests.factories import (
    AreaBorderFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.django_db

SINCE, LAST = dt.date(2019, 1, 1), dt.date(2024, 12, 31)
#: As a browser sends days, and how the prefixes of the rows of an area are called.
LAST_DAY, NEW_YEAR = "31-12-2024", "01-01-2025"
CONTAINERS, BORDERS = "containers", "borders"


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


@pytest.fixture
def town():
    return MunicipalityFactory(nis="73032", name="Hoeselt")


@pytest.fixture
def zone():
    return CoverageAreaFactory(slug="elz-kemp-en-duin", name="Kemp en Duin")


def refused(response, words):
    """The form comes back, with what is wrong and with what was typed."""
    assert response.status_code == 200
    assert words in response.content.decode().replace("&#x27;", "'")
    return True


# What the database refuses


def test_a_membership_that_holds_already_is_refused(desk, town, zone):
    AreaMembershipFactory(member=town, area=zone, valid_from=SINCE)

    response = send(
        desk, add_url(AreaMembership), member=town.pk, area=zone.pk, valid_from=NEW_YEAR
    )

    assert refused(response, "Deze ligging staat er al voor een deel van die tijd.")


def test_a_membership_outside_the_life_of_an_area_is_refused(desk, zone):
    ended = MunicipalityFactory(name="Hoeselt", valid_until=LAST)

    response = send(
        desk, add_url(AreaMembership), member=ended.pk, area=zone.pk, valid_from="01-01-2019"
    )

    assert refused(response, "Hoeselt bestaat tot en met 31 december 2024.")


def test_a_circle_is_refused(desk, zone):
    region = CoverageAreaFactory(name="Limburg")
    AreaMembershipFactory(member=zone, area=region)

    response = send(desk, add_url(AreaMembership), member=region.pk, area=zone.pk)

    assert refused(response, "Kemp en Duin ligt zelf al in Limburg.")


def test_two_rows_of_one_page_that_say_the_same_are_refused(desk, town, zone):
    url = change_url(town)
    fields = opened(desk, url)
    for _ in range(2):
        fields = add_row(fields, CONTAINERS, area=zone.pk, valid_from="01-01-2019")

    response = send(desk, url, fields)

    assert refused(response, "Deze ligging staat er al voor een deel van die tijd.")
    assert not AreaMembership.objects.exists()


def test_two_names_on_one_day_are_refused(desk, zone):
    url = change_url(zone)
    fields = opened(desk, url)
    for name in ("Oud", "Ouder"):
        fields = add_row(fields, "names", name=name)

    assert refused(send(desk, url, fields), "Een gebied heeft op elke dag één naam.")
    assert not AreaName.objects.exists()


def test_a_border_that_the_neighbour_has_already_is_refused(desk, town):
    border = AreaBorderFactory(other=town)
    url = change_url(town)
    fields = add_row(opened(desk, url), BORDERS, other=border.area.pk)

    assert refused(send(desk, url, fields), "Deze grens staat er al")


def test_an_area_does_not_end_while_memberships_go_on_and_the_form_says_which(desk, town, zone):
    AreaMembershipFactory(member=town, area=zone, valid_from=SINCE)

    response = send(desk, change_url(zone), valid_until=LAST_DAY)

    assert refused(response, "Er zijn nog liggingen buiten de tijd dat dit gebied bestaat.")
    assert refused(response, "Hoeselt in Kemp en Duin")
    assert "31-12-2024" in response.content.decode()
    zone.refresh_from_db()
    assert zone.valid_until is None


def test_an_area_and_what_it_lies_in_end_on_one_page(desk, town, zone):
    row = AreaMembershipFactory(member=town, area=zone, valid_from=SINCE)

    response = send(
        desk,
        change_url(town),
        **{"valid_until": LAST_DAY, f"{CONTAINERS}-0-valid_until": LAST_DAY},
    )

    assert response.status_code == 302
    connection.check_constraints()
    row.refresh_from_db()
    assert row.valid_until == LAST


def test_an_area_and_what_it_lies_in_go_on_on_one_page(desk, zone):
    ended = MunicipalityFactory(valid_until=LAST)
    row = AreaMembershipFactory(member=ended, area=zone, valid_from=SINCE, valid_until=LAST)

    response = send(
        desk, change_url(ended), **{"valid_until": "", f"{CONTAINERS}-0-valid_until": ""}
    )

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.valid_until is None


@pytest.mark.parametrize("field", ["valid_from", "valid_until"])
def test_a_reversed_validity_is_refused_in_a_membership(desk, town, zone, field):
    days = {"valid_from": NEW_YEAR, "valid_until": LAST_DAY}

    response = send(desk, add_url(AreaMembership), member=town.pk, area=zone.pk, **days)

    assert refused(response, "Het einde valt vóór het begin.")


def test_a_municipality_keeps_its_address(desk, town):
    assert refused(send(desk, change_url(town), slug="hoeselt"), "Het adres van een gemeente is")


# What an area has


def test_a_municipality_has_postcodes_a_place_and_borders(desk, town):
    neighbour = MunicipalityFactory()
    url = change_url(town)
    fields = add_row(opened(desk, url), BORDERS, other=neighbour.pk, valid_from="01-01-2019")

    response = send(
        desk, url, fields, postcodes="3730, 3732", x="235000", y="172300", surface="30,3"
    )

    assert response.status_code == 302
    town.refresh_from_db()
    assert (town.postcodes, town.x, float(town.surface)) == (["3730", "3732"], 235000, 30.3)
    assert AreaBorder.objects.get().other == neighbour


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8500, 8500", ["8500"]),
        ("8501,8500,", ["8500", "8501"]),
        ("8500;8501", ["8500", "8501"]),
        ("8500 8501", ["8500", "8501"]),
        ("8500|8501", ["8500", "8501"]),
        ("8500 / 8501", ["8500", "8501"]),
        ("B-8500, B-8501 en BE 8510", ["8500", "8501", "8510"]),
        ("8500\u00a08501\u200b", ["8500", "8501"]),
        ("", []),
        (" ; ", []),
    ],
)
def test_postcodes_are_read_as_they_are_typed_and_kept_once(desk, town, typed, kept):
    response = send(desk, change_url(town), postcodes=typed)

    assert response.status_code == 302
    town.refresh_from_db()
    assert town.postcodes == kept


@pytest.mark.parametrize("typed", ["373000", "850", "8500-8510", "Kortrijk", "0850", "8500, x"])
def test_what_is_no_postcode_is_refused_in_words(desk, town, typed):
    response = send(desk, change_url(town), postcodes=typed)

    wrong = typed.rpartition(" ")[2]
    assert response.context["adminform"].form.errors == {
        "postcodes": [f"“{wrong}” is geen postcode van vier cijfers. Schrijf ze zo: 8500, 8501."]
    }


def test_a_form_that_is_not_touched_changes_no_postcodes(desk, town):
    town.postcodes = ["8500", "8501"]
    town.save()

    assert ("postcodes", "8500, 8501") in opened(desk, change_url(town))
    send(desk, change_url(town), x="1")

    town.refresh_from_db()
    assert town.postcodes == ["8500", "8501"]


def test_both_neighbours_show_their_border_and_other_areas_have_none(desk, town, zone):
    border = AreaBorderFactory(other=town)

    assert ("borders_from-0-area", str(border.area.pk)) in opened(desk, change_url(town))
    assert not [name for name, _ in opened(desk, change_url(zone)) if name.startswith("borders")]


def test_a_kind_says_from_when_its_data_hold(desk):
    kind = AreaKindFactory()

    send(desk, change_url(kind), data_from="01-07-2020")

    kind.refresh_from_db()
    assert kind.data_from == dt.date(2020, 7, 1)


def test_a_redacteur_adds_borders_but_deletes_none(client, town):
    client.force_login(editor("redacteur"))
    border = AreaBorderFactory(area=town)
    url = change_url(town)
    fields = add_row(opened(client, url), BORDERS, other=MunicipalityFactory().pk)

    send(client, url, fields, **{f"{BORDERS}-0-DELETE": "on"})

    assert AreaBorder.objects.count() == 2
    assert AreaBorder.objects.filter(pk=border.pk).exists()


# The lines follow


def merge(desk, old, new):
    fields = opened(desk, add_url(ChangeEvent))
    for side, area in (("voor", old), ("na", new)):
        fields = add_row(fields, "subjects", side=side, area=area.pk)
    send(
        desk,
        add_url(ChangeEvent),
        fields,
        name="Fusie",
        slug="fusie",
        kind="fusie",
        status="gebeurd",
    )
    return ChangeEvent.objects.get()


def test_a_merger_of_areas_lays_a_line_as_soon_as_it_is_saved_and_takes_it_away_again(desk):
    old = MunicipalityFactory(valid_until=LAST)
    new = MunicipalityFactory(valid_from=dt.date(2025, 1, 1))

    event = merge(desk, old, new)

    line = AreaLine.objects.get(place=old, territory=new)
    assert (line.is_whole, line.valid_from) == (True, dt.date(2025, 1, 1))

    desk.post(f"{change_url(event)[:-7]}delete/", {"post": "yes"})
    assert not AreaLine.objects.filter(place=old, territory=new).exists()


def test_an_area_of_a_kind_that_is_no_longer_wholly_known_lies_in_no_other(desk, town):
    kind = AreaKindFactory(composition=AreaKind.Composition.KNOWN)
    zone, region = CoverageAreaFactory(kind=kind), CoverageAreaFactory()
    for area in (zone, region):
        AreaMembershipFactory(member=town, area=area, valid_from=SINCE)
    send(desk, change_url(kind))
    assert AreaLine.objects.filter(place=zone, territory=region, is_whole=True).exists()

    send(desk, change_url(kind), composition="gedeeltelijk")

    assert AreaLine.objects.get(place=zone, territory=region).is_whole is False


def newest():
    return AreaLine.objects.order_by("-pk").values_list("pk", flat=True).first()


def test_whatever_changes_in_the_lines_there_is_a_newer_one(desk, town, zone):
    """Kept counts are as of the newest line; a line that only goes must show there too."""
    row = AreaMembershipFactory(member=town, area=zone, valid_from=SINCE)
    seen = [newest()]
    send(desk, change_url(row), valid_from="01-02-2019")
    seen.append(newest())
    desk.post(f"{change_url(row)[:-7]}delete/", {"post": "yes"})
    seen.append(newest())

    assert not AreaLine.objects.filter(place=town, territory=zone).exists()
    assert len(set(seen)) == 3


def test_a_save_that_changes_no_line_leaves_all_of_them_alone(desk, town, zone):
    AreaMembershipFactory(member=town, area=zone, valid_from=SINCE)
    send(desk, change_url(zone))
    before = set(AreaLine.objects.values_list("pk", flat=True))

    send(desk, change_url(zone), note="Een toelichting.")

    assert set(AreaLine.objects.values_list("pk", flat=True)) == before
    assert CoverageArea.objects.get(pk=zone.pk).note == "Een toelichting."
