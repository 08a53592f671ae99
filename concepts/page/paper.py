"""A concept on paper: what a meeting needs on the first page, and running text behind it."""

from collections.abc import Iterable
from dataclasses import replace

from concepts.page import printed
from eerstelijn.pages.parts import Part, Section

#: The chapters of the first page, of which running text stands behind it.
FIRST = ("partners", "waar", "stand", "tijdlijn", "tegenspraak")
#: Links to read on, of no use on paper.
LEFT_OUT = ("verder",)
TEXT = printed.passages
#: So many contradictions are on the first page; the others stand behind it, in full.
MOST_CONTRADICTIONS = 2
CONTRADICTIONS = printed.discrepancies
#: What is shorter on paper than on a screen.
SHORTER = {CONTRADICTIONS: "paper/_contradictions.html"}


def first_and_rest(chapters: Iterable[Section]) -> tuple[list[Section], list[Section]]:
    """The chapters of the page as they stand on paper: on the first page, and behind it."""
    first, rest = [], []
    for chapter in chapters:
        if chapter.id in FIRST:
            facts = [part for part in chapter.parts if part.template != TEXT]
            texts = [part for part in chapter.parts if part.template == TEXT]
            split = [_split(part) for part in facts]
            first.append(replace(chapter, parts=[part for part, _ in split]))
            rest.append(replace(chapter, parts=[*(part for _, part in split), *texts]))
        elif chapter.id not in LEFT_OUT:
            rest.append(chapter)
    return [row for row in first if row.parts], [row for row in rest if row.parts]


def _split(part: Part) -> tuple[Part, Part]:
    """What holds, as it stands on the first page, and what held and does no more."""
    items = list(part.items)
    first = [row for row in items if not getattr(row, "end", None)]
    if part.template == CONTRADICTIONS:
        first = first[:MOST_CONTRADICTIONS]
    behind = [row for row in items if row not in first]
    template = SHORTER.get(part.template, part.template)
    return replace(part, items=first, template=template), replace(part, items=behind)
