"""What `/vergelijk/` answers: the comparison, or the ways to one."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from concepts.models import Concept, ConceptVersion, Status
from concepts.page.former import PublicVersion, public_versions
from concepts.page.withdrawn import heir_of
from concepts.versus.changed import tell_changes
from concepts.versus.choosing import Choices
from concepts.versus.columns import Column, beside_others, in_versions, on_days, versions_of
from concepts.versus.data import VERDICTS, chapter_data, column_data
from concepts.versus.points import Chapter, Mark, points_of
from concepts.versus.question import LEAST, MOST, VersusQuestion
from concepts.versus.rows import Row, mark_in_words, rows_of
from concepts.versus.sentence import sentence
from concepts.versus.telling import chapters_of
from eerstelijn.dates import day_of, long_date
from eerstelijn.finder.problems import Problem, in_short, shorten
from eerstelijn.finder.question import AsOf


@dataclass(frozen=True)
class Count:
    """How many points have one mark."""

    mark: Mark
    label: str
    number: int


@dataclass
class VersusPage:
    """The answer to a question. Without enough to compare it helps to choose."""

    question: VersusQuestion
    versions: list[ConceptVersion]
    #: The address of the same question without former addresses; empty where there are none.
    moved_url: str = ""
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, question: VersusQuestion) -> "VersusPage":
        """Read what the question names; a query, and three more where one of it is not public."""
        slugs = question.cleaned_data["c"]
        found = versions_of(slugs)
        page = cls(question, [found[slug] for slug in slugs if slug in found])
        page.problems += question.problems
        if missing := [slug for slug in slugs if slug not in found]:
            page._explain(missing)
        page.problems += page._refusals()
        return page

    def _explain(self, missing: list[str]) -> None:
        """Why a concept that was asked for is not there, or where it is now."""
        moved = {
            old: new
            for old, new in Concept.objects.moved(missing).items()
            if Concept.objects.filter(slug=new, versions__published_at__isnull=False).exists()
        }
        if moved:
            slugs = [moved.get(slug, slug) for slug in self.question.cleaned_data["c"]]
            self.moved_url = self._url(c=slugs)
        gone = ConceptVersion.objects.filter(status=Status.ARCHIVED, concept__slug__in=missing)
        names = {
            version.concept.slug: version
            for version in gone.select_related("concept").order_by("number").defer("search")
        }
        for slug in missing:
            if slug in moved:
                continue
            said = f"We kennen het concept “{shorten(slug)}” niet en lieten het weg."
            if slug in names:
                said = _withdrawn(names[slug])
            allowed = "het adres van een concept dat op de site staat"
            self.problems.append(Problem("c", slug, allowed, said))

    def _refusals(self):
        """What of the days and versions cannot be followed with these concepts."""
        asked = self.question.cleaned_data
        keys = [key for key in ("op", "versie") if asked[key]]
        if keys and len(self.versions) != 1:
            said = "Dagen of versies naast elkaar zetten kan met één concept tegelijk."
            yield from (Problem(key, str(asked[key][0]), "met één concept", said) for key in keys)
        elif len(keys) == 2:
            said = "Kies dagen of versies. De versies lieten we weg."
            yield Problem("versie", str(asked["versie"][0]), "niet samen met op", said)
        if asked["op"] and len(self.versions) == 1 and asked["peildatum"]:
            said = "Elke kolom heeft haar eigen dag. De datum lieten we weg."
            yield Problem("peildatum", str(asked["peildatum"]), "niet samen met op", said)
        if self._numbers:
            for number in self._numbers:
                if number not in self._by_number:
                    said = f"Versie {number} stond nooit op de site."
                    yield Problem("versie", str(number), "een versie die op de site stond", said)

    # What stands in the columns

    @property
    def only(self) -> ConceptVersion | None:
        """The concept that is put beside itself, or needs another beside it."""
        return self.versions[0] if len(self.versions) == 1 else None

    @property
    def _days(self):
        """The days on which one concept is looked at; one stands beside today."""
        days = self.question.cleaned_data["op"] if self.only else []
        today = AsOf.today().day
        return [*days, today] if len(days) == 1 and days != [today] else days

    @property
    def _numbers(self) -> list[int]:
        asked = self.question.cleaned_data
        return asked["versie"] if self.only and not asked["op"] else []

    @cached_property
    def _by_number(self) -> dict[int, PublicVersion]:
        """The versions of the only concept that were public; one query."""
        if not self.only:
            return {}
        return {each.version.number: each for each in public_versions(self.only.concept)}

    @cached_property
    def columns(self) -> list[Column]:
        """What is compared; empty where it is too little."""
        day = self.question.as_of.day if self.question.as_of.is_stated else None
        if self._days:
            columns = on_days(self.only, self._days) if len(self._days) >= LEAST else []
        elif self._numbers:
            chosen = [self._by_number[n] for n in self._numbers if n in self._by_number]
            current = self._by_number[self.only.number]
            if len(chosen) == 1 and current not in chosen:
                chosen.append(current)
            columns = in_versions(chosen, day) if len(chosen) >= LEAST else []
        else:
            columns = beside_others(self.versions, day) if len(self.versions) >= LEAST else []
        if len(columns) > LEAST:
            for column in columns:
                column.without_url = self._without(column)
        return columns

    def _without(self, column: Column) -> str:
        key = "c" if not self.only else "op" if self._days else "versie"
        values = {"c": column.id, "op": column.id, "versie": str(column.version.number)}
        kept = [v for v in map(str, self._given(key)) if v != values[key]]
        return self._url(**{key: kept})

    def _given(self, key: str):
        return {"c": [v.concept.slug for v in self.versions], "op": self._days}.get(
            key, self._numbers
        )

    @property
    def is_on_days(self) -> bool:
        """Whether each column is a day of its own."""
        return bool(self._days)

    @property
    def numbers(self) -> list[int]:
        """The versions that stand beside each other, by their numbers."""
        return [column.version.number for column in self.columns] if self._numbers else []

    @property
    def has_room(self) -> bool:
        return len(self.columns) < MOST

    @property
    def addable(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The concepts that can stand beside these, as long as there is room."""
        return self.choices.groups if self.has_room and not self.only else []

    @property
    def peildatum(self) -> str:
        """The day of all columns, as a field holds it."""
        day = self.question.cleaned_data["peildatum"]
        return day.isoformat() if day else ""

    # What they say

    @cached_property
    def chapters(self) -> list[Chapter]:
        """Everything that the columns say; of one concept also which words changed."""
        chapters = chapters_of(self.columns) if self.columns else []
        if self.only:
            tell_changes(chapters)
        return chapters

    @property
    def has_changes(self) -> bool:
        """Whether any text is shown word by word."""
        values = (v for p in points_of(self.shown) for values in p.columns for v in values)
        return any(value.changes for value in values)

    @property
    def names(self) -> list[str]:
        """What marks call the columns."""
        return [column.name for column in self.columns]

    @property
    def sections(self) -> list[tuple[Chapter, list[Row]]]:
        """The chapters as the page shows them, each with its rows."""
        return [(chapter, rows_of(chapter, self.names)) for chapter in self.shown]

    @property
    def shown(self) -> list[Chapter]:
        """The same, or only the points that differ where the reader asked for those."""
        if not self.only_differences:
            return self.chapters
        differing = (chapter.differing() for chapter in self.chapters)
        return [chapter for chapter in differing if chapter.points]

    @property
    def only_differences(self) -> bool:
        return self.question.cleaned_data["verschillen"] is not None

    @cached_property
    def sentence(self):
        name = (self.only.abbreviation or self.only.name) if self.only else ""
        return sentence(self.columns, self.chapters, of_one=name)

    @property
    def counts(self) -> list[Count]:
        """How many points have each mark; "enkel bij" apart for each column or group of them."""
        counts: Counter[tuple] = Counter()
        for point in points_of(self.chapters):
            alone = point.filled if point.mark is Mark.ONLY else []
            words = mark_in_words(point, self.names)
            counts[list(Mark).index(point.mark), len(alone), tuple(alone), words] += 1
        return [
            Count(list(Mark)[mark], label, number)
            for (mark, _, _, label), number in sorted(counts.items())
        ]

    @property
    def title(self) -> str:
        if not self.columns:
            return "Vergelijk"
        if self.only:
            return f"{self.only.name}: {' en '.join(c.name for c in self.columns)}"
        *others, last = (column.title for column in self.columns)
        return f"{', '.join(others)} en {last}"

    # Addresses

    def _url(self, format: str = "", **changed) -> str:
        """The address of this question, with other values of some keys; keys in their order."""
        asked = self.question.cleaned_data
        values = {
            "c": [version.concept.slug for version in self.versions],
            "op": asked["op"] if self._days else [],
            "peildatum": [asked["peildatum"]] if asked["peildatum"] and not self._days else [],
            "verschillen": [asked["verschillen"]] if asked["verschillen"] else [],
            "versie": self._numbers,
        } | changed
        path = reverse("versus")
        if format:
            path = f"{path.rstrip('/')}.{format}"
        query = urlencode(values, doseq=True)
        return f"{path}?{query}" if query else path

    @property
    def url(self) -> str:
        return self._url()

    @property
    def json_url(self) -> str:
        return self._url("json") if self.columns else ""

    @property
    def today_url(self) -> str:
        return self._url(peildatum=[])

    @property
    def notices(self) -> list[str]:
        """What of the question could not be followed."""
        return in_short(self.problems)

    @cached_property
    def choices(self) -> Choices:
        """What could be put beside it, and the ways to other comparisons."""
        return Choices(self.versions, list(self._by_number.values())[::-1])

    # Data

    @property
    def lacking(self) -> list[Problem]:
        """Why there is nothing to compare."""
        if self.columns or self.problems:
            return []
        return [Problem("c", "", "twee tot vier concepten, of één met op of versie")]

    def data(self, absolute):
        day = self.question.cleaned_data["peildatum"]
        counts = Counter(VERDICTS[point.mark] for point in points_of(self.chapters))
        return {
            "kolommen": [column_data(column, absolute) for column in self.columns],
            "peildatum": day,
            "verschillen": self.only_differences,
            "zin": "".join(segment.text for segment in self.sentence).strip(),
            "aantallen": dict(counts),
            "punten": [
                point
                for chapter in self.shown
                for point in chapter_data(chapter, self.columns, absolute)
            ],
        }


def _withdrawn(version: ConceptVersion) -> str:
    """What is told of a concept that was taken off the site; a query for what came instead."""
    since = f" op {long_date(day_of(version.withdrawn_at))}" if version.withdrawn_at else ""
    heir = heir_of(version)
    instead = f" In de plaats kwam {heir.name}." if heir else ""
    return f"{version.name} ging{since} van de site. We lieten het weg.{instead}"
