"""A concept or a working copy that was deleted, put back: who may, what comes along, what stops it.

Only what never was public is ever deleted, so that is all that comes back. Who handed a version to
whom went with it: it comes back as a working copy.
"""

from concepts import publishing
from concepts.models import Concept, ConceptVersion
from eerstelijn.history import undoing
from eerstelijn.history.reading import deletions_of

CONCEPT_GONE = "Haar concept is ook verwijderd. Zet dat terug: de versies van toen komen mee."
BUSY = (
    "Versie {} van dit concept is in bewerking. Publiceer ze of gooi ze weg; daarna kan deze terug."
)
TAKEN = "Intussen is er een andere versie {}. Haal eruit wat je nodig hebt; deze staat hieronder."


def why_gone(rows):
    """Why working copies cannot come back as things stand, by their numbers."""
    asked = {row.pk: (row.values["concept_id"], row.values["number"]) for row in rows}
    concepts = {concept for concept, _ in asked.values()}
    there = set(Concept.objects.filter(pk__in=concepts).values_list("pk", flat=True))
    versions = ConceptVersion.objects.filter(concept__in=concepts)
    busy = dict(versions.open().values_list("concept", "number"))
    taken = set(versions.values_list("concept", "number"))
    return {pk: why for pk, of in asked.items() if (why := _why(of, there, busy, taken))}


def _why(of, there, busy, taken):
    concept, number = of
    if concept not in there:
        return CONCEPT_GONE
    if concept in busy:
        return BUSY.format(busy[concept])
    return TAKEN.format(number) if of in taken else ""


def version(bring_back, request, row, moment):
    """The working copy again, of a concept that is locked meanwhile."""
    publishing.lock(row.values["concept_id"])
    if why := why_gone([row]).get(row.pk):
        raise undoing.Refused(why)
    made = bring_back(request, row, moment)
    publishing.take_up_again(ConceptVersion.objects.filter(pk=made.pk))
    made.refresh_from_db()
    return made


def concept(bring_back, request, row, moment):
    """The concept again with the versions that went with it."""
    made = bring_back(request, row, moment)
    for gone in _versions_gone(made.pk, moment):  # they went first: none hangs on its concept alone
        undoing.bring_back(gone, moment)
    publishing.take_up_again(made.versions.all())
    return Concept.objects.with_title().get(pk=made.pk)


def _versions_gone(concept, moment):
    """The versions of a concept that were deleted at that moment."""
    for save in deletions_of(ConceptVersion):
        if save.moment == moment:
            yield from (row for row in save.rows if row.values["concept_id"] == concept)
