"""What the pages of all concepts share: kept by a process, for as long as the content stays."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from concepts.finder.forest import forest, species
from concepts.finder.over import times_asked
from concepts.models import Concept, ConceptVersion, Participation, Term
from eerstelijn.database import stamp
from eerstelijn.database.ground import ground
from eerstelijn.kept import Kept
from governance.derived import changes_to_present, present_agencies
from governance.models import CITATIONS, Source


@dataclass(frozen=True)
class Shared:
    """What a page says of its concept beside what the version itself says.

    `present` maps a former agency to the body it went on in, and `changes` to what made it so;
    `named` maps a partner to the number of published concepts that name it, `asked` to that of
    those that ask it today, and `trees` a published concept to the species of its owner. `sources`
    are all of them by primary key, `forests` the strip of each kind of record, and `first_line` is
    the term that access is judged by; None when it is unexplained.
    """

    present: dict
    changes: dict
    named: dict
    asked: dict
    trees: dict
    sources: dict
    forests: dict
    first_line: Term | None

    @classmethod
    def read(cls):
        published = ConceptVersion.objects.published()
        still = _still.get(ground(), Still)
        named = (
            Participation.objects.filter(version__in=published.concepts())
            .order_by()
            .values_list("partner")
            .annotate(Count("version", distinct=True))
        )
        return cls(
            still.present,
            still.changes,
            dict(named),
            times_asked(dt.date.today(), is_other_day=False),
            species(),
            still.sources,
            {
                kind: forest(published.filter(concept__record_kind=kind), ())
                for kind in Concept.RecordKind.values
            },
            still.first_line,
        )

    def forest_around(self, version):
        """The strip of its kind, with its own tree in it; None when there are too many trees."""
        trees = self.forests[version.concept.record_kind]
        if trees is None:
            return None
        # No two of them bear one name: the database sees to that.
        own = [tree["title"] == version.name for tree in trees]
        return [tree | {"on": on, "own": on} for tree, on in zip(trees, own, strict=True)]


class Still:
    """The part of it that rests on no concept, and stays when one is published."""

    def __init__(self):
        self.present = present_agencies()
        self.changes = changes_to_present(self.present.keys())
        self.sources = Source.objects.in_bulk()
        terms = Term.objects.filter(slug="eerste-lijn").prefetch_related(CITATIONS)
        self.first_line = terms.first()


_kept: Kept[Shared] = Kept()
_still: Kept[Still] = Kept()


def shared():
    """What all pages share, as it is today."""
    return _kept.get(stamp.of_today(), Shared.read)
