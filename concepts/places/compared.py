"""A comparison of two kinds of area in words: the sentence above it, and what each area touches."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.text import capfirst

from eerstelijn.finder.listing import Link, Segment
from governance.areas.comparing import OverlapRow
from governance.areas.overlaps import Verdict
from governance.models import MUNICIPALITY, AreaKind, CoverageArea

#: How many areas a row in a list names.
MOST_NAMED = 4


@dataclass
class ComparedRow:
    """How one area lies, and what the sources say of that."""

    overlap: OverlapRow
    #: How many municipalities lie in it, in words; a municipality has none in it.
    size: str = ""
    exception: CoverageArea | None = None

    @property
    def touches(self):
        """The first areas that it touches, each under how it lies against them."""
        parts = self.overlap.parts
        rest = len(parts) - MOST_NAMED
        return _in_words(parts[:MOST_NAMED]) + (f" en nog {rest}" if rest > 0 else "")

    @property
    def fits(self):
        """What it touches without crossing a border; empty where it only crosses."""
        said = capfirst(_in_words(self.overlap.fitting))
        return said or ("" if self.overlap.crossed else "Geen enkel gebied")


@dataclass
class VerdictGroup:
    """The areas with one verdict, what that means in words, and whether a cause is named."""

    verdict: Verdict
    rows: list
    title: str
    text: str

    @property
    def key(self):
        return self.verdict.value.replace("_", "-")

    @property
    def has_cause(self):
        """Whether it is a table: what fits, or is not known, has no municipality to blame."""
        return self.verdict in (Verdict.CROSSING, Verdict.NOT_COVERED)


def size_of(kind, number):
    """How many municipalities lie in an area of a kind: "5 gemeenten"."""
    if kind.slug == MUNICIPALITY:
        return ""
    return "1 gemeente" if number == 1 else f"{number} gemeenten"


def choices(kinds, chosen):
    """The kinds to choose from, those of which nobody knows what lies in them marked."""
    unknown = AreaKind.Composition.UNKNOWN
    return [
        Link(
            capfirst(kind.plural)
            + (" (samenstelling onbekend)" if kind.composition == unknown else ""),
            value=kind.slug,
            selected=kind == chosen,
        )
        for kind in kinds
    ]


def sentence(page):
    """What a comparison found: "Op 1 januari 2025: van 60 zones kruisen er 6 de grens ..."."""
    kind, other, total = page.kind, page.other, page.total
    start = f"Op {page.as_of}: "
    if not total:
        return [
            Segment(start),
            Segment(f"geen {kind.plural}", strong=True),
            Segment(" in onze gegevens."),
        ]
    counted = f"{total}\N{NO-BREAK SPACE}{kind.name if total == 1 else kind.plural}"
    said = [Segment(f"{start}van "), Segment(counted, strong=True)]
    if page.unsure == total:
        unsure = Segment("geen enkel", strong=True)
        return [*said, Segment(" weten we van "), unsure, Segment(" gebied of het past.")]
    for before, number, after in (
        (f" {_verb(page.crossing, 'kruist', 'kruisen')} er ", page.crossing or "geen", ""),
        (f" de grens van een {other.name}", "", ""),
        (f", {_verb(page.uncovered, 'is', 'zijn')} er ", page.uncovered, " niet gedekt"),
        (", weten we het van ", page.unsure, " niet"),
    ):
        if number != 0:
            said += [Segment(before), Segment(str(number), strong=True), Segment(after)]
    last = f" en {_verb(page.nested, 'past', 'passen')} er "
    said += [Segment(last), Segment(str(page.nested), strong=True), Segment(".")]
    return [segment for segment in said if segment.text]


def _verb(number, one, more):
    """The verb of a number; of none it is that of one: "kruist er geen"."""
    return one if number <= 1 else more


def _in_words(parts):
    """Areas under how one lies against them: "ligt helemaal in A, B"."""
    return ", ".join(
        f"{relation.value} {', '.join(part.name for part in found)}"
        for relation, found in groupby(parts, lambda part: part.relation)
    )
