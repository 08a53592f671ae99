"""Dates as the sources give them: "13 maart 2023", "mei 2022", "midden 2022", "na 2024".

A source date has three parts: the label as stated, and the earliest and latest day that it can
mean. Pages show the label, lists sort on the earliest day, and questions about a day compare with
both bounds. An open bound is None: "na 2024" has no latest day.

The bounds follow from the label (`eerstelijn.datelabels`). Where they do not, an editor gives them,
or says that there are none: "17 mei" without a year. A date without bounds is possible on every
day, so it takes that explicit word, and a label that nobody could read never counts as no date.

Validity is two such dates, a start and an end. A day between the bounds of an edge is "mogelijk":
the source does not say whether the statement already (or still) held that day.
"""

import datetime as dt
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from eerstelijn.datelabels import UnreadDate, WrongDate, read, spell_out
from eerstelijn.datelabels import long_date as long_date

EARLIEST_PEILDATUM = dt.date(1800, 1, 1)
LATEST_PEILDATUM = dt.date(2199, 12, 31)
#: What a reader may give as peildatum, in words.
PEILDATUM_FORM = "een datum van 1800-01-01 tot 2199-12-31, geschreven als 2023-03-13"


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

    def __bool__(self) -> bool:
        return bool(self.label)

    def __str__(self) -> str:
        return self.label

    @property
    def is_day(self) -> bool:
        """True when the source names the exact day."""
        return self.earliest is not None and self.earliest == self.latest

    @classmethod
    def parse(cls, text: str, edge: str = "") -> "SourceDate":
        """Read a Dutch label (see `eerstelijn.datelabels`).

        Raises UnreadDate, a ValueError, when the bounds do not follow from the label; an editor
        then gives them by hand.
        """
        return cls(*read(text, edge))

    def as_data(self) -> dict[str, str | None] | None:
        """The form in which JSON gives a date (contract, "Formats"); None when there is none."""
        if not self:
            return None
        return {
            "vroegst": self.earliest.isoformat() if self.earliest else None,
            "laatst": self.latest.isoformat() if self.latest else None,
            "label": self.label,
        }


def day_of(moment: dt.datetime) -> dt.date:
    """The day on which a moment fell for people here: in Brussels, whatever zone it is told in.

    The database keeps moments in UTC, where the day begins an hour or two later.
    """
    return timezone.localdate(moment)


