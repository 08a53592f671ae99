"""The concepts as a row of trees: the owner gives the species, the kinds of partner the height."""

import datetime as dt
from collections.abc import Container
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from concepts.models import ASKING_ROLES, ConceptVersion, Ownership
from eerstelijn.database.asking import Prepared, answered, of_keys, prepared
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
    keys = [*versions.order_by().values_list("pk", flat=True)[: MOST_TREES + 1]]
    if len(keys) > MOST_TREES:
        return None
    order = {tree: position for position, tree in enumerate(Tree.values)}
    trees = [
        {
            "tree": tree or SHRUB,
            "height": kinds,
            "on": pk in chosen,
            "title": name,
            "own": pk == own,
            "pk": pk,
        }
        for pk, name, tree, kinds in answered(_trees(day or dt.date.today()), keys)
    ]
    return sorted(trees, key=lambda tree: order[tree["tree"]])


@lru_cache(maxsize=2)
def _trees(day: dt.date) -> Prepared:
    """What is drawn of versions on a day, by name; as SQL, put together once."""
    rows = with_tree(of_keys(ConceptVersion.objects.all()), day).annotate(kinds=KINDS_ASKED)
    columns = ("pk", "name", "tree", "kinds")
    return prepared(rows.order_by(alphabetical("name")).values_list(*columns))


@lru_cache(maxsize=2)
def _species(day: dt.date) -> Prepared:
    published = with_tree(ConceptVersion.objects.published(), day)
    return prepared(published.order_by().values_list("concept", "tree"))


def species() -> dict[int, str | None]:
    """The species of the owner of each published concept today, by its key."""
    return dict(answered(_species(dt.date.today())))
