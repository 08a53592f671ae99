"""Which place a reader means: by name, old name, name of a part, postcode or NIS code.

    found = municipalities().find("B-3001 Heverlee", day)
    found.only      the municipality that must be meant; None when a reader has to choose
    found.hits      the municipalities that it can be, the best answers first
    found.areas     the zones, regions, provinces ... that are called so
    found.only_place  the one place that it can be at all: `only`, or the one other area

A name leads on by itself when it *is* the name of one municipality that day: `only`. What merely
resembles a name is a hit to choose from ("Bedoel je ...?"), and never leads on. The answer is for a
day: who types the name of a municipality that merged gets the one that it went on in, and for a day
before the merger the other way round.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import IntEnum

from django.db.models import F

from concepts.places.location import MAIN_KINDS
from concepts.places.names import Called, How, Names, normal
from eerstelijn.database.ground import ground
from eerstelijn.dates import long_date
from eerstelijn.dutch import nearest
from eerstelijn.kept import Kept
from governance.models import MUNICIPALITY, AreaLine, CoverageArea, held_on


class Rank(IntEnum):
    """How well a municipality answers, best first; the first two are its name, the rest a guess."""

    NAMED = 0
    CALLED = 1
    BEGINS = 2
    WORD_BEGINS = 3
    CONTAINS = 4
    NEAR = 5


#: What may stand before or behind the name of a municipality, and says nothing of which one.
AROUND = frozenset(
    """gemeente gemeentebestuur stad stadsbestuur stadhuis ocmw lokaal bestuur deelgemeente district
    dorp de het van in te""".split()
)
#: A postcode or NIS code, as people write it: 3000, B-3000, BE 3000.
CODE = re.compile(r"\b(?:be?[ ])?(\d{4,5})\b")
#: More than these a reader does not look through; the list of all stands below.
MOST_HITS = 25


@dataclass
class Hit:
    """A municipality that was there that day, how well it answers, and by which of its names."""

    area: CoverageArea
    rank: Rank
    called: list = field(default_factory=list)

    @property
    def is_sure(self):
        """Whether what was typed is its name, and no guess."""
        return self.rank <= Rank.CALLED

    @property
    def notes(self):
        """Why it answers, where its own name does not say it."""
        return list(dict.fromkeys(filter(None, (note_of(row, self.area) for row in self.called))))


@dataclass
class Lookup:
    """What was found. `corrected` is the name that was taken for a misspelled one."""

    text: str = ""
    hits: list = field(default_factory=list)
    areas: list = field(default_factory=list)
    corrected: str = ""
    #: Areas of other kinds whose name has the word: "Meetjesland" in West-Meetjesland.
    near_areas: list = field(default_factory=list)

    @property
    def only_hit(self):
        """The hit of the one municipality that must be meant."""
        for rank in (Rank.NAMED, Rank.CALLED):
            hits = [hit for hit in self.hits if hit.rank == rank]
            if hits:
                return hits[0] if len(hits) == 1 else None
        return None

    @property
    def only(self):
        """The one municipality that must be meant; None when a reader has to choose."""
        return self.only_hit and self.only_hit.area

    @property
    def only_place(self):
        """The one place of any kind that it can be."""
        sure = [hit.area for hit in self.hits if hit.is_sure]
        found = [*sure, *self.areas]
        return found[0] if len(found) == 1 else None

    @property
    def others(self):
        """What else is called so: municipalities with a part of that name, and other areas."""
        return [hit for hit in self.hits if hit.is_sure and hit.area != self.only]


@dataclass
class Beside:
    """A municipality that is named beside other words: "ocmw leuven"."""

    hit: Hit
    #: The name as it was typed, and the other words.
    name: str
    rest: str
    #: Whether the other words are a kind of area ("zorgraad Bilzen").
    rest_is_kind: bool

    @property
    def has_capital(self):
        return self.name[:1].isupper()


class Municipalities:
    """Every municipality of today and before, who came after whom, and what all areas are called.

    Six queries: those of `Names`, and the mergers. Requests at the same time read the same one
    (see `municipalities`): nobody changes it.
    """

    def __init__(self):
        self.names = Names()
        #: The municipalities, of today and before.
        self.all = [area for area in self.names.areas if area.is_municipality]
        self.after, self.before = {}, defaultdict(list)
        mergers = AreaLine.objects.filter(
            place__kind__slug=MUNICIPALITY, territory__kind__slug=MUNICIPALITY, is_whole=True
        ).exclude(place=F("territory"))
        for old, new in mergers.values_list("place", "territory"):
            self.after[old] = self.names.by_pk[new]
            self.before[new].append(self.names.by_pk[old])

    def on(self, area, day):
        """The municipalities that stood where this one does, on a day."""
        if area.holds_on(day):
            return [area]
        later = self.after.get(area.pk)
        if later and later.holds_on(day):
            return [later]
        return [old for old in self.before.get(area.pk, ()) if old.holds_on(day)]

    def find(self, text, day, guess=True):
        """Look up what a reader typed. Returns a Lookup; without `guess` of what is a name only."""
        words = normal(text)
        if not words:
            return Lookup(text)
        areas = self.areas_named(words, day)
        hits = self._meant(words, day)
        if hits or not guess:
            return Lookup(text, hits, areas)
        hits, corrected = self._guessed(words, day)
        near = [] if areas or corrected else self._areas_like(words, day)
        return Lookup(text, hits, areas, corrected, near)

    def beside(self, text, day):
        """The municipality that a longer question ends or begins with; None without one.

        The longest name counts: "Sint-Niklaas", and not a Niklaas of elsewhere.
        """
        typed = text.split()
        for size in range(len(typed) - 1, 0, -1):
            for name, rest in ((typed[-size:], typed[:-size]), (typed[:size], typed[size:])):
                hits = self._hits(self.names.called(normal(" ".join(name))), day)
                if hit := Lookup(hits=hits).only_hit:
                    rest = " ".join(rest)
                    kinds, left = self.names.without_kind(f"{normal(rest)} x")
                    return Beside(hit, " ".join(name), rest, bool(kinds) and left == "x")
        return None

    def areas_named(self, words, day):
        """The areas of other kinds that are called so that day, from the most asked kind on.

        A kind may stand beside a name ("ELZ Leuven"). When no area of that kind has the name, the
        one that a municipality of that name lies in is meant ("zorgraad Bilzen"): `around`.
        """
        kinds, bare = self.names.without_kind(words)
        found = self.names.areas_called(words)
        if kinds:
            found = [*found, *self.names.areas_called(bare, kinds)]
        areas = {row.area.pk: row.area for row in found if row.area.holds_on(day)}
        if not areas and kinds:
            areas = self._around(bare, kinds, day)
        return sorted(areas.values(), key=_by_kind)

    def _around(self, words, kinds, day):
        """The areas of some kinds that the municipality of that name lies in."""
        only = Lookup(hits=self._meant(words, day)).only
        if only is None:
            return {}
        around = AreaLine.objects.filter(held_on(day), place=only, territory__kind__in=kinds)
        pks = around.values_list("territory", flat=True)
        return {pk: self.names.by_pk[pk] for pk in pks}

    def _areas_like(self, words, day):
        found = [
            area
            for area in self.names.areas
            if not area.is_municipality
            and area.kind.slug in MAIN_KINDS
            and len(words) > 3
            and f" {words}" in f" {normal(area.name)}"
            and area.holds_on(day)
        ]
        return sorted(found, key=_by_kind)

    # What is a name

    def _meant(self, words, day):
        """The municipalities of which this is a name or a code, the best answers first."""
        codes = CODE.findall(words)
        name = CODE.sub(" ", words).strip()
        by_code = [self._hits(self.names.with_code(code), day) for code in codes]
        if codes and (not name or set(name.split()) <= AROUND):
            return _common(by_code)
        by_name = self._by_name(" ".join(name.split()), day)
        if not codes:
            return by_name
        return _common([by_name, *by_code]) if by_name else []

    def _by_name(self, words, day):
        """By the whole; else by what is left of it without "gemeente"; else by two names in it."""
        left = words
        while left:
            if hits := self._hits(self.names.called(left), day):
                return hits
            first, _, left = left.partition(" ")
            if first not in AROUND:
                break
        tokens = words.split()
        while len(tokens) > 1 and tokens[-1] in AROUND:
            tokens.pop()
            if hits := self._hits(self.names.called(" ".join(tokens)), day):
                return hits
        tokens = [word for word in words.split() if word not in ("in", "gemeente", "stad")]
        for cut in range(1, len(tokens)):
            pair = [" ".join(tokens[:cut]), " ".join(tokens[cut:])]
            found = [self._hits(self.names.called(name), day) for name in pair]
            if all(found) and (hits := _common(found)):
                return hits
        return []

    # What resembles one

    def _guessed(self, words, day):
        """The municipalities with a name that begins so, holds it, or comes near."""
        words = " ".join(CODE.sub(" ", words).split()) or words
        codes = [row for code in CODE.findall(words) for row in self.names.with_code(code)]
        names = self.names.spelled
        found = [
            (rank, row)
            for known, rows in names.items()
            if (rank := how_well(known, words)) is not None
            for row in rows
        ]
        corrected = ""
        if not found and not words.replace(" ", "").isdecimal():
            meant = nearest(words, names)
            if meant is not None:
                found = [(Rank.NEAR, row) for row in names[meant]]
                corrected = names[meant][0].text
        found += [(Rank.NEAR, row) for row in codes]
        hits = self._ranked(found, day)
        return hits[:MOST_HITS], corrected

    def _hits(self, found, day):
        """The municipalities of that day that are called so."""
        return self._ranked(
            [
                (Rank.NAMED if row.how is How.OWN and row.area.holds_on(day) else Rank.CALLED, row)
                for row in found
            ],
            day,
        )

    def _ranked(self, found, day):
        """The municipalities of that day, each once, the best answers first."""
        hits, answering = {}, {row.area.pk for _, row in found}
        for rank, row in found:
            area = row.area
            if not area.holds_on(day) and answering & {
                old.pk for old in self.before.get(area.pk, ())
            }:
                continue  # who stood there that day answers itself
            for now in self.on(area, day):
                hit = hits.setdefault(now.pk, Hit(now, rank))
                hit.rank = min(hit.rank, rank)
                hit.called.append(row)
        # Ground that a municipality took over later still was another's that day.
        taken = {
            later.pk
            for hit in hits.values()
            if hit.is_sure and (later := self.after.get(hit.area.pk))
        }
        kept = [hit for hit in hits.values() if hit.area.pk not in taken]
        return sorted(kept, key=lambda hit: (hit.rank, normal(hit.area.name)))


_kept = Kept()


def municipalities():
    """The municipalities as they stand; a process keeps them until they may have changed."""
    return _kept.get(ground(), Municipalities)


def _common(found):
    """What several readings agree on; where they do not agree, all of it, to choose from."""
    shared = set.intersection(*({hit.area.pk for hit in hits} for hits in found))
    rows = defaultdict(list)
    for hits in found:
        for hit in hits:
            rows[hit.area.pk].append(hit)
    picked = {pk: hits for pk, hits in rows.items() if pk in shared} or rows
    return sorted(
        (
            Hit(
                hits[0].area,
                min(hit.rank for hit in hits) if shared else Rank.NEAR,
                hits[0].called,
            )
            for hits in picked.values()
        ),
        key=lambda hit: (hit.rank, normal(hit.area.name)),
    )


def _by_kind(area):
    kind = area.kind
    main = kind.slug in MAIN_KINDS
    return (not main, -kind.position if main else kind.position, area.name)


def note_of(row: Called, area):
    """Why a municipality answers to a name, where that is not its own."""
    if row.how is How.POSTCODE:
        return f"postcode {row.text}"
    if row.how is How.PART:
        at = f" (postcode {row.postcode})" if row.postcode else ""
        return f"{row.text} ligt in {area.name}{at}"
    if row.area != area:
        if row.area.valid_until:
            return f"{row.area.name} bestond tot en met {long_date(row.area.valid_until)}"
        return f"later {row.area.name}"
    if row.how is How.NIS:
        return f"NIS-code {row.text}"
    if row.how is How.FORMER:
        return f"heette vroeger {row.text}"
    return row.text if row.how is How.OTHER else ""


def how_well(name, asked):
    """How well a name answers what was asked without being it; None when it does not."""
    if name.startswith(asked):
        return Rank.BEGINS
    if f" {asked}" in name:
        return Rank.WORD_BEGINS
    return Rank.CONTAINS if len(asked) > 2 and asked in name else None
