"""The steps of a version from working copy to public page, as buttons and as actions on a list.

Every step is a POST with a name. Those that the public notices ask first; those that need a word
of the editor have a page on which they decide (`concepts.admin.deciding`). What a step does stands
in `concepts.reviewing` and `concepts.publishing`; what it refuses comes back as Dutch sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from concepts import checking, publishing, reviewing
from concepts.models import Status
from concepts.publishing import PublicationRefused
from concepts.reviewing import PUBLISH
from eerstelijn.desk.forms import entries_of, name_of
from eerstelijn.desk.shown import SHOWN, holds_to, mark
from eerstelijn.history.actor import WHY, acting

#: The name of the buttons that save a form and take a step, and of the question before it.
STEP, ASK = "_stap", "vraag"
#: What is said when another version came on the site than the one that was looked over.
OTHER_VERSION = "Intussen staat een andere versie op de site. Lees ze eerst; er is niets genoteerd."
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
    opens: str = ""  # the name of the link to the page on which it is decided; none without
    is_for: Callable = lambda record, user: True  # whether a button makes sense for this editor
    rests_on: Callable = lambda record: ""  # what an editor saw who takes it, as a mark (shown.py)

    @property
    def asks(self):
        """Whether a page comes first."""
        return bool(self.question or self.opens)

    def may(self, user):
        return user.has_perm(self.permission)


def _withdraw(concept, user):
    """With what the page that asks was told: see `concepts.admin.withdrawing`."""
    publishing.withdraw(concept, by=name_of(user), **concept.withdrawal)
    return concept


def _hand_in(version, user):
    reviewing.hand_in(version, user)
    return _as_it_is_now(version)


def _take_back(version, user):
    reviewing.take_back(version, user)
    return _as_it_is_now(version)


def _review(version, user):
    noted = checking.note([version.pk], **checking.proposed(name_of(user)))
    if noted.gone:
        raise PublicationRefused(["Deze versie staat niet (meer) op de site."])
    return version


def _review_public(concept, user):
    version = concept.versions.published().first()
    if version is None:
        raise PublicationRefused(["Dit concept staat niet op de site."])
    _review(version, user)
    return concept


def public_one(concept):
    """The mark of the version on the site: who says that it is still right, saw that one."""
    return mark(*concept.versions.published().values_list("pk", flat=True))


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


#: Both are decided on one page, and taken with what the editor wrote there (`deciding`).
SEND_BACK = Step(
    "stuur-terug",
    "Stuur terug",
    PUBLISH,
    reviewing.send_back,
    "is terug bij de redacteur.",
    lambda version: version.status == Status.IN_REVIEW,
    opens="Kijk na en beslis",
    is_for=lambda version, user: False,  # the link of the other leads there
)
APPROVE = Step(
    "publiceer",
    "Publiceer",
    PUBLISH,
    reviewing.approve,
    "staat op de site.",
    lambda version: version.is_open,
    opens="Kijk na en beslis",
    saving="Bewaar en publiceer",
    is_for=lambda version, user: not reviewing.who_else(version, user),
)

VERSION_STEPS = (
    Step(
        "dien-in",
        "Dien in voor nazicht",
        "concepts.change_conceptversion",
        _hand_in,
        "staat klaar voor nazicht.",
        lambda version: version.status == Status.WORKING_COPY,
        several="Dien de gekozen werkversies in voor nazicht",
        saving="Bewaar en dien in",
    ),
    Step(
        "neem-terug",
        "Neem terug",
        "concepts.change_conceptversion",
        _take_back,
        "is terug bij jou.",
        lambda version: version.status == Status.IN_REVIEW,
        is_for=reviewing.handed_in_by,
    ),
    APPROVE,
    SEND_BACK,
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
        rests_on=public_one,
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
    ),
)


def buttons(steps, request, record):
    """The steps that this editor can take with this record now."""
    user = request.user
    return [
        step for step in steps if step.may(user) and step.fits(record) and step.is_for(record, user)
    ]


def take_one(model_admin, request, step, record, where=None):
    """Take a step with one record and show where it led. What asks first has a page of its own.

    `where` says which page of what it led to; without it, that of the record.
    """
    if not step.may(request.user):
        raise PermissionDenied
    if rests_on := step.rests_on(record):
        holds_to(request, rests_on)
    led_to = _take(model_admin, request, step, record) or record
    return redirect(where(request, led_to) if where else change_url(led_to))


def actions(steps):
    """The steps as actions on a list, for those who may take them."""
    return {step.name: (_action(step), step.name, step.several) for step in steps if step.several}


def _action(step):
    def action(model_admin, request, queryset):
        if not step.may(request.user):
            raise PermissionDenied
        records = list(queryset)
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
        return refuse(model_admin, request, record, refused.problems)


def refuse(model_admin, request, record, problems):
    """Say why a step was not taken."""
    lines = format_html_join("", "<li>{}</li>", ((text,) for text in problems))
    text = format_html("{}: dit kan nog niet.<ul>{}</ul>", record, lines)
    model_admin.message_user(request, text, messages.ERROR)


def run(model_admin, request, step, record):
    """Take a step within a transaction, and tell; returns the record that it led to."""
    because(request, step)
    return told(model_admin, request, step, record, step.run(record, request.user))


def because(request, step):
    """Let what a step changes be kept as its doing, with what the editor wrote for it."""
    names = ("note", "alone_because", "reason", WHY)
    written = (request.POST.get(name, "") for name in names)
    acting(request, f"{step.label}. {next(filter(None, written), '')}")


def told(model_admin, request, step, record, result, note=""):
    """Put on record, and say, that a step was taken; returns the record that it led to."""
    because = f" {note}" if note else ""
    model_admin.log_change(request, record, f"{step.label}: gedaan.{because}")
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
    if (rests_on := step.rests_on(record)) and request.POST.get(SHOWN, rests_on) != rests_on:
        raise PublicationRefused([OTHER_VERSION])
    if not step.asks:
        return run(model_admin, request, step, record)
    if step is APPROVE and (problems := list(reviewing.obstacles(record, request.user))):
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


def change_url(record):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
