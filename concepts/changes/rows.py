"""How changes show in their list: the row of the page, and the row of the data."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.template import loader

from concepts.changes.entries import Entry
from concepts.changes.filters import question_said
from concepts.search.finding import SearchedRows
from eerstelijn.dates import day_of
from eerstelijn.finder.rows import RowGroup
from eerstelijn.finder.sentence import Segment, counted
from eerstelijn.reports.models import Outcome
from eerstelijn.reports.outcomes import outcomes

#: How many decisions on readers' reports stand under the list.
MOST_OUTCOMES = 10


class ChangeRows(SearchedRows):
    """The changes on one page."""

    template_name = "changes/_row.html"
    csv_columns = (
        *("wat", "op", "concept", "naam", "url", "versie", "na_versie", "waarom", "verschillen"),
        "vervangen_door",
    )

    @cached_property
    def records(self) -> Any:
        """The entries of the page, read when they are shown: a feed shows others."""
        return self.filterset.events.read(self.keys)

    @property
    def groups(self) -> list[RowGroup]:
        return [RowGroup(self, self.keys)]

    def printed(self, keys: Any) -> list[str]:
        """Entries are made for their page, and not kept: the page is."""
        template = loader.get_template(self.template_name)
        return [template.render({"row": entry}) for entry in self.records]

    def sentence(self, number: int, nouns: tuple[str, str]) -> list[Segment]:
        """How many changes, and of which concepts."""
        return [counted(number, nouns), *question_said(self.filterset)]

    @cached_property
    def outcomes(self) -> Sequence[Outcome]:
        """What the editors did with readers' reports, under the first page of the whole list."""
        return () if self.filterset.values else outcomes(MOST_OUTCOMES)

    @property
    def totals(self) -> dict[str, Any]:
        """The same as data, in the same answer only."""
        if self.filterset.values:
            return {}
        return {"meldingen": [self._outcome_data(outcome) for outcome in self.outcomes]}

    def _outcome_data(self, outcome: Outcome) -> dict[str, Any]:
        return {
            "onderwerp": outcome.subject,
            "url": self.absolute(outcome.about) if outcome.about else None,
            "gemeld_op": outcome.received_on,
            "beslist_op": outcome.decided_on,
            "besluit": outcome.decision,
            "versie": outcome.version,
            "waarom": outcome.why or None,
        }

    def data(self, entry: Entry) -> dict[str, Any]:
        return {
            "wat": entry.what,
            "op": day_of(entry.moment),
            "aantal": entry.number,
            "concepten": [
                {
                    "slug": version.concept.slug,
                    "naam": version.name,
                    "url": self.absolute(version.concept.get_absolute_url()),
                    "versie": version.number,
                }
                for version in entry.versions
            ],
            "na_versie": None if entry.is_many else entry.base_number,
            "waarom": entry.reason or None,
            "verschillen": entry.told,
            "vervangen_door": entry.successor and entry.successor.concept.slug,
        }

    def all_cells(self, is_large: bool) -> Iterator[dict[str, Any]]:
        """A row for each version, also of those that came on one day: a table is not cut."""
        return map(self.cells, self.filterset.events.each())

    def cells(self, entry: Entry) -> dict[str, Any]:
        data = self.data(entry)
        (concept,) = data["concepten"]
        return {
            **{name: data[name] for name in ("wat", "op")},
            "concept": concept["slug"],
            **{name: concept[name] for name in ("naam", "url", "versie")},
            **{name: data[name] for name in ("na_versie", "waarom")},
            "verschillen": [f"{how}: {what}" for how, what in entry.lines],
            "vervangen_door": data["vervangen_door"],
        }
