"""What pages are made of: facts, and sections of parts. Each says what data give of it.

`absolute` turns a path into a full address. What an item says is one row of data, or more where it
holds more than one line; so every section has its data without being named elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model

#: What turns a path into a full address.
Absolute = Callable[[str], str]
#: One row of data: values that JSON can say, by their Dutch key.
Data = dict[str, object]


class Line(Protocol):
    """What a section may hold: an `Item`, or another line that says its own data."""

    def as_data(self, absolute: Absolute) -> Iterable[Data]: ...


@dataclass
class Fact:
    """What holds of a record, in short: in words under a label, and as data under a key."""

    text: str
    url: str = ""
    kind: str = ""
    key: str = ""
    #: What data give instead of the words: a slug, a number, a date.
    value: object = None

    def as_data(self) -> object:
        return (self.text or None) if self.value is None else self.value


@dataclass
class Item:
    """One line: what it is about, where it leads, and the statements whose sources it rests on."""

    text: str
    url: str = ""
    kind: str = ""
    note: str = ""
    #: One statement, or a list of them.
    statement: Model | list[Model] | None = None
    #: The published version that the line is about; its owner gives the tree.
    version: Model | None = None
    is_self: bool = False
    #: The record that the line leads to.
    slug: str = ""
    #: What data say instead of the kind in words.
    data: Data | None = None

    @property
    def statements(self) -> list[Model]:
        if isinstance(self.statement, list):
            return self.statement
        return [self.statement] if self.statement else []

    def link(self, absolute: Absolute) -> Data:
        """What it leads to, as data."""
        return {
            "slug": self.slug or None,
            "naam": self.text,
            "url": absolute(self.url) if self.url else None,
        }

    def as_data(self, absolute: Absolute) -> Iterator[Data]:
        yield {
            **self.link(absolute),
            **({"verband": self.kind or None} if self.data is None else self.data),
            "toelichting": self.note or None,
            "bronnen": sources_data(self.statements, absolute),
        }


class Badge(Protocol):
    """A sign with its words, before a heading: the key says which sign."""

    key: str
    label: str


@dataclass
class Part:
    """Lines that are printed together, under a heading of their own where they have one."""

    #: What prints them: the name of a template, or a function (`eerstelijn.pages.printing`).
    template: "str | Callable[[Any, Part], str]"
    items: Sequence[object]
    label: str = ""
    #: The statements whose sources stand beside it.
    statements: Sequence[Model] = ()


@dataclass
class Section:
    """A chapter of a page: one list of items, or several parts; without either it is left out."""

    id: str
    #: What it is called in the contents of the page.
    label: str
    items: Sequence[Line] = field(default_factory=list)
    template: str = "reference/_items.html"
    #: What data call it, where that is not as in the address.
    data_key: str = ""
    #: Whether data give it: not what they can count from other records.
    in_data: bool = True
    #: Its heading, where that says more than the contents do.
    title: str = ""
    parts: Sequence[Part] = ()
    #: The sign of what its items have in common, how many there are, and what is said of them all.
    badge: Badge | None = None
    count: int | None = None
    note: str = ""
    #: Whether it shows its title only, with the gist of it in one line, until a reader opens it.
    is_folded: bool = False
    gist: str = ""

    def __post_init__(self) -> None:
        self.title = self.title or self.label
        #: Those without items too: what it can hold.
        self.all_parts = self.parts
        self.parts = [part for part in self.parts if part.items]

    @property
    def key(self) -> str:
        return self.data_key or self.id.replace("-", "_")

    @property
    def shown(self) -> Sequence[Part]:
        """The parts as the page prints them: a list is a part by itself."""
        return self.parts or ([Part(self.template, self.items)] if self.items else [])

    def as_data(self, absolute: Absolute) -> list[Data]:
        return [row for item in self.items for row in item.as_data(absolute)]


@dataclass
class Presence:
    """Whether a record was there on the day that its page is about."""

    #: "ja", "mogelijk" or "nee", as data say it; None where nothing tells.
    holds: str | None = None
    #: The same as a sentence: why it was not, or why that is not sure.
    text: str = ""
    #: What there was instead, and what stands before it.
    before_instead: str = ""
    instead: list[Item] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Whether it was there for certain: then a reader needs no warning."""
        return self.holds == "ja"


@dataclass
class RecordPage:
    """The page of a reference record."""

    kind: str
    text: str = ""
    note: str = ""
    tree: str = ""
    names: list[Item] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    #: The concepts that have to do with this record, in the finder.
    finder_url: str = ""
    finder_label: str = ""
    #: On a day: whether it was there.
    presence: Presence | None = None

    def __post_init__(self) -> None:
        self.all_facts, self.all_sections = self.facts, self.sections
        self.facts = [fact for fact in self.facts if fact.text]
        self.sections = [section for section in self.sections if section.shown]
        if not self.finder_label and any(row.id == "concepten" for row in self.sections):
            self.finder_label = "Bekijk in de lijst met filters"

    def facts_data(self) -> Data:
        """What holds of the record, with what is not known as None."""
        return {
            **{fact.key: fact.as_data() for fact in self.all_facts if fact.key},
            "beschrijving": self.text or None,
            "toelichting": self.note or None,
            "andere_namen": [
                {"naam": item.text, "toelichting": item.note or None} for item in self.names
            ],
        }

    def sections_data(self, absolute: Absolute) -> dict[str, list[Data]]:
        """Every section as a list, in the order of the page; without items the list is empty."""
        sections = (section for section in self.all_sections if section.in_data)
        return {section.key: section.as_data(absolute) for section in sections}


def sources_data(statements: Iterable[Model], absolute: Absolute) -> list[Data]:
    """The places in sources that some statements cite, each once."""
    citations = {
        citation.pk: citation for statement in statements for citation in statement.citations.all()
    }
    return [citation.as_data(absolute) for citation in citations.values()]
