"""The answer at every address of a concept that was taken off the site: what, why, when, and what
came instead."""

from concepts.models import ConceptVersion, Status
from eerstelijn.dates import day_of, long_date
from eerstelijn.pages.errors import gone


def withdrawn(request, concept):
    """410 for a concept that was withdrawn; None for one that never was public."""
    archived = concept.versions.filter(status=Status.ARCHIVED).defer("search")
    version = archived.order_by("-number").first()
    if version is None:
        return None
    heir = heir_of(version)
    day = version.withdrawn_at and day_of(version.withdrawn_at)
    details = {
        "naam": version.name,
        "ingetrokken_op": day,
        "waarom": version.withdrawn_reason or None,
        "vervangen_door": heir and request.build_absolute_uri(heir.get_absolute_url()),
    }
    return gone(
        request,
        version.name,
        details,
        reason=version.withdrawn_reason,
        withdrawn_on=f"op {long_date(day)}" if day else "",
        successor_url=heir.get_absolute_url() if heir else "",
        successor_label=heir.name if heir else "",
    )


def heir_of(version):
    """What the public can read of the concept that took the place of a withdrawn one."""
    published = ConceptVersion.objects.published().filter(concept=version.successor_id)
    return published.select_related("concept").defer("search").first()
