"""What asks nothing any more on the day of a question: the one rule by which asking is counted.

A partner is asked by a concept when a role that asks (`ASKING_ROLES`) held that day, in a concept
that is not over. What is over stays on the pages, marked as such. A number of what is asked leaves
it out; `concepts.pressure`, about what runs or ran, counts it and says how much of it is over.
"""

import datetime as dt
from collections import Counter
from typing import Any

from concepts.models import ConceptVersion, Standing
from concepts.places.reaching import Ask, Reaching, everywhere
from eerstelijn.database import stamp
from eerstelijn.dates import Holds, held_between
from eerstelijn.finder.counting import RowSet
from eerstelijn.kept import Kept

#: How a concept can stand (`Any`: a class of choices has no types).
State: Any = Standing.State


class Ended:
    """Which concepts are over on the day of a question: they ended, or were last heard of so."""

    def __init__(self, filterset: Any):
        self.day: dt.date = filterset.day
        self.states: dict[int, State] = {}
        if not filterset.form.as_of.is_other_day:  # of another day nobody knows how it stood
            tally = filterset.tally
            for state in State:
                rows = tally.rows_with("stand", state.value)
                self.states |= dict.fromkeys(tally.in_order(rows), state)

    def __contains__(self, concept: Reaching) -> bool:
        return is_over(concept, self.states.get(concept.version), self.day)


def is_over(concept: Reaching, state: Any, day: dt.date) -> bool:
    """Whether a concept that stands so is over on a day; without a state, by its dates alone."""
    if state in (State.ENDED, State.MERGED):
        return True
    if state not in (None, State.SILENT):
        return False
    dated = [row.days for row in concept.rows if any(row.days)]
    has_ended = any(days.end.latest and days.end.latest < day for days in dated)
    return has_ended and all(held_between(*days, day) is Holds.NO for days in dated)


class Asked:
    """Whom the concepts of a question ask that day, as sets of its tally: kept as long as these."""

    def __init__(self, filterset: Any):
        self._tally, day = filterset.tally, filterset.day
        known, ended = everywhere(), Ended(filterset)
        #: The concepts that are over.
        self.over: RowSet = self._tally.set_of(
            each.version for each in known.concepts if each in ended
        )
        gone: dict[tuple[str, int, str], list[int]] = {}
        for concept in known.concepts:
            for name in _gone(concept, day, known):
                gone.setdefault(name, []).append(concept.version)
        self._gone = {name: self._tally.set_of(pks) for name, pks in gone.items()}

    @classmethod
    def of(cls, filterset: Any) -> "Asked":
        """That of a question; read once for all questions about the same list and day."""
        asked: Asked = filterset.tally.beside("asked", lambda: cls(filterset))
        return asked

    def gone(self, key: str, option: str, role: str) -> RowSet:
        """The concepts in which a partner or a type of partner had a role that is over."""
        return self._gone.get((key, int(option), role), 0)


def _gone(concept: Reaching, day: dt.date, known: Any) -> set[tuple[str, int, str]]:
    """The roles in a concept that are over on a day, of each partner and of each type."""
    over = [ask for ask in concept.asks if held_between(*ask.days, day) is Holds.NO]
    if not over:
        return set()
    held = [ask for ask in concept.asks if ask not in over]

    def names(asks: list[Ask]) -> set[tuple[str, int, str]]:
        kinds = {("partnertype", known.partners[ask.partner].type_id, ask.role) for ask in asks}
        return kinds | {("partner", ask.partner, ask.role) for ask in asks}

    return names(over) - names(held)


def over_on(day: dt.date, *, is_other_day: bool) -> frozenset[int]:
    """The published concepts, as keys of versions, that are over on a day."""
    if is_other_day:
        return _read_over(day, {})
    found: frozenset[int] = _kept.get(stamp.of_today(), lambda: _read_over(day, _states()))
    return found


_kept: Kept[frozenset[int]] = Kept()


def _states() -> dict[int, str]:
    published = ConceptVersion.objects.published().concepts()
    return dict(Standing.objects.filter(version__in=published).values_list("version", "state"))


def _read_over(day: dt.date, states: dict[int, str]) -> frozenset[int]:
    """What ended, and what never began: that asks nothing either."""
    return frozenset(
        each.version
        for each in everywhere().concepts
        if (state := states.get(each.version)) == State.PLANNED or is_over(each, state, day)
    )


def times_asked(day: dt.date, *, is_other_day: bool) -> Counter[int]:
    """In how many concepts each partner, by its key, is asked on a day."""
    over = over_on(day, is_other_day=is_other_day)
    running = (each for each in everywhere().concepts if each.version not in over)
    return Counter(partner for each in running for partner in each.asked_on(day))
