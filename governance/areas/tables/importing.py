"""What each row of a table changes in the geography, and the report of it.

A table says how things stand from a day on. What is so already stays; what is not ends on the day
before, and the new begins. On any wrong row nothing is kept. Importing the same table again changes
nothing.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from django.db import DataError, IntegrityError, connection, transaction

from eerstelijn.database.refusals import in_words
from eerstelijn.dates import long_date
from governance.areas.mergers import merge
from governance.areas.tables.cells import metres_in, name_in, postcodes_of, surface_in
from governance.areas.tables.stored_areas import (
    ONE_DAY,
    RowError,
    StoredAreas,
    division_slug,
    place_in,
)
from governance.models import MUNICIPALITY, AreaKind, Source

#: A municipality in a list, with the part of it that is meant: 11002[postcodes 2100, 2140].
MEMBER = re.compile(r"(\d{5})(?:\[([^\[\]]+)\])?")


#: What ends in a row that is wrong: our own reading of it, or what the database refuses.
REFUSED = (RowError, IntegrityError, DataError)


class Outcome(Enum):
    """What a row turned out to be."""

    NEW = "nieuw"
    CHANGED = "gewijzigd"
    SAME = "gelijk"
    WRONG = "fout"


@dataclass(frozen=True)
class Result:
    """What became of one row of the table, or of an area that it leaves without members."""

    line: int | None
    outcome: Outcome
    subject: str
    reason: str = ""
    #: What changed, a few words each.
    details: tuple[str, ...] = ()


class Import:
    """One table, row by row. What the rows do not say themselves comes from the command line."""

    def __init__(self, table, *, kind=None, day=None, source=None):
        self.table = table
        self.defaults = {"soort": kind or "", "vanaf": day or "", "bron": source or ""}
        self.stored = StoredAreas()
        self.places = {}
        #: The kinds of area that this table divides anew, with the days from which.
        self.divided = set()
        #: On which line the table divides an area, or puts a municipality wholly in one of a kind.
        self.claims = {}

    def run(self, progress=iter):
        """Yield the Result of every row, in order. `progress` wraps the rows as they are taken."""
        change = {
            "gemeenten": self._change_municipality,
            "indeling": self._change_division,
            "fusies": self._change_merger,
            "liggingen": self._change_membership,
        }[self.table.form.name]
        for row in progress(self.table.rows):
            self.stored.done = []
            try:
                with transaction.atomic():
                    if row.problem:
                        raise RowError(row.problem)
                    subject, is_new = change(row)
            except REFUSED as error:
                yield Result(row.line, Outcome.WRONG, _subject(row), _reason(error))
                if self.stored.done:  # what this row did was taken back
                    self.stored = StoredAreas()
            else:
                done = tuple(self.stored.done)
                changed = Outcome.CHANGED if done else Outcome.SAME
                yield Result(row.line, Outcome.NEW if is_new else changed, subject, details=done)
        yield from self._end_what_is_left_empty()

    # What a row may say of the whole table

    def _stated(self, row, column):
        value = row[column] or self.defaults[column]
        if not value:
            raise RowError(f"geef “{column}”, als kolom of met --{column}")
        return value

    def _day(self, row, column="vanaf"):
        text = self._stated(row, column) if column == "vanaf" else row[column]
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or text != day.isoformat() or not 1800 <= day.year < 2200:
            raise RowError(f"“{text}” is geen datum zoals 2027-01-01")
        return day

    def _places(self, row):
        """The places that what is new in a row cites."""
        self._stated(row, "bron")
        slugs = row.values("bron") or [self.defaults["bron"]]
        return [self._place(slug) for slug in slugs]

    def _place(self, slug):
        if slug not in self.places:
            source = Source.objects.filter(slug=slug).first()
            if source is None:
                raise RowError(f"we kennen geen bron “{slug}”")
            self.places[slug] = place_in(source)
        return self.places[slug]

    # The four forms: each answers with what the row is about, and whether that is new

    def _change_municipality(self, row):
        day, places = self._day(row), self._places(row)
        slug = f"{MUNICIPALITY}-{row['refnis']}"
        self._claim((slug, day), slug, row.line)
        is_new = slug not in self.stored.areas
        if is_new:
            area = self.stored.new_municipality(row["refnis"], name_in(row), day, places)
        else:
            area = self.stored.areas[slug]
            if not area.holds_on(day):
                raise RowError(f"{area} bestaat niet op {long_date(day)}")
            self.stored.rename(area, name_in(row), day, places)
        self.stored.update(
            area,
            places,
            postcodes=postcodes_of(row) or None,
            x=metres_in(row, "x_lambert72"),
            y=metres_in(row, "y_lambert72"),
            surface=surface_in(row),
        )
        for slug in self.table.kinds:
            if row[slug]:
                self._lies_in(area, self.stored.kind(slug), row.values(slug), day, places)
        if neighbours := row.values("buurgemeenten_refnis"):
            # A neighbour further on in the table lays the border when its own row comes.
            known = [nis for nis in neighbours if f"{MUNICIPALITY}-{nis}" in self.stored.areas]
            self._known_in_table(set(neighbours) - set(known))
            others = {self.stored.municipality(nis) for nis in known}
            self.stored.set_neighbours(area, others | self._borders_to_come(area, others, day), day)
        return f"{area} ({area.nis})", is_new

    def _known_in_table(self, codes):
        unknown = codes - {row["refnis"] for row in self.table.rows}
        if unknown:
            raise RowError(f"we kennen geen gemeente met NIS-code {min(unknown)}")

    def _borders_to_come(self, area, others, day):
        """Neighbours that only their own row names: a border counts when either side names it."""
        return {
            other
            for other in self.stored.neighbours_on(area, day)
            if other not in others and self._names_as_neighbour(other, area)
        }

    def _names_as_neighbour(self, other, area):
        return any(
            row["refnis"] == other.nis and area.nis in row.values("buurgemeenten_refnis")
            for row in self.table.rows
        )

    def _lies_in(self, member, kind, names, day, places):
        """A municipality lies in exactly these areas of a kind from a day on."""
        wanted = {self.stored.named(kind, name, day) for name in names}
        now = self.stored.containers_on(member, kind, day)
        missing = wanted - {row.area for row in now}
        if len(wanted) > 1 and missing:
            raise RowError(
                f"{member} ligt in meer dan één {kind.name}; zeg welk deel waar ligt in een "
                "tabel van een indeling"
            )
        for row in now:
            if row.area not in wanted:
                self.stored.end(row, day)
        for area in missing:
            if not self.stored.lies_in(member, area, day):  # in a gewest over its province
                self.stored.put(member, area, day, places)
        self.divided.add((kind, day))

    def _change_division(self, row):
        day, places = self._day(row), self._places(row)
        kind = self.stored.kind(self._stated(row, "soort"))
        if kind.slug == MUNICIPALITY:
            raise RowError("een gemeente is geen indeling; gebruik een tabel van gemeenten")
        known = None if row["code"] else self.stored.find(kind, name_in(row), day)
        slug = known.slug if known else division_slug(kind, row["code"] or name_in(row))
        self._claim((slug, day), slug, row.line)
        is_new = slug not in self.stored.areas
        if is_new:
            area = self.stored.new_division(kind, row["code"], name_in(row), day, places)
        else:
            area = self.stored.areas[slug]
            if not area.holds_on(day):
                raise RowError(f"{area} bestaat niet op {long_date(day)}")
            self.stored.rename(area, name_in(row), day, places)
        self.stored.update(area, places, note=row["toelichting"] or None)
        members = self._members(row)
        stated = row["aantal_gemeenten"]
        if stated and stated != str(len(members)):
            raise RowError(f"aantal_gemeenten zegt {stated}, de lijst telt er {len(members)}")
        self._holds(area, members, day, places, row.line)
        self.divided.add((kind, day))
        return str(area), is_new

    def _members(self, row):
        """The municipalities in a list, each with the part that is meant."""
        members = {}
        for text in row.listed("gemeenten_refnis"):
            found = MEMBER.fullmatch(text)
            if not found:
                raise RowError(f"“{text}” is geen NIS-code van vijf cijfers")
            member = self.stored.municipality(found[1])
            if member in members:
                raise RowError(f"{found[1]} staat twee keer in de lijst")
            members[member] = found[2] or ""
        return members

    def _claim(self, what, name, line):
        """A table says of the same thing on one line only."""
        claimed = self.claims.setdefault(what, line)
        if claimed != line:
            raise RowError(f"{name} staat ook op regel {claimed}")

    def _holds(self, area, members, day, places, line):
        """An area holds exactly these municipalities, or parts of them, from a day on."""
        for row in self.stored.members_on(area, day):
            if row.member.is_municipality and members.get(row.member) != row.part:
                self.stored.end(row, day)
        now = {row.member for row in self.stored.members_on(area, day)}
        for member, part in members.items():
            if not part:
                self._claim((area.kind_id, member, day), member, line)
                self._leave_others(member, area, day)
            if member not in now:
                self.stored.put(member, area, day, places, part)

    def _leave_others(self, member, area, day):
        """Areas of one kind divide the ground: what lies wholly in one leaves the others."""
        for row in self.stored.containers_on(member, area.kind, day):
            if row.area != area:
                self.stored.end(row, day)

    def _change_merger(self, row):
        day, places = self._day(row, "datum"), self._places(row)
        name = name_in(row, "nieuwe_naam")
        old = self.stored.municipality(row["oud_refnis"])
        new = self.stored.areas.get(f"{MUNICIPALITY}-{row['nieuw_refnis']}")
        if new is None:
            new = self.stored.new_municipality(row["nieuw_refnis"], name, day, places)
        elif new.name != name:
            raise RowError(f"{new.nis} heet {new.name}, niet {name}")
        if old != new and old.valid_until != day - ONE_DAY:
            if old.valid_until:
                raise RowError(f"{old} bestond al tot en met {long_date(old.valid_until)}")
            self.stored.end_area(old, day)
        _, is_new = merge(old, new, day, places)
        return f"{old} ({old.nis}) in {new} ({new.nis})", is_new

    def _change_membership(self, row):
        places = self._places(row)
        area, member = self.stored.area(row["gebied"]), self.stored.area(row["lid"])
        start = self._day(row, "van") if row["van"] else None
        until = self._day(row, "tot") if row["tot"] else None
        if start and until and start > until:
            raise RowError("het einde valt vóór het begin")
        known = [
            other
            for other in self.stored.members[area.pk]
            if (other.member, other.part, other.valid_from) == (member, row["deel"], start)
        ]
        if not known:
            self.stored.add(member, area, row["deel"], start, until, places)
        elif known[0].valid_until != until:
            self.stored.set_end(known[0], until)
        return f"{member} in {area}", not known

    # After the last row

    def _end_what_is_left_empty(self):
        """An area whose members all went elsewhere is no longer there."""
        for kind, day in sorted(self.divided, key=lambda each: (each[1], each[0].slug)):
            if kind.composition != AreaKind.Composition.KNOWN:
                continue
            for area in self.stored.of_kind(kind):
                if (
                    area.holds_on(day)
                    and self.stored.members_on(area, day - ONE_DAY)
                    and not self.stored.members_on(area, day)
                ):
                    try:
                        with transaction.atomic():
                            self.stored.end_area(area, day)
                    except REFUSED as error:
                        yield Result(None, Outcome.WRONG, str(area), _reason(error))
                    else:
                        reason = (
                            f"heeft geen gemeenten meer en eindigt op {long_date(day - ONE_DAY)}"
                        )
                        yield Result(None, Outcome.CHANGED, str(area), reason)


@transaction.atomic
def import_table(table, *, progress=iter, **defaults):
    """Import a whole table, or nothing of it when any row is wrong. Returns the list of Results."""
    results = list(Import(table, **defaults).run(progress))
    if not is_wrong(results):
        try:
            with transaction.atomic():
                connection.check_constraints()
        except IntegrityError as error:
            results.append(Result(None, Outcome.WRONG, "de tabel als geheel", _reason(error)))
    if is_wrong(results):
        transaction.set_rollback(True)
    return results


def is_wrong(results):
    """Whether anything in a table was wrong, so that nothing of it was kept."""
    return any(result.outcome is Outcome.WRONG for result in results)


def count_by_outcome(results):
    """How many rows had each outcome."""
    return Counter(result.outcome for result in results)


def _subject(row):
    """What a row is about, as far as it can be read."""
    named = (row[name] for name in ("naam", "oude_naam", "lid", "oud_refnis", "refnis"))
    filled = (value for value in [*named, *row.cells.values()] if value)
    return next(filled, "een rij zonder naam")


def _reason(error):
    """What is wrong, in Dutch, also when it was the database that refused."""
    return str(error) if isinstance(error, RowError) else in_words(error)