def read_peildatum(text: str) -> dt.date:
    """The reference date of a request, written YYYY-MM-DD.

    Raises ValueError outside 1800-01-01 to 2199-12-31 or when it is no date.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("peildatum is not of the form YYYY-MM-DD")
    day = dt.date.fromisoformat(text)
    if not EARLIEST_PEILDATUM <= day <= LATEST_PEILDATUM:
        raise ValueError("peildatum is out of range")
    return day


def label_field(name: str, example: str) -> models.CharField:
    """The column that keeps a date as its source states it."""
    return models.CharField(
        name,
        max_length=80,
        blank=True,
        help_text=f"Zoals de bron het zegt. Bijvoorbeeld: {example}. Je mag ook 13/03/2023 typen: "
        "wij schrijven de maand voluit.",
    )


def bound_field(name: str) -> models.DateField:
    """The column for one bound, which follows from the label where that can be read."""
    return models.DateField(
        name,
        null=True,
        blank=True,
        help_text="Laat leeg: dit volgt uit de datum. Enkel nodig bij een datum die wij niet "
        "kunnen lezen, zoals “rond Pasen 2023”.",
    )


def unbounded_field(name: str) -> models.BooleanField:
    """The column for the word of an editor that a date has no bounds."""
    return models.BooleanField(
        name,
        default=False,
        help_text="Enkel als de bron geen jaar noemt, zoals bij “17 mei”. De datum kan dan op elke "
        "dag slaan.",
    )


ASK = (
    "We lezen hier geen dag in. Vul bij de grenzen de vroegste of de laatste dag in, of vink daar "
    "aan dat deze datum geen grenzen heeft."
)


PERIOD = "Schrijf een dag, een maand of een jaar."


#: What an editor often means by words that say no day, such as "onbepaald".
GOES_ON = {"end": "Loopt het nog, laat de datum dan leeg."}


def clean_edge(record: models.Model, edge: str) -> None:
    """Fill in the bounds of one date from its label.

    Raises ValidationError, by field, with what the editor must do.
    """
    label = getattr(record, f"{edge}_label")
    earliest, latest = getattr(record, f"{edge}_earliest"), getattr(record, f"{edge}_latest")
    unbounded = getattr(record, f"{edge}_unbounded")
    if not label:
        if earliest or latest or unbounded:
            raise ValidationError(
                {f"{edge}_label": "Schrijf ook hoe de bron de datum geeft, niet enkel de grenzen."}
            )
        return
    try:
        date = SourceDate.parse(label, edge)
    except WrongDate as wrong:
        raise ValidationError({f"{edge}_label": str(wrong)}) from None
    except UnreadDate as unread:
        if earliest and latest and earliest > latest:
            raise ValidationError(
                {f"{edge}_latest": "Deze dag valt vóór de vroegste dag."}
            ) from None
        if (earliest or latest) and unbounded:
            raise ValidationError(
                {f"{edge}_unbounded": "Vul de grenzen in of vink dit aan, niet allebei."}
            ) from None
        if not (earliest or latest or unbounded):
            # Said at the box too: that opens the block in which it lies folded away.
            raise ValidationError(
                {
                    f"{edge}_label": " ".join(filter(None, [str(unread), ASK, GOES_ON.get(edge)])),
                    f"{edge}_unbounded": f"“{label}” heeft nog geen grenzen.",
                }
            ) from None
        setattr(record, f"{edge}_label", spell_out(label))
        return
    setattr(record, f"{edge}_label", date.label)
    setattr(record, f"{edge}_earliest", date.earliest)
    setattr(record, f"{edge}_latest", date.latest)
    setattr(record, f"{edge}_unbounded", False)


def clean_edges(record: models.Model, *edges: str) -> None:
    """The same for several dates, so that an editor reads at once what each of them asks."""
    problems: dict[str, list[str]] = {}
    for edge in edges:
        try:
            clean_edge(record, edge)
        except ValidationError as error:
            problems |= error.message_dict
    if problems:
        raise ValidationError(problems)


def edges_of(model: type[models.Model]) -> list[str]:
    """The dates of a model, as the first parts of the names of their columns."""
    names = [field.name for field in model._meta.concrete_fields]
    return [name.removesuffix("_unbounded") for name in names if name.endswith("_unbounded")]


def unexplained(model: type[models.Model]) -> Q:
    """The condition that a row has a date without bounds of which nobody said so."""
    condition = Q(pk=None)
    for edge in edges_of(model):
        condition |= Q(
            **{f"{edge}_label__gt": "", f"{edge}_unbounded": False},
            **{f"{edge}_earliest": None, f"{edge}_latest": None},
        )
    return condition


def unexplained_dates(record: models.Model) -> Iterator[str]:
    """The labels of a row's dates without bounds of which nobody said so."""
    for edge in edges_of(type(record)):
        date = read_edge(record, edge)
        bounds = date.earliest or date.latest
        if date and not bounds and not getattr(record, f"{edge}_unbounded"):
            yield date.label


def validate_period(label: str) -> None:
    """A date with a first and a last day, in a field that keeps nothing but the label."""
    try:
        date = SourceDate.parse(label)
    except UnreadDate as unread:
        raise ValidationError(f"{unread} {PERIOD}".strip()) from None
    if not (date.earliest and date.latest):
        raise ValidationError(PERIOD)


def read_edge(record: models.Model, edge: str) -> SourceDate:
    """The three columns of one date as a value."""
    return SourceDate(
        getattr(record, f"{edge}_label"),
        getattr(record, f"{edge}_earliest"),
        getattr(record, f"{edge}_latest"),
    )


