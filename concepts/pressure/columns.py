"""The concepts as columns, side by side below their owner."""

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Prefetch
from django.utils.text import capfirst

from concepts.finder.rows import owner_names, owner_on, tree_of
from concepts.models import ConceptVersion, Ownership, Standing
from governance.derived import present_agencies
from governance.models import Tree

#: A name that stands upright has room for three lines; longer ones are cut after a word.
MOST_LETTERS = 90
#: An owner beside the name of its only concept has two lines.
MOST_OF_OWNER = 60
#: What a head says of how a concept stands, and of one that is over without a word of its end.
MARKS = {
    Standing.State.PILOT: "proef",
    Standing.State.ENDED: "voorbij",
    Standing.State.MERGED: "opgegaan",
}
NO_WORD = "geen bericht"
TREE_ORDER = {tree: position for position, tree in enumerate(Tree.values)}


@dataclass
class Column:
    """A concept with its owner."""

    version: ConceptVersion
    tree: str
    owner: str
    owner_was: str
    #: The policy domain, where the sources name no body.
    domain: str
    url: str
    #: How it stands, where that is other than running.
    state: str = ""
    #: Whether it asks nothing any more (`concepts.finder.over`).
    is_over: bool = False
    #: Whether another owner stands left of it, and whether it is the only one of its owner.
    is_first: bool = False
    is_alone: bool = False

    @property
    def slug(self) -> str:
        return str(self.version.concept.slug)

    @property
    def name(self) -> str:
        return str(self.version.name)

    @property
    def short_name(self) -> str:
        return textwrap.shorten(self.name, MOST_LETTERS, placeholder=" …")

    @property
    def is_cut(self) -> bool:
        return self.short_name != self.name

    @property
    def owner_beside(self) -> str:
        """Its owner, where over one column there is no room for it: it stands beside the name."""
        if not self.is_alone:
            return ""
        owner = self.domain or self.owner
        return textwrap.shorten(owner, MOST_OF_OWNER, placeholder=" …")

    @property
    def mark(self) -> str:
        return MARKS.get(self.state) or (NO_WORD if self.is_over else "")

    def statement_url(self, key: str) -> str:
        """Where its page says that a partner takes part; `key` is that of the statement."""
        return f"{self.url}#deelname-{key}"


@dataclass
class OwnerGroup:
    """An owner, over its columns."""

    tree: str
    name: str
    was: str
    columns: list[Column]

    @property
    def short_name(self) -> str:
        """Over two columns a kind of body has no room: "Dep. Zorg"."""
        if len(self.columns) > 2:
            return self.name
        return self.name.replace("Departement ", "Dep. ").replace("Agentschap ", "Ag. ")

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for the tree only."""
        return len(self.columns) == 1

    @property
    def says_was(self) -> bool:
        return bool(self.was) and len(self.columns) > 2


def columns_of(
    keys: Sequence[int],
    is_of_another_day: bool,
    day: dt.date | None = None,
    over: Container[int] = (),
) -> list[Column]:
    """These versions by owner on a day (today without one), then by name; `over` are over.

    Of another day nobody says how they stood.
    """
    owners = Ownership.objects.select_related("agency", "policy_domain")
    versions = (
        ConceptVersion.objects.filter(pk__in=keys)
        .select_related("concept")
        .prefetch_related(Prefetch("ownerships", owners))
    )
    if not is_of_another_day:
        versions = versions.prefetch_related("standings")
    present = {} if is_of_another_day else present_agencies()
    place = {pk: position for position, pk in enumerate(keys)}
    columns = [_column(version, present, is_of_another_day, day) for version in versions]
    for column in columns:
        column.is_over = column.version.pk in over
    columns.sort(key=lambda c: (*_owner(c), place[c.version.pk]))
    for left, right in pairwise(columns):
        right.is_first = _owner(left) != _owner(right)
    owners = Counter(map(_owner, columns))
    for column in columns:
        column.is_alone = owners[_owner(column)] == 1
    return columns


def _column(
    version: ConceptVersion, present: dict[int, Any], is_of_another_day: bool, day: dt.date | None
) -> Column:
    row = owner_on(version, day)
    owner, was = owner_names(row, present)
    standing = None if is_of_another_day else next(iter(version.standings.all()), None)
    return Column(
        version=version,
        tree=tree_of(version, day),
        owner=capfirst(owner),
        owner_was=was,
        domain=row.policy_domain.name if row and not row.agency else "",
        url=version.get_absolute_url(),
        state=standing.state if standing else "",
    )


def _owner(column: Column) -> tuple[int, str, str]:
    return TREE_ORDER[column.tree], column.owner, column.owner_was


def groups_of(columns: Sequence[Column]) -> list[OwnerGroup]:
    """Neighbours of one owner together."""
    return [
        OwnerGroup(found[0].tree, found[0].owner, found[0].owner_was, found)
        for found in (list(group) for _, group in groupby(columns, _owner))
    ]
