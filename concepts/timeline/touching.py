"""Which published concepts a service, or an act, has to do with."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from concepts.models import ConceptVersion, LegalBasis, Ownership


@dataclass(frozen=True)
class Touching:
    """The published versions by their key, by the service that a source names, and by act."""

    versions: dict[int, ConceptVersion]
    by_agency: dict[int, list[ConceptVersion]]
    by_act: dict[int, list[ConceptVersion]]

    @classmethod
    def read(cls):
        owners = Ownership.objects.select_related("agency", "policy_domain")
        published = ConceptVersion.objects.published().select_related("concept").defer("search")
        published = published.prefetch_related(Prefetch("ownerships", owners)).order_by("name")
        versions = {version.pk: version for version in published}
        by_agency, by_act = defaultdict(list), defaultdict(list)
        for version in versions.values():
            for agency in owners_of(version):
                by_agency[agency].append(version)
        bases = LegalBasis.objects.filter(version__in=ConceptVersion.objects.published())
        pairs = bases.order_by("version__name").values_list("decree", "version").distinct()
        for act, key in pairs:
            if key in versions:  # published between the two queries
                by_act[act].append(versions[key])
        return cls(versions, dict(by_agency), dict(by_act))

    def acts_of(self, version):
        """The acts that a concept rests on, or is described in."""
        return self._acts[version.pk]

    @cached_property
    def _acts(self):
        found = defaultdict(set)
        for act, versions in self.by_act.items():
            for version in versions:
                found[version.pk].add(act)
        return found

    def of_agencies(self, keys):
        """The concepts that some services own, each once."""
        return _each_once(self.by_agency, keys)

    def of_acts(self, keys):
        """The concepts that rest on some acts, or are described in them, each once."""
        return _each_once(self.by_act, keys)


def _each_once(versions, keys):
    found = {version.pk: version for key in keys for version in versions.get(key, ())}
    return list(found.values())


def owners_of(version):
    """The keys of the services that a version names as its owners."""
    return {row.agency_id for row in version.ownerships.all() if row.agency_id}
