"""All points on which the sources differ: what the page shows, and what data give of it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse

from concepts.finder.rows import tree_of
from concepts.models import Concept, ConceptVersion, Discrepancy, Ownership
from eerstelijn.finder.listing import Link
from eerstelijn.finder.question import DayQuestion, OneOf
from eerstelijn.finder.sentence import Segment
from eerstelijn.pages.parts import Data, sources_data
from governance.citing import cite

#: Of each kind, in the order of the page: its plural, and what it means in a few words.
KINDS = {
    Discrepancy.Kind.CONTRADICTION: ("Tegenspraken", "bronnen zeggen niet hetzelfde"),
    Discrepancy.Kind.GAP: ("Leemten", "een bron zwijgt"),
    Discrepancy.Kind.OUTDATED: ("Verouderd", "een bron werd ingehaald"),
    Discrepancy.Kind.NUANCE: ("Nuances", "hetzelfde, anders gezegd"),
}
#: The answer to `keuze` that asks for the points on which the site follows no source.
NO_CHOICE = "geen"
#: The columns of a CSV: a row for each claim.
COLUMNS = (
    "tegenspraak",
    "titel",
    "soort",
    "concepten",
    "bewering",
    "uitleg",
    "gevolgd",
    "toelichting",
    "bronnen",
    "url",
)


class ContradictionsQuestion(DayQuestion):
    """Of which kind, and whether only those without a choice; a day goes along."""

    soort = OneOf(choices=[kind.value for kind in KINDS])
    keuze = OneOf(choices=[NO_CHOICE])


@dataclass
class Point:
    """A point on which the sources differ, with the published concepts that it is about."""

    record: Discrepancy
    versions: list[ConceptVersion]

    @property
    def url(self) -> str:
        return f"{reverse('contradictions')}#{self.record.slug}"

    @property
    def about(self) -> list[tuple[str, ConceptVersion]]:
        """The concepts, each with the species of its tree."""
        return [(tree_of(version), version) for version in self.versions]

    def as_data(self, absolute: Callable[[str], str]) -> Data:
        record, chosen = self.record, self.record.preferred
        return {
            "slug": record.slug,
            "titel": record.title,
            "soort": record.kind,
            "concepten": [
                {
                    "slug": version.concept.slug,
                    "naam": version.name,
                    "url": absolute(version.get_absolute_url()),
                }
                for version in self.versions
            ],
            "beweringen": [
                {
                    "waarde": claim.value,
                    "uitleg": claim.text or None,
                    "gevolgd": claim.is_preferred,
                    "bronnen": sources_data([claim], absolute),
                }
                for claim in record.claims.all()
            ],
            "keuze": chosen.value if chosen else None,
            "toelichting": record.note or None,
            "url": absolute(self.url),
        }

    def rows(self, absolute: Callable[[str], str]) -> Iterator[list[object]]:
        """A row of the table for each claim."""
        for claim in self.record.claims.all():
            yield [
                self.record.slug,
                self.record.title,
                self.record.kind,
                "; ".join(version.name for version in self.versions),
                claim.value,
                claim.text,
                "ja" if claim.is_preferred else "nee",
                self.record.note,
                "; ".join(str(citation) for citation in claim.citations.all()),
                absolute(self.url),
            ]


@dataclass
class PointGroup:
    """The points of one kind."""

    kind: Discrepancy.Kind
    points: list[Point] = field(default_factory=list)
    #: Whether its kind was asked for.
    is_asked: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its points are seen on arrival: those of other kinds fold."""
        return self.leads or self.is_asked

    @property
    def title(self) -> str:
        return KINDS[self.kind][0]

    @property
    def meaning(self) -> str:
        return KINDS[self.kind][1]

    @property
    def leads(self) -> bool:
        """Whether its points stand large, each claim on a board of its own."""
        return self.kind == Discrepancy.Kind.CONTRADICTION


