"""What changed in areas beside the changes that a source tells of: a first day, a last, a name."""

import datetime as dt
from collections import defaultdict

from django.db.models import F, Q
from django.utils.text import capfirst

from concepts.timeline.entry import Entry, Kind, Status, places_of
from eerstelijn.dates import SourceDate, long_date
from governance.citing import cite
from governance.models import AreaName, ChangeSubject, CoverageArea

#: How many areas a line names.
MOST_AREAS = 8


def of_areas(today):
    """Areas that began or ended, together by kind and day, and those that got another name.

    Not the first day of our data, which says nothing of when an area began; nor what a change that
    is told apart says already.
    """
    told = _told()
    yield from _beginnings(told, today)
    yield from _names(told, today)


def _told():
    """The areas of changes, each with the days between which it changed."""
    told = defaultdict(list)
    rows = ChangeSubject.objects.filter(area__isnull=False).values_list(
        "area", "event__date_earliest", "event__date_latest"
    )
    for area, first, last in rows:
        told[area].append((first or dt.date.min, last or dt.date.max))
    return told


def _is_told(told, area, day):
    """Whether a change of that day, or of the day after an area's last, is told apart."""
    return any(
        first <= day <= last or first == day + dt.timedelta(days=1) for first, last in told[area]
    )


def _beginnings(told, today):
    began = Q(valid_from__isnull=False) & ~Q(valid_from=F("kind__data_from"))
    rows = CoverageArea.objects.filter(began | Q(valid_until__isnull=False)).select_related("kind")
    groups = defaultdict(list)
    for area in rows:
        if area.starts_on and not _is_told(told, area.pk, area.starts_on):
            groups[area.kind, area.starts_on, "eerst"].append(area)
        if area.valid_until and not _is_told(told, area.pk, area.valid_until):
            groups[area.kind, area.valid_until, "laatst"].append(area)
    cite({area.pk: area for group in groups.values() for area in group}.values())
    for (kind, day, which), areas in groups.items():
        date = SourceDate(long_date(day), day, day)
        yield Entry(
            key=f"gebied-{kind.slug}-{which}-{day}",
            kind=Kind.AREA,
            date=date,
            title=_said(kind, areas, which),
            citations=places_of(areas),
            status=Status.of(date, today),
            url=areas[0].get_absolute_url() if len(areas) == 1 else kind.get_absolute_url(),
            areas={area.pk for area in areas},
        )


def _said(kind, areas, which):
    """What is said of areas of a kind: "2 politiezones staan voor het eerst in de gegevens: A ..."

    Our tables are of a day: what they hold for the first time may be older.
    """
    words = f"voor het {which} in de gegevens"
    names, number = [area.name for area in areas], len(areas)
    if number == 1:
        return f"{capfirst(kind.name)} {names[0]} staat {words}"
    rest = number - MOST_AREAS
    shown = names[:MOST_AREAS] if rest > 1 else names[:-1]
    last = f"nog {rest} andere" if rest > 1 else names[-1]
    return f"{number} {kind.plural} staan {words}: {', '.join(shown)} en {last}"


def _names(told, today):
    rows = AreaName.objects.filter(valid_from__isnull=False).select_related("area__kind")
    rows = rows.exclude(valid_from=F("area__kind__data_from")).prefetch_related("area__names")
    renamed = [(row, _former(row)) for row in rows]
    renamed = [
        (row, former)
        for row, former in renamed
        if former and former.name != row.name and not _is_told(told, row.area_id, row.valid_from)
    ]
    cite([row for row, _ in renamed])
    for row, former in renamed:
        area, date = row.area, _between(former.valid_until + dt.timedelta(days=1), row.valid_from)
        yield Entry(
            key=f"gebied-{area.slug}-naam-{row.valid_from}",
            kind=Kind.AREA,
            date=date,
            title=f"{capfirst(area.kind.name)} {former.name} heet voortaan {row.name}",
            citations=places_of([row]),
            status=Status.of(date, today),
            url=area.get_absolute_url(),
            areas={area.pk},
        )


def _former(row):
    """The last name that an area bore before this one; None where we know of none."""
    names = row.area.names.all()
    earlier = [name for name in names if (name.valid_until or row.valid_from) < row.valid_from]
    return max(earlier, key=lambda name: name.valid_until, default=None)


def _between(first, last):
    """A day, or the days in which nobody says which of two names it bore."""
    if first >= last:
        return SourceDate(long_date(last), last, last)
    return SourceDate(f"tussen {long_date(first)} en {long_date(last)}", first, last)
