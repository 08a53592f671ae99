"""One dated thing on the timeline: what happened, or what somebody announced for a date."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from enum import Enum

from django.urls import reverse
from django.utils.text import capfirst, slugify

from concepts.timeline.touching import NOTHING, Touched
from eerstelijn.dates import SourceDate
from eerstelijn.pages.parts import Data
from governance.models import ChangeEvent, Citation, DecreeDate

#: What the keys of the dates of acts begin with.
ACT_KEY = "regelgeving-"
#: How many concepts an entry names; data name them all.
MOST_NAMED = 4


class Kind(Enum):
    """What an entry is about: as an address calls it, and in words."""

    CONCEPT = "concept", "Concepten"
    BODY = "organisatie", "Diensten en partners"
    ACT = "regelgeving", "Regelgeving"
    AREA = "gebied", "Gebieden"

    def __init__(self, slug: str, label: str):
        self.slug = slug
        self.label = label


class Status(Enum):
    """Whether it happened, as an address calls it; possible is what nobody announced."""

    DONE = "gebeurd"
    ANNOUNCED = "aangekondigd"
    POSSIBLE = "mogelijk"

    @classmethod
    def of(cls, date: SourceDate, today: dt.date) -> "Status":
        """Of what a source states as a fact: a day that is still to come is announced."""
        return cls.ANNOUNCED if date.earliest and date.earliest > today else cls.DONE


@dataclass(slots=True)
class Entry:
    """One thing on the timeline, with its date as the source gives it and its sources.

    `about` are the published concepts that it touches, `agencies` the keys of the services that it
    is of, `areas` and `acts` those of the areas and the acts that it has to do with. `later` says
    that it came after the day that the reader chose.
    """

    key: str
    kind: Kind
    date: SourceDate
    title: str
    citations: list[Citation]
    status: Status = Status.DONE
    url: str = ""
    note: str = ""
    #: The places that say what became of an announcement.
    outcome: Sequence[Citation] = ()
    about: Sequence[Touched] = ()
    agencies: Set[int] = NOTHING
    areas: Set[int] = NOTHING
    acts: Set[int] = NOTHING
    #: The key of the date of an act that tells of the same, and what is told with this one.
    with_act: str = ""
    joined: Sequence["Entry"] = ()
    #: The keys of what says just the same, and stands with this one.
    same_keys: Sequence[str] = ()
    later: bool = False

    @property
    def is_announced(self) -> bool:
        """Whether it stands as an open ring: it is not said to have happened."""
        return self.status is not Status.DONE

    @property
    def is_told(self) -> bool:
        """Whether a source tells it as a change: not a date of an act, nor a row of our tables."""
        return not self.key.startswith((ACT_KEY, "gebied-"))

    @property
    def statement(self) -> list[Citation]:
        """What its source numbers stand for."""
        return self.citations

    @property
    def day(self) -> dt.date | None:
        """The day that it is sorted on: the earliest that its date can mean, else the latest."""
        return self.date.earliest or self.date.latest

    @property
    def place(self) -> tuple[object, ...]:
        """Its place in order: on one earliest day the widest date first, "2023" before 1 January.

        What has no day at all comes last.
        """
        day, last = self.day or dt.date.max, self.date.latest or dt.date.max
        return day, -last.toordinal(), self.title

    @property
    def named(self) -> list[tuple[str, Touched]]:
        """The first concepts that it touches, each with the species of its tree."""
        return [(concept.tree, concept) for concept in self.about[:MOST_NAMED]]

    @property
    def unnamed(self) -> int:
        """How many more it touches."""
        return max(len(self.about) - MOST_NAMED, 0)

    @property
    def place_url(self) -> str:
        return f"{reverse('timeline')}#{self.key}"

    def as_data(self, absolute: Callable[[str], str]) -> Data:
        return {
            "id": self.key,
            "wat": self.title,
            "soort": self.kind.slug,
            "status": self.status.value,
            "datum": self.date.as_data(),
            "na_peildatum": self.later,
            "samen_met": self.with_act or None,
            "toelichting": self.note or None,
            "concepten": [concept_data(version, absolute) for version in self.about],
            "bronnen": [place.as_data(absolute) for place in self.citations],
            "bronnen_van_de_afloop": [place.as_data(absolute) for place in self.outcome],
            "url": absolute(self.url or self.place_url),
        }

    def row(self, absolute: Callable[[str], str]) -> list[object]:
        """The same as a row of a table, under `COLUMNS`."""
        return [
            self.key,
            self.date.label,
            self.date.earliest,
            self.date.latest,
            self.title,
            self.kind.slug,
            self.status.value,
            [concept.slug for concept in self.about],
            self.note,
            [str(place) for place in [*self.citations, *self.outcome]],
            absolute(self.url or self.place_url),
        ]


#: The columns of a CSV: a row for each entry.
COLUMNS = (
    *("id", "datum", "vroegst", "laatst", "wat", "soort", "status", "concepten", "toelichting"),
    *("bronnen", "url"),
)


def concept_data(concept: Touched, absolute: Callable[[str], str]) -> Data:
    """How data name a concept."""
    return {
        "slug": concept.slug,
        "naam": concept.name,
        "url": absolute(concept.get_absolute_url()),
    }


#: What happened to an act on each of its dates, in a word.
ACT_DATES = {
    DecreeDate.Kind.ADOPTED: "aangenomen of goedgekeurd",
    DecreeDate.Kind.SIGNED: "bekrachtigd",
    DecreeDate.Kind.PUBLISHED: "bekendgemaakt",
    DecreeDate.Kind.IN_FORCE: "in werking",
    DecreeDate.Kind.STATED: "datum volgens de bron",
}


def act_key(row: DecreeDate) -> str:
    return f"{ACT_KEY}{row.decree.slug}-{row.kind}-{slugify(row.date_label)}"


def act_title(row: DecreeDate) -> str:
    """An act and what happened to it: "Decreet lokaal sociaal beleid: bekrachtigd"."""
    return f"{capfirst(row.decree.short_title)}: {ACT_DATES[row.kind]}"


def came_key(key: str) -> str:
    """The key of what came of an announcement, on the day that it came."""
    return f"{key}-afloop"


def event_key(event: ChangeEvent) -> str:
    return f"verandering-{event.slug}"


def places_of(rows: Iterable) -> list[Citation]:
    """The places that some rows cite, each once; asked of rows with their places fetched."""
    found = {place.pk: place for row in rows for place in row.citations.all()}
    return list(found.values())
