"""A change of services as an editor says it, and what is wrong with it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.text import Truncator, get_text_list

from eerstelijn.dates import SourceDate, long_date
from governance.models import Agency, AgencyLine, ChangeEvent, ChangeSubject, Citation
from governance.succession.kinds import ENDED, HANDED_OVER, MERGED, RENAMED, SPLIT, Kind


@dataclass
class ServiceChange:
    """Who changes into whom, from which day on, and who says so. Nothing of it is stored yet."""

    kind: Kind
    before: list[Agency]
    #: The successors: first those that are there, then those that come with the change, unsaved.
    after: list[Agency]
    day: SourceDate
    status: str
    citations: list[Citation]
    #: The announced change that this one carries out, where there is one.
    announced: ChangeEvent | None = None
    #: The change as it is stored, once it is carried out.
    event: ChangeEvent | None = None
    #: Those of before that end: whoever goes on under its own name does not.
    ending: list[Agency] = field(init=False)

    def __post_init__(self) -> None:
        ends = self.kind.ends
        self.ending = [agency for agency in self.before if ends and agency not in self.after]

    @property
    def leaving(self) -> list[Agency]:
        """Those from which something may go over: who ends, or else hands over."""
        return self.ending if self.kind.ends else self.before

    @property
    def is_done(self) -> bool:
        return self.status == ChangeEvent.Status.DONE

    @property
    def goes_on(self) -> bool:
        """Whether the lists bring the concepts along by themselves."""
        moving = (ChangeEvent.Kind.MERGER, ChangeEvent.Kind.RENAMING)
        return self.is_done and self.kind.event in moving

    @property
    def last_day(self) -> SourceDate:
        """When the former services end: the day before, or in the month or year that is said."""
        if self.day.is_day and self.day.earliest:
            return SourceDate.parse(long_date(self.day.earliest - dt.timedelta(days=1)))
        return self.day

    @property
    def name(self) -> str:
        """The change in one sentence: "A en B worden C"."""
        said = self._sentence()
        return Truncator(said).chars(250)

    def _sentence(self) -> str:
        before, after = _listed(self.before), _listed(self.after)
        ending = _listed(self.ending)
        many = len(self.before) > 1
        if self.kind is ENDED:
            return f"{before} {'stoppen' if many else 'stopt'}"
        if self.kind is HANDED_OVER:
            return f"Taken van {before} gaan naar {after}"
        if self.kind is SPLIT:
            return f"{before} splitst in {after}"
        if self.kind is RENAMED:
            return f"{before} wordt {after}"
        if self.kind is MERGED and len(self.ending) == len(self.before):
            return f"{before} worden {after}"
        return f"{ending} {'gaan' if len(self.ending) > 1 else 'gaat'} op in {after}"

    def problems(self, today: dt.date) -> Iterator[tuple[str, str]]:
        """What is wrong, as the field of the form and a Dutch sentence."""
        yield from self._wrong_numbers()
        yield from self._wrong_day(today)
        yield from self._wrong_services()
        if not self.citations:
            yield "citations", "Zonder bron kan het niet: kies waar het staat."

    def _wrong_numbers(self) -> Iterator[tuple[str, str]]:
        for side, name, found in (
            ("before", "before", self.before),
            ("after", "after", self.after),
        ):
            least, most = self.kind.before if side == "before" else self.kind.after
            if len(found) < least or (most is not None and len(found) > most):
                yield (
                    name,
                    f"“{self.kind.label}” vraagt hier {self.kind.counts(side)}; "
                    f"je koos er {len(found) or 'geen'}.",
                )

    def _wrong_day(self, today: dt.date) -> Iterator[tuple[str, str]]:
        first, last = self.day.earliest, self.day.latest
        if first is None or last is None:
            yield "day", "Geef een dag, een maand of een jaar, met een begin en een einde."
            return
        if self.is_done and first > today:
            yield "status", "Deze dag moet nog komen. Kies “Is aangekondigd”."
        if not self.is_done and last <= today:
            yield "status", "Deze dag is voorbij. Kies “Is gebeurd”."
        for agency in self.before:
            if agency.start_earliest and agency.start_earliest > (self.last_day.latest or last):
                yield "day", f"{agency} bestaat pas van {agency.start_label}."

    def _wrong_services(self) -> Iterator[tuple[str, str]]:
        for agency in self.before:
            if agency.has_ended:
                yield "before", f"{agency} is al geëindigd: {agency.end_label}."
        for agency in self.after:
            if agency.pk and agency.has_ended:
                yield "after", f"{agency} is al geëindigd: {agency.end_label}."
        both = [agency for agency in self.after if agency in self.before]
        if both and self.kind is not MERGED:
            yield "after", f"{both[0]} staat aan beide kanten."
        yield from self._circle()

    def _circle(self) -> Iterator[tuple[str, str]]:
        """No service goes on in one that went on in it."""
        before = [agency for agency in self.before if agency not in self.after]
        lines = AgencyLine.objects.filter(
            owner__in=[agency.pk for agency in self.after if agency.pk], present__in=before
        )
        for line in lines.select_related("owner", "present"):
            yield "after", f"{line.owner} ging zelf op in {line.present}: dat is een kring."


def same_change(change: ServiceChange) -> ChangeEvent | None:
    """The change that says the same already: a form that was sent twice finds its first."""
    sides = {(ChangeSubject.Side.BEFORE, agency.name) for agency in change.before} | {
        (ChangeSubject.Side.AFTER, agency.name) for agency in change.after
    }
    events = ChangeEvent.objects.filter(
        kind=change.kind.event,
        status=change.status,
        date_earliest=change.day.earliest,
        date_latest=change.day.latest,
        subjects__agency__in=change.before,
    )
    for event in events.distinct().prefetch_related("subjects__agency"):
        if {(row.side, row.agency.name) for row in event.subjects.all() if row.agency} == sides:
            return event
    return None


def _listed(agencies: list[Agency]) -> str:
    return get_text_list([agency.name for agency in agencies], "en")
