"""A small geography, and tables of areas that are taken over or refused in it."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from concepts import fixtures
from governance.models import AreaKind, AreaMembership, CoverageArea
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
    SourceFactory,
)

SINCE = dt.date(2019, 1, 1)
EVE, NEW_YEAR = dt.date(2026, 12, 31), dt.date(2027, 1, 1)


@pytest.fixture(autouse=True)
def geography():
    """Leuven and Herent in one zone, Bilzen in another; a table may cite `statbel`."""
    SourceFactory(slug="statbel", kind="gegevens")
    zones = AreaKindFactory(
        slug="eerstelijnszone", name="eerstelijnszone", composition=AreaKind.Composition.KNOWN
    )
    leuven, herent, bilzen = (
        MunicipalityFactory(nis=nis, name=name)
        for nis, name in [("24062", "Leuven"), ("24038", "Herent"), ("73006", "Bilzen")]
    )
    for slug, name, members in [
        ("elz-leuven", "Leuven", [leuven, herent]),
        ("elz-kemp-en-duin", "Kemp en Duin", [bilzen]),
    ]:
        zone = CoverageAreaFactory(slug=slug, name=name, kind=zones, valid_from=SINCE)
        for member in members:
            AreaMembershipFactory(area=zone, member=member, valid_from=SINCE)


@pytest.fixture
def table(tmp_path):
    """Write a table; returns its path."""

    def table(text, name="tabel.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return table


def take(*paths, **options):
    """Import files; returns the report as lines."""
    out = io.StringIO()
    options = {"vanaf": "2027-01-01", "bron": "statbel", **options}
    call_command("importeer_gebieden", *paths, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().splitlines()


def refused(*paths, **options):
    """Import files that are wrong: nothing changes. Returns all that is said."""
    out, before = io.StringIO(), rows()
    options = {"vanaf": "2027-01-01", "bron": "statbel", **options}
    with pytest.raises(CommandError) as refusal:
        call_command("importeer_gebieden", *paths, stdout=out, stderr=io.StringIO(), **options)
    assert "Er is niets gewijzigd." in str(refusal.value)
    assert rows() == before
    return f"{out.getvalue()}{refusal.value}"


def rows():
    """Every row of the content."""
    return {
        model: list(model._default_manager.order_by("pk").values()) for model in fixtures.models()
    }


def where(nis, day):
    """The slugs of the areas that a municipality lies in on a day, with the part."""
    memberships = AreaMembership.objects.filter(member__nis=nis).select_related("area")
    return {
        (row.area.slug, row.part)
        for row in memberships
        if (row.valid_from or day) <= day <= (row.valid_until or day)
    }


def area(slug):
    return CoverageArea.objects.get(slug=slug)
