"""The numbered sources of one page.

Each place in a source gets one number, in the order in which the page first uses it.
The numbers stand in the text as nodes (``v3``), in the margin, and in the list of
sources at the end (``b3``). All three lead to the place itself, on the page of its source.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model


@dataclass
class Entry:
    """One numbered place in a source, and the anchors where the page uses it."""

    number: int
    citation: Model
    uses: list[str] = field(default_factory=list)
    #: How a margin says it, once one did.
    margin_line: str = ""

    @cached_property
    def url(self) -> str:
        """The place on the page of its source; a page asks it for each use."""
        return str(self.citation.get_absolute_url())


class Notes:
    """Numbers citations in order of first use; put one in the context as ``notes``."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}  # by the primary key of the citation
        #: The chapters in which it was said already where a reader reports something.
        self.reportable: set[str] = set()
        #: The numbers that stood in the margin last.
        self.beside: list[int] = []
        #: How many stand in a list already.
        self.listed = 0

    def entry(self, citation: Model) -> Entry:
        """Return the entry of a citation, with the next number if it is new."""
        return self.entries.setdefault(citation.pk, Entry(len(self.entries) + 1, citation))

    def number(self, citation: Model) -> int:
        return self.entry(citation).number

    def use(self, citation: Model) -> tuple[Entry, str]:
        """Record one more use in the text; return its entry and the anchor for it."""
        entry = self.entry(citation)
        anchor = f"v{entry.number}"
        if entry.uses:
            anchor += f"-{len(entry.uses) + 1}"
        entry.uses.append(anchor)
        return entry, anchor

    def unlisted(self) -> list[Entry]:
        """The places that no list on the page gave yet; from now on they stand in one."""
        entries = list(self)[self.listed :]
        self.listed = len(self)
        return entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)
