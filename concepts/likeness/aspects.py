"""In what concepts can be alike, and what each version has of it.

Of each aspect a version has things: partners that it asks, the types of these, audiences, areas,
acts, and the body whose it is today. Two concepts are alike as far as they have the same things.
Nothing is weighed and nothing is scored.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from concepts.models import (
    ASKING_ROLES,
    Audience,
    Coverage,
    LegalBasis,
    Ownership,
    Participation,
)
from eerstelijn.dates import valid_on
from governance.derived import present_agencies
from governance.models import AreaKind

#: The scale of what is organised in each place by itself.
LOCAL = "lokaal"


@dataclass(frozen=True)
class Thing:
    """What two concepts can have in common: a record by the name that readers know it by."""

    kind: str
    pk: int
    slug: str
    name: str
    url: str


@dataclass(frozen=True)
class Said:
    """The statement by which a concept has a thing: where it stands on its page, and the role."""

    anchor: str
    role: str = ""


#: A version by its primary key, what it has of an aspect, and the statement that says so.
Row = tuple[int, Thing, Said]


@dataclass(frozen=True)
class Aspect:
    """In what concepts can be alike: the key of an address, its tab, and what one is called."""

    key: str
    tab: str
    noun: tuple[str, str]
    #: What a number in the table counts.
    counts: str
    #: What stands before the names where this comes beside the partners; empty: they are not named.
    beside: str
    read: Callable[[QuerySet, dt.date | None], Iterable[Row]]

    def said(self, number: int) -> str:
        """A number of shared things in words: "2 partners gemeen"."""
        return f"{number} {self.noun[number != 1]} gemeen"


def statements(model: Any, versions: QuerySet, day: dt.date | None) -> QuerySet:
    """The statements of one kind of these versions; on a day those that held, or possibly did."""
    rows = model.objects.filter(version__in=versions.values("pk")).order_by("version", "position")
    return rows.filter(valid_on(day)) if day else rows


def row_of(statement: Any, has: Thing) -> Row:
    """What a statement says that its version has."""
    anchor = f"{statement.data_name}-{statement.key}"
    return statement.version_id, has, Said(anchor, getattr(statement, "role", ""))


def thing(record: Any, name: str = "", url: str = "") -> Thing:
    """A record as a thing that can be shared."""
    return Thing(type(record).__name__, record.pk, record.slug, name or record.name, url)


def partners(versions: QuerySet, day: dt.date | None) -> Iterable[Row]:
    """Each partner that a version asks, by name, with its role there."""
    rows = statements(Participation, versions, day).filter(role__in=ASKING_ROLES)
    for row in rows.select_related("partner"):
        yield row_of(row, thing(row.partner, url=row.partner.get_absolute_url()))


def partner_types(versions: QuerySet, day: dt.date | None) -> Iterable[Row]:
    """The types of those partners."""
    rows = statements(Participation, versions, day).filter(role__in=ASKING_ROLES)
    for row in rows.select_related("partner__type"):
        yield row_of(row, thing(row.partner.type))


def audiences(versions: QuerySet, day: dt.date | None) -> Iterable[Row]:
    """Whom a version is for."""
    for row in statements(Audience, versions, day).select_related("target_group"):
        yield row_of(row, thing(row.target_group))


def areas(versions: QuerySet, day: dt.date | None) -> Iterable[Row]:
    """The kind of area that a version is organised by, and the areas that it names one by one.

    That two concepts cover all of Flanders makes them no neighbours; that both are organised per
    eerstelijnszone, or name the same centre, does.
    """
    rows = statements(Coverage, versions, day).select_related("scale").prefetch_related("territory")
    named = (Coverage.Extent.ONLY_NAMED, Coverage.Extent.AT_LEAST_NAMED)
    for row in rows:
        yield row_of(row, thing(row.scale, organised_by(row.scale)))
        if row.extent in named:
            for area in row.territory.all():
                yield row_of(row, thing(area, f"in {area.name}", area.get_absolute_url()))


def organised_by(scale: AreaKind) -> str:
    """A scale in words; the one without areas of its own is no kind of area."""
    return (
        f"{scale.name} georganiseerd" if scale.slug == LOCAL else f"georganiseerd per {scale.name}"
    )


def acts(versions: QuerySet, day: dt.date | None) -> Iterable[Row]:
    """The acts, plans and documents that a version rests on."""
    for row in statements(LegalBasis, versions, day).select_related("decree"):
        yield row_of(row, thing(row.decree, row.decree.short_title, row.decree.get_absolute_url()))


def owners(versions: QuerySet, day: dt.date | None) -> Iterable[Row]:
    """The body whose it is: today the one that a former body went on in, on a day the body then."""
    present = {} if day else present_agencies()
    rows = statements(Ownership, versions, day).select_related("agency").exclude(agency=None)
    for row in rows:
        agency = present.get(row.agency_id, row.agency)
        yield row_of(row, thing(agency, url=agency.get_absolute_url()))


PARTNERS = Aspect(
    "partners",
    "Partners",
    ("partner", "partners"),
    "de partners die twee concepten allebei vragen, bij naam",
    "",
    partners,
)
#: In the order of the tabs of the page; partners come first in everything.
ASPECTS = (
    PARTNERS,
    Aspect(
        "soorten",
        "Soorten partners",
        ("soort partner", "soorten partners"),
        "de soorten partners die twee concepten allebei vragen",
        "",
        partner_types,
    ),
    Aspect(
        "doelgroepen",
        "Doelgroepen",
        ("doelgroep", "doelgroepen"),
        "de doelgroepen die twee concepten allebei noemen",
        "ook voor",
        audiences,
    ),
    Aspect(
        "gebieden",
        "Gebieden",
        ("gebied of soort gebied", "gebieden of soorten gebied"),
        "de soorten gebied waarnaar twee concepten georganiseerd zijn, en de gebieden die ze "
        "allebei noemen",
        "ook",
        areas,
    ),
    Aspect(
        "regels",
        "Regels",
        ("regel of plan", "regels of plannen"),
        "de regels, plannen en documenten waarop twee concepten allebei steunen",
        "steunt ook op",
        acts,
    ),
)
#: Whose a concept is, is one thing and makes no table of its own.
OWNER = Aspect("eigenaar", "Eigenaar", ("eigenaar", "eigenaars"), "", "ook van", owners)
ALL = (*ASPECTS, OWNER)