class ContradictionsPage:
    """What `/tegenspraken/` answers."""

    def __init__(self, question: ContradictionsQuestion):
        self.question = question
        self.asked = question.cleaned_data

    @cached_property
    def all_points(self) -> list[Point]:
        """Every point that the public can read of: of published concepts, or of none."""
        versions = {version.concept_id: version for version in _versions()}
        records = readable().prefetch_related(
            "claims", Prefetch("concepts", Concept.objects.order_by("slug"))
        )
        # There are some hundred and fifty claims: Django would put a query together for each.
        cite(claim for record in records for claim in record.claims.all())
        points = []
        for record in records:
            known = [versions[c.pk] for c in record.concepts.all() if c.pk in versions]
            points.append(Point(record, known))
        return points

    @cached_property
    def points(self) -> list[Point]:
        """The points that were asked for, in the order of the page."""
        kind = self.asked["soort"]
        chosen = [point for point in self._of_choice if kind in (None, point.record.kind)]
        order = list(KINDS)
        return sorted(chosen, key=lambda point: order.index(point.record.kind))

    @property
    def _of_choice(self) -> list[Point]:
        """The points of every kind: all of them, or those without a choice."""
        is_open = self.asked["keuze"]
        return [point for point in self.all_points if not (is_open and point.record.preferred)]

    @property
    def groups(self) -> list[PointGroup]:
        is_asked = bool(self.asked["soort"])
        groups = {kind: PointGroup(kind, is_asked=is_asked) for kind in KINDS}
        for point in self.points:
            groups[Discrepancy.Kind(point.record.kind)].points.append(point)
        return [group for group in groups.values() if group.points]

    @property
    def has_jumps(self) -> bool:
        """Whether ways to its points are of use: of several kinds, most are folded."""
        return len(self.groups) > 1

    @property
    def sentence(self) -> list[Segment]:
        """How many there are, and in how many the site follows none."""
        count = len(self.points)
        if not count:
            return [Segment("Zo staat er geen op de site.")]
        undecided = sum(point.record.preferred is None for point in self.points)
        noun = "punt" if count == 1 else "punten"
        if self.asked["keuze"]:
            where = " waarop de bronnen verschillen en waarbij we niet kiezen."
            return [Segment(f"{count} {noun}", strong=True), Segment(where)]
        return [
            Segment(f"{count} {noun}", strong=True),
            Segment(" waarop de bronnen verschillen. Bij "),
            Segment(str(undecided), strong=True),
            Segment(" maken we geen keuze."),
        ]

    @property
    def choices(self) -> list[Link]:
        """The ways to all and to each kind, with how many there are; the current one is told."""
        kind, choice = self.asked["soort"], self.asked["keuze"]
        counts = Counter(point.record.kind for point in self._of_choice)
        links = [Link("Alle", self._url(None, choice), counts.total(), selected=kind is None)]
        links += [
            Link(title, self._url(each.value, choice), counts[each], selected=kind == each.value)
            for each, (title, _) in KINDS.items()
        ]
        return links

    @property
    def undecided(self) -> Link:
        """The way to the points without a choice, and back to all."""
        kind, choice = self.asked["soort"], self.asked["keuze"]
        if choice:
            return Link("Toon ook waar we wel kiezen", self._url(kind, None))
        return Link("Toon enkel waar we geen keuze maken", self._url(kind, NO_CHOICE))

    def _url(self, kind: str | None, choice: str | None) -> str:
        given = [("soort", kind), ("keuze", choice)]
        query = "&".join(f"{key}={value}" for key, value in given if value)
        path = reverse("contradictions")
        return f"{path}?{query}" if query else path

    @property
    def url(self) -> str:
        return self._url(self.asked["soort"], self.asked["keuze"])

    def data_url(self, format: str) -> str:
        path, _, query = self.url.partition("?")
        return f"{path.rstrip('/')}.{format}" + (f"?{query}" if query else "")

    @property
    def json_url(self) -> str:
        return self.data_url("json")

    @property
    def notices(self) -> list[str]:
        """What of the question could not be followed."""
        return self.question.notices

    def data(self, absolute: Callable[[str], str]) -> Data:
        return {
            "aantal": len(self.points),
            "resultaten": [point.as_data(absolute) for point in self.points],
        }


def readable():
    """The points that are of a published concept, or of none."""
    others = Discrepancy.objects.exclude(concepts=None)
    hidden = others.exclude(concepts__in=Concept.objects.public())
    return Discrepancy.objects.exclude(pk__in=hidden.values("pk"))


def number() -> int:
    """How many points the page has: the one number that is said of it."""
    return readable().count()


def _versions():
    """The published versions, with who they are of."""
    owners = Ownership.objects.select_related("agency", "policy_domain")
    published = ConceptVersion.objects.published().select_related("concept").defer("search")
    return published.prefetch_related(Prefetch("ownerships", owners))
