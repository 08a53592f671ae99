"""Where a version stands and what can be done with it, in sentences for its editors."""

from django.urls import reverse
from django.utils.html import format_html

from concepts import reviewing
from concepts.admin import steps
from concepts.models import ConceptVersion, Status
from eerstelijn.desk.forms import entries_of, moment, name_of


def is_free(version):
    """Whether editors may change it: what is in review waits until it is back."""
    return version.status == Status.WORKING_COPY


def in_review(version, user):
    """The sentences on a version that nobody can change now."""
    step = reviewing.handed_in(version)
    by = f" door {step.by}, {moment(step.at)}" if step else ""
    yield f"Deze versie is ingediend voor nazicht{by}. Niemand kan ze nu wijzigen."
    if reviewing.handed_in_by(version, user):
        yield "Wil je verder werken, neem ze dan terug."
    elif step:
        yield f"{step.by} neemt ze terug, of een eindredacteur stuurt ze terug."
    else:
        yield "Een eindredacteur stuurt ze terug."


def came_back(version):
    """What is told of a working copy that was sent back; None of others."""
    step = reviewing.sent_back(version)
    return step and {"said": f"Teruggestuurd door {step.by}, {moment(step.at)}.", "note": step.note}


def happened(version, number):
    """What became of a version while its form was being filled in, by whom and when."""
    entry = entries_of(ConceptVersion, number).first()
    by = f" door {name_of(entry.user)} {moment(entry.action_time)}" if entry else ""
    what = f"Intussen weggegooid{by}."
    if version and version.status == Status.IN_REVIEW:
        return (
            f"Intussen ingediend voor nazicht{by}. Niemand kan deze versie nu wijzigen. Is ze "
            "terug, kies dan opnieuw Opslaan."
        )
    if version:
        what = f"Intussen is dit een {version.get_status_display()}{by}."
    if version and version.status == Status.PUBLISHED:
        by, when = version.published_by, moment(version.published_at)
        what = f"Intussen gepubliceerd{f' door {by}' if by else ''} {when}."
    return what


def what_now(version, user, may_note):
    """The sentences on a version that is closed: what can still be done, and where."""
    if is_free(version):
        return
    if version.status == Status.IN_REVIEW:
        yield from in_review(version, user)
        return
    yield f"Deze versie is {version.get_status_display()}: de inhoud ligt vast."
    if open_version := version.concept.versions.open().first():
        yield format_html(
            'Wijzigen doe je in <a href="{}">versie {}</a>.',
            steps.change_url(open_version),
            open_version.number,
        )
        if steps.was_replaced(version):
            yield "Eens die gepubliceerd of weggegooid is, kun je deze terughalen."
    elif version.status != Status.FORMER:
        yield "Wil je iets wijzigen, maak dan een werkversie."
    if version.status == Status.PUBLISHED and may_note:
        yield format_html(
            'Keek je ze op een andere dag na? <a href="{}">Noteer het nazicht</a> met die dag.',
            reverse("admin:concepts_review_add", query={"version": version.pk}),
        )
