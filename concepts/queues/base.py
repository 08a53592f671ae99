"""What all queues share, and what each says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import Count, Model, QuerySet
from django.urls import reverse

from concepts.models import ConceptVersion
from concepts.queues.narrowing import Filter


class QueueGroup(Enum):
    """How pressing a queue is; the start page shows them in this order."""

    NOW = "Lezers merken het nu"
    CHECK = "Nakijken"
    SPARE = "Als je tijd hebt"


@dataclass(frozen=True)
class Line:
    """One row of a queue: where it is mended, and what its columns say after the first."""

    pk: int
    label: str
    url: str
    cells: tuple[str, ...] = ()
    #: The page of the site that it is about; empty where there is none.
    public_url: str = ""


class Queue:
    """A list of work, made anew for each request: what it looked up serves that one page.

    `place` orders all queues. `about` says on the start page what to do, and `help` on the page of
    the queue how.
    """

    name = ""
    place = 0
    group = QueueGroup.CHECK
    title = ""
    about = ""
    help = ""
    #: The heads of the columns; the first is of what a row is about.
    columns: tuple[str, ...] = ("Concept",)
    #: Whether rows are published versions that can be noted as reviewed, many at once.
    can_be_reviewed = False
    #: The fields in which its words are sought, and what else narrows it (`narrowing`).
    searched: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    #: The model that one sees with the right to view it.
    model: type[Model] = ConceptVersion

    @property
    def url(self) -> str:
        return reverse("admin:queue", args=[self.name])

    @classmethod
    def may_see(cls, user) -> bool:
        opts = cls.model._meta
        return user.has_perm(f"{opts.app_label}.view_{opts.model_name}")

    def rows(self) -> QuerySet:
        """What waits, in the order in which it is worked through."""
        raise NotImplementedError

    def lines(self, rows: Sequence) -> list[Line]:
        """These rows as the page shows them, in a number of queries that does not grow."""
        raise NotImplementedError


def counted(rows: QuerySet, by: str) -> dict[int, int]:
    """How many rows each value of a field has."""
    return dict(rows.order_by().values_list(by).annotate(Count("pk", distinct=True)))
