"""The steps of a version from working copy to public page, as buttons and as actions on a list.

Every step is a POST with a name. Those that the public notices ask first. What a step does stands
in `concepts.publishing`; what it refuses comes back as a list of Dutch sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from concepts import publishing, reviewing
from concepts.models import ConceptVersion, Status
from concepts.publishing import PublicationRefused
from concepts.versions.changes import public_changes
from eerstelijn.desk.forms import entries_of, name_of

PUBLISH = "concepts.publish_conceptversion"

#: The name of the buttons that save a form and take a step, and of the question before it.
STEP, ASK = "_stap", "vraag"
#: The step that takes a former version up again.
RESTORE = "haal-terug"


@dataclass(frozen=True)
class Step:
    """One step: its button, the right that it asks, and what it does to a record."""

    name: str
    label: str
    permission: str
    run: Callable  # of a record and the editor; returns the record to show
    done: str  # what the editor reads afterwards
    fits: Callable  # whether the button makes sense for a record
    question: str = ""  # asked first, when the public will notice
    several: str = ""  # the name of the action on a list; none without
    saving: str = ""  # the name of the button where the same form is saved first

    def may(self, user):
        return user.has_perm(self.permission)


def _open_version(concept):
    version = concept.versions.open().first()
    if version is None:
        raise PublicationRefused(["Er is geen werkversie om te publiceren."])
    return version


def _publish(version, user):
    return publishing.publish(version, name_of(user))


def _publish_open(concept, user):
    return _publish(_open_version(concept), user) and concept


def _withdraw(concept, user):
    publishing.withdraw(concept)
    return concept


def _submit(version, user):
    publishing.submit(version)
    return _as_it_is_now(version)


def _send_back(version, user):
    publishing.send_back(version)
    return _as_it_is_now(version)


def _review(version, user):
    noted = reviewing.note([version.pk], **reviewing.proposed(name_of(user)))
    if noted.gone:
        raise PublicationRefused(["Deze versie staat niet (meer) op de site."])
    return version


def _review_public(concept, user):
    version = concept.versions.published().first()
    if version is None:
        raise PublicationRefused(["Dit concept staat niet op de site."])
    _review(version, user)
    return concept


def can_be_reviewed(version):
    """Whether a version is on the site, and nobody noted today that it was looked over."""
    today = timezone.localdate()
    return (
        version is not None
        and version.status == Status.PUBLISHED
        and not version.reviews.filter(date=today).exists()
    )


def _as_it_is_now(version):
    """A version that says where it stands after a step."""
    version.refresh_from_db(fields=["status"])
    return version


def start_working_copy(concept, user):
    """The open version of a concept; one that is made here is on record as this editor's."""
    known = set(concept.versions.values_list("pk", flat=True))
    version = publishing.working_copy(concept)
    if version.pk not in known:
        note_maker(version, user)
    return version


def _restore(version, user):
    copy = publishing.restore(version)
    note_maker(copy, user)
    return copy


def _is_newest(version):
    return not version.concept.versions.filter(number__gt=version.number).exists()


def was_replaced(version):
    """Whether a version was public once, and another one came after it."""
    return version.status == Status.FORMER or (
        version.status == Status.ARCHIVED and not _is_newest(version)
    )


def note_maker(version, user):
    LogEntry.objects.log_actions(user.pk, [version], ADDITION, [{"added": {}}], single_object=True)


def is_maker(version, user):
    """Whether this editor made a version. Of what is not on record, nobody is."""
    made = entries_of(version, version.pk).filter(action_flag=ADDITION).last()
    return made is not None and made.user_id == user.pk


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
        saving="Bewaar en dien in",
    ),
    Step(
        "stuur-terug",
        "Stuur terug",
        PUBLISH,
        _send_back,
        "is terug bij de redacteur.",
        lambda version: version.status == Status.IN_REVIEW,
        several="Stuur de gekozen versies terug",
        saving="Bewaar en stuur terug",
    ),
    Step(
        "publiceer",
        "Publiceer",
        PUBLISH,
        _publish,
        "staat op de site.",
        lambda version: version.is_open,
        question=PUBLISH_QUESTION,
        several="Publiceer de gekozen versies",
        saving="Bewaar en publiceer",
    ),
    Step(
        "werkversie",
        "Maak een werkversie",
        "concepts.add_conceptversion",
        lambda version, user: start_working_copy(version.concept, user),
        "is de versie waarin je verder werkt.",
        lambda version: (
            version.status in (Status.PUBLISHED, Status.ARCHIVED) and _is_newest(version)
        ),
    ),
    Step(
        RESTORE,
        "Maak een werkversie van deze versie",
        "concepts.add_conceptversion",
        _restore,
        "is de versie waarin je verder werkt.",
        lambda version: was_replaced(version) and not version.concept.versions.open().exists(),
    ),
    Step(
        "nagekeken",
        "Nagekeken, niets gewijzigd",
        "concepts.add_review",
        _review,
        "is nagekeken. Binnen een jaar komt het opnieuw aan de beurt.",
        lambda version: can_be_reviewed(version),
        several="Noteer: nagekeken, niets gewijzigd",
    ),
)

