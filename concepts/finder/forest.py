"""The concepts as a row of trees: the owner gives the species, the kinds of partner the height."""

import datetime as dt
from collections.abc import Container
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from concepts.models import ASKING_ROLES, Ownership
from eerstelijn.dates import valid_on
from eerstelijn.ordering import alphabetical
from governance.models import Tree

#: What stands for an owner that nobody names.
SHRUB = Tree("struik").value
#: Above this number a strip of single trees no longer reads; lists then go without.
MOST_TREES = 40


#: How many kinds of partner a version asks: the height of its tree.
KINDS_ASKED = Count(
    "participations__partner__type", filter=Q(participations__role__in=ASKING_ROLES), distinct=True
)


def held_on(day: dt.date | None = None) -> QuerySet:
    """Whose versions are on a day, today without one; of each version the owner comes first.

    That is the first that goes on, else the first: as `concepts.finder.rows.owner_on` has it.
    """
    ends = Case(When(end_label="", then=Value(0)), default=Value(1))
    held = Ownership.objects.filter(valid_on(day or dt.date.today()))
    return held.order_by("version", ends, "position", "key")


def with_tree(versions: QuerySet, day: dt.date | None = None) -> QuerySet:
    """Add the species of the owner of each version on a day, as `tree`; today without one.

    None where the sources name nobody for that day.
    """
    owner = held_on(day).filter(version=OuterRef("pk"))
    species = owner.annotate(tree=Coalesce("agency__tree", "policy_domain__tree"))
    return versions.annotate(tree=Subquery(species.values("tree")[:1]))


def forest(
    versions: QuerySet,
    chosen: Container[int],
    own: int | None = None,
    day: dt.date | None = None,
) -> list[dict[str, Any]] | None:
    """The trees of some versions in the order of their owners; `chosen` holds primary keys.

    `own` is the version whose page it is; its tree is drawn larger. The owners are those of today,
    or of a day.

    Two queries, or one when there are too many trees to draw.
    """
    if versions.count() > MOST_TREES:
        return None
    rows = (
        with_tree(versions, day)
        .order_by(alphabetical("name"))
        .annotate(kinds=KINDS_ASKED)
        .values("pk", "name", "tree", "kinds")
    )
    order = {tree: position for position, tree in enumerate(Tree.values)}
    trees = [
        {
            "tree": row["tree"] or SHRUB,
            "height": row["kinds"],
            "on": row["pk"] in chosen,
            "title": row["name"],
            "own": row["pk"] == own,
            "pk": row["pk"],
        }
        for row in rows
    ]
    return sorted(trees, key=lambda tree: order[tree["tree"]])
