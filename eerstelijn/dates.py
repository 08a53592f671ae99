"""Dates as the sources give them: "13 maart 2023", "mei 2022", "midden 2022", "na 2024".

A source date has three parts: the label as stated, and the earliest and latest day that it can
mean. Pages show the label, lists sort on the earliest day, and questions about a day compare with
both bounds. An open bound is None: "na 2024" has no latest day, "17 mei" without a year has no
bounds at all.

Validity is two such dates, a start and an end. A day between the bounds of an edge is "mogelijk":
the source does not say whether the statement already (or still) held that day.
"""

import calendar
import datetime as dt
import enum
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()

#: Parts of a year, as (first month, last month). The sources do not define them; these bounds are
#: generous on purpose, so that nothing is sorted or filtered as more precise than it was said.
PARTS_OF_YEAR = {
    "begin": (1, 4),
    "voorjaar": (3, 6),
    "midden": (5, 8),
    "zomer": (6, 9),
    "najaar": (9, 12),
    "eind": (10, 12),
}

EARLIEST_PEILDATUM = dt.date(1800, 1, 1)
LATEST_PEILDATUM = dt.date(2199, 12, 31)
#: What a reader may give as peildatum, in words.
PEILDATUM_FORM = "een datum van 1800-01-01 tot 2199-12-31, geschreven als 2023-03-13"

_MONTH = "|".join(MONTHS)
_PART = "|".join(PARTS_OF_YEAR)
_DAY = re.compile(rf"(\d{{1,2}}) ({_MONTH}) (\d{{4}})")
_MONTH_OF_YEAR = re.compile(rf"({_MONTH}) (\d{{4}})")
_PART_OF_YEAR = re.compile(rf"({_PART}) (\d{{4}})")
_YEAR = re.compile(r"(\d{4})")
_AFTER = re.compile(r"na (.+)")
_BEFORE = re.compile(r"vóór (.+)")


class Holds(enum.Enum):
    """Whether something held on a day, as far as its source says."""

    YES = "ja"
    POSSIBLY = "mogelijk"
    NO = "nee"


@dataclass(frozen=True)
class SourceDate:
    """One date as a source gives it; falsy when the source gives none."""

    label: str = ""
    earliest: dt.date | None = None
    latest: dt.date | None = None

    def __bool__(self):
        return bool(self.label)

    def __str__(self):
        return self.label

    @property
    def is_day(self):
        """True when the source names the exact day."""
        return self.earliest is not None and self.earliest == self.latest

    @classmethod
    def parse(cls, text):
        """Read a Dutch label: a day, a month, a part of a year, a year, "na ..." or "vóór ...".

        Raises ValueError when the bounds do not follow from the label; an editor then fills in the
        bounds by hand.
        """
        label = " ".join(text.split())
        lowered = label.lower()
        if match := _AFTER.fullmatch(lowered):
            _, latest = _bounds(match[1])
            return cls(label, latest + dt.timedelta(days=1), None)
        if match := _BEFORE.fullmatch(lowered):
            earliest, _ = _bounds(match[1])
            return cls(label, None, earliest - dt.timedelta(days=1))
        return cls(label, *_bounds(lowered))

    def as_data(self):
        """The form in which JSON gives a date (contract, "Formats"); None when there is none."""
        if not self:
            return None
        return {
            "vroegst": self.earliest.isoformat() if self.earliest else None,
            "laatst": self.latest.isoformat() if self.latest else None,
            "label": self.label,
        }


def _bounds(text):
    if match := _DAY.fullmatch(text):
        day = dt.date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
        return day, day
    if match := _MONTH_OF_YEAR.fullmatch(text):
        month = MONTHS.index(match[1]) + 1
        return _months(int(match[2]), month, month)
    if match := _PART_OF_YEAR.fullmatch(text):
        return _months(int(match[2]), *PARTS_OF_YEAR[match[1]])
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, 12)
    raise ValueError(f"{text!r} is not a date that can be read")


def _impossible_day(label):
    """A day in a label that no calendar has, such as "31 april 2023"; None when there is none."""
    for match in _DAY.finditer(label.lower()):
        try:
            _bounds(match[0])
        except ValueError:
            return match[0]
    return None


def _months(year, first, last):
    return (
        dt.date(year, first, 1),
        dt.date(year, last, calendar.monthrange(year, last)[1]),
    )


def long_date(day):
    """A day in running Dutch text: "1 februari 2023"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def read_peildatum(text):
    """The reference date of a request, written YYYY-MM-DD.

    Raises ValueError outside 1800-01-01 to 2199-12-31 or when it is no date.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("peildatum is not of the form YYYY-MM-DD")
    day = dt.date.fromisoformat(text)
    if not EARLIEST_PEILDATUM <= day <= LATEST_PEILDATUM:
        raise ValueError("peildatum is out of range")
    return day


def label_field(name, example):
    """The column that keeps a date as its source states it."""
    return models.CharField(
        name,
        max_length=80,
        blank=True,
        help_text=f"Zoals de bron het zegt. Bijvoorbeeld: {example}.",
    )


