"""What the numbers mean, in a sentence: who is asked most, and who must most."""

from collections.abc import Sequence

from concepts.finder.wording import named
from concepts.pressure.counting import Pressed
from eerstelijn.finder.sentence import Segment


def sentence(rows: Sequence[Pressed], total: int, by_name: bool) -> list[Segment]:
    """Of the rows, the most asked first, among `total` concepts."""
    if not rows:
        return [Segment("Geen van deze concepten vraagt iets van een partner.")]
    top = max(rows, key=lambda row: (row.number, row.must_number))
    even = [row for row in rows if row.number == top.number and row is not top]
    nouns = ("partner", "partners") if by_name else ("soort partner", "soorten partners")
    return [*_most(top, total), *_even(even, nouns), *_must(top, rows, nouns[0])]


#: So many names stand in the sentence.
MOST_NAMED = 3


def most_by_name(rows: Sequence[Pressed]) -> list[Segment]:
    """Who is asked most by name, with their numbers: what a reader wants to know first."""
    names = [row for row in rows if not row.is_broad][:MOST_NAMED]
    if not names:
        return []
    said = [Segment("Bij naam het vaakst gevraagd: ")]
    for place, row in enumerate(names):
        between = "" if not place else " en " if place == len(names) - 1 else ", "
        said += [Segment(between), Segment(row.name, True), Segment(f" ({row.number})")]
    return [*said, Segment(". ")]


def _most(top: Pressed, total: int) -> list[Segment]:
    who = named(top.name)
    concepts = Segment(" concept" if total == 1 else " concepten")
    number = Segment(f"{top.number} van de {total}", strong=True)
    if len(who) > 1:
        return [Segment("Het "), *who[1:], Segment(" wordt gevraagd in "), number, concepts]
    return [Segment("Het vaakst gevraagd: "), *who, Segment(", in "), number, concepts]


def _even(even: Sequence[Pressed], nouns: tuple[str, str]) -> list[Segment]:
    if not even:
        return [Segment(". ")]
    if len(even) > 1:
        return [Segment(f", even vaak als {len(even)} andere {nouns[1]}. ")]
    return [Segment(", even vaak als "), *_in_line(even[0].name), Segment(". ")]


def _in_line(name: str) -> list[Segment]:
    """A name in the middle of a sentence; one with a comma in it is set apart."""
    who = named(name)
    return who if len(who) > 1 or "," not in name else [Segment(f"“{name}”")]


def _must(top: Pressed, rows: Sequence[Pressed], noun: str) -> list[Segment]:
    """In how many it leads or must take part, and how that compares with the others."""
    most = max(rows, key=lambda row: row.must_number)
    if not most.must_number:
        return [Segment(f"Geen enkele {noun} leidt of moet erbij zijn.")]
    others = max((row.must_number for row in rows if row is not top), default=0)
    if others > top.must_number:
        return _leads_most(most)
    who = "het" if len(named(top.name)) > 1 else "die"
    number = Segment(str(top.must_number), strong=True)
    must = Segment(f" daarvan leidt {who} of moet {who} erbij zijn. ")
    rest = f"in meer dan {others}" if others else "ergens"
    if others == top.must_number:
        rest = "vaker"
    return [Segment("In "), number, must, Segment(f"Geen andere {noun} moet {rest}.")]


def _leads_most(most: Pressed) -> list[Segment]:
    """Where another leads or must more often than the one that is asked most."""
    who, must = named(most.name), Segment(str(most.must_number), strong=True)
    rest = f" van de {most.number}" if most.number > most.must_number else ""
    if len(who) == 1:
        said = [Segment("Het vaakst leidt of moet: "), *_in_line(most.name), Segment(", in ")]
        return [*said, must, Segment(f"{rest} die erom vragen." if rest else ".")]
    said = [Segment("Het "), *who[1:], Segment(" leidt of moet het vaakst: in ")]
    return [*said, must, Segment(f"{rest} die het vragen." if rest else ".")]
