"""The sentence above the list: how many ask something, how strongly, and through whom."""

from concepts.asking.sorting import Kind, Sorted
from eerstelijn.finder.sentence import Segment, counted

NOUNS = ("concept", "concepten")


def asked_in_short(own: Sorted, who: str, place: str) -> list[Segment]:
    """ "3 concepten vragen iets: 1 moet, 2 nodigen uit."."""
    must, invited, helps = (own.number(kind) for kind in Kind)
    number = must + invited
    helping = [Segment(f" Bij {helps} help of verwijs je.")] if helps else []
    if not number:
        where = f" in {place}" if place else ""
        said = [Segment("Geen concept", True), Segment(f"{where} vraagt bij naam iets aan: ")]
        return [*said, Segment(who, True), Segment("."), *helping]
    parts = [f"{must} {'moet' if must == 1 else 'moeten'}"] if must else []
    parts += [f"{invited} {'nodigt' if invited == 1 else 'nodigen'} uit"] if invited else []
    verb = "vraagt" if number == 1 else "vragen"
    return [counted(number, NOUNS), Segment(f" {verb} iets: {', '.join(parts)}."), *helping]


def more_through(name: str, more: int) -> list[Segment]:
    """ "Nog 5 andere komen via: lokaal bestuur."; nothing where none comes."""
    if not more:
        return []
    others = "Nog één ander komt" if more == 1 else f"Nog {more} andere komen"
    return [Segment(f" {others} via: "), Segment(name, True), Segment(".")]