def edge_rules(edge: str) -> list[models.CheckConstraint]:
    """What the database holds a date to; bounds that are not known pass.

    It does not end before it begins, and only a label without bounds can be said to have none.
    """
    open_sides = {f"{edge}_earliest": None, f"{edge}_latest": None}
    return [
        models.CheckConstraint(
            condition=Q(**{f"{edge}_earliest__lte": F(f"{edge}_latest")}),
            name=f"%(app_label)s_%(class)s_{edge}_ordered",
            violation_error_message="De laatste dag valt vóór de vroegste dag.",
        ),
        models.CheckConstraint(
            condition=Q(**{f"{edge}_unbounded": False})
            | Q(**{f"{edge}_label__gt": ""}, **open_sides),
            name=f"%(app_label)s_%(class)s_{edge}_unbounded",
            violation_error_message="Enkel een datum zonder dagen kan zonder grenzen zijn.",
        ),
    ]


class Dated(models.Model):
    """Something that a source places on one date."""

    date_label = label_field("datum", "13 maart 2023, mei 2022, eind 2023")
    date_earliest = bound_field("vroegste dag")
    date_latest = bound_field("laatste dag")
    date_unbounded = unbounded_field("deze datum heeft geen grenzen")

    class Meta:
        abstract = True
        constraints = edge_rules("date")

    @property
    def date(self) -> SourceDate:
        return read_edge(self, "date")

    @date.setter
    def date(self, value: SourceDate) -> None:
        self.date_label, self.date_earliest, self.date_latest = (
            value.label,
            value.earliest,
            value.latest,
        )

    def clean(self) -> None:
        super().clean()
        clean_edge(self, "date")


def valid_on(day: dt.date, prefix: str = "") -> Q:
    """The condition "held that day, or possibly did", of a `Validity`.

    `prefix` leads to it across a relation: "coverages__".
    """
    return Q(
        Q(**{f"{prefix}start_earliest__lte": day}) | Q(**{f"{prefix}start_earliest": None}),
        Q(**{f"{prefix}end_latest__gte": day}) | Q(**{f"{prefix}end_latest": None}),
    )


def passed_on(day: dt.date) -> Q:
    """The condition that the date of a `Dated` row went by: its last possible day is before that.

    What is announced "na 2024" names no last day, and never goes by.
    """
    return Q(date_latest__lt=day)


def held_between(start: SourceDate, end: SourceDate, day: dt.date) -> Holds:
    """Whether something held on a day: yes, possibly (between the bounds of an edge), or no."""
    if start.earliest and day < start.earliest:
        return Holds.NO
    if end.latest and day > end.latest:
        return Holds.NO
    if start and (start.latest is None or day < start.latest):
        return Holds.POSSIBLY
    if end and (end.earliest is None or day > end.earliest):
        return Holds.POSSIBLY
    return Holds.YES


class Validity(models.Model):
    """Something that held from a start to an end, each as a source gives it.

    It holds through the whole of its end date: "tot en met april 2024" ends on 30 April.
    """

    start_label = label_field("geldig van", "1 januari 2022, maart 2022")
    start_earliest = bound_field("van, vroegste dag")
    start_latest = bound_field("van, laatste dag")
    start_unbounded = unbounded_field("van: deze datum heeft geen grenzen")
    end_label = label_field("geldig tot en met", "31 oktober 2023, april 2024")
    end_earliest = bound_field("tot, vroegste dag")
    end_latest = bound_field("tot, laatste dag")
    end_unbounded = unbounded_field("tot: deze datum heeft geen grenzen")

    class Meta:
        abstract = True
        constraints = [
            *edge_rules("start"),
            *edge_rules("end"),
            models.CheckConstraint(
                condition=Q(start_earliest__lte=F("end_latest")),
                name="%(app_label)s_%(class)s_starts_before_end",
                violation_error_message="Het einde valt vóór het begin.",
            ),
        ]

    @property
    def start(self) -> SourceDate:
        return read_edge(self, "start")

    @property
    def end(self) -> SourceDate:
        return read_edge(self, "end")

    @property
    def is_dated(self) -> bool:
        return bool(self.start_label or self.end_label)

    @property
    def has_ended(self) -> bool:
        """Whether a source gives it an end."""
        return bool(self.end_label)

    def holds_on(self, day: dt.date) -> Holds:
        return held_between(self.start, self.end, day)

    def clean(self) -> None:
        super().clean()
        clean_edges(self, "start", "end")
        if self.start_earliest and self.end_latest and self.start_earliest > self.end_latest:
            raise ValidationError({"end_label": "Het einde valt vóór het begin."})
