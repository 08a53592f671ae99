"""Why a concept is found for a place: the area that links the two, or why nobody knows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from concepts.coverage import Answer, Place, Reach, answer
from concepts.models import ConceptVersion, Coverage

#: What stands before the area that links a concept to a place, by the answer.
LINKS = {
    Reach.YES: "",
    Reach.PARTLY: "deels: ",
    Reach.PLANNED: "gepland in ",
}


@dataclass(frozen=True)
class Reason:
    """What links a concept to the place that was asked about, and what the source says of it."""

    #: The area in words, "provincie Limburg"; empty where the sources name none.
    link: str
    said: str


def reason(version: ConceptVersion, places: Iterable[Place], day: dt.date) -> Reason:
    """Why this concept, fetched with the areas of its coverages, is found for these places."""
    rows = list(version.coverages.all())
    answers = [answer(rows, place, day) for place in places]
    weakest = min(answers, key=lambda each: each.reach.strength)
    return _in_words(weakest)


def _in_words(found: Answer) -> Reason:
    row, area = found.row, found.area
    if row is None:
        return Reason("", "de bronnen zeggen niet waar dit werkt")
    if area is not None:
        kind = area.kind.name
        name = area.name if kind in ("gewest", "land", "gemeente") else f"{kind} {area.name}"
        return Reason(f"{LINKS[found.reach]}{name}", row.wording)
    if row.extent == Coverage.Extent.AT_LEAST_NAMED:
        names = ", ".join(each.name for each in row.territory.all())
        return Reason("", f"de bronnen noemen enkel {names}, en zeggen niet of dat alles is")
    if row.extent == Coverage.Extent.UNLOCATED:
        return Reason("", f"{row.wording}; welke plaatsen dat zijn, zeggen de bronnen niet")
    return Reason("", f"{row.wording}; waar deze plaats die dag lag, weten we niet")
