"""A version as readers would see it: as it is, or as its form was typed, with nothing saved.

What was typed is saved by the form itself, shown, and taken back in the same transaction: so the
preview shows exactly what saving would give, and leaves nothing, no line in the log either.
"""

from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from concepts.admin.statements import GROUPS
from concepts.models import Status
from concepts.page.preview import preview


def preview_url(version, group=""):
    """Where a version is shown; with a group, where that page of its form is sent for it."""
    if group:
        return reverse("admin:concepts_conceptversion_preview_group", args=[version.pk, group])
    return reverse("admin:concepts_conceptversion_preview", args=[version.pk])


def preview_view(model_admin, request, object_id, group=None):
    """The page of a version; what was typed, when a form was sent."""
    if group is not None and group not in GROUPS:
        raise Http404("Die groep bestaat niet.")
    if request.method == "POST":
        return _as_typed(model_admin, request, object_id)
    version = model_admin.get_object(request, object_id)
    if version is None or not model_admin.has_view_permission(request, version):
        raise Http404("Deze versie bestaat niet, of niet meer.")
    return preview(request, version, tuple(about(version)))


def about(version):
    """What is told above a preview."""
    yield f"Voorbeeld van versie {version.number}, {version.get_status_display()}."
    if version.status == Status.PUBLISHED:
        yield "Zo staat ze op de site."
    elif version.published_at:
        yield "Wat ze zegt, is van toen; hoe partners en diensten heten, is van vandaag."
    else:
        yield "Niemand anders ziet dit."


def is_wanted(request):
    """Whether a form is only sent to be shown."""
    return getattr(request, "is_preview", False)


def shown(request, version):
    """A version that was saved a moment ago as its readers would see it; then nothing is saved."""
    sentences = (
        f"Voorbeeld van versie {version.number} zoals je ze typte.",
        "Er is niets bewaard en niemand anders ziet dit.",
        "Sluit dit tabblad om verder te werken.",
    )
    request.preview = preview(request, version, sentences)
    transaction.set_rollback(True)
    return request.preview


def _as_typed(model_admin, request, object_id):
    request.is_preview = True
    response = model_admin.changeform_view(request, object_id)
    request._messages = default_storage(request)  # what saving told, was taken back
    if getattr(request, "preview", None) is response:
        return response
    context = getattr(response, "context_data", None) or {}
    if "summary" not in context:
        return response
    # The form itself stands in the other tab, as it was typed.
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Er is nog geen voorbeeld",
        "opts": model_admin.opts,
        "lines": context["summary"],
    }
    return TemplateResponse(request, "admin/concepts/no_preview.html", context)
