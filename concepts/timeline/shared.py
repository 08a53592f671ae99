"""What both pages share: which rows an address asks for, how it is said, and where it leads."""

from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from concepts.timeline.question import first_day, last_day
from concepts.timeline.reading import Dated
from eerstelijn.finder.listing import Link
from eerstelijn.finder.sentence import Segment
from governance.models import Agency, AgencyLine


class Chosen:
    """Whether a row is of the concepts, services and days that an address asks for."""

    def __init__(self, asked, versions):
        self.concepts = set(asked["concept"])
        self.agencies = _predecessors(asked["dienst"])
        self.names = [v.name for v in versions if v.slug in self.concepts]
        self.first, self.last = first_day(asked["van"]), last_day(asked["tot"])
        self.is_all_days = not (asked["van"] or asked["tot"])

    def has(self, row):
        """Of an entry or a promise; a date counts when it can lie within the days."""
        if self.concepts and not self.concepts & {v.slug for v in row.about}:
            return False
        if self.agencies is not None and not self.agencies & row.agencies:
            return False
        return self.is_all_days or self._may_lie_within(row.date)

    def _may_lie_within(self, date):
        if not (date.earliest or date.latest):
            return False
        return (date.earliest or date.latest) <= self.last and (
            date.latest or date.earliest
        ) >= self.first


def _predecessors(slugs):
    """Some services and what they go on from; None when none is asked for."""
    if not slugs:
        return None
    lines = AgencyLine.objects.filter(present__slug__in=slugs).values_list("owner", flat=True)
    own = Agency.objects.filter(slug__in=slugs).values_list("pk", flat=True)
    return {*lines, *own}


class Asking:
    """The part of a page that follows from its address; `name` is that of its view."""

    name = ""
    #: What data of it are called.
    title = ""

    def __init__(self, question):
        self.question = question
        self.asked = question.cleaned_data
        self.as_of = question.as_of
        self.dated = Dated.on(self.day)
        self.chosen = Chosen(self.asked, self.versions)

    @property
    def versions(self):
        """Every published version, by name."""
        return self.dated.touching.versions.values()

    @cached_property
    def promises(self):
        """The promises that were asked for, by the date that was promised."""
        return [promise for promise in self.dated.promises if self.chosen.has(promise)]

    @property
    def day(self):
        return self.as_of.day

    @property
    def day_given(self):
        """The day that the reader chose, as a field has it; "" for today."""
        return str(self.day) if self.as_of.is_stated else ""

    @property
    def day_label(self):
        """What the yellow line is of."""
        return str(self.as_of) if self.as_of.is_other_day else f"vandaag, {self.as_of}"

    @property
    def notices(self):
        """What of the question could not be followed."""
        return self.question.notices

    def url_with(self, **changes):
        """The address of the page, with some keys of its question replaced or left out."""
        values = {**self.question.chosen, **changes}
        query = urlencode(sorted((k, v) for k, v in values.items() if v), doseq=True)
        path = reverse(self.name)
        return f"{path}?{query}" if query else path

    @property
    def url(self):
        return self.url_with()

    def data_url(self, format):
        path, _, query = self.url.partition("?")
        return self.as_of.url(f"{path.rstrip('/')}.{format}" + (f"?{query}" if query else ""))

    @property
    def json_url(self):
        return self.data_url("json")

    @property
    def robots(self):
        many = sum(len(values) for values in self.question.chosen.values()) > 1
        return self.question.robots or ("noindex,follow" if many else "")

    @property
    def ways(self):
        """The ways between what is promised and what happened, in the same choice."""
        kept = {key: self.question.chosen.get(key) for key in ("concept", "dienst", "van", "tot")}
        query = urlencode(sorted((k, v) for k, v in kept.items() if v), doseq=True)
        mark = f"?{query}" if query else ""
        done = f"{mark}{'&' if mark else '?'}status=gebeurd"
        status = self.asked.get("status")
        on_timeline = self.name == "timeline"
        return [
            Link("Alles", reverse("timeline") + mark, selected=on_timeline and not status),
            Link("Beloofd", reverse("promises") + mark, selected=not on_timeline),
            Link(
                "Gebeurd", reverse("timeline") + done, selected=on_timeline and status == "gebeurd"
            ),
        ]

    # The form

    def choices(self, key, options):
        """The options of a select, as links with a value; the first that was asked is chosen."""
        wanted = self.asked[key][:1]
        return [Link(label, value=slug, selected=slug in wanted) for slug, label in options]

    @property
    def kept_fields(self):
        """What an address asked beside what a select can show: (key, value) of hidden fields."""
        return [(key, slug) for key in ("concept", "dienst") for slug in self.asked[key][1:]]

    @property
    def concept_choices(self):
        return self.choices("concept", [(v.slug, v.name) for v in self.versions])

    @property
    def agency_choices(self):
        return self.choices("dienst", self._agencies.items())

    @cached_property
    def _agencies(self):
        return dict(Agency.objects.order_by("name").values_list("slug", "name"))

    @property
    def is_narrowed(self):
        return bool(self.question.chosen)

    @property
    def shows_form(self):
        """Whether the form stands open: it alone says what was chosen."""
        return self.is_narrowed

    def said(self):
        """What was asked, behind the noun: " rond concept GBO, vanaf 2023"."""
        parts = []
        if names := self.chosen.names:
            parts.append((" rond concept ", _either(names)))
        if slugs := self.asked["dienst"]:
            parts.append((" rond dienst ", _either(sorted(self._agencies[slug] for slug in slugs))))
        since, until = self.asked["van"], self.asked["tot"]
        if since and since == until:
            parts.append((" op " if "-" in since else " in ", since))
        elif since:
            parts.append((" vanaf ", since))
        if until and since != until:
            parts.append((" tot en met ", until))
        return [
            segment
            for before, words in parts
            for segment in (Segment(before), Segment(words, strong=True))
        ]


def _either(names):
    names = list(names)
    return " of ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
