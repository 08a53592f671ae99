"""Deleting a concept that was made by mistake: while it never was public, and nothing names it.

What once stood on the site keeps its address for ever: readers and others link to it.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from concepts import publishing
from concepts.admin import steps, typed
from concepts.models import Concept
from concepts.referring import referring
from concepts.versions.changes import digest
from eerstelijn.desk.shown import decides, shows
from governance.models import OldSlug

KEEPS = (
    "“{}” stond op de site. Het kan niet verwijderd worden en houdt zijn adres: anderen linken "
    "ernaar. Haal het van de site als het er niet meer hoort."
)


def was_public(concept):
    """Whether readers ever could read it."""
    return concept.versions.filter(published_at__isnull=False).exists()


def may_remove(user):
    """Whether an editor may delete concepts at all."""
    return user.has_perm("concepts.delete_concept")


def remove_view(model_admin, request, object_id):
    """The page that shows what goes along, and the deletion."""
    concept = model_admin.get_object(request, object_id)
    if concept is None:
        raise Http404("Dit concept bestaat niet.")
    if not may_remove(request.user):
        raise PermissionDenied
    is_sent = decides(request) and "post" in request.POST
    if is_sent:
        publishing.lock(concept.pk)  # nobody publishes it, or starts a version, meanwhile
    if was_public(concept):
        return _back(model_admin, request, concept, KEEPS.format(concept))
    kinds = referring(concept)
    versions = list(concept.versions.order_by("-number").defer("search"))
    said = [(row.pk, row.status, digest(row)) for row in versions]
    shows(request, concept.slug, said, kinds)
    holding = [kind for kind in kinds if kind.holds]
    if is_sent:
        if holding:
            text = f"“{concept}” wordt nog genoemd. Haal dat eerst weg; hieronder staat waar."
            model_admin.message_user(request, text, messages.ERROR)
        else:
            return _removed(model_admin, request, concept)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Verwijder dit concept",
        "opts": model_admin.opts,
        "concept": concept,
        "versions": [(version, typed.counted(version)) for version in versions],
        "holding": holding,
        "others": [kind for kind in kinds if not kind.holds],
        "record_url": steps.change_url(concept),
    }
    return TemplateResponse(request, "admin/concepts/remove.html", context)


def _removed(model_admin, request, concept):
    name, slug = str(concept), concept.slug
    model_admin.log_deletions(request, Concept.objects.with_title().filter(pk=concept.pk))
    concept.versions.all().delete()
    OldSlug.objects.filter(kind=OldSlug.Kind.CONCEPT, current=slug).delete()
    concept.delete()
    model_admin.removed([concept])
    model_admin.message_user(request, f"“{name}” is verwijderd.", messages.SUCCESS)
    return redirect(reverse("admin:concepts_concept_changelist"))


def _back(model_admin, request, concept, text):
    model_admin.message_user(request, text, messages.ERROR)
    return redirect(steps.change_url(concept))
