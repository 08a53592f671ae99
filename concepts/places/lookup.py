"""Which municipality a reader means: by name, part of a name, old name, postcode or NIS code.

The answer is for a day. Who types the name of a municipality that merged gets the one that it went
on in, and for a day before the merger the other way round.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F

from concepts.models import Alias
from concepts.stamps import stamps
from eerstelijn.dates import long_date
from eerstelijn.dutch import fold, nearest
from eerstelijn.kept import Kept
from governance.models import MUNICIPALITY, AreaLine, CoverageArea

#: How well a name answers, best first.
EXACT, BEGINS, WORD_BEGINS, CONTAINS, NEAR = range(5)


@dataclass
class Hit:
    """A municipality that was there that day, and why it answers what was typed."""

    area: CoverageArea
    rank: int
    notes: list = field(default_factory=list)


@dataclass
class Lookup:
    """What was found. `corrected` is the name that was taken for a misspelled one."""

    hits: list = field(default_factory=list)
    corrected: str = ""

    @property
    def only(self):
        """The one municipality that must be meant; None when a reader has to choose."""
        best = [hit for hit in self.hits if hit.rank == self.hits[0].rank]
        if len(self.hits) == 1 or (best and best[0].rank == EXACT and len(best) == 1):
            return best[0].area
        return None


class Municipalities:
    """Every municipality of today and before, with its names and who came after whom.

    Three queries: the municipalities, their dated names, their other names; and one for mergers.
    Requests at the same time read the same one (see `municipalities`): nobody changes it.
    """

    def __init__(self):
        self.all = list(CoverageArea.objects.municipalities().prefetch_related("names"))
        self._other_names = defaultdict(list)
        for alias in Alias.objects.filter(area__kind__slug=MUNICIPALITY):
            self._other_names[alias.area_id].append(alias)
        by_pk = {area.pk: area for area in self.all}
        self.after, self.before = {}, defaultdict(list)
        self.names = {area.pk: list(self._names_of(area)) for area in self.all}
        mergers = AreaLine.objects.filter(
            place__kind__slug=MUNICIPALITY, territory__kind__slug=MUNICIPALITY, is_whole=True
        ).exclude(place=F("territory"))
        for old, new in mergers.values_list("place", "territory"):
            self.after[old] = by_pk[new]
            self.before[new].append(by_pk[old])

    def on(self, area, day):
        """The municipalities that stood where this one does, on a day."""
        if area.holds_on(day):
            return [area]
        later = self.after.get(area.pk)
        if later and later.holds_on(day):
            return [later]
        return [old for old in self.before.get(area.pk, ()) if old.holds_on(day)]

    def find(self, text, day):
        """Look up what a reader typed. Returns a Lookup."""
        asked = normal(text)
        if not asked:
            return Lookup()
        found = self._by_code(asked) if asked.isdecimal() else self._by_name(asked)
        if found or asked.isdecimal():
            return Lookup(self._hits(found, day))
        names = {known: name for found in self.names.values() for known, name, _ in found}
        meant = nearest(asked, names)
        if meant is None:
            return Lookup()
        return Lookup(self._hits(self._by_name(meant), day), names[meant])

    def _by_code(self, digits):
        """Pairs of a municipality and how it answers, with a word about why."""
        found = []
        for area in self.all:
            if digits == area.nis:
                found.append((area, EXACT, f"NIS-code {digits}"))
            elif digits in area.postcodes:
                found.append((area, EXACT, f"postcode {digits}"))
        return found

    def _by_name(self, asked):
        found = []
        for area in self.all:
            answers = [
                (rank, note)
                for known, _, note in self.names[area.pk]
                if (rank := how_well(known, asked)) is not None
            ]
            if answers:
                found.append((area, *min(answers)))
        return found

    def _names_of(self, area):
        """The names of a municipality: as they are compared, as written, and with a remark."""
        yield normal(area.name), area.name, ""
        for row in area.names.all():
            if row.name != area.name:
                yield normal(row.name), row.name, f"heette vroeger {row.name}"
        for alias in self._other_names[area.pk]:
            is_part = alias.kind == Alias.Kind.PART
            note = f"{alias.text} is een deel van {area.name}" if is_part else alias.text
            yield normal(alias.text), alias.text, note

    def _hits(self, found, day):
        """The municipalities of that day, each once, the best answers first."""
        hits, answering = {}, {area.pk for area, *_ in found}
        for area, rank, note in found:
            if not area.holds_on(day) and answering & {
                old.pk for old in self.before.get(area.pk, ())
            }:
                continue  # who stood there that day answers itself
            for now in self.on(area, day):
                hit = hits.setdefault(now.pk, Hit(now, rank))
                hit.rank = min(hit.rank, rank)
                if now != area:
                    note = _succession_note(area)
                if note and note not in hit.notes:
                    hit.notes.append(note)
        # Ground that a municipality took over later still was another's that day.
        taken = {
            later.pk
            for hit in hits.values()
            if hit.rank == EXACT and (later := self.after.get(hit.area.pk))
        }
        kept = [hit for hit in hits.values() if hit.area.pk not in taken]
        return sorted(kept, key=lambda hit: (hit.rank, normal(hit.area.name)))


_kept = Kept()


def municipalities():
    """The municipalities as they stand; a process keeps them until they may have changed."""
    return _kept.get(stamps(), Municipalities)


def _succession_note(area):
    if area.valid_until:
        return f"{area.name} bestond tot en met {long_date(area.valid_until)}"
    return f"later {area.name}"


def normal(text):
    """A name without capitals, accents and signs; "St." is "Sint"."""
    words = re.sub(r"[\W_]+", " ", fold(text)).strip()
    return re.sub(r"\bst\b", "sint", words)


def how_well(name, asked):
    """How well a name answers what was asked; None when it does not."""
    if name == asked:
        return EXACT
    if name.startswith(asked):
        return BEGINS
    if f" {asked}" in name:
        return WORD_BEGINS
    return CONTAINS if len(asked) > 2 and asked in name else None
