"""Taking a concept off the site: what refers to it is shown first, and why is asked.

The reason stands on the page that stays at its address (410) and in the list of what changed.
"""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from concepts.admin import steps
from concepts.models import Concept, ConceptVersion
from concepts.publishing import PublicationRefused
from concepts.referring import referring
from concepts.versions.changes import digest
from eerstelijn.desk.fields import LineField
from eerstelijn.desk.shown import decides, shows

STEP = "haal-weg"


class WithdrawForm(forms.Form):
    """Why, in one sentence for readers, and where they read on."""

    reason = ConceptVersion._meta.get_field("withdrawn_reason").formfield(
        form_class=LineField,
        required=True,
        label="Waarom",
        help_text="Eén zin. Lezers zien ze op het adres van dit concept en bij de wijzigingen.",
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        error_messages={"required": "Zeg in één zin waarom dit van de site gaat."},
    )
    successor = forms.ModelChoiceField(
        Concept.objects.none(),
        required=False,
        label="Vervangen door",
        help_text="Het concept op de site waar lezers verder lezen, als dat er is.",
        error_messages={"invalid_choice": "Kies een concept dat op de site staat."},
    )

    def __init__(self, concept, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Concept.objects.public().exclude(pk=concept.pk).order_by("title")
        self.fields["successor"].queryset = others


def withdraw_view(model_admin, request, object_id):
    """The page that asks, and the answer to it; a concept that is not public has no such page."""
    concept = model_admin.get_object(request, object_id)
    step = next(step for step in steps.CONCEPT_STEPS if step.name == STEP)
    if concept is None or not model_admin.has_view_permission(request, concept):
        raise Http404("Dit concept bestaat niet.")
    if not step.may(request.user):
        raise PermissionDenied
    if not step.fits(concept):
        return _not_there(model_admin, request, concept)
    public = concept.versions.published().get()
    kinds = referring(concept, with_former=False)
    shows(request, public.pk, digest(public), kinds)
    is_sent = "zeker" in request.POST
    form = WithdrawForm(concept, request.POST if is_sent else None)
    if is_sent and decides(request) and form.is_valid():
        concept.withdrawal = form.cleaned_data
        try:
            with transaction.atomic():
                steps.run(model_admin, request, step, concept)
            return redirect(steps.change_url(concept))
        except PublicationRefused as refused:
            form.add_error(None, refused.problems)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": step.label,
        "opts": model_admin.opts,
        "concept": concept,
        "question": step.question,
        "referring": kinds,
        "form": form,
        "record_url": steps.change_url(concept),
    }
    return TemplateResponse(request, "admin/concepts/withdraw.html", context)


def _not_there(model_admin, request, concept):
    """Somebody was first, or it never stood there."""
    model_admin.message_user(
        request, f"{concept}: dit kan nog niet. Het staat niet (meer) op de site.", "error"
    )
    return redirect(steps.change_url(concept))
