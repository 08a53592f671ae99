"""The comparison of two kinds of area: what its address asks, what the page and the data say."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.text import capfirst

from concepts.models import Claim, Concept, Discrepancy
from concepts.page.data import source_data
from concepts.page.printed import remarks
from concepts.page.sections import statements
from concepts.places.compared import ComparedRow, VerdictGroup, choices, sentence, size_of
from eerstelijn.dates import long_date
from eerstelijn.finder.listing import Link
from eerstelijn.finder.problems import Problem, in_short
from eerstelijn.finder.question import Day, Question, Slug
from governance.areas.comparing import Comparison, is_comparable, is_known
from governance.areas.overlaps import Verdict
from governance.models import (
    CITATIONS,
    MUNICIPALITY,
    AreaKind,
    AreaMembership,
    Citation,
    CoverageArea,
    Source,
    held_on,
)

KEYS = ("a", "b")
#: Pairs that readers ask about, offered where nothing was asked.
SUGGESTED = (
    ("eerstelijnszone", "referentieregio"),
    ("eerstelijnszone", "provincie"),
    ("woonmaatschappijgebied", "referentieregio"),
    ("politiezone", "eerstelijnszone"),
    ("vervoerregio", "referentieregio"),
    ("gemeente", "eerstelijnszone"),
)
#: What the sources say of a pair of kinds, as the discrepancy that keeps it.
REMARKS = {frozenset(SUGGESTED[0]): "x51-zones-over-de-regiogrens"}


class ComparisonQuestion(Question):
    """Which two kinds of area, and on what day."""

    a = Slug()
    b = Slug()
    peildatum = Day()


@dataclass(frozen=True)
class Refusal(Problem):
    """A comparison that cannot be made, with the reason that a reader gets in `said`."""


@dataclass
class ComparisonPage:
    """What `/gebieden/vergelijk/` answers; without a comparison it explains and offers some."""

    question: ComparisonQuestion
    kinds: list
    kind: AreaKind | None = None
    other: AreaKind | None = None
    problems: list = field(default_factory=list)

    @classmethod
    def of(cls, question):
        """Read which kinds the question is about; one query."""
        kinds = list(AreaKind.objects.exclude(composition=AreaKind.Composition.NONE))
        page = cls(question, kinds, problems=list(question.problems))
        by_slug = {kind.slug: kind for kind in kinds}
        chosen = {}
        for key in KEYS:
            value = question.cleaned_data[key]
            chosen[key] = by_slug.get(value)
            if value and chosen[key] is None:
                page.problems.append(Problem(key, value, ", ".join(by_slug)))
        page.kind, page.other = chosen.values()
        page.problems += page._refusals()
        return page

    @property
    def as_of(self):
        return self.question.as_of

    @property
    def is_asked(self):
        return any(self.question.cleaned_data[key] for key in KEYS)

    def _refusals(self):
        """Why these two kinds cannot be compared on this day."""
        if self.kind is None or self.other is None:
            if any(problem.parameter in KEYS for problem in self.problems):
                return
            for key, kind in zip(KEYS, (self.kind, self.other), strict=True):
                if kind is None:
                    slugs = ", ".join(kind.slug for kind in self.kinds)
                    yield Refusal(key, "", slugs, "Kies twee soorten gebieden.")
        elif self.kind == self.other:
            text = "Kies twee verschillende soorten gebieden."
            yield Refusal("b", self.other.slug, "een andere soort dan a", text)
        else:
            for kind in (self.kind, self.other):
                if kind.data_from and self.as_of.day < kind.data_from:
                    start = f"Onze gegevens over {kind.plural} beginnen op "
                    yield Refusal(
                        "peildatum",
                        str(self.as_of.day),
                        f"vanaf {kind.data_from}: {start}{kind.data_from}",
                        f"{start}{long_date(kind.data_from)}. Kies die dag of een latere.",
                    )

    @property
    def notices(self):
        """What a reader is told; of nothing asked there is nothing to tell."""
        if not self.is_asked and not self.question.problems:
            return []
        left_out = [problem for problem in self.problems if not isinstance(problem, Refusal)]
        refusals = [problem.notice for problem in self.problems if isinstance(problem, Refusal)]
        return in_short(left_out) + list(dict.fromkeys(refusals))

    @cached_property
    def comparison(self):
        """The comparison, where one can be made."""
        if self.kind is None or self.other is None or any(self._refusals()):
            return None
        return Comparison.of(self.kind, self.other, self.as_of.day)

    @property
    def title(self):
        if self.comparison is None:
            return "Gebieden vergelijken"
        return capfirst(f"{self.kind.plural} en {self.other.plural}")

    @property
    def total(self):
        return len(self.comparison.rows)

    def number(self, verdict):
        return len(self.comparison.groups[verdict])

    @property
    def crossing(self):
        return self.number(Verdict.CROSSING)

    @property
    def uncovered(self):
        return self.number(Verdict.NOT_COVERED)

    @property
    def nested(self):
        return self.number(Verdict.NESTED)

    @property
    def unsure(self):
        return self.number(Verdict.UNSURE)

    @property
    def sentence(self):
        """What was found, in words."""
        return sentence(self)

    @property
    def first_choices(self):
        return choices(self.kinds, self.kind)

    @property
    def second_choices(self):
        return choices(self.kinds, self.other)

    @property
    def groups(self):
        """The verdicts that some area has, in the order of a reader's interest."""
        one, other = self.kind.name, self.other.name
        texts = {
            Verdict.CROSSING: ("Kruist een grens", self._crossing_text),
            Verdict.NOT_COVERED: (
                "Niet gedekt",
                f"Minstens één gemeente van het gebied ligt in geen enkel gebied van de soort "
                f"{other}. Onder “oorzaak” staan die gemeenten.",
            ),
            Verdict.UNSURE: ("Niet te zeggen", ""),
            Verdict.NESTED: (
                "Past",
                f"Elk gebied van de soort {other} dat het raakt, omvat het helemaal of ligt er "
                f"helemaal in. Al zijn gemeenten zijn gedekt."
                if is_known(self.kind, self.other)
                else f"Wat we kennen, is genoeg om te zeggen dat het gebied van de soort {one} "
                f"helemaal in één van de andere soort ligt.",
            ),
        }
        exceptions = self._exceptions()
        return [
            VerdictGroup(
                verdict,
                [
                    ComparedRow(row, size_of(self.kind, row.number), exceptions.get(row.area.pk))
                    for row in rows
                ],
                *texts[verdict],
            )
            for verdict, rows in self.comparison.groups.items()
            if rows
        ]

    @property
    def _crossing_text(self):
        small, large = self.kind, self.other
        if small.position > large.position:
            small, large = large, small
        if small.slug == MUNICIPALITY:
            return f"Deze gemeenten liggen maar voor een deel in een {large.name}."
        return (
            f"Een {small.name} hoort bij de {large.name} met de meeste van haar gemeenten. De "
            "oorzaak zijn de gemeenten die daarbuiten liggen, ook als het maar voor een deel is. "
            "Liggen er in twee evenveel, dan noemen we alle gemeenten."
        )

    @property
    def composition_note(self):
        """What is not known of what lies in the areas of these kinds; empty when all is."""
        notes = []
        for kind in (self.kind, self.other):
            if not is_comparable(kind):
                notes.append(
                    f"Van {kind.plural} is de samenstelling onbekend: een vergelijking kan niet."
                )
            elif not is_known(kind):
                notes.append(
                    f"Van {kind.plural} kennen we de samenstelling maar gedeeltelijk. We zeggen "
                    "enkel wat zeker is: welk gebied helemaal in een ander ligt."
                )
        if not notes and not self.comparison.others:
            notes.append(f"Op {self.as_of} zijn er geen {self.other.plural} in onze gegevens.")
        elif not notes and self.unsure:
            notes.append("Van gebieden zonder bekende gemeenten kunnen we niets zeggen.")
        return " ".join(notes)

    @cached_property
    def remarks(self):
        """What the sources say of this pair, as long as a published concept is about it."""
        if self.comparison is None:
            return []
        slug = REMARKS.get(frozenset((self.kind.slug, self.other.slug)))
        if slug is None:
            return []
        found = Discrepancy.objects.filter(slug=slug, concepts__in=Concept.objects.public())
        return list(
            found.distinct().prefetch_related(
                Prefetch("claims", Claim.objects.prefetch_related(CITATIONS))
            )
        )

    @property
    def remark_part(self):
        """The remarks as the pages of concepts print them."""
        return statements(remarks, self.remarks)

    def _exceptions(self):
        """What the sources say of each area of the smaller kind that crosses, by its key."""
        if not self.remarks or self.kind.position > self.other.position:
            return {}
        crossing = [row.area.pk for row in self.comparison.groups[Verdict.CROSSING]]
        areas = CoverageArea.objects.filter(pk__in=crossing).exclude(note="")
        return {area.pk: area for area in areas.prefetch_related(CITATIONS)}

    @cached_property
    def citations(self):
        """Where the composition of both kinds and the municipalities come from; one query."""
        if self.comparison is None:
            return []
        inside = AreaMembership.citations.through.objects.filter(
            held_on(self.as_of.day, "areamembership__"),
            areamembership__area__kind__in=[self.kind, self.other],
        )
        towns = CoverageArea.citations.through.objects.filter(
            coveragearea__kind__slug=MUNICIPALITY, citation__source__kind=Source.Kind.DATASET
        )
        return list(
            Citation.objects.filter(
                Q(pk__in=inside.values("citation")) | Q(pk__in=towns.values("citation"))
            ).select_related("source")
        )

    # Links

    def url(self, kind, other, format=""):
        path = (
            f"{reverse('comparison').rstrip('/')}.{format}" if format else (reverse("comparison"))
        )
        return self.as_of.url(f"{path}?a={kind.slug}&b={other.slug}")

    @property
    def turned_url(self):
        return self.url(self.other, self.kind)

    @property
    def today_url(self):
        if self.kind is None or self.other is None:
            return reverse("comparison")
        return f"{reverse('comparison')}?a={self.kind.slug}&b={self.other.slug}"

    @property
    def json_url(self):
        """The comparison as data; empty where there is none."""
        return self.url(self.kind, self.other, "json") if self.comparison else ""

    @property
    def export_links(self):
        return [
            Link(format.upper(), self.url(self.kind, self.other, format))
            for format in ("csv", "json")
        ]

    @property
    def suggestions(self):
        """The pairs of kinds that most readers want to see."""
        by_slug = {kind.slug: kind for kind in self.kinds}
        return [
            Link(f"{by_slug[a].plural} en {by_slug[b].plural}", self.url(by_slug[a], by_slug[b]))
            for a, b in SUGGESTED
            if a in by_slug and b in by_slug
        ]

    # Data

    def data(self, absolute):
        """The comparison as the contract gives it, one entry for every area of kind a."""
        return {
            "a": self.kind.slug,
            "b": self.other.slug,
            "peildatum": self.as_of.day,
            "samenstelling": {"a": self.kind.composition, "b": self.other.composition},
            "opmerking": self.composition_note or None,
            "aantal": self.total,
            **{
                verdict.value: [_entry(row, absolute) for row in rows]
                for verdict, rows in self.comparison.groups.items()
            },
            "bronnen": [source_data(citation, absolute) for citation in self.citations],
        }

    def rows(self, absolute):
        """The comparison as the rows of a CSV: its header, and the rows."""
        header = "a b peildatum verhouding slug naam gemeenten oorzaak raakt url".split()
        asked = [self.kind.slug, self.other.slug, self.as_of.day]
        rows = (
            [
                *asked,
                verdict.value,
                entry["slug"],
                entry["naam"],
                entry["gemeenten"],
                entry["oorzaak"],
                [f"{part['slug']}:{part['gemeenten']}" for part in entry["raakt"]],
                entry["url"],
            ]
            for verdict, found in self.comparison.groups.items()
            for entry in (_entry(row, absolute) for row in found)
        )
        return header, rows


def _entry(row, absolute):
    return {
        "slug": row.area.slug,
        "naam": row.name,
        "url": absolute(row.url),
        **row.as_data(),
    }
