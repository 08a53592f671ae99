"""What the page of a concept says beside the statements of its version: all of it in one query.

Its other names, what other concepts say of it, where the sources differ, and what they linked to.
"""

from dataclasses import dataclass, field
from functools import cache

from concepts.models import Alias, Claim, ConceptRelation, Discrepancy, LostLink
from concepts.reading import Reader, read, together
from governance.citing import fetched

#: The relations of others stand in the order of the names of those.
BY_NAME = ("version__name", "version__concept__slug", "version__number", "position", "key")


@dataclass
class Beside:
    """What is said of a concept elsewhere; the other names are fetched with the concept."""

    incoming: list[ConceptRelation] = field(default_factory=list)
    discrepancies: list[Discrepancy] = field(default_factory=list)
    lost_links: list[LostLink] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @classmethod
    def of(cls, concept):
        """Read it of a concept."""
        readers = _readers()
        found = {kind: [] for kind in (reader.kind for reader in readers)}
        for number, _, row in read(readers, _query(), [concept.pk]):
            found[readers[number].kind].append(row)
        fetched(concept, "aliases", found[Alias])
        for row in found[Discrepancy]:
            claims = [claim for claim in found[Claim] if claim.discrepancy_id == row.pk]
            fetched(row, "claims", claims)
        return cls(found[ConceptRelation], found[Discrepancy], found[LostLink], found[Claim])


@cache
def _readers():
    differ = Discrepancy.concepts.through
    of_differing = Claim.objects.filter(discrepancy__concepts__isnull=False)
    differing = Discrepancy.objects.filter(concepts__isnull=False)
    relations = ConceptRelation.objects.from_public()
    return [
        Reader(Alias.objects.all(), "concept", Alias._meta.ordering, "concept_id"),
        Reader(relations, "other", BY_NAME, "other_id"),
        Reader(differing, "concepts", Discrepancy._meta.ordering, "concept_id", differ),
        Reader(of_differing, "discrepancy__concepts", Claim._meta.ordering, "concept_id", differ),
        Reader(LostLink.objects.all(), "concept", LostLink._meta.ordering, "concept_id"),
    ]


@cache
def _query():
    return together(_readers())
