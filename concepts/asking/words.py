"""The sentence above the list: how many ask something, how strongly, and through whom."""

from concepts.asking.sorting import Kind, Sorted
from eerstelijn.finder.sentence import Segment, counted

NOUNS = ("concept", "concepten")


def asked_in_short(own: Sorted, who: str, place: str) -> list[Segment]:
    """ "3 concepten vragen iets van OCMW: 1 moet, 2 nodigen uit."."""
    number = len(own.keys)
    if not number:
        where = f" in {place}" if place else ""
        said = [Segment("Geen concept", True), Segment(f"{where} vraagt iets van ")]
        return [*said, Segment(who, True), Segment(" bij naam.")]
    must, invited, helps = (own.number(kind) for kind in Kind)
    parts = [f"{must} {'moet' if must == 1 else 'moeten'}"] if must else []
    parts += [f"{invited} {'nodigt' if invited == 1 else 'nodigen'} uit"] if invited else []
    parts += [f"bij {helps} help of verwijs je"] if helps else []
    return [
        counted(number, NOUNS),
        Segment(f" {'vraagt' if number == 1 else 'vragen'} iets van "),
        Segment(who, True),
        Segment(f": {', '.join(parts)}."),
    ]


def more_through(name: str, more: int) -> list[Segment]:
    """ "Via lokaal bestuur komen er nog 5 andere bij."; nothing where none comes."""
    if not more:
        return []
    verb, others = ("komt", "nog één ander") if more == 1 else ("komen", f"nog {more} andere")
    return [Segment(" Via "), Segment(name, True), Segment(f" {verb} er {others} bij.")]
