"""What pages are made of: facts, sections of items, and what cites their sources."""

import re
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.urls import reverse

from governance.models import (
    Citation,
)


@dataclass
class Item:
    """One line: what it is about, where it leads, and the statements whose sources it rests on."""

    text: str
    url: str = ""
    kind: str = ""
    note: str = ""
    statement: object = None
    #: The published version that the line is about; its owner gives the tree.
    version: object = None
    is_self: bool = False


@dataclass
class Section:
    """A heading with its items; a section without items is left out."""

    id: str
    label: str
    items: list = field(default_factory=list)
    template: str = "governance/_items.html"


@dataclass
class RecordPage:
    """The page of a reference record."""

    kind: str
    text: str = ""
    note: str = ""
    tree: str = ""
    names: list = field(default_factory=list)
    facts: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    #: The concepts that have to do with this record, in the finder.
    finder_url: str = ""
    finder_label: str = ""

    def __post_init__(self):
        self.facts = [fact for fact in self.facts if fact.text]
        self.sections = [section for section in self.sections if section.items]
        if not self.finder_label and any(row.id == "concepten" for row in self.sections):
            self.finder_label = "Bekijk in de zoeker"


CITATIONS = Prefetch("citations", Citation.objects.select_related("source"))


def cited(rows):
    return rows.prefetch_related(CITATIONS)


def concepts_of(statements, kind=lambda row: ""):
    """The published concepts that state something of a record, each under what it states.

    What a concept states more than once in the same words is one line with all the sources.
    """
    rows = cited(statements.from_public().with_owners()).order_by("version__name")
    items = {}
    for row in rows:
        said = kind(row)
        item = items.setdefault(
            (row.version_id, said),
            Item(
                row.version.name,
                row.version.get_absolute_url(),
                said,
                statement=[],
                version=row.version,
            ),
        )
        item.statement.append(row)
    return list(items.values())


def in_finder(key, record):
    """The finder of concepts, filtered on this record."""
    return f"{reverse('concepts:concept-list')}?{key}={record.slug}"


def names_of(record, *known):
    """Other names and abbreviations, leaving out mere ways of spelling what is known."""
    seen = {_letters(text) for text in (*known, getattr(record, "abbreviation", ""))}
    names = []
    for alias in record.aliases.all():
        if _letters(alias.text) not in seen:
            seen.add(_letters(alias.text))
            names.append(Item(alias.text, note=alias.note))
    return names


def _letters(text):
    """A name without what only spelling decides: capitals, spaces and signs."""
    return re.sub(r"\b(?:en|van|het|de)\b|[\W_]+", "", text.casefold().replace("&", " en "))


def validity_facts(record):
    return [
        Item(str(record.start), kind="Bestaat sinds"),
        Item(str(record.end), kind="Bestond tot en met"),
    ]


def held(row):
    """From when to when a statement held, as its source says it; empty when it still does."""
    if not row.end:
        return ""
    return f"van {row.start} tot en met {row.end}" if row.start else f"tot en met {row.end}"
