"""The stored areas that a table is held against, and the changes that a table can make to them.

All areas, names, memberships and borders are read once; a change is written to the database at once
and kept in step here, so that every row sees what the rows before it did.
"""

import datetime as dt
from collections import defaultdict

from django.utils.text import slugify

from eerstelijn import one_form
from eerstelijn.dates import long_date
from governance.models import (
    MUNICIPALITY,
    AreaBorder,
    AreaKind,
    AreaMembership,
    AreaName,
    Citation,
    CoverageArea,
    municipality_slug,
)

ONE_DAY = dt.timedelta(days=1)
#: What the slugs of a kind start with, where that is not the slug of the kind (contract).
PREFIXES = {"eerstelijnszone": "elz", "referentieregio": "regio"}


class RowError(Exception):
    """What is wrong with a row, in Dutch."""


class StoredAreas:
    """The areas with their names, memberships and borders, and how to change them.

    `done` tells what was changed since it was last emptied, a few words each.
    """

    def __init__(self):
        self.kinds = {kind.slug: kind for kind in AreaKind.objects.all()}
        self.areas = {
            area.slug: area
            for area in CoverageArea.objects.select_related("kind").prefetch_related("names")
        }
        by_pk = {area.pk: area for area in self.areas.values()}
        self.members, self.containers = defaultdict(list), defaultdict(list)
        for row in AreaMembership.objects.all():
            row.area, row.member = by_pk[row.area_id], by_pk[row.member_id]
            self._remember(row)
        self.borders = defaultdict(list)
        for row in AreaBorder.objects.all():
            row.area, row.other = by_pk[row.area_id], by_pk[row.other_id]
            self._remember(row)
        self.done = []

    # Asking

    def area(self, slug):
        try:
            return self.areas[slug]
        except KeyError:
            raise RowError(f"we kennen geen gebied “{slug}”") from None

    def municipality(self, nis):
        try:
            return self.areas[municipality_slug(nis)]
        except KeyError:
            raise RowError(f"we kennen geen gemeente met NIS-code {nis}") from None

    def kind(self, slug):
        """The kind of area with a slug, or with that name: an export gives the name."""
        named = (kind for kind in self.kinds.values() if kind.name.casefold() == slug.casefold())
        try:
            return self.kinds.get(slug) or next(named)
        except StopIteration:
            known = ", ".join(sorted(self.kinds))
            raise RowError(f"we kennen geen soort gebied “{slug}”; wel: {known}") from None

    def named(self, kind, name, day):
        """The area of a kind that bore a name on a day, or whose slug is that name."""
        if area := self.find(kind, name, day):
            return area
        raise RowError(f"op {long_date(day)} is er geen {kind.name} die “{name}” heet")

    def find(self, kind, name, day):
        """The same; None when there is none."""
        slugs = (name.casefold(), division_slug(kind, name))
        there = [area for area in self.of_kind(kind) if area.holds_on(day)]
        called = (
            area for area in there if one_form.line(area.name_on(day)).casefold() == name.casefold()
        )
        return next(called, None) or next((area for area in there if area.slug in slugs), None)

    def lies_in(self, member, area, day):
        """Whether a member lies wholly in an area on a day, over any number of steps."""
        todo = [member]
        for inner in todo:
            around = (
                row.area for row in self.containers[inner.pk] if _held(row, day) and not row.part
            )
            todo += [outer for outer in around if outer not in todo]
        return area in todo

    def of_kind(self, kind):
        return [area for area in self.areas.values() if area.kind_id == kind.pk]

    def members_on(self, area, day):
        return [row for row in self.members[area.pk] if _held(row, day)]

    def containers_on(self, member, kind, day):
        return [
            row
            for row in self.containers[member.pk]
            if row.area.kind_id == kind.pk and _held(row, day)
        ]

    def neighbours_on(self, area, day):
        """The borders of an area on a day, by its neighbour."""
        return {
            (row.other if row.area == area else row.area): row
            for row in self.borders[area.pk]
            if _held(row, day)
        }

    # Changing

    def new_area(self, kind, slug, name, day, places, **fields):
        area = CoverageArea.objects.create(
            kind=kind, slug=slug, name=name, valid_from=day, **fields
        )
        area.citations.add(*places)
        self.areas[slug] = area
        self.done.append(f"bestaat vanaf {long_date(day)}")
        return area

    def new_division(self, kind, code, name, day, places):
        return self.new_area(kind, division_slug(kind, code or name), name, day, places)

    def new_municipality(self, nis, name, day, places):
        if not (nis.isascii() and nis.isdigit() and len(nis) == 5):
            raise RowError(f"“{nis}” is geen NIS-code van vijf cijfers")
        return self.new_area(
            self.kind(MUNICIPALITY), municipality_slug(nis), name, day, places, nis=nis
        )

    def update(self, area, places, **fields):
        """Change what is not dated; None leaves a field as it is."""
        changed = [
            name
            for name, value in fields.items()
            if value is not None and getattr(area, name) != value
        ]
        for name in changed:
            setattr(area, name, fields[name])
        if changed:
            area.save(update_fields=changed)
            area.citations.add(*places)
            labels = [area._meta.get_field(name).verbose_name for name in changed]
            self.done.append(f"anders: {', '.join(labels)}")

    def rename(self, area, name, day, places):
        """Give an area another name from a day on; the old one stays for the days before."""
        if one_form.line(area.name_on(day)) == name:  # an older database may hold two spaces
            return
        names = list(area.names.all())
        if any((row.valid_from or dt.date.min) > day for row in names):
            raise RowError(f"er is al een latere naam dan die van {long_date(day)}")
        if not names:
            names = [self._new_name(area, area.name, area.valid_from, places)]
        for row in names:
            if _held(row, day):
                row.valid_until = day - ONE_DAY
                row.save()
        self._new_name(area, name, day, places)
        area.name = name
        area.save(update_fields=["name"])
        area._prefetched_objects_cache = {}

    def _new_name(self, area, name, day, places):
        row = AreaName.objects.create(area=area, name=name, valid_from=day)
        row.citations.add(*places)
        self.done.append(f"heet {name}")
        return row

    def put(self, member, area, day, places, part=""):
        """Let an area lie in another from a day on, as long as both are there."""
        for row in self.members[area.pk]:
            if row.member == member and row.part == part and (row.valid_from or day) > day:
                raise RowError(
                    f"{member} ligt volgens latere gegevens pas van {long_date(row.valid_from)} in "
                    f"{area}; verbeter dat in een tabel van liggingen"
                )
        self.add(member, area, part, *_shared_life(member, area, day), places)

    def add(self, member, area, part, start, until, places):
        """Write down a membership just as it is stated."""
        row = AreaMembership.objects.create(
            member=member, area=area, part=part, valid_from=start, valid_until=until
        )
        row.citations.add(*places)
        self._remember(row)
        self.done.append(_lies(row))

    def set_end(self, row, until):
        """Say anew until when a membership holds."""
        row.valid_until = until
        row.save()
        self.done.append(_lies(row))

    def end(self, row, day):
        """A dated row stops holding on a day; one that only began that day never held."""
        if row.valid_from == day:
            self._forget(row)
            row.delete()
        else:
            row.valid_until = day - ONE_DAY
            row.save()
        self.done.append(_lies_no_more(row, day))

    def end_area(self, area, day):
        """An area is no longer there from a day on, and nor is what it lay in or what lay in it."""
        for row in [*self.members[area.pk], *self.containers[area.pk], *self.borders[area.pk]]:
            if (row.valid_until or dt.date.max) >= day:
                if (row.valid_from or dt.date.min) > day:
                    raise RowError(f"over {area} zijn er al gegevens van na {long_date(day)}")
                self.end(row, day)
        area.valid_until = day - ONE_DAY
        area.save(update_fields=["valid_until"])
        self.done.append(f"{area} eindigt op {long_date(day - ONE_DAY)}")

    def set_neighbours(self, area, neighbours, day):
        """Let an area border on exactly these others from a day on."""
        now = self.neighbours_on(area, day)
        for other, row in now.items():
            if other not in neighbours:
                self.end(row, day)
        for other in neighbours:
            if other not in now:
                start, until = _shared_life(area, other, day)
                one, two = sorted((area, other), key=lambda each: each.slug)
                row = AreaBorder.objects.create(
                    area=one, other=two, valid_from=start, valid_until=until
                )
                self._remember(row)
                self.done.append(f"{area} grenst aan {other}")

    def _remember(self, row):
        for rows in self._lists(row):
            rows.append(row)

    def _forget(self, row):
        for rows in self._lists(row):
            rows.remove(row)

    def _lists(self, row):
        """Where a membership or border is kept."""
        if isinstance(row, AreaBorder):
            return self.borders[row.area.pk], self.borders[row.other.pk]
        return self.members[row.area.pk], self.containers[row.member.pk]


