"""A concept on paper, on two pages: what a meeting needs on the first, running text behind it.

How much fits is known to the program that lays it out. So a concept is written in a few lengths,
the longest first: what each leaves out stands in it by name, with the gist of it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.html import strip_tags

from concepts.page import printed
from eerstelijn.pages.parts import Part, Section

#: So many pages a concept takes at most.
PAGES = 2
#: The chapters of the first page, of which running text stands behind it; and where those are long.
FIRST = ("partners", "waar", "stand", "tegenspraak")
FRONTS = (FIRST, FIRST[:3], FIRST[:2])
#: Links to read on, of no use on paper.
LEFT_OUT = ("verder",)
TEXT = printed.passages
#: So many contradictions are on the first page; the others stand behind it, in full.
MOST_CONTRADICTIONS = 2
CONTRADICTIONS = printed.discrepancies
#: What is shorter on the first page than on a screen.
SHORTER = {CONTRADICTIONS: "paper/_contradictions.html"}
#: What prints the lines of the page, whatever the part holds: it stands in one place.
WHOLE = (printed.roles, printed.milestones)
#: Of what stands behind the first page, what a meeting misses first.
WANTED = (
    *("waarvoor", "taken", "stand", "waar", "tegenspraak", "eigenaar", "toegankelijk", "plannen"),
    *("rechtsgrond", "organisatie", "voorwaarden", "geld", "stand-van-zaken", "na-deze-dag"),
    *("voor-deze-dag", "verwant", "kanttekening", "waarom", "lijkt-op"),
)

#: The gist of what the first page leaves of a chapter that has none itself.
FORMER = "Wat vroeger gold"

#: The letters on a line of a column, and the lines that a block or a chapter takes beside those.
LETTERS, BLOCK, HEADING = 56, 0.45, 1.6
#: The lines of columns on a page, of the name and the fact box, and of a chapter of which only the
#: gist remains.
PAGE, HEAD, GIST = 132, 42, 2.5
#: How much of a page each length counts on: fonts differ, and a line more or less cannot be told.
LENGTHS = (1.12, 1.03, 0.93, 0.8, 0.6)

#: How many lines of a column a chapter takes, about.
Lines = Callable[[Section], float]


@dataclass
class Sheets:
    """A concept in one length."""

    first: list[Section]
    rest: list[Section]
    #: Chapters of which only the gist is told.
    left: list[Section]
    #: Whether what is behind the first part begins on the second page.
    is_split: bool


def sheets_of(chapters: Iterable[Section], written: Callable[[Section], str]) -> Iterator[Sheets]:
    """The chapters of the page as they stand on paper, the longest way first.

    `written` gives the HTML of one, from which follows how long it is.
    """
    chapters = [chapter for chapter in chapters if chapter.id not in LEFT_OUT]
    measured: dict[tuple[str, ...], float] = {}

    def lines(chapter: Section) -> float:
        name = (chapter.id, *(f"{part.template} {len(part.items)}" for part in chapter.parts))
        if name not in measured:
            measured[name] = lines_of(written(chapter))
        return measured[name]

    for scale in LENGTHS:
        yield fitted(chapters, lines, PAGE * scale)


def lines_of(html: str) -> float:
    """How many lines a text takes: by its letters, and by the blocks that they stand in."""
    letters = len(" ".join(strip_tags(html).split()))
    blocks = sum(html.count(tag) for tag in ("<p", "<li", "<h3", "<h4", "<dt", "<tr"))
    return letters / LETTERS + blocks * BLOCK + HEADING


def fitted(chapters: list[Section], lines: Lines, page: float) -> Sheets:
    """What stands on two pages of so many lines."""
    for names in FRONTS:
        first, rest = first_and_rest(chapters, names)
        taken = HEAD + sum(map(lines, first))
        if taken <= page:
            break
    kept = kept_in(PAGES * page - taken, rest, lines)
    told = [chapter for chapter in rest if chapter.id in kept]
    left = [
        replace(chapter, gist=chapter.gist or FORMER) for chapter in rest if chapter.id not in kept
    ]
    long = sum(map(lines, told)) + GIST * len(left)
    return Sheets(first, told, left, is_split=page - taken < long < page)


def kept_in(room: float, chapters: list[Section], lines: Lines) -> set[str]:
    """Which chapters stand in full within so many lines: what is wanted most goes first."""
    kept = set()
    room -= GIST * len(chapters)
    for chapter in sorted(chapters, key=_rank):
        if (more := lines(chapter) - GIST) <= room:
            kept.add(chapter.id)
            room -= more
    return kept


def _rank(chapter: Section) -> int:
    return WANTED.index(chapter.id) if chapter.id in WANTED else len(WANTED)


def first_and_rest(
    chapters: Iterable[Section], names: tuple[str, ...] = FIRST
) -> tuple[list[Section], list[Section]]:
    """The chapters as they stand on paper: those of the first page in its order, and the others."""
    first, rest = [], []
    for chapter in chapters:
        if chapter.id in names:
            facts = [part for part in chapter.parts if part.template != TEXT]
            texts = [part for part in chapter.parts if part.template == TEXT]
            split = [_split(part) for part in facts]
            first.append(replace(chapter, parts=[part for part, _ in split]))
            rest.append(replace(chapter, parts=[*(part for _, part in split), *texts]))
        else:
            rest.append(chapter)
    first.sort(key=lambda chapter: names.index(chapter.id))
    return [row for row in first if row.parts], [row for row in rest if row.parts]


def _split(part: Part) -> tuple[Part, Part]:
    """What holds, as it stands on the first page, and what held and does no more."""
    items = list(part.items)
    if part.template in WHOLE:
        return part, replace(part, items=[])
    first = [row for row in items if not getattr(row, "end", None)]
    if part.template == CONTRADICTIONS:
        first = first[:MOST_CONTRADICTIONS]
    behind = [row for row in items if row not in first]
    template = SHORTER.get(part.template, part.template)
    return replace(part, items=first, template=template), replace(part, items=behind)
