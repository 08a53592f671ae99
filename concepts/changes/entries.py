"""What happened on the site, as readers are told it: one entry for each thing that happened.

All that came on the site on one day for the first time is one entry: thirty times "eerste versie"
says nothing. A publication of what is no longer on the site is not told; that it was withdrawn is.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import (
    CharField,
    Count,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import RowNumber, TruncDate

from concepts.changes.telling import Said, lines, told_of
from concepts.models import ConceptVersion, Status
from eerstelijn.dates import day_of, long_date
from eerstelijn.ordering import alphabetical
from eerstelijn.portions import portions

#: What happened, as data call it.
FIRST, CHANGED, BACK, GONE = "eerste-versie", "gewijzigd", "terug", "ingetrokken"
#: How many concepts an entry of a day names; a CSV names all.
MOST_NAMED = 100
#: How many versions are read together where all are asked for.
AT_ONCE = 500


@dataclass(frozen=True)
class Entry:
    """One thing that happened: what, when, and to which versions; `number` counts them all."""

    what: str
    moment: dt.datetime
    versions: list[ConceptVersion]
    number: int = 1

    @property
    def version(self) -> ConceptVersion:
        return self.versions[0]

    @property
    def day(self) -> str:
        return long_date(day_of(self.moment))

    @property
    def is_many(self) -> bool:
        """Whether it is about several concepts together."""
        return self.number > 1

    @property
    def heading(self) -> str:
        """What it is called when it is about several concepts."""
        kinds = {version.concept.record_kind for version in self.versions}
        many = {"concept": "concepten", "ontwikkeling": "ontwikkelingen"}
        named = many[kinds.pop()] if len(kinds) == 1 else "concepten en ontwikkelingen"
        return f"{self.number} {named} voor het eerst op de site"

    @property
    def happened(self) -> str:
        """What happened to the one that it is about, in a few words."""
        number = self.version.number
        return {
            FIRST: "Voor het eerst op de site",
            CHANGED: f"Versie {number}, na versie {self.base_number}",
            BACK: f"Terug op de site, als versie {number}",
            GONE: "Van de site gehaald",
        }[self.what]

    @property
    def base_number(self) -> int | None:
        """The version that the public knew before, of a publication."""
        is_new = self.what in (CHANGED, BACK)
        number: int | None = self.version.base_number if is_new else None
        return number

    @property
    def reason(self) -> str:
        """Why, as its editor told it."""
        if self.is_many:
            return ""
        text = self.version.withdrawn_reason if self.what == GONE else self.version.reason
        return str(text)

    @property
    def url(self) -> str:
        """Where to read all of it; nowhere when it was withdrawn and did not come back."""
        version = self.version
        url = str(version.concept.get_absolute_url())
        if version.status == Status.PUBLISHED:
            return url
        return f"{url}versies/{version.number}/" if version.is_known else ""

    @property
    def told(self) -> list[Said]:
        """What is different now, as the version keeps it."""
        return list(self.version.told or ()) if self.base_number else []

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The same in words: how, and what."""
        return list(lines(self.told))

    @property
    def is_same(self) -> bool:
        """Whether a new version says what the one before it said."""
        return self.base_number is not None and not self.told

    @property
    def unnamed(self) -> int:
        """How many more there are than it names."""
        return self.number - len(self.versions)

    @property
    def successor(self) -> ConceptVersion | None:
        """What took the place of what was withdrawn, if the public can read that."""
        return self.version.heir if self.what == GONE else None


