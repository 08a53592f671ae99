"""Which changes an address asks for: those of the concepts that the finder finds for it."""

from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Cast

from concepts.changes.entries import Events
from concepts.finder.asked import ConceptQuestion
from concepts.finder.filters import ConceptFilter
from concepts.models import Concept
from eerstelijn.dates import long_date
from eerstelijn.finder.counting import Tally
from eerstelijn.finder.facets import TEXT, Facet, Order, Setting
from eerstelijn.finder.problems import turned_round
from eerstelijn.finder.question import Day
from eerstelijn.finder.sentence import Segment, asked

#: What a page offers to choose by; an address takes all that the finder does.
OFFERED = ("concept", "gebied", "partner", "dienst")


class ConceptChoice(Facet):
    """A concept by the name that it is published under."""

    label_expression = Cast(F("title"), TEXT)


class ChangeQuestion(ConceptQuestion):
    """The finder's question, between two days in their order."""

    def clean(self) -> None:
        super().clean()
        asked = self.cleaned_data
        begin, end = asked.get("van"), asked.get("tot")
        if begin and end and begin > end:
            field = self.fields["tot"]
            field.problems = [*field.problems, turned_round("tot", str(begin), str(end))]
            asked["tot"] = None


class ChangeFilter(ConceptFilter):
    """The finder's question, with a concept by name and the days between which it happened.

    What it finds are concepts, and so it counts concepts; `listed` are the changes of those.
    """

    is_dated = False

    sorteer = Order({"nieuwste": ("nieuwste eerst", ("-published_at",))})
    concept = ConceptChoice(
        "concept",
        Concept.objects.public(),
        label="Concept",
        phrase="met als onderwerp",
        plural="concepten",
        is_open=True,
        first=3,
    )
    van = Setting(Day, label="Begindatum")
    tot = Setting(Day, label="Einddatum")

    class Meta:
        form = ChangeQuestion

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for key, facet in self.facets.items():
            if key not in OFFERED:
                facet.template = ""

    @property
    def usual_order(self) -> str:
        return "nieuwste"

    @property
    def settings_said(self) -> dict[str, str]:
        days = {"van": "vanaf", "tot": "tot en met"}
        given = {key: self.form.cleaned_data[key] for key in days}
        return {key: f"{days[key]} {long_date(day)}" for key, day in given.items() if day}

    @property
    def chooses(self) -> bool:
        """Whether it asks for some concepts, and not for all."""
        return bool(self.active or self.q_text)

    @cached_property
    def events(self) -> Events:
        """What happened to the concepts that it finds."""
        given = self.form.cleaned_data
        return Events(concepts_of(self) if self.chooses else None, given["van"], given["tot"])

    @cached_property
    def listed(self) -> QuerySet:
        return self.events.rows()

    @cached_property
    def number_found(self) -> int:
        """How many changes there are."""
        return self.listed.count()

    def keys(self, start: int, stop: int) -> Any:
        """The changes from one place to another, as `Events.read` takes them.

        They are asked when they are shown: a feed shows others.
        """
        return self.listed[start:stop]

    def _read_tally(self, last: Tally | None) -> Tally:
        """In no order: changes come by their day, whatever their concepts are called."""
        return Tally(self.queryset.order_by("pk"), self.facets)

    def count_without(self, key: str) -> int:
        """How many changes there are as if this filter were not set."""
        data = self.data.copy()
        del data[key]
        return type(self)(data, queryset=self.queryset).listed.count()


def question_said(filterset: ConceptFilter) -> list[Segment]:
    """What was asked, as it follows on the noun; with the places, of which nothing is counted."""
    said = asked(filterset)
    keys = ("gebied", "gemeente")
    if places := [option.label for key in keys for option in filterset.active.get(key, ())]:
        said += [Segment(", " if said else " "), Segment("in "), Segment(" en ".join(places), True)]
    return said


def concepts_of(filterset: ConceptFilter) -> list[int]:
    """The primary keys of the concepts that a finder finds."""
    return list(filterset.qs.order_by().values_list("concept", flat=True))
