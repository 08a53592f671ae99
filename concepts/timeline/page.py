"""`/tijdlijn/`: all that is dated, in order, with a line for the day that it is about."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from concepts.timeline.entry import Entry, Kind, Status
from concepts.timeline.shared import Asking
from concepts.timeline.together import joined
from eerstelijn.finder.listing import Link
from eerstelijn.finder.sentence import Segment, counted

NOUNS = ("gebeurtenis", "gebeurtenissen")


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

    @property
    def id(self) -> str:
        return f"jaar-{self.label}"


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
        """The lines by year, with the line of the day; what came after that day stands apart."""
        dated = [entry for entry in self.lines if entry.day and not entry.later]
        years, is_drawn = {}, False
        for entry in dated:
            if not is_drawn and entry.day > self.day:
                self._draw(years)
                is_drawn = True
            label = str(entry.day.year)
            years.setdefault(label, Year(label)).stops.append(entry)
        if dated and not is_drawn:
            self._draw(years)
        return list(years.values())

    @property
    def has_many_years(self):
        """Whether ways to its years are of use."""
        return len(self.years) > 2

    def _draw(self, years):
        label = str(self.day.year)
        years.setdefault(label, Year(label)).stops.append(Today(self.day_label))

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
        """How many there are, what was asked, and how many of them are announced."""
        ahead = sum(entry.is_announced for entry in self.lines)
        said = [counted(len(self.lines), NOUNS), *self.said()]
        if ahead and ahead < len(self.lines):
            number = Segment(str(ahead), strong=True)
            said += [Segment(", waarvan "), number, Segment(" aangekondigd")]
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
