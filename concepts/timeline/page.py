"""`/tijdlijn/`: all that is dated, in order, with a line for the day that it is about."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from concepts.timeline.entry import Entry, Kind, Status
from concepts.timeline.promises import PROMISES
from concepts.timeline.shared import Asking
from concepts.timeline.together import joined
from eerstelijn.finder.listing import Link
from eerstelijn.finder.sentence import Segment, counted

NOUNS = ("gebeurtenis", "gebeurtenissen")
#: With so few lines every year stands open.
FEW = 30


@dataclass
class Today:
    """The line of the day that the page is about, between what came before and after."""

    label: str
    is_today: bool = True


@dataclass
class Year:
    """The entries that are sorted in one year, and the line of the day where it falls there."""

    label: str
    stops: list[Entry | Today] = field(default_factory=list)
    is_open: bool = True

    @property
    def id(self) -> str:
        return f"jaar-{self.label}"

    @property
    def count(self) -> str:
        """How many entries it has, as its title says."""
        number = sum(isinstance(stop, Entry) for stop in self.stops)
        return f"{number} {NOUNS[0] if number == 1 else NOUNS[1]}"


class TimelinePage(Asking):
    """What `/tijdlijn/` answers."""

    name = "timeline"

    @cached_property
    def found(self):
        """The entries that were asked for but for their kind, which the form counts."""
        status = self.asked["status"]
        return [
            entry
            for entry in self.dated.entries
            if self.chosen.has(entry) and status in (None, entry.status.value)
        ]

    @cached_property
    def entries(self):
        """The entries that were asked for, in order."""
        kinds = self.asked["soort"]
        return [entry for entry in self.found if not kinds or entry.kind.slug in kinds]

    @cached_property
    def lines(self):
        """The same as the page shows them: an act and what is told of it on one line."""
        return joined(self.entries)

    @cached_property
    def years(self):
        """The lines by year, the newest first, with the line of the day.

        What came after that day stands apart. Years before the last one are folded, unless few
        lines are left of them.
        """
        dated = [entry for entry in self.lines if entry.day and not entry.later]
        years, is_drawn = {}, False
        for entry in sorted(dated, key=lambda entry: entry.place[:2], reverse=True):
            if not is_drawn and entry.day <= self.day:
                self._draw(years)
                is_drawn = True
            self._year(years, entry.day.year).stops.append(entry)
        if dated and not is_drawn:
            self._draw(years)
        for year in years.values():
            year.is_open = len(dated) <= FEW or int(year.label) >= self.day.year - 1
        return list(years.values())

    @staticmethod
    def _year(years, number):
        return years.setdefault(str(number), Year(str(number)))

    @property
    def has_many_years(self):
        """Whether ways to its years are of use."""
        return len(self.years) > 2

    def _draw(self, years):
        self._year(years, self.day.year).stops.append(Today(self.day_label))

    @property
    def later(self):
        """What came after the day that the reader chose."""
        return [entry for entry in self.lines if entry.later]

    @property
    def undated(self):
        """What has a date in its source, but one that says no year."""
        return [entry for entry in self.lines if not entry.day]

    @property
    def later_said(self):
        number = len(self.later)
        return f"Na deze dag: {number} {'verandering' if number == 1 else 'veranderingen'}"

    @property
    def sentence(self):
        """How many there are, what was asked, and how many promises are told among them."""
        said = [counted(len(self.lines), NOUNS), *self.said()]
        shown = {entry.key for entry in self.entries}
        promised = sum(promise.key in shown for promise in self.promises)
        if promised and promised < len(self.lines):
            said += [Segment(", waarvan "), counted(promised, PROMISES)]
        return [*said, Segment(".")]

    @property
    def kinds(self):
        """The kinds as boxes of the form, each with how many there are."""
        counts, chosen = Counter(entry.kind for entry in self.found), self.asked["soort"]
        return [
            Link(kind.label, count=counts[kind], value=kind.slug, selected=kind.slug in chosen)
            for kind in Kind
        ]

    @property
    def statuses(self):
        """What can be chosen of whether it happened."""
        words = {Status.DONE: "gebeurd", Status.ANNOUNCED: "aangekondigd"}
        words[Status.POSSIBLE] = "mogelijk, niet aangekondigd"
        chosen = self.asked["status"]
        return [
            Link(label, value=status.value, selected=chosen == status.value)
            for status, label in words.items()
        ]

    def data(self, absolute):
        return {
            "aantal": len(self.entries),
            "peildatum": self.day if self.as_of.is_stated else None,
            "resultaten": [entry.as_data(absolute) for entry in self.entries],
        }
