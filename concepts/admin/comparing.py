"""The page that compares any two versions of a concept."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from concepts.admin.columns import status_icon
from concepts.versions.changes import between

FROM, TO = "van", "naar"


def compare_url(concept, before=None, after=None):
    """Where two versions of a concept are compared; without numbers the page chooses."""
    query = {name: each for name, each in ((FROM, before), (TO, after)) if each is not None}
    return reverse("admin:concepts_concept_compare", args=[concept], query=query or None)


def choose(versions, sent):
    """The two versions that an address asks for, by their numbers, and what is wrong with it.

    Without a choice it is the newest and the one before it.
    """
    by_number = {str(version.number): version for version in versions}
    problems = [
        f"Er is geen versie “{value[:20]}”. Kies uit de lijst."
        for name in (FROM, TO)
        if (value := sent.get(name, "")) and value not in by_number
    ]
    after = by_number.get(sent.get(TO, ""), versions[0])
    earlier = [version for version in versions if version.number < after.number]
    before = by_number.get(sent.get(FROM, ""), (earlier or [after])[0])
    return before, after, problems


def told(before, after, comparison):
    """What the page says first."""
    if before == after:
        return "Kies twee verschillende versies."
    if comparison.is_same:
        return f"Versie {after.number} is gelijk aan versie {before.number}."
    return f"Van versie {before.number} naar versie {after.number}. {comparison.summary}"


def compare_view(model_admin, request, object_id):
    """Two versions side by side; who may look at a concept may compare its versions."""
    concept = model_admin.get_object(request, object_id)
    if concept is None or not model_admin.has_view_permission(request, concept):
        raise Http404("Dit concept bestaat niet.")
    versions = list(concept.versions.order_by("-number").defer("search"))
    if not versions:
        raise Http404("Dit concept heeft nog geen versie.")
    before, after, problems = choose(versions, request.GET)
    comparison = between(before, after)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Vergelijk versies van {after.name}",
        "opts": model_admin.opts,
        "concept": concept,
        "choices": [
            {"name": FROM, "label": "Vergelijk", "options": _options(versions, before)},
            {"name": TO, "label": "met", "options": _options(versions, after)},
        ],
        "problems": problems,
        "sides": [
            {"version": version, "icon": status_icon(version.status)} for version in (before, after)
        ],
        "sentence": told(before, after, comparison),
        "comparison": None if comparison.is_same else comparison,
    }
    return TemplateResponse(request, "admin/concepts/compare.html", context)


def _options(versions, chosen):
    return [
        {
            "value": version.number,
            "label": f"Versie {version.number}, {version.get_status_display()}",
            "is_chosen": version == chosen,
        }
        for version in versions
    ]
