"""The pages of a version: its own, and one for each group of its statements."""

from django.urls import reverse

from concepts.admin.statements import GROUPS
from concepts.admin.steps import change_url
from concepts.models import STATEMENT_KINDS, ConceptVersion, Status
from concepts.uncited import count_of

#: The field in which a button says with which page an editor begins.
PART = "deel"


def page_of(version, group=""):
    """The page of a group of statements of a version; without one, its own."""
    if group in GROUPS:
        return reverse("admin:concepts_conceptversion_group", args=[version.pk, group])
    return change_url(version)


def tabs(version, current):
    """The pages of a version, with the number of statements on each."""
    counts = {f"n_{kind}": count_of(model) for kind, model in STATEMENT_KINDS.items()}
    counted = ConceptVersion.objects.annotate(**counts).get(pk=version.pk)
    kind_of = {model: kind for kind, model in STATEMENT_KINDS.items()}
    pages = [_part("", version) | {"current": current is None}]
    for group in GROUPS.values():
        number = sum(getattr(counted, f"n_{kind_of[model]}") for model in group.models)
        is_current = group is current
        pages.append(_part(group.name, version) | {"count": number, "current": is_current})
    return pages


def to_change(versions, user):
    """What an editor can change of a concept, in its versions from the newest on.

    Each part leads to its page of the working copy; without one it has no address, and is a button
    that makes the copy. Empty when this editor may not, or while the newest is in review.
    """
    newest = versions[0] if versions else None
    if newest is None or newest.status == Status.IN_REVIEW:
        return []
    asked = "change" if newest.is_open else "add"
    if not user.has_perm(f"concepts.{asked}_conceptversion"):
        return []
    return [_part(name, newest if newest.is_open else None) for name in ("", *GROUPS)]


def begun_at(request, led_to):
    """Where a step leads: to the page that its button named, or else to the record."""
    if isinstance(led_to, ConceptVersion):
        return page_of(led_to, request.POST.get(PART, ""))
    return change_url(led_to)


def _part(name, version):
    label = GROUPS[name].label if name else "Naam en samenvatting"
    return {"name": name, "label": label, "url": page_of(version, name) if version else ""}
