"""What was announced for a date, and what became of it: read from milestones, changes and acts."""

import datetime as dt
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper
from django.urls import reverse

from concepts.models import Milestone, Status
from concepts.timeline.delay import delay
from concepts.timeline.entry import act_key, act_title, concept_data, event_key, places_of
from concepts.timeline.touching import NOTHING, Touched, owners_of
from eerstelijn.dates import SourceDate, passed_on
from eerstelijn.pages.parts import Data
from governance.citing import cite
from governance.models import ChangeEvent, Citation, Decree, DecreeDate

Outcome, Waiting = Milestone.Outcome, Milestone.Waiting
#: Every way in which a promise can stand, in words; the order of the page.
STANDS = {
    Waiting.SILENT: "Verstreken zonder bericht",
    Outcome.NOT_MET: "Niet gehaald",
    Outcome.MET: "Gehaald",
    Outcome.MET_WITH_EXCEPTIONS: "Gehaald met uitzonderingen",
    Outcome.LATE: "Later",
    Waiting.OPEN: "Nog niet verstreken",
    Waiting.UNDATED: "Zonder datum",
}
#: What they are called, one and more: everywhere a number of them is told.
PROMISES = ("belofte", "beloften")
#: Those that say that it happened.
HAPPENED = (Outcome.MET, Outcome.MET_WITH_EXCEPTIONS, Outcome.LATE)
#: What is said of silence on a day in the past: the outcome may have come since.
NOT_YET = "Op die dag was er geen bericht."
#: Those of which no outcome is known.
WAITING = tuple(Waiting)


@dataclass
class Promise:
    """A date that a source announces, with what is known of it on a day."""

    key: str
    title: str
    date: SourceDate
    citations: list[Citation]
    #: One of `STANDS`.
    stand: str
    real: SourceDate = field(default_factory=SourceDate)
    outcome: list[Citation] = field(default_factory=list)
    note: str = ""
    url: str = ""
    about: list[Touched] = field(default_factory=list)
    agencies: Set[int] = NOTHING

    @property
    def label(self) -> str:
        return STANDS[self.stand]

    @property
    def has_happened(self) -> bool:
        return self.stand in HAPPENED

    @property
    def named(self) -> list[tuple[str, Touched]]:
        """The concepts that it is about, each with the species of its tree."""
        return [(concept.tree, concept) for concept in self.about]

    @property
    def when(self) -> str:
        """When it happened, as a sentence, with how much later that was; "" where none says."""
        if not self.real:
            return ""
        later = delay(self.date, self.real) if self.stand == Outcome.LATE else ""
        said = ", ".join(filter(None, [str(self.real), later]))
        return f"{said[0].upper()}{said[1:]}."

    @property
    def sentence(self) -> str:
        """What came of it, in words of the editors where they wrote any."""
        said = f"{self.when} {self.note}".strip()
        return said or ("We vonden er geen bericht over." if self.stand == Waiting.SILENT else "")

    @property
    def in_short(self) -> str:
        """The same as a remark under a stop of the timeline."""
        return " ".join(filter(None, [f"Aangekondigd. {self.label}.", self.when, self.note]))

    def as_data(self, absolute: Callable[[str], str]) -> Data:
        return {
            "id": self.key,
            "wat": self.title,
            "concepten": [concept_data(version, absolute) for version in self.about],
            "beloofd": self.date.as_data(),
            "uitkomst": str(self.stand),
            "echte_datum": self.real.as_data(),
            "toelichting": self.note or None,
            "bronnen": [place.as_data(absolute) for place in self.citations],
            "bronnen_van_de_afloop": [place.as_data(absolute) for place in self.outcome],
            "url": absolute(self.url),
        }

    def row(self, absolute: Callable[[str], str]) -> list[object]:
        """The same as a row of a table, under `COLUMNS`."""
        return [
            self.key,
            self.title,
            [concept.slug for concept in self.about],
            *(self.date.label, self.date.earliest, self.date.latest, str(self.stand)),
            *(self.real.label, self.real.earliest, self.real.latest, self.note),
            [str(place) for place in self.citations],
            [str(place) for place in self.outcome],
            absolute(self.url),
        ]


