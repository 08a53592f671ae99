"""Which published concepts a service, or an act, has to do with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from concepts.finder.forest import SHRUB, with_tree
from concepts.models import Concept, ConceptVersion, LegalBasis, Ownership

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Touched:
    """A published concept, as far as a date names it: of ten thousand little is kept."""

    #: The published version.
    pk: int
    slug: str
    name: str
    record_kind: str
    #: The species of its owner of today.
    tree: str
    #: The services that it names as its owners, ever.
    agencies: frozenset[int]

    def get_absolute_url(self) -> str:
        return Concept(slug=self.slug, record_kind=self.record_kind).get_absolute_url()


@dataclass(frozen=True)
class Touching:
    """The published concepts by their version, by the service that a source names, and by act."""

    versions: dict[int, Touched]
    by_agency: dict[int, list[Touched]]
    by_act: dict[int, list[Touched]]

    @classmethod
    def read(cls) -> "Touching":
        """As they are today, by name; three queries."""
        published = ConceptVersion.objects.published()
        owners: dict[int, set[int]] = defaultdict(set)
        held = Ownership.objects.filter(version__in=published, agency__isnull=False)
        for key, agency in held.order_by().values_list("version", "agency"):
            owners[key].add(agency)
        same: dict[frozenset[int], frozenset[int]] = {}  # most name the same few
        columns = ("pk", "concept__slug", "name", "concept__record_kind", "tree")
        found = with_tree(published).order_by("name").values_list(*columns)
        versions = {}
        for key, slug, name, kind, tree in found:
            agencies = frozenset(owners.get(key, NOTHING))
            agencies = same.setdefault(agencies, agencies)
            versions[key] = Touched(key, slug, name, kind, tree or SHRUB, agencies)
        by_agency, by_act = defaultdict(list), defaultdict(list)
        for version in versions.values():
            for agency in version.agencies:
                by_agency[agency].append(version)
        bases = LegalBasis.objects.filter(version__in=published).order_by("version__name")
        for act, key in bases.values_list("decree", "version").distinct():
            if key in versions:  # published between the two queries
                by_act[act].append(versions[key])
        return cls(versions, dict(by_agency), dict(by_act))

    def acts_of(self, version: Touched) -> frozenset[int]:
        """The acts that a concept rests on, or is described in."""
        return self._acts.get(version.pk, NOTHING)

    @cached_property
    def _acts(self) -> dict[int, frozenset[int]]:
        found = defaultdict(set)
        for act, versions in self.by_act.items():
            for version in versions:
                found[version.pk].add(act)
        same: dict[frozenset[int], frozenset[int]] = {}
        return {
            key: same.setdefault(acts, acts)
            for key, acts in ((key, frozenset(acts)) for key, acts in found.items())
        }

    def of_agencies(self, keys: Iterable[int]) -> list[Touched]:
        """The concepts that some services own, each once."""
        return _each_once(self.by_agency, keys)

    def of_acts(self, keys: Iterable[int]) -> list[Touched]:
        """The concepts that rest on some acts, or are described in them, each once."""
        return _each_once(self.by_act, keys)


def _each_once(versions: Mapping[int, list[Touched]], keys: Iterable[int]) -> list[Touched]:
    found = {version.pk: version for key in keys for version in versions.get(key, ())}
    return list(found.values())


def owners_of(versions: Iterable[Touched]) -> frozenset[int]:
    """The services that some concepts name as their owners."""
    return NOTHING.union(*(version.agencies for version in versions))
