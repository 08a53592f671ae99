"""From hand to hand: who hands a version in, who sends it back, and who approves it.

Two pairs of eyes see what the public will see: who asks for review does not approve. Only who is
alone may, with a reason that stays with the version. Each step is on record as a `Handover`.
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.text import get_text_list

from concepts import publishing
from concepts.models import Handover, Status
from concepts.publishing import PublicationRefused
from concepts.versions.changes import public_changes

PUBLISH = "concepts.publish_conceptversion"


# The steps


@transaction.atomic
def hand_in(version, user):
    """Ask for review; from then on nobody changes it. Raises PublicationRefused."""
    publishing.submit(version)
    _note(version, user, Handover.Kind.HANDED_IN)


@transaction.atomic
def take_back(version, user):
    """Work on in what one handed in oneself. Raises PublicationRefused."""
    version = publishing.locked(version)
    if version.status == Status.IN_REVIEW and not handed_in_by(version, user):
        raise PublicationRefused(["Enkel wie deze versie indiende, neemt ze terug."])
    publishing.send_back(version)
    _note(version, user, Handover.Kind.TAKEN_BACK)


@transaction.atomic
def send_back(version, user, note):
    """Give a version in review back to who handed it in, with what is still to be done.

    Raises PublicationRefused.
    """
    if not note.strip():
        raise PublicationRefused(["Schrijf wat er nog moet gebeuren."])
    publishing.send_back(version)
    _note(version, user, Handover.Kind.SENT_BACK, note)


@transaction.atomic
def approve(version, user, *, reason="", minor=False, alone_because=""):
    """Let the public see a version. Returns it as published.

    Raises PublicationRefused, with nothing changed, with all that stands in the way.
    """
    version = publishing.locked(version)
    if version.is_open:
        asked = needs(version, user)
        problems = [*obstacles(version, user)]
        if asked.reason and not reason.strip():
            problems.append("Zeg in één zin waarom deze versie er komt.")
        if asked.alone and not alone_because.strip():
            problems.append("Zeg waarom niemand anders deze versie nakijkt.")
        if problems:
            raise PublicationRefused(problems)
        alone_because = alone_because.strip() if asked.alone else ""
        said = {"reason": reason.strip(), "minor": minor, "alone_because": alone_because}
        version = publishing.publish(version, _name(user), **said)
        _note(version, user, Handover.Kind.APPROVED, alone_because)
        return version
    return publishing.publish(version, _name(user))  # which says why not


def _note(version, user, kind, note=""):
    version.handovers.create(kind=kind, by=_name(user), account=user, note=note.strip())


def _name(user):
    """As the log calls an account, and no longer than it keeps."""
    return (user.get_full_name() or user.get_username())[:150]


# Who may approve


@dataclass(frozen=True)
class Needs:
    """What an editor must say to publish a version."""

    #: Why it comes, for readers; of the first version nobody asks.
    reason: bool
    #: Why nobody else looks at it.
    alone: bool


def needs(version, user):
    """What this editor must say to publish this version."""
    return Needs(reason=version.number > 1, alone=not has_second_pair(version, user))


def has_second_pair(version, user):
    """Whether somebody asked for review of this version, and it was not this editor."""
    return version.status == Status.IN_REVIEW and not handed_in_by(version, user)


def obstacles(version, user):
    """Why this editor cannot publish an open version, whatever they say; as Dutch sentences."""
    change = public_changes([version])[version.pk]
    if change.is_nothing:
        yield f"{change.sentence} Er valt niets te publiceren."
    if other := who_else(version, user):
        yield other
    yield from publishing.missing(version)


def who_else(version, user):
    """Who looks at it instead of this editor; empty when this editor may, or nobody else can."""
    if has_second_pair(version, user) or not (names := colleagues(user)):
        return ""
    others = get_text_list(names[:5], "of")
    if version.status == Status.IN_REVIEW:
        return f"Jij diende deze versie in. Iemand anders kijkt ze na: vraag het aan {others}."
    return f"Dien deze versie eerst in. Iemand anders kijkt ze dan na: vraag het aan {others}."


def colleagues(user):
    """The names of the others who can publish today."""
    accounts = get_user_model().objects.with_perm(
        PUBLISH, backend="django.contrib.auth.backends.ModelBackend"
    )
    others = accounts.filter(is_staff=True).exclude(pk=user.pk).order_by("username")
    return [_name(account) for account in others]


# What is on record


def last_step(version):
    """The last time that a version went from hand to hand; None before the first."""
    return version.handovers.order_by("-at", "-pk").first()


def handed_in(version):
    """Who handed in a version in review, and when; None when that is not on record."""
    last = last_step(version) if version.status == Status.IN_REVIEW else None
    return last if last and last.kind == Handover.Kind.HANDED_IN else None


def handed_in_by(version, user):
    """Whether this editor asked for the review that a version waits for."""
    step = handed_in(version)
    return step is not None and step.account_id == user.pk


def sent_back(version):
    """Who sent a working copy back, when and with what note, until it is handed in again."""
    last = last_step(version) if version.status == Status.WORKING_COPY else None
    return last if last and last.kind == Handover.Kind.SENT_BACK else None
