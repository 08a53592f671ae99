"""A version as of a day: what of it held, what came later, and what was over by then.

Each statement is judged by its validity, and by the date of what it tells: a milestone, a figure, a
standing, an act. What a source does not date holds on any day, as in the lists; a page says how
much of it there is. What is left open is told in words (`eerstelijn.onday`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.text import capfirst

from concepts.models import (
    STATEMENT_KINDS,
    ConceptRelation,
    LegalBasis,
    Milestone,
    Ownership,
    Standing,
    Statement,
)
from eerstelijn.dates import Holds, SourceDate, held_between
from eerstelijn.onday import began_after, doubt, doubt_about, is_over
from eerstelijn.pages.parts import Item
from governance.citing import fetched

#: What is told without a date, in data.
UNDATED = "niet-gedateerd"


@dataclass
class OnDay:
    """What a day leaves of a version, and of what else stands on its page."""

    day: object
    owners: object
    later: list[Statement] = field(default_factory=list)
    over: list[Statement] = field(default_factory=list)
    kept: list[Statement] = field(default_factory=list)
    #: Announcements of which the outcome was still to come.
    open: list[Milestone] = field(default_factory=list)

    def sift(self, version):
        """Leave in a version, fetched with its statements and their sources, what held."""
        for kind in STATEMENT_KINDS.values():
            name = kind.related_name()
            fetched(version, name, self.of(getattr(version, name).all()))
        return self

    def of(self, rows: Iterable[Statement]) -> list[Statement]:
        """The rows that held that day, or possibly did; each then says why (`doubt`)."""
        held = []
        for row in rows:
            place = self._place_of(row)
            place.append(row)
            if place is self.kept:
                row.doubt = self._doubt(row)
                held.append(row)
        return held

    def of_others(self, rows: Iterable[Statement]) -> list[Statement]:
        """Of what other concepts say, what held: the rest stands on their own pages."""
        held = [row for row in rows if row.holds_on(self.day) is not Holds.NO]
        for row in held:
            row.doubt = doubt(row.start, row.end, self.day)
        return held

    def _place_of(self, row):
        told = date_of(row)
        if isinstance(row, Milestone) and row.is_announced:
            is_later = not self._was_announced(row)
        else:
            is_later = began_after(told, self.day)
        if is_later or began_after(row.start, self.day):
            return self.later
        return self.over if is_over(row.end, self.day) else self.kept

    def _was_announced(self, row):
        """Whether it was announced by that day: a source of then says so, or its date came."""
        if not began_after(row.date, self.day):
            return True
        dates = [citation.source.date for citation in row.citations.all()]
        return any(date and not began_after(date, self.day) for date in dates)

    def _doubt(self, row):
        if isinstance(row, Milestone) and row.is_announced:
            self._judge_outcome(row)
            return ""
        if isinstance(row, Standing):
            row.is_of_a_day = True
            return doubt(row.start, row.end, self.day)
        about = "" if isinstance(row, LegalBasis) else doubt_about(date_of(row), self.day)
        return " ".join(filter(None, [doubt(row.start, row.end, self.day), about]))

    def _judge_outcome(self, row):
        """An outcome that came after the day is none yet."""
        when = row.outcome_date or row.date
        row.is_open_that_day = not is_over(when, self.day) and when.latest != self.day
        if row.is_open_that_day and row.outcome != row.Outcome.UNKNOWN:
            self.open.append(row)

    # What the page says of it

    @property
    def undated(self):
        """How many of the statements are of no date."""
        return sum(holds(row, self.day) == UNDATED for row in self.kept)

    @property
    def remark(self):
        """What a reader must know of a page about another day."""
        number, total = self.undated, len(self.kept)
        if not number:
            return ""
        if number == total:
            return (
                "De bronnen geven geen datum bij de uitspraken op deze pagina. "
                "We weten dus niet of ze op die dag al golden."
            )
        return (
            f"De bronnen geven geen datum bij {number} van de {total} uitspraken op deze pagina. "
            "Die staan hier ook: we weten niet of ze op die dag al golden."
        )

    @property
    def changes_later(self):
        """All that came after the day, in the order of its dates: one line each."""
        events = {
            event.pk: event
            for row in self.kept
            if isinstance(row, Ownership)
            for event in self.owners.later(row)
        }
        lines = [
            (event.date, Item(event.name, note=str(event.date), statement=event))
            for event in events.values()
        ]
        lines += [(_since(row), _line(row, _since(row))) for row in self.later]
        lines += [(row.outcome_date or row.date, _outcome(row)) for row in self.open]
        return _in_order(lines)

    @property
    def ended_before(self):
        """All that no longer held on the day."""
        said = [(row.end, f"tot en met {row.end}", row) for row in self.over]
        return _in_order([(end, _line(row, words)) for end, words, row in said])


def date_of(row: Statement) -> SourceDate:
    """The date of what a statement tells, beside its validity; false where it tells none."""
    if isinstance(row, LegalBasis):
        return row.decree.date
    return getattr(row, "date", None) or SourceDate()


def holds(row: Statement, day) -> str:
    """Whether a statement that stands on the page of a day held then, in data."""
    told = date_of(row)
    if not (row.is_dated or told):
        return UNDATED
    is_open = held_between(row.start, row.end, day) is Holds.POSSIBLY
    if not isinstance(row, LegalBasis | Standing | Milestone):
        is_open = is_open or held_between(told, SourceDate(), day) is Holds.POSSIBLY
    return (Holds.POSSIBLY if is_open else Holds.YES).value


def _since(row):
    return row.start or date_of(row)


def _line(row, when):
    return Item(_called(row), kind=row.data_name, note=str(when), statement=row)


def _called(row):
    if isinstance(row, Milestone):
        return row.title
    if isinstance(row, Standing):
        return row.sentence
    if isinstance(row, ConceptRelation):
        return f"{row.get_kind_display()} {row.other_name}"
    return capfirst(str(row))


def _outcome(row):
    text = f"{row.title}: {row.get_outcome_display()}"
    return Item(text, kind="afloop", note=str(row.outcome_date), statement=row)


def _in_order(lines):
    """Lines by their first possible day; what has none comes last."""

    def place(pair):
        date, line = pair
        first = date.earliest or date.latest
        return first is None, first and first.toordinal(), line.text

    return [line for _, line in sorted(lines, key=place)]
