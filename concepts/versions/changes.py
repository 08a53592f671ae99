"""What publishing a version changes for the public, read from the database.

Every kind is read as the desk has it: what is only told of what is public, such as a relation to a
concept that is still a draft, is a change too. The number of queries does not grow with versions.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from concepts.models import (
    STATEMENT_KINDS,
    Concept,
    ConceptRelation,
    ConceptVersion,
    Statement,
    Status,
)
from concepts.versions.comparing import Comparison, compare
from concepts.versions.told import OF_THE_VERSION, Kind, Told, fields_of, kind_of
from governance.citing import cite


@dataclass(frozen=True)
class PublicChange:
    """A version beside the one that the public knows; without one when it is the first."""

    version: ConceptVersion
    base: ConceptVersion | None = None
    comparison: Comparison | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether it says what stands on the site already."""
        is_public = self.base is not None and self.base.status == Status.PUBLISHED
        return is_public and self.comparison is not None and self.comparison.is_same

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show of it."""
        return self.comparison is not None and not self.comparison.is_same

    @property
    def sentence(self) -> str:
        """Beside what it is held, and what that gives."""
        if self.base is None or self.comparison is None:
            return "Dit is de eerste versie op de site: alles is nieuw."
        number = self.base.number
        if self.comparison.is_same:
            return f"Versie {self.version.number} is gelijk aan versie {number}."
        where = "die nu op de site staat"
        if self.base.status != Status.PUBLISHED:
            where = "die het laatst op de site stond"
        return f"Tegenover versie {number}, {where}. {self.comparison.summary}"


def public_changes(versions: Sequence[ConceptVersion]) -> dict[int, PublicChange]:
    """What each of these versions changes, by its primary key."""
    bases = _bases(versions)
    told = tell([*versions, *bases.values()]) if bases else {}
    changes = {}
    for version in versions:
        base = bases.get(version.concept_id)
        compared = compare(told[base.pk], told[version.pk]) if base else None
        changes[version.pk] = PublicChange(version, base, compared)
    return changes


def between(before: ConceptVersion, after: ConceptVersion) -> Comparison:
    """What somebody who knows one version finds different in another of the same concept."""
    told = tell([before, after])
    return compare(told[before.pk], told[after.pk])


def digest(version: ConceptVersion) -> str:
    """What a version says, in a few signs: other ones as soon as it says something else."""
    said = tell([version])[version.pk]
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()


def _bases(versions: Iterable[ConceptVersion]) -> dict[int, ConceptVersion]:
    """By concept, what the public sees of it, or else saw last."""
    concepts = {version.concept_id for version in versions}
    known = ConceptVersion.objects.exclude(published_at=None).filter(concept__in=concepts)
    bases: dict[int, ConceptVersion] = {}
    for version in known.order_by("number").defer("search"):
        before = bases.get(version.concept_id)
        if before is None or before.status != Status.PUBLISHED:
            bases[version.concept_id] = version
    return bases


def tell(versions: Iterable[ConceptVersion], to_public: bool = False) -> dict[int, Told]:
    """What versions say, by their primary keys, in a fixed number of queries.

    Told to the public it leaves out other concepts that are not public, and names none at all: what
    is kept of it would still name one that is withdrawn or renamed.
    """
    numbers = [version.pk for version in versions]
    rows = {name: _statements(kind, numbers, to_public) for name, kind in STATEMENT_KINDS.items()}
    cite(*rows.values())
    kinds: dict[int, dict[str, Kind]] = {number: {} for number in numbers}
    for name, kind in STATEMENT_KINDS.items():
        said = defaultdict(list)
        for row in rows[name]:
            said[row.version_id].append(row)
        for number in numbers:
            told = kind_of(kind, said[number])
            kinds[number][name] = _to_public(told, kind, said[number]) if to_public else told
    whole = ConceptVersion.objects.filter(pk__in=numbers).prefetch_related("described_by")
    return {
        version.pk: Told(fields_of(version, OF_THE_VERSION), kinds[version.pk])
        for version in whole.defer("search")
    }


def _to_public(told: Kind, kind: type[Statement], rows: Iterable[Statement]) -> Kind:
    """Statements as a list of changes calls them; those that name a concept have no name."""
    is_named = not _other_concepts(kind)
    titles = {row.key: row.called() if is_named else "" for row in rows}
    return replace(told, rows=tuple(replace(row, title=titles[row.key]) for row in told.rows))


def _other_concepts(kind: type[Statement]) -> list[str]:
    """The fields of a kind that name another concept."""
    return [field.name for field in kind._meta.concrete_fields if field.related_model is Concept]


def _statements(kind: type[Statement], versions: Sequence[int], to_public: bool) -> list[Statement]:
    """The statements of a kind with all that they point to and list, but their sources."""
    joins, fetched = [], []
    concepts = Concept.objects.public() if to_public else Concept.objects.with_title()
    for field in kind._meta.concrete_fields:
        if field.related_model is Concept:  # which takes its name from its versions
            fetched.append(Prefetch(field.name, concepts))
        elif field.is_relation and field.name != "version":
            joins.append(field.name)
    cited = kind.citing_fields()
    fetched += [link.name for link in kind._meta.many_to_many if link.name not in cited]
    rows = kind.objects.filter(version__in=versions).order_by(*kind._meta.ordering)
    rows = rows.select_related(*joins) if joins else rows
    if to_public and issubclass(kind, ConceptRelation):
        rows = rows.filter(other__versions__status=Status.PUBLISHED)
    return list(rows.prefetch_related(*fetched))
