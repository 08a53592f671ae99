"""The mergers of 2025, done again by "Gemeenten fuseren" on what was known in 2024.

The new municipalities lie, border and are called as the tables of 2025 say; what those tables add
beside the mergers (a new kind of region, two new police zones) no merger can know.
"""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.conf import settings
from django.db.models import Q

from concepts import fixtures
from governance import derived
from governance.areas.joining import MunicipalMerger
from governance.models import (
    AreaBorder,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    ChangeSubject,
    CoverageArea,
)

pytestmark = pytest.mark.django_db

FOLDER = settings.BASE_DIR / "fixtures"
DAY, EVE = "2025-01-01", "2024-12-31"
#: Drawn anew in 2025: of these the tables of 2024 knew nothing.
NEW_ZONES = {"politiezone-scheldewaas", "politiezone-haspengouw"}
NEW_KIND = "gezondheidsmakersregio-"
#: Of these there are no tables of 2025: what the mergers brought about is not in the content.
NOT_TOLD = ("arrondissement-", "logo-")


def rows_of(*paths):
    return [row for path in paths for row in json.loads(path.read_text())]


def written(rows, model):
    return [row["fields"] for row in rows if row["model"] == f"governance.{model}"]


@pytest.fixture(scope="module")
def told():
    """What the fixtures say: rows by file, and the mergers as {code: (old codes, event)}."""
    files = {path: rows_of(path) for path in fixtures.files(FOLDER) if path.is_file()}
    changes = rows_of(FOLDER / "06-veranderingen.json")
    events = {row["slug"]: row for row in written(changes, "changeevent")}
    mergers = {}
    for row in written(changes, "changesubject"):
        event = events[row["event"][0]]
        if event["slug"].startswith("fusie-") and event["slug"].endswith("-2025"):
            nis = event["slug"].split("-")[1]
            mergers.setdefault(nis, set())
            if row["side"] == "voor":
                mergers[nis].add(row["area"][0])
    return files, mergers


@pytest.fixture
def _eve(told):
    """The areas as they stood on the eve."""
    _, mergers = told
    eve, day = dt.date.fromisoformat(EVE), dt.date.fromisoformat(DAY)
    old = CoverageArea.objects.filter(slug__in=set().union(*mergers.values()))
    new = CoverageArea.objects.filter(nis__in=mergers)
    ChangeEvent.objects.filter(slug__in=[f"fusie-{nis}-2025" for nis in mergers]).delete()
    memberships = AreaMembership.objects.filter(member__in=old | new)
    borders = AreaBorder.objects.filter(Q(area__in=old | new) | Q(other__in=old | new))
    CoverageArea.objects.filter(memberships__in=memberships, valid_until=eve).update(
        valid_until=None
    )
    old.update(valid_until=None)
    for rows in (memberships, borders):
        rows.filter(valid_from=day).delete()
        rows.filter(valid_until=eve).update(valid_until=None)
    ChangeSubject.objects.filter(area__in=new.filter(valid_from=day)).delete()
    new.filter(valid_from=day).delete()
    antwerpen = CoverageArea.objects.get(nis="11002")
    antwerpen.postcodes.remove("2150")
    antwerpen.surface = Decimal("204.3")
    antwerpen.save()


def memberships():
    rows = AreaMembership.objects.select_related("area", "member").prefetch_related("citations")
    return {
        (
            row.area.slug,
            row.member.slug,
            row.part,
            str(row.valid_from or ""),
            str(row.valid_until or ""),
            tuple(place.natural_key() for place in row.citations.select_related("source")),
        )
        for row in rows
    }


@pytest.mark.usefixtures("_eve")
def test_the_form_does_the_mergers_of_2025_as_the_tables_say(told):
    files, mergers = told
    liggingen = [
        row for path, rows in files.items() if path.parent.name == "liggingen" for row in rows
    ]
    stated = written(liggingen, "areamembership")
    towns = {
        row["slug"]: row
        for row in written(files[FOLDER / "gebieden/gemeente.json"], "coveragearea")
    }
    now = {}
    for row in stated:
        now.setdefault(row["member"][0], []).append(row)

    for nis, old in mergers.items():
        fields = towns[f"gemeente-{nis}"]
        areas = {
            area.kind.slug: area
            for area in CoverageArea.objects.select_related("kind").filter(
                slug__in=[
                    row["area"][0]
                    for row in now[f"gemeente-{nis}"]
                    if row.get("valid_from") == DAY and not row.get("part")
                ]
            )
        }
        merger = MunicipalMerger(
            old=list(CoverageArea.objects.filter(slug__in=old)),
            name=fields["name"],
            nis=nis,
            day=dt.date(2025, 1, 1),
            places=list(CoverageArea.objects.get(slug=min(old)).citations.all()),
            province=areas.get("provincie"),
        )
        differing = {lies.kind.slug: lies for lies in merger.lies if lies.differs}
        merger.choices = {
            kind: areas[kind]
            for kind, lies in differing.items()
            if kind in areas and areas[kind] in lies.areas
        }
        if nis == "11002":  # Borsbeek left its zone for one of the four of Antwerpen
            east = CoverageArea.objects.get(slug="elz-antwerpen-oost")
            merger.choices["eerstelijnszone"] = east
        del merger.lies
        assert list(merger.problems()) == []
        merger.carry_out()

    touched = {f"gemeente-{nis}" for nis in mergers}.union(*mergers.values())
    found = {row for row in memberships() if row[1] in touched and not row[0].startswith(NOT_TOLD)}
    expected = {
        (
            row["area"][0],
            row["member"][0],
            row.get("part", ""),
            row.get("valid_from", ""),
            row.get("valid_until", ""),
            tuple(tuple(place) for place in row.get("citations", ())),
        )
        for row in stated
        if row["member"][0] in touched and not row["area"][0].startswith((NEW_KIND, *NOT_TOLD))
    }
    moved = {row[1] for row in expected if row[0] in NEW_ZONES}
    strange = {
        row[:5]
        for row in found ^ expected
        if not (row[0].startswith("politiezone-") and row[1] in moved and row[3] == DAY)
    }
    assert strange == set()
    assert_borders(liggingen)
    for nis in mergers:
        area, fields = CoverageArea.objects.get(nis=nis), towns[f"gemeente-{nis}"]
        assert area.name == fields["name"]
        assert str(area.valid_from) == fields["valid_from"]
        assert area.postcodes == json.loads(fields["postcodes"])
        assert abs(float(area.surface) - float(fields["surface"])) < 0.25
    for slug in set().union(*mergers.values()) - {f"gemeente-{nis}" for nis in mergers}:
        assert str(CoverageArea.objects.get(slug=slug).valid_until) == EVE
    derived.rebuild_area_lines()
    assert AreaLine.objects.filter(place__nis="44012", territory__nis="44086").exists()


def assert_borders(liggingen):
    expected = {
        (
            frozenset((row["area"][0], row["other"][0])),
            row.get("valid_from", ""),
            row.get("valid_until", ""),
        )
        for row in written(liggingen, "areaborder")
    }
    found = {
        (
            frozenset((row.area.slug, row.other.slug)),
            str(row.valid_from),
            str(row.valid_until or ""),
        )
        for row in AreaBorder.objects.select_related("area", "other")
    }
    assert found == expected
