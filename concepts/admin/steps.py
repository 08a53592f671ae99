"""The steps of a version from working copy to public page, as buttons and as actions on a list.

Every step is a POST with a name. Those that the public notices ask first. What a step does stands
in `concepts.publishing`; what it refuses comes back as a list of Dutch sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from concepts import publishing
from concepts.models import Status
from concepts.publishing import PublicationRefused

PUBLISH = "concepts.publish_conceptversion"


@dataclass(frozen=True)
class Step:
    """One step: its button, the right that it asks, and what it does to a record."""

    name: str
    label: str
    permission: str
    run: Callable  # of a record and the name of the editor; returns the record to show
    done: str  # what the editor reads afterwards
    fits: Callable  # whether the button makes sense for a record
    question: str = ""  # asked first, when the public will notice
    several: str = ""  # the name of the action on a list; none without

    def may(self, user):
        return user.has_perm(self.permission)


def _open_version(concept):
    version = concept.versions.open().first()
    if version is None:
        raise PublicationRefused(["Er is geen werkversie om te publiceren."])
    return version


def _publish_open(concept, by):
    return publishing.publish(_open_version(concept), by) and concept


def _withdraw(concept, by):
    publishing.withdraw(concept)
    return concept


def _submit(version, by):
    publishing.submit(version)
    return version


def _send_back(version, by):
    publishing.send_back(version)
    return version


PUBLISH_QUESTION = (
    "Iedereen ziet dit meteen op de site. De versie die er nu staat, wordt een vroegere versie."
)

VERSION_STEPS = (
    Step(
        "dien-in",
        "Dien in voor nazicht",
        "concepts.change_conceptversion",
        _submit,
        "staat klaar voor nazicht.",
        lambda version: version.status == Status.WORKING_COPY,
        several="Dien de gekozen werkversies in voor nazicht",
    ),
    Step(
        "stuur-terug",
        "Stuur terug",
        PUBLISH,
        _send_back,
        "is terug bij de redacteur.",
        lambda version: version.status == Status.IN_REVIEW,
        several="Stuur de gekozen versies terug",
    ),
    Step(
        "publiceer",
        "Publiceer",
        PUBLISH,
        publishing.publish,
        "staat op de site.",
        lambda version: version.is_open,
        question=PUBLISH_QUESTION,
        several="Publiceer de gekozen versies",
    ),
    Step(
        "werkversie",
        "Maak een werkversie",
        "concepts.add_conceptversion",
        lambda version, by: publishing.working_copy(version.concept),
        "is de versie waarin je verder werkt.",
        lambda version: (
            version.status in (Status.PUBLISHED, Status.ARCHIVED)
            and not version.concept.versions.open().exists()
        ),
    ),
)

CONCEPT_STEPS = (
    Step(
        "werkversie",
        "Maak een werkversie",
        "concepts.add_conceptversion",
        lambda concept, by: publishing.working_copy(concept),
        "is de versie waarin je verder werkt.",
        lambda concept: not concept.versions.open().exists(),
    ),
    Step(
        "publiceer",
        "Publiceer de werkversie",
        PUBLISH,
        _publish_open,
        "staat op de site.",
        lambda concept: concept.versions.open().exists(),
        question=PUBLISH_QUESTION,
        several="Publiceer de werkversie van de gekozen concepten",
    ),
    Step(
        "haal-weg",
        "Haal van de site",
        PUBLISH,
        _withdraw,
        "staat niet meer op de site.",
        lambda concept: concept.versions.published().exists(),
        question="De pagina verdwijnt van de site en zegt voortaan dat ze ingetrokken is. De "
        "inhoud blijft bewaard; met een nieuwe werkversie kan ze terugkomen.",
        several="Haal de gekozen concepten van de site",
    ),
)


def buttons(steps, request, record):
    """The steps that this editor can take with this record now."""
    return [step for step in steps if step.may(request.user) and step.fits(record)]


def take_one(model_admin, request, step, record):
    """Take a step with one record and show where it led; asks first where the public notices."""
    if not step.may(request.user):
        raise PermissionDenied
    if step.question and "zeker" not in request.POST:
        return _ask(model_admin, request, step, [record])
    return redirect(change_url(_take(model_admin, request, step, record) or record))


def actions(steps):
    """The steps as actions on a list, for those who may take them."""
    return {step.name: (_action(step), step.name, step.several) for step in steps if step.several}


def _action(step):
    def action(model_admin, request, queryset):
        if not step.may(request.user):
            raise PermissionDenied
        records = list(queryset)
        if step.question and "zeker" not in request.POST:
            return _ask(model_admin, request, step, records)
        for record in records:
            _take(model_admin, request, step, record)
        return None

    return action


def _take(model_admin, request, step, record):
    """Take a step; returns the record that it led to, or None when it was refused."""
    by = request.user.get_full_name() or request.user.get_username()
    try:
        with transaction.atomic():
            result = step.run(record, by)
            model_admin.log_change(request, record, f"{step.label}: gedaan.")
    except PublicationRefused as refused:
        problems = format_html_join("", "<li>{}</li>", ((text,) for text in refused.problems))
        text = format_html("{}: dit kan nog niet.<ul>{}</ul>", record, problems)
        model_admin.message_user(request, text, messages.ERROR)
        return None
    text = format_html('<a href="{}">{}</a> {}', change_url(result), result, step.done)
    model_admin.message_user(request, text, messages.SUCCESS)
    return result


def _ask(model_admin, request, step, records):
    """The page on which an editor confirms a step that the public will notice."""
    missing = getattr(model_admin, "missing", None)
    warnings = getattr(model_admin, "warnings", None)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": step.label if len(records) == 1 else step.several,
        "opts": model_admin.opts,
        "step": step,
        "rows": [
            {
                "record": row,
                "problems": missing(row) if missing else (),
                "warnings": warnings(row) if warnings else (),
            }
            for row in records
        ],
        "checkbox": ACTION_CHECKBOX_NAME,
        "is_action": "action" in request.POST,
    }
    return TemplateResponse(request, "admin/concepts/confirm_step.html", context)


def change_url(record):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
