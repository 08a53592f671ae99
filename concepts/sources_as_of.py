"""Stand van de bronnen: from when the sources are that a version, or the whole site, rests on.

An editor says it of each version, as a month or a day; the newest source that the version cites
proposes it, and warns when it is newer than what stands there. A page on the web without a date is
as old as the day on which it was consulted: it said this then, and nobody knows since when. So the
stand tells until when the sources were looked at, and not that a concept still runs: that is a
`Standing`, whose day is never the one on which a page was read.
"""

from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Q

from concepts.models import STATEMENT_KINDS, ConceptVersion
from eerstelijn.database import stamp
from eerstelijn.datelabels import MONTHS, UnreadDate, long_date
from eerstelijn.dates import SourceDate
from eerstelijn.kept import Kept
from governance.models import Source


@dataclass(frozen=True)
class Newest:
    """The newest of some sources, and its date."""

    source: Source
    date: SourceDate

    @property
    def month(self):
        """The date as a stand van de bronnen: its month where it lies in one, else as stated."""
        first, last = self.date.earliest, self.date.latest
        if first and last and (first.year, first.month) == (last.year, last.month):
            return f"{MONTHS[first.month - 1]} {first.year}"
        return self.date.label if first and last else ""

    @property
    def day(self):
        """Its first possible day: it is newer for sure than all that came before."""
        return self.date.earliest or self.date.latest

    def __str__(self):
        """In the middle of a sentence: "Artsenkrant is van juni 2023"."""
        said = "is van" if self.source.date else "werd geraadpleegd op"
        return f"{self.source.short_title} {said} {self.date}"


def cited_sources(version):
    """The sources that a version cites anywhere, or that describe it."""
    condition = Q(described_versions=version.pk)
    for kind in STATEMENT_KINDS.values():
        rows = kind.objects.filter(version=version).order_by()
        for name in kind.citing_fields():
            condition |= Q(pk__in=rows.values(f"{name}__source"))
    return Source.objects.filter(condition).distinct()


def newest(sources):
    """The newest of some sources; None when none of them says from when it is."""
    dated = [Newest(source, _date_of(source)) for source in sources]
    return max((row for row in dated if row.day), key=lambda row: row.day, default=None)


def _date_of(source):
    if source.date or not source.consulted_on:
        return source.date
    return SourceDate(long_date(source.consulted_on), source.consulted_on, source.consulted_on)


def outdated(version):
    """The Dutch sentence that a source of a version is newer than it says; "" otherwise."""
    last = newest(cited_sources(version))
    if not last or not version.sources_as_of:
        return ""
    stand = _read(version.sources_as_of)
    if stand and stand.latest >= last.day:
        return ""
    return (
        f"De nieuwste bron is jonger dan de stand van de bronnen: {last}, en er staat "
        f"“{version.sources_as_of}”."
    )


def _read(label):
    """A stand as a date; None for what a database of before may hold: any words at all."""
    try:
        stand = SourceDate.parse(label)
    except UnreadDate:
        return None
    return stand if stand.earliest and stand.latest else None


# The whole site, in the footer of every page

_said: Kept[str] = Kept()


def in_footer(request):
    """For every page but those of what went wrong; a page of one version has its own."""
    return {"sources_as_of": of_the_site}  # called by the template


def of_the_site():
    """From when the sources of all published versions are, in words; "" while nothing is public.

    A database that is away takes no page down for a line in its footer.
    """
    if stamp.is_silent():
        return ""
    try:
        return _said.get(stamp.current(), _read_all)
    except DatabaseError:
        stamp.lacks_something()
        return ""


def _read_all():
    versions = ConceptVersion.objects.published().order_by()
    return in_words(list(versions.values_list("sources_as_of", flat=True).distinct()))


def in_words(labels):
    """Several standings as one: "maart 2023 tot mei 2026"."""
    dates = sorted(filter(None, map(_read, labels)), key=lambda date: (date.latest, date.earliest))
    if not dates:
        return ""
    first, last = dates[0].label, dates[-1].label
    return first if first == last else f"{first} tot {last}"
