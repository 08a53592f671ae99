"""Why a concept is found for a place: the area that links the two, or why nobody knows."""

import datetime as dt
from collections.abc import Container, Mapping
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


#: Kinds of area that a reader knows by their name alone, and those of which all of it is meant.
WELL_KNOWN = {"gemeente", "gewest", "land", "provincie"}
LARGE = WELL_KNOWN - {"gemeente"}


def reason(
    version: ConceptVersion, places: Mapping[str, Place], day: dt.date, asked: Container[str]
) -> Reason:
    """Why this concept, fetched with the areas of its coverages, is found for these places.

    `asked` are the slugs of the areas that the reader named.
    """
    return in_words(weakest(version, places, day), asked)


def weakest(version: ConceptVersion, places: Mapping[str, Place], day: dt.date) -> Answer:
    """The answer of a version for all of these places: each was asked for."""
    rows = list(version.coverages.all())
    answers = [answer(rows, place, day) for place in places.values()]
    return min(answers, key=lambda each: each.reach.strength)


def in_words(found: Answer, asked: Container[str]) -> Reason:
    """What links a concept to the places that gave this answer, as a reader knows them."""
    row, area = found.row, found.area
    if row is None:
        return Reason("", "de bronnen zeggen niet waar dit werkt")
    if area is not None:
        kind = area.kind.slug
        name = area.name if kind in WELL_KNOWN else f"{area.kind.name} {area.name}"
        is_around = found.reach is Reach.YES and kind in LARGE and area.slug not in asked
        return Reason(f"{'heel ' if is_around else LINKS[found.reach]}{name}", row.wording)
    if row.extent == Coverage.Extent.AT_LEAST_NAMED:
        names = ", ".join(each.name for each in row.territory.all())
        return Reason("", f"de bronnen noemen enkel {names}, en zeggen niet of dat alles is")
    if row.extent == Coverage.Extent.UNLOCATED:
        return Reason("", f"{row.wording}; welke plaatsen dat zijn, zeggen de bronnen niet")
    return Reason("", f"{row.wording}; waar deze plaats die dag lag, weten we niet")
