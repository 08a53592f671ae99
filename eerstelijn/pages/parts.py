"""What pages are made of: facts, sections of items, and what cites their sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field


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
    """A heading with its items; a section without items is left out.

    The template says what its items are: most often each is an `Item`.
    """

    id: str
    label: str
    items: Sequence[object] = field(default_factory=list)
    template: str = "reference/_items.html"


@dataclass
class RecordPage:
    """The page of a reference record."""

    kind: str
    text: str = ""
    note: str = ""
    tree: str = ""
    names: list[Item] = field(default_factory=list)
    facts: list[Item] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    #: The concepts that have to do with this record, in the finder.
    finder_url: str = ""
    finder_label: str = ""

    def __post_init__(self) -> None:
        self.facts = [fact for fact in self.facts if fact.text]
        self.sections = [section for section in self.sections if section.items]
        if not self.finder_label and any(row.id == "concepten" for row in self.sections):
            self.finder_label = "Bekijk in de zoeker"
