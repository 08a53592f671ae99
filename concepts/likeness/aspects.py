"""In what concepts can be alike, and what each version has of it.

Of each aspect a version has things: partners that it asks, the types of these, audiences, areas,
acts, and the body whose it is today. Two concepts are alike as far as they have the same things.
Nothing is weighed and nothing is scored.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, TextField, Value, Window
from django.db.models.functions import RowNumber

from concepts.models import (
    ASKING_ROLES,
    Audience,
    Coverage,
    LegalBasis,
    Ownership,
    Participation,
)
from eerstelijn.dates import valid_on
from governance.models import CoverageArea, address_of, municipality_address, municipality_slug


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


class Row(NamedTuple):
    """A thing that a version has, as the database gives it."""

    #: Which `Has` it comes from.
    number: int
    version: int
    #: The place of the statement in its version, and its key; and the place of the thing in it.
    position: int
    key: str
    place: int
    #: The thing: its primary key, slug and name, and of a municipality its NIS code.
    pk: int
    slug: str
    name: str
    nis: str
    role: str


NOTHING = Value("", output_field=TextField())
EVERY = Q()


@dataclass(frozen=True)
class Has:
    """By which statements versions have things of one kind: `path` leads from one to its thing."""

    kind: Any
    path: str
    #: The column of a thing with the name that readers know it by, and how a sentence has it.
    name: str = "name"
    called: Callable[[str, str], str] = lambda slug, name: name
    #: The view of its page; empty where nothing leads to it.
    view: str = ""
    #: Which of these statements say so.
    only: Q = EVERY
    #: Whether what is over counts no more, on a page about today: who owned it once shares nothing.
    of_today: bool = False

    @property
    def model(self) -> Any:
        """What the things are."""
        model = self.kind
        for name in self.path.split("__"):
            model = model._meta.get_field(name).related_model
        return model

    def rows(self, number: int, day: dt.date | None, today: dt.date) -> QuerySet:
        """What versions have, as `Row`s with this number; on a day what then held, or might."""
        rows = self.kind.objects.filter(self.only, **{f"{self.path}__isnull": False})
        if day or self.of_today:
            rows = rows.filter(valid_on(day or today))
        fields = {field.name for field in self.kind._meta.concrete_fields}
        in_order = [f"{self.path}__{name}" for name in self.model._meta.ordering]
        return rows.order_by().values_list(
            *(Value(number), "version_id", "position", "key"),
            Window(RowNumber(), order_by=in_order),
            *(f"{self.path}__{name}" for name in ("pk", "slug", self.name)),
            F(f"{self.path}__nis") if self.model is CoverageArea else NOTHING,
            F("role") if "role" in fields else NOTHING,
        )

    def thing(self, row: Row) -> Thing:
        """What a row says that its version has."""
        if row.nis and row.slug == municipality_slug(row.nis):
            url = municipality_address(row.nis, row.name)
        else:
            url = address_of(self.view, row.slug) if self.view else ""
        name = self.called(row.slug, row.name)
        return Thing(self.model.__name__, row.pk, row.slug, name, url)

    def said(self, row: Row) -> Said:
        """The statement that says so."""
        return Said(f"{self.kind.data_name}-{row.key}", row.role)


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
    #: What a version has of it, in the order in which one statement says it.
    holds: tuple[Has, ...]

    def said(self, number: int) -> str:
        """A number of shared things in words: "2 partners gemeen"."""
        return f"{number} {self.noun[number != 1]} gemeen"


#: The scale of what is organised in each place by itself.
LOCAL = "lokaal"


def organised_by(slug: str, name: str) -> str:
    """A scale in words; the one without areas of its own is no kind of area."""
    return f"{name} georganiseerd" if slug == LOCAL else f"georganiseerd per {name}"


ASKING = Q(role__in=ASKING_ROLES)
#: The kind of area that a version is organised by, and the areas that it names one by one. That two
#: concepts cover all of Flanders makes them no neighbours; that both are organised per
#: eerstelijnszone, or name the same centre, does.
AREAS = (
    Has(Coverage, "scale", called=organised_by),
    Has(
        Coverage,
        "territory",
        called=lambda slug, name: f"in {name}",
        view="coveragearea-detail",
        only=Q(extent__in=(Coverage.Extent.ONLY_NAMED, Coverage.Extent.AT_LEAST_NAMED)),
    ),
)

PARTNERS = Aspect(
    "partners",
    "Partners",
    ("partner", "partners"),
    "de partners die twee concepten allebei vragen, bij naam",
    "",
    (Has(Participation, "partner", view="partner-detail", only=ASKING, of_today=True),),
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
        (Has(Participation, "partner__type", only=ASKING, of_today=True),),
    ),
    Aspect(
        "doelgroepen",
        "Doelgroepen",
        ("doelgroep", "doelgroepen"),
        "de doelgroepen die twee concepten allebei noemen",
        "ook voor",
        (Has(Audience, "target_group"),),
    ),
    Aspect(
        "gebieden",
        "Gebieden",
        ("gebied of soort gebied", "gebieden of soorten gebied"),
        "de soorten gebied waarnaar twee concepten georganiseerd zijn, en de gebieden die ze "
        "allebei noemen",
        "ook",
        AREAS,
    ),
    Aspect(
        "regels",
        "Regels",
        ("regel of plan", "regels of plannen"),
        "de regels, plannen en documenten waarop twee concepten allebei steunen",
        "steunt ook op",
        (Has(LegalBasis, "decree", "short_title", view="decree-detail"),),
    ),
)
#: Whose a concept is, is one thing and makes no table of its own.
OWNER = Aspect(
    "eigenaar",
    "Eigenaar",
    ("eigenaar", "eigenaars"),
    "",
    "ook van",
    (Has(Ownership, "agency", view="agency-detail", of_today=True),),
)
ALL = (*ASPECTS, OWNER)