def bound_field(name):
    """The column for one bound, which follows from the label where that can be read."""
    return models.DateField(
        name,
        null=True,
        blank=True,
        help_text="Laat leeg: dit volgt uit de datum. Enkel nodig bij een datum die wij niet "
        "kunnen lezen, zoals “rond Pasen 2023”.",
    )


def clean_edge(record, edge):
    """Fill in the bounds of one date from its label, or say what the editor must do."""
    label = getattr(record, f"{edge}_label")
    earliest, latest = getattr(record, f"{edge}_earliest"), getattr(record, f"{edge}_latest")
    if not label:
        if earliest or latest:
            raise ValidationError(
                {f"{edge}_label": "Schrijf ook hoe de bron de datum geeft, niet enkel de grenzen."}
            )
        return
    try:
        date = SourceDate.parse(label)
    except (ValueError, OverflowError):
        if day := _impossible_day(label):
            raise ValidationError({f"{edge}_label": f"De dag “{day}” bestaat niet."}) from None
        # Some labels have no bounds of their own ("17 mei"): the editor's bounds stand, or none.
        if earliest and latest and earliest > latest:
            raise ValidationError(
                {f"{edge}_latest": "Deze dag valt vóór de vroegste dag."}
            ) from None
        return
    setattr(record, f"{edge}_earliest", date.earliest)
    setattr(record, f"{edge}_latest", date.latest)


def read_edge(record, edge):
    """The three columns of one date as a value."""
    return SourceDate(
        getattr(record, f"{edge}_label"),
        getattr(record, f"{edge}_earliest"),
        getattr(record, f"{edge}_latest"),
    )


def ordered(edge):
    """The check that an edge does not end before it begins (NULL bounds pass)."""
    return models.CheckConstraint(
        condition=Q(**{f"{edge}_earliest__lte": F(f"{edge}_latest")}),
        name=f"%(app_label)s_%(class)s_{edge}_ordered",
        violation_error_message="De laatste dag valt vóór de vroegste dag.",
    )


class Dated(models.Model):
    """Something that a source places on one date."""

    date_label = label_field("datum", "13 maart 2023, mei 2022, eind 2023")
    date_earliest = bound_field("vroegste dag")
    date_latest = bound_field("laatste dag")

    class Meta:
        abstract = True
        constraints = [ordered("date")]

    @property
    def date(self):
        return read_edge(self, "date")

    @date.setter
    def date(self, value):
        self.date_label, self.date_earliest, self.date_latest = (
            value.label,
            value.earliest,
            value.latest,
        )

    def clean(self):
        super().clean()
        clean_edge(self, "date")


def valid_on(day, prefix=""):
    """The condition "held that day, or possibly did", for use across a relation too."""
    return Q(
        Q(**{f"{prefix}start_earliest__lte": day}) | Q(**{f"{prefix}start_earliest": None}),
        Q(**{f"{prefix}end_latest__gte": day}) | Q(**{f"{prefix}end_latest": None}),
    )


class Validity(models.Model):
    """Something that held from a start to an end, each as a source gives it.

    It holds through the whole of its end date: "tot en met april 2024" ends on 30 April.
    """

    start_label = label_field("geldig van", "1 januari 2022, maart 2022")
    start_earliest = bound_field("van, vroegste dag")
    start_latest = bound_field("van, laatste dag")
    end_label = label_field("geldig tot en met", "31 oktober 2023, april 2024")
    end_earliest = bound_field("tot, vroegste dag")
    end_latest = bound_field("tot, laatste dag")

    class Meta:
        abstract = True
        constraints = [
            ordered("start"),
            ordered("end"),
            models.CheckConstraint(
                condition=Q(start_earliest__lte=F("end_latest")),
                name="%(app_label)s_%(class)s_starts_before_end",
                violation_error_message="Het einde valt vóór het begin.",
            ),
        ]

    @property
    def start(self):
        return read_edge(self, "start")

    @property
    def end(self):
        return read_edge(self, "end")

    @property
    def is_dated(self):
        return bool(self.start_label or self.end_label)

    @property
    def has_ended(self):
        """Whether a source gives it an end."""
        return bool(self.end_label)

    def holds_on(self, day):
        """Whether this held on a day: yes, possibly (between the bounds of an edge), or no."""
        start, end = self.start, self.end
        if start.earliest and day < start.earliest:
            return Holds.NO
        if end.latest and day > end.latest:
            return Holds.NO
        if start and (start.latest is None or day < start.latest):
            return Holds.POSSIBLY
        if end and (end.earliest is None or day > end.earliest):
            return Holds.POSSIBLY
        return Holds.YES

    def clean(self):
        super().clean()
        clean_edge(self, "start")
        clean_edge(self, "end")
        if self.start_earliest and self.end_latest and self.start_earliest > self.end_latest:
            raise ValidationError({"end_label": "Het einde valt vóór het begin."})