CONCEPT_STEPS = (
    Step(
        "werkversie",
        "Maak een werkversie",
        "concepts.add_conceptversion",
        start_working_copy,
        "is de versie waarin je verder werkt.",
        lambda concept: not concept.versions.open().exists(),
    ),
    Step(
        "nagekeken",
        "Nagekeken, niets gewijzigd",
        "concepts.add_review",
        _review_public,
        "is nagekeken. Binnen een jaar komt het opnieuw aan de beurt.",
        lambda concept: can_be_reviewed(concept.versions.published().first()),
        several="Noteer: nagekeken, niets gewijzigd",
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
        return ask(model_admin, request, step, [record])
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
            return ask(model_admin, request, step, records)
        publishing.lock(*(getattr(record, "concept_id", record.pk) for record in records))
        for record in records:
            _take(model_admin, request, step, record)
        return None

    return action


def _take(model_admin, request, step, record):
    """Take a step; returns the record that it led to, or None when it was refused."""
    try:
        with transaction.atomic():
            return run(model_admin, request, step, record)
    except PublicationRefused as refused:
        problems = format_html_join("", "<li>{}</li>", ((text,) for text in refused.problems))
        text = format_html("{}: dit kan nog niet.<ul>{}</ul>", record, problems)
        model_admin.message_user(request, text, messages.ERROR)
        return None


def run(model_admin, request, step, record):
    """Take a step within a transaction, and tell; returns the record that it led to."""
    result = step.run(record, request.user)
    model_admin.log_change(request, record, f"{step.label}: gedaan.")
    text = format_html('<a href="{}">{}</a> {}', change_url(result), result, step.done)
    model_admin.message_user(request, text, messages.SUCCESS)
    return result


# A step as a button of the form that is saved first


def chosen(request, known):
    """The step whose button sent a form, if any."""
    name = request.POST.get(STEP)
    return next((step for step in known if step.name == name), None)


def after_saving(model_admin, request, step, record):
    """Take the step for which a form was saved, in its transaction; returns where it leads.

    Raises PublicationRefused, so that the form comes back with nothing saved. What the public will
    notice is asked after the save, on a page of its own: then there is nothing left to lose.
    """
    if not step.may(request.user):
        raise PublicationRefused([f"“{step.label}” mag je niet, of niet meer."])
    if not step.fits(type(record).objects.get(pk=record.pk)):
        raise PublicationRefused([f"“{step.label}” past niet (meer) bij deze stand."])
    if not step.question:
        return run(model_admin, request, step, record)
    if step.name == "publiceer" and (problems := model_admin.missing(record)):
        raise PublicationRefused(problems)
    return None


def refused_on_the_form(request, view):
    """What a view answers; a step that is refused comes back as an error of the form."""
    try:
        return view()
    except PublicationRefused as refused:
        request.refusal = refused.problems
        return view()


def question_url(record, step, page):
    """The page that asks whether to take a step, and leads back to this page."""
    opts = record._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_step"
    return reverse(name, args=[record.pk, step.name], query={ASK: page})


def restore_url(version):
    """The address that takes a former version up again."""
    return reverse("admin:concepts_conceptversion_step", args=[version.pk, RESTORE])


def ask(model_admin, request, step, records, back=""):
    """The page on which an editor confirms a step that the public will notice."""
    missing = warnings = lambda record: ()
    changes = {}
    if step.name == "publiceer":
        missing = getattr(model_admin, "missing", missing)
        warnings = getattr(model_admin, "warnings", warnings)
        changes = changes_of(records)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": step.label if len(records) == 1 else step.several,
        "opts": model_admin.opts,
        "step": step,
        "rows": [
            {
                "record": row,
                "problems": missing(row),
                "warnings": warnings(row),
                "change": changes.get(row.pk),
            }
            for row in records
        ],
        "checkbox": ACTION_CHECKBOX_NAME,
        "is_action": "action" in request.POST,
        "back": back,
    }
    return TemplateResponse(request, "admin/concepts/confirm_step.html", context)


def changes_of(records):
    """What publishing changes, by the primary key of each record: a version, or its concept."""
    if all(isinstance(record, ConceptVersion) for record in records):
        return public_changes([version for version in records if version.is_open])
    versions = ConceptVersion.objects.open().filter(concept__in=records)
    changes = public_changes(list(versions.defer("search")))
    return {change.version.concept_id: change for change in changes.values()}


def change_url(record):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
