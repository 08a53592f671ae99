"""Which versions wait for an editor, for the start page of the desk.

Each function gives pairs of a version and the `Handover` that brought it where it stands, the
oldest first, in two queries.
"""

from django.db.models import OuterRef, Subquery

from concepts.models import ConceptVersion, Handover, Status
from concepts.reviewing import PUBLISH, colleagues


def came_back_to(user):
    """What this editor handed in and another sent back, with a note, and is not handed in again."""
    asked = Handover.objects.filter(version=OuterRef("pk"), kind=Handover.Kind.HANDED_IN)
    versions = _with_last_step(Status.WORKING_COPY).annotate(asked_by=_last(asked, "account"))
    return _pairs(versions.filter(last_kind=Handover.Kind.SENT_BACK, asked_by=user.pk))


def waiting_for(user):
    """What this editor can approve or send back.

    The step is None of a version of which is not on record who handed it in.
    """
    if not user.has_perm(PUBLISH):
        return []
    pairs = _pairs(_with_last_step(Status.IN_REVIEW))
    is_alone = not colleagues(user)
    return [pair for pair in pairs if is_alone or pair[0].last_account != user.pk]


def handed_in_of(user):
    """What this editor handed in and waits for another."""
    return _pairs(_with_last_step(Status.IN_REVIEW).filter(last_account=user.pk))


def _last(steps, field):
    return Subquery(steps.order_by("-at", "-pk").values(field)[:1])


def _with_last_step(status):
    steps = Handover.objects.filter(version=OuterRef("pk"))
    versions = ConceptVersion.objects.filter(status=status).select_related("concept")
    return versions.defer("search").annotate(
        last_step=_last(steps, "pk"),
        last_kind=_last(steps, "kind"),
        last_account=_last(steps, "account"),
    )


def _pairs(versions):
    versions = list(versions)
    steps = Handover.objects.in_bulk([each.last_step for each in versions])
    pairs = [(version, steps.get(version.last_step)) for version in versions]
    return sorted(pairs, key=lambda pair: pair[1].at.timestamp() if pair[1] else 0)