#: The columns of a CSV: a row for each promise.
COLUMNS = (
    *("id", "wat", "concepten", "beloofd", "beloofd_vroegst", "beloofd_laatst", "uitkomst"),
    *("echte_datum", "echt_vroegst", "echt_laatst", "toelichting", "bronnen"),
    *("bronnen_van_de_afloop", "url"),
)


def dated(promises: Iterable[Promise]) -> list[Promise]:
    """Those that are for a date: what a number of promises counts, on every page."""
    return [promise for promise in promises if promise.stand != Waiting.UNDATED]


def promise_url(promise: Promise) -> str:
    """Where a promise stands among all of them."""
    return f"{reverse('promises')}#{promise.key}"


def read_promises(day, touching):
    """Every promise as it stood on a day; `touching` says which concepts are public."""
    promises = [*_of_concepts(day, touching), *_of_changes(day, touching), *_of_acts(day, touching)]
    return sorted(promises, key=lambda promise: (promise.date.latest or dt.date.max, promise.title))


def _of_concepts(day, touching):
    rows = Milestone.objects.announced(day).filter(version__status=Status.PUBLISHED)
    rows = [row for row in rows if row.version_id in touching.versions]
    cite(rows)
    for row in rows:
        version = touching.versions[row.version_id]
        is_known = row.stand not in WAITING
        # What the editors remark is of today: on a day in the past it was not known yet.
        is_told = is_known or day >= dt.date.today()
        yield Promise(
            key=f"mijlpaal-{version.slug}-{row.key}",
            title=row.title.rstrip("."),
            date=row.date,
            citations=list(row.citations.all()),
            stand=row.stand,
            real=row.outcome_date if is_known else SourceDate(),
            outcome=list(row.outcome_citations.all()) if is_told else [],
            note=row.note if is_told else NOT_YET * (row.stand == Waiting.SILENT),
            url=f"{version.get_absolute_url()}#tijdlijn",
            about=[version],
            agencies=version.agencies,
        )


def _waiting(date, is_passed):
    """How something stands of which nobody notes an outcome."""
    if is_passed:
        return Waiting.SILENT
    return Waiting.OPEN if date.earliest or date.latest else Waiting.UNDATED


def _of_changes(day, touching):
    """Changes in the administration that are announced; what happened, was no promise to us."""
    events = ChangeEvent.objects.filter(status=ChangeEvent.Status.ANNOUNCED)
    events = list(events.prefetch_related("subjects"))
    if not events:
        return
    passed = set(ChangeEvent.objects.unanswered(day).values_list("pk", flat=True))
    cite(events)
    for event in events:
        agencies = {row.agency_id for row in event.subjects.all()} - {None}
        yield Promise(
            key=event_key(event),
            title=event.name.rstrip("."),
            date=event.date,
            citations=places_of([event]),
            stand=_waiting(event.date, event.pk in passed),
            note=event.description if day >= dt.date.today() else "",
            url=f"{reverse('timeline')}#{event_key(event)}",
            about=touching.of_agencies(agencies),
            agencies=agencies,
        )


def _of_acts(day, touching):
    """The dates of acts that are announced, and nobody says to be made."""
    dates = DecreeDate.objects.filter(decree__status=Decree.Status.ANNOUNCED)
    is_passed = ExpressionWrapper(passed_on(day), output_field=BooleanField())
    dates = list(dates.select_related("decree").annotate(is_passed=is_passed))
    cite(dates)
    for row in dates:
        about = touching.by_act.get(row.decree_id, [])
        yield Promise(
            key=act_key(row),
            title=act_title(row),
            date=row.date,
            citations=places_of([row]),
            stand=_waiting(row.date, row.is_passed),
            url=row.decree.get_absolute_url(),
            about=about,
            agencies=owners_of(about),
        )
