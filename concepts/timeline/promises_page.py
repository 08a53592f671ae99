"""`/tijdlijn/beloofd/`: every date that was announced, and what became of it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from concepts.timeline.promises import HAPPENED, PROMISES, Outcome, Promise, Waiting, dated
from concepts.timeline.shared import Asking
from concepts.timeline.track import Scale, Track
from eerstelijn.finder.listing import Link
from eerstelijn.finder.sentence import Segment, counted


@dataclass
class Row:
    """A promise, and the drawing of it."""

    promise: Promise
    track: Track | None


@dataclass
class StandGroup:
    """The promises that stand alike, as one table."""

    id: str
    title: str
    rows: list[Row]
    has_tracks: bool = True
    #: Whether nothing was heard of them: then a reader may know more.
    is_silent: bool = False


#: With fewer years no way to each is of use.
FEWEST_YEARS = 3
#: The tables of the page: their place in the address, their heading, and what stands in them.
GROUPS = (
    ("verstreken", "Verstreken zonder bericht", (Waiting.SILENT,)),
    ("niet", "Niet gehaald", (Outcome.NOT_MET,)),
    ("gehaald", "Gehaald, of later", HAPPENED),
    ("nog", "Nog niet verstreken", (Waiting.OPEN,)),
    ("zonder-datum", "Aangekondigd zonder datum", (Waiting.UNDATED,)),
)


class PromisesPage(Asking):
    """What `/tijdlijn/beloofd/` answers."""

    name = "promises"

    @property
    def years(self):
        """The ways to what was promised for each year, the newest first, and back to all."""
        asked = self.asked["van"] if self.asked["van"] == self.asked["tot"] else None
        days = (promise.date.latest or promise.date.earliest for promise in self.dated.promises)
        years = sorted({str(day.year) for day in days if day}, reverse=True)
        if len(years) < FEWEST_YEARS:
            return []
        links = [
            Link(year, self.url_with(van=year, tot=year), selected=year == asked) for year in years
        ]
        whole = not (self.asked["van"] or self.asked["tot"])
        return [Link("Alle jaren", self.url_with(van=None, tot=None), selected=whole), *links]

    @property
    def shows_form(self):
        """As elsewhere; but a year that was chosen is marked among the years."""
        rest = self.question.chosen.keys() - {"van", "tot"}
        return bool(rest) or (self.is_narrowed and not any(year.selected for year in self.years))

    @cached_property
    def scale(self):
        """The years of every drawing: from the first that was promised to the next."""
        days = [promise.date.earliest or promise.date.latest for promise in self.promises]
        return Scale.around(self.day, [day for day in days if day])

    @cached_property
    def groups(self):
        """The tables that hold something: of what went by the latest first, then what comes."""
        groups = []
        for id, title, stands in GROUPS:
            found = [promise for promise in self.promises if promise.stand in stands]
            if stands != (Waiting.OPEN,):
                found.reverse()
            drawn = stands != (Waiting.UNDATED,)
            rows = [Row(each, self._track(each) if drawn else None) for each in found]
            if rows:
                groups.append(StandGroup(id, title, rows, drawn, stands == (Waiting.SILENT,)))
        return groups

    def _track(self, promise):
        real = promise.real if promise.has_happened else None
        is_silent = promise.stand == Waiting.SILENT
        return Track.of(self.scale, promise.date, real, self.day if is_silent else None)

    @property
    def ordered(self):
        """The promises in the order of the page, for the data."""
        return [row.promise for group in self.groups for row in group.rows]

    @property
    def sentence(self):
        """The sums: how many dates, and how many of them stand how."""
        counts = Counter(promise.stand for promise in self.promises)
        number = len(dated(self.promises))
        if not number:
            return [Segment("Zo’n belofte staat er niet op de site.")]
        said = [counted(number, PROMISES), Segment(" met een datum"), *self.said(), Segment(". ")]
        parts = [
            (counts[Waiting.SILENT], *SAID[Waiting.SILENT]),
            (counts[Outcome.MET], *SAID[Outcome.MET]),
            (counts[Outcome.MET_WITH_EXCEPTIONS], *SAID[Outcome.MET_WITH_EXCEPTIONS]),
            (counts[Outcome.LATE], *SAID[Outcome.LATE]),
            (counts[Outcome.NOT_MET], *SAID[Outcome.NOT_MET]),
            (counts[Waiting.OPEN], *SAID[Waiting.OPEN]),
        ]
        for number, one, many in parts:
            if number:
                said += [Segment(str(number), strong=True), Segment(one if number == 1 else many)]
        return said

    @property
    def tells_of_the_past(self):
        """Whether the day lies in the past: then what came after it is left out."""
        return self.day < dt.date.today()

    def data(self, absolute):
        counts = Counter(str(promise.stand) for promise in self.promises)
        return {
            "aantal": len(self.promises),
            "peildatum": self.day if self.as_of.is_stated else None,
            "uitkomsten": dict(sorted(counts.items())),
            "resultaten": [promise.as_data(absolute) for promise in self.ordered],
        }


#: How each number goes on, of one and of more.
SAID = {
    Waiting.SILENT: (
        " is verstreken zonder dat we er iets over vonden. ",
        " zijn verstreken zonder dat we er iets over vonden. ",
    ),
    Outcome.MET: (" is gehaald. ", " zijn gehaald. "),
    Outcome.MET_WITH_EXCEPTIONS: (
        " is gehaald met uitzonderingen. ",
        " zijn gehaald met uitzonderingen. ",
    ),
    Outcome.LATE: (" kwam later. ", " kwamen later. "),
    Outcome.NOT_MET: (" is niet gehaald. ", " zijn niet gehaald. "),
    Waiting.OPEN: (" moet nog komen.", " moeten nog komen."),
}
