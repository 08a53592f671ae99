"""What the finder of concepts found: the rows of its page and data, and the words around them."""

import datetime as dt
from collections.abc import Hashable, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import slugify

from concepts.coverage import Reach
from concepts.finder.cards import cards, named_in
from concepts.finder.chosen import Chosen
from concepts.finder.forest import MOST_TREES, forest
from concepts.finder.places import REACH_OF
from concepts.finder.reasons import Reason, reason
from concepts.finder.rows import (
    REACH_LABELS,
    REACH_NOTES,
    ConceptRow,
    CoverageBadge,
    data_of,
    row_of,
)
from concepts.finder.wording import reached
from concepts.models import ConceptVersion
from concepts.places.absence import absences_kept
from concepts.search.finding import SearchedRows
from eerstelijn.database.ground import ground
from eerstelijn.finder.counting import RowSet
from eerstelijn.finder.rows import MOST_PRINTED, RowGroup
from eerstelijn.finder.sentence import Segment
from eerstelijn.kept import Kept
from governance.derived import present_agencies
from governance.models import CoverageArea


class ConceptRows(SearchedRows):
    """The concepts on one page. Where a place was asked about, each says whether it reaches it."""

    template_name = "finder/_row_concept.html"
    store = Kept(MOST_PRINTED)
    csv_columns = (
        "slug",
        "naam",
        "afkorting",
        "url",
        "samenvatting",
        "soort",
        "domeinen",
        "diensten",
        "partners",
        "schaal",
        "nagekeken_op",
    )

    @cached_property
    def present(self) -> dict[int, Any]:
        """The body that each former agency went on in; on a peildatum each keeps its own name."""
        return {} if self.filterset.stated_day else present_agencies()

    @cached_property
    def _chosen(self) -> Chosen:
        """The participations that were asked for."""
        return Chosen.of(self.filterset)

    @property
    def groups(self) -> list[RowGroup]:
        """Where a place was asked about: what reaches it for certain apart from what may do so."""
        if not self.filterset.place_keys:
            return super().groups
        return [
            RowGroup(
                self,
                list(keys),
                slugify(reach.value),
                REACH_LABELS[reach],
                self.filterset.reaches[reach],
                REACH_NOTES.get(reach, ""),
                is_folded=reach is Reach.UNSTATED,
                is_open=self.asked_answers == [Reach.UNSTATED],
            )
            for reach, keys in groupby(self.keys, self.filterset.reach_of)
        ]

    def fetch(self, keys: Sequence[Any]) -> list[ConceptVersion]:
        versions = cards(keys)
        if self.filterset.place_keys:
            for version in versions:
                version.reach = self.filterset.reach_of(version.pk).strength
        return versions

    def shown(self, keys: Sequence[Any]) -> list[ConceptVersion]:
        versions: list[ConceptVersion] = super().shown(keys)
        if self.filterset.place_keys:
            areas = CoverageArea.objects.select_related("kind")
            prefetch_related_objects(versions, Prefetch("coverages__territory", areas))
        return versions

    @property
    def variant(self) -> Hashable:
        """What was chosen of the places and of those who take part, and the day."""
        keys = ("partner", "partnertype", "rol", *self.filterset.place_keys)
        chosen = ((key, self.filterset.values.get(key, ())) for key in keys)
        return (
            self.filterset.stated_day,
            *((key, *values) for key, values in chosen if values),
        )

    @property
    def holds_while(self) -> Hashable:
        """A published version never changes: what it rests on does, and which day it is."""
        known = ground()
        return known and (known, dt.date.today())

    def said_elsewhere(self, key: Any) -> Hashable:
        """What the concept is called that it went on in."""
        return named_in().get(key)

    @property
    def asked_answers(self) -> list[Reach]:
        """The answers for the place that the reader wants to see; empty for all of them."""
        chosen = self.filterset.active.get("dekking", ())
        return [REACH_OF[option.value] for option in chosen]

    def sentence(self, number: int, nouns: tuple[str, str]) -> list[Segment]:
        if not self.filterset.place_keys:
            return super().sentence(number, nouns)
        return reached(self.filterset.reaches, nouns, self.filterset, self.asked_answers)

    def row(self, version: ConceptVersion) -> ConceptRow:
        places = self.filterset.place_keys
        return row_of(
            version,
            chosen=self._chosen.includes,
            present=self.present,
            coverage=CoverageBadge.of(reach_of(version)) if places else None,
            reason=self._reason(version) if places else None,
            standing=self._standing(version),
            day=self.filterset.stated_day,
        )

    @property
    def says_how_it_stands(self) -> bool:
        """Whether a row says how a concept stands today: of another day that is no answer."""
        return not self.filterset.form.as_of.is_other_day

    def _standing(self, version: ConceptVersion) -> Any:
        return next(iter(version.standings.all()), None) if self.says_how_it_stands else None

    def _reason(self, version: ConceptVersion) -> Reason:
        asked = self.filterset.values.get("gebied", ())
        return reason(version, self.filterset.places, self.filterset.day, asked)

    def data(self, version: ConceptVersion) -> dict[str, Any]:
        data = data_of(
            version, self.absolute(version.get_absolute_url()), self.filterset.stated_day
        )
        if self.filterset.place_keys:
            data["dekking"] = reach_of(version).value
        return data

    def as_data(self) -> list[dict[str, Any]]:
        """Of a place each question has an answer of its own; else a row is made once."""
        if self.filterset.place_keys:
            return super().as_data()
        day = self.filterset.stated_day

        def make(names: list[Any]) -> dict[Hashable, dict[str, Any]]:
            versions = self.fetch([key for key, _ in names])
            return {
                (version.pk, day): data_of(version, version.get_absolute_url(), day)
                for version in versions
            }

        rows = _data.several(self.holds_while, [(key, day) for key in self.keys], make)
        return [row | {"url": self.absolute(row["url"])} for row in rows]

    def cells(self, version: ConceptVersion) -> dict[str, Any]:
        data = self.data(version)
        partners = [f"{row['partner']}:{row['rol']}" for row in data["partners"]]
        return {**data, "partners": partners}

    @property
    def totals(self) -> dict[str, Any]:
        if not self.filterset.place_keys:
            return {}
        return {"dekking": {reach.value: n for reach, n in self.filterset.reaches.items()}}

    @property
    def forest(self) -> Any:
        tally = self.filterset.tally
        if len(tally.pks) > MOST_TREES:
            return None
        trees = tally.beside("trees", self._trees)
        upright = set(tally.in_order(self.upright))
        return [tree | {"on": tree["pk"] in upright} for tree in trees]

    def _trees(self) -> list[dict[str, Any]]:
        every = ConceptVersion.objects.filter(pk__in=self.filterset.queryset.values("pk"))
        return forest(every, ()) or []

    @property
    def upright(self) -> RowSet:
        """What was found; where a place was asked about, what reaches it for certain."""
        filterset = self.filterset
        if not filterset.place_keys or self.asked_answers:
            return filterset.found
        return filterset.by_reach.get(Reach.YES, 0)

    @property
    def remarks(self) -> Sequence[str]:
        return [*super().remarks, *absences_kept(self.filterset)]


#: Rows of the data, each of a version and a day, with its address on this site.
_data: Kept[dict[str, Any]] = Kept(MOST_PRINTED)


def reach_of(version: ConceptVersion) -> Reach:
    """The answer of a version that was fetched `with_reach`."""
    return Reach.of_strength(version.reach)