def division_slug(kind, code):
    """The slug of an area: the prefix of its kind and its code, a doubled prefix once."""
    prefix, code = PREFIXES.get(kind.slug, kind.slug), slugify(code)
    return code if code.startswith(f"{prefix}-") else f"{prefix}-{code}"


def place_in(source):
    """The place that the rows of a table cite: the first that its source has, or all of it."""
    return source.places.first() or Citation.objects.create(source=source, heading="hele pagina")


def _shared_life(one, other, day):
    """The first and the last day, from a day on, on which two areas are both there."""
    start = max(filter(None, (day, one.valid_from, other.valid_from)))
    return start, min(filter(None, (one.valid_until, other.valid_until)), default=None)


def _lies(row):
    """A membership in words, with the days on which it holds where they are known."""
    part = f" ({row.part})" if row.part else ""
    start = f" vanaf {long_date(row.valid_from)}" if row.valid_from else ""
    until = f" tot en met {long_date(row.valid_until)}" if row.valid_until else ""
    return f"{row.member}{part} ligt in {row.area}{start}{until}"


def _lies_no_more(row, day):
    """The same of a membership, or a border, that holds no more from a day on."""
    one, verb, other = (
        (row.area, "grenst niet meer aan", row.other)
        if isinstance(row, AreaBorder)
        else (row.member, "ligt niet meer in", row.area)
    )
    return f"{one} {verb} {other} vanaf {long_date(day)}"


def _held(row, day):
    return (row.valid_from or day) <= day <= (row.valid_until or day)
