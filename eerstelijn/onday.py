"""What held on a day, and in words why a source leaves that open.

A source that gives only a year says nothing of a day within it: there something possibly held. The
words come from the bounds of the date, so no page has to know which dates are vague.
"""

import datetime as dt

from eerstelijn.dates import Holds, SourceDate, held_between

ONE_DAY = dt.timedelta(days=1)


def began_after(date: SourceDate, day: dt.date) -> bool:
    """Whether a date lies wholly after a day."""
    return date.earliest is not None and date.earliest > day


def is_over(date: SourceDate, day: dt.date) -> bool:
    """Whether a date lies wholly before a day."""
    return date.latest is not None and date.latest < day


def doubt(start: SourceDate, end: SourceDate, day: dt.date) -> str:
    """Why it is not sure that something held on a day, as a sentence; "" where it is."""
    if held_between(start, end, day) is not Holds.POSSIBLY:
        return ""
    if start and (start.latest is None or day < start.latest):
        return vague(start, "begon")
    return vague(end, "eindigde")


def absence(start: SourceDate, end: SourceDate, day: dt.date) -> str:
    """Why something was not there on a day, as a sentence; for what held neither yet nor still."""
    if said := announced(start, day):
        return said
    if began_after(start, day):
        return f"Bestond nog niet, wel vanaf {start}."
    return f"Bestond niet meer, wel tot en met {end}."


def announced(start: SourceDate, day: dt.date) -> str:
    """That something is announced for a date that is still to come, as a sentence; "" else."""
    return f"Aangekondigd voor {start}." if began_after(start, dt.date.today()) else ""


def doubt_about(date: SourceDate, day: dt.date) -> str:
    """The same of what has one date: whether it was there yet is open while the date lasts."""
    return doubt(date, SourceDate(), day) and vague(date)


def vague(date: SourceDate, verb: str = "") -> str:
    """A date that is no day, and what the sources give of it, with or without what happened then.

    "Begon in de loop van 2019: de bronnen geven enkel het jaar."
    """
    if unit := unit_of(date):
        said = f"in de loop van {date}: de bronnen geven enkel {unit}."
    else:
        said = f"op een dag die de bronnen niet geven ({date})."
    said = f"{verb} {said}" if verb else said
    return said[:1].upper() + said[1:]


def unit_of(date: SourceDate) -> str:
    """The calendar unit that a date fills: "het jaar", "de maand", or "" for any other range."""
    first, last = date.earliest, date.latest
    if first is None or last is None or first.day != 1 or first.year != last.year:
        return ""
    if (first.month, last.month, last.day) == (1, 12, 31):
        return "het jaar"
    is_month = first.month == last.month and (last + ONE_DAY).day == 1
    return "de maand" if is_month else ""