@dataclass(frozen=True)
class Events:
    """What happened to the concepts of a choice, within some days; all of it by default.

    `kept` are the primary keys of concepts; None for every concept.
    """

    kept: Collection[int] | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def publications(self) -> QuerySet:
        told = ConceptVersion.objects.told().with_base()
        return self._within(told, "published_at").order_by()

    @property
    def withdrawals(self) -> QuerySet:
        return self._within(ConceptVersion.objects.withdrawn(), "withdrawn_at").order_by()

    def _within(self, versions: QuerySet, moment: str) -> QuerySet:
        if self.kept is not None:
            versions = versions.filter(concept__in=self.kept)
        if self.since:
            versions = versions.filter(**{f"{moment}__date__gte": self.since})
        if self.until:
            versions = versions.filter(**{f"{moment}__date__lte": self.until})
        return versions

    # A row for each entry

    def rows(self) -> QuerySet:
        """What of each entry, the latest first: what, when, how many, and a version of it."""
        firsts = self.publications.filter(base_number=None)
        days = firsts.values(day=TruncDate("published_at"))
        days = days.annotate(
            what=_text(FIRST), at=Max("published_at"), many=Count("pk"), key=Max("pk")
        )
        later = self.publications.filter(base_number__isnull=False)
        names = ("what", "at", "many", "key")
        each = [
            _singly(later, CHANGED, "published_at").values(*names),
            _singly(self.withdrawals, GONE, "withdrawn_at").values(*names),
        ]
        return days.values(*names).union(*each, all=True).order_by("-at", "-key")

    def read(self, rows: Iterable[dict]) -> list[Entry]:
        """The entries of these rows, in a fixed number of queries."""
        rows = list(rows)
        versions = _with_words([row["key"] for row in rows if row["what"] != FIRST])
        days = {day_of(row["at"]) for row in rows if row["what"] == FIRST}
        came = self._came_on(days) if days else {}
        return [
            Entry(FIRST, row["at"], came[day_of(row["at"])], row["many"])
            if row["what"] == FIRST
            else _entry(versions[row["key"]], row["what"])
            for row in rows
        ]

    def _came_on(self, days: Collection[dt.date]) -> dict[dt.date, list[ConceptVersion]]:
        """The versions that came first on these days, by name; so many of each day."""
        firsts = self.publications.filter(base_number=None)
        firsts = firsts.annotate(day=TruncDate("published_at")).filter(day__in=days)
        place = Window(RowNumber(), partition_by=F("day"), order_by=[alphabetical("name"), "pk"])
        firsts = firsts.annotate(place=place).filter(place__lte=MOST_NAMED)
        found: dict[dt.date, list[ConceptVersion]] = {}
        for version in _light(firsts).order_by("place"):
            version.heir, version.is_known = None, True
            found.setdefault(version.day, []).append(version)
        return found

    # An entry for each version

    def each(self, most: int | None = None) -> Iterator[Entry]:
        """The same by version, the latest first: what came on one day is told one by one."""
        names = ("what", "at", "key")
        parts = [
            _singly(self.publications, CHANGED, "published_at").values(*names),
            _singly(self.withdrawals, GONE, "withdrawn_at").values(*names),
        ]
        rows = parts[0].union(parts[1], all=True).order_by("-at", "-key")[:most]
        for portion in portions(rows, AT_ONCE):
            versions = _with_words([row["key"] for row in portion])
            yield from (_entry(versions[row["key"]], row["what"]) for row in portion)


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def _singly(versions: QuerySet, what: str, moment: str) -> QuerySet:
    """The same columns of what is told by itself."""
    one = Value(1, output_field=IntegerField())
    return versions.annotate(what=_text(what), at=F(moment), many=one, key=F("pk"))


def _light(versions: QuerySet) -> QuerySet:
    return versions.select_related("concept").defer("search")


def _with_words(keys: Collection[int]) -> dict[int, ConceptVersion]:
    """Versions with all that an entry says of them, by primary key."""
    if not keys:
        return {}
    published = ConceptVersion.objects.published()
    heirs = published.filter(concept=OuterRef("successor"))
    own = published.filter(concept=OuterRef("concept"))
    rows = ConceptVersion.objects.filter(pk__in=keys).with_base()
    rows = rows.annotate(
        heir_key=Subquery(heirs.values("pk")[:1]), known_key=Subquery(own.values("pk")[:1])
    )
    versions = {version.pk: version for version in _light(rows)}
    wanted = {version.heir_key for version in versions.values()} - {None}
    found = _light(published.filter(pk__in=wanted)).in_bulk() if wanted else {}
    untold = [row for row in versions.values() if row.told is None and row.base_number]
    told = told_of(untold) if untold else {}
    for version in versions.values():
        version.heir, version.is_known = found.get(version.heir_key), bool(version.known_key)
        version.told = told.get(version.pk, version.told)
    return versions


def _entry(version: ConceptVersion, what: str) -> Entry:
    """The entry of one version; of a publication with whether it was the first, or a return."""
    if what == GONE:
        return Entry(GONE, version.withdrawn_at, [version])
    if version.base_number is None:
        what = FIRST
    elif version.base_status == Status.ARCHIVED:
        what = BACK
    return Entry(what, version.published_at, [version])
