"""From working copy to published version. Nothing else changes the status of a version."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from concepts import proofreading, sources_as_of
from concepts.changes.telling import told_of
from concepts.models import STATEMENT_KINDS, Concept, ConceptVersion, Passage, Status
from concepts.reading import read_statements, statements_of
from concepts.search.everywhere import index_told
from concepts.search.index import index_versions
from eerstelijn.database import locks
from eerstelijn.dates import unexplained_dates
from governance.citing import cite


class PublicationRefused(Exception):
    """A version cannot be published; `problems` is a list of Dutch sentences for the editor."""

    def __init__(self, problems):
        super().__init__(" ".join(problems))
        self.problems = problems


class Problem(str):
    """A Dutch sentence that also knows what it is about: a row, a kind of row, or a field."""

    def __new__(cls, text, about):
        problem = super().__new__(cls, text)
        problem.about = about
        return problem


def missing(version):
    """What a version lacks before the public may see it, as Dutch sentences."""
    return missing_of([version])[0]


def missing_of(versions):
    """The same of several versions, a list for each, in as many queries as for one."""
    described = ConceptVersion.described_by.through.objects.filter(conceptversion__in=versions)
    described = {*described.values_list("conceptversion", flat=True)}
    # Read on copies: whoever goes on with a version asks the database what it says by then.
    read = [copy(version) for version in versions]
    for version in read:
        version._prefetched_objects_cache = {}
    read_statements(read, for_editors=True)
    cite(row for version in read for _, row in statements_of(version))
    return [_problems(version, version.pk in described) for version in read]


def _problems(version, is_described):
    """What a version lacks that was read with its statements and their sources."""
    problems = []
    if not version.summary.strip():
        problems.append(Problem("De samenvatting in één zin ontbreekt.", "summary"))
    if not is_described:
        text = "Zeg welke bron dit beschrijft (veld “beschreven door”)."
        problems.append(Problem(text, "described_by"))
    if all(row.kind != Passage.Kind.WHAT for row in version.passages.all()):
        problems.append(Problem("Er is nog geen passage “Wat het is”.", Passage))
    if not version.sources_as_of:
        text = "Zeg van wanneer de bronnen zijn (veld “stand van de bronnen”)."
        problems.append(Problem(text, "sources_as_of"))
    for _, row in statements_of(version):
        problems.extend(Problem(text, row) for text in _statement_problems(row))
    return problems


def warnings(version):
    """What an editor looks at before publishing, as Dutch sentences; nothing that stops it."""
    return [*filter(None, [sources_as_of.outdated(version)]), *proofreading.remarks(version)]


def _statement_problems(row):
    if not row.citations.all():
        yield f"{_named(row)} heeft nog geen bron."
    for label in unexplained_dates(row):
        yield (
            f"{_named(row)}: de datum “{label}” heeft geen grenzen. Vul ze in, of vink aan dat er "
            "geen zijn."
        )
    yield from row.problems()


def _named(row):
    return f"{row._meta.verbose_name.capitalize()} “{row}”"


@transaction.atomic
def publish(version, by="", **said):
    """Make an open version the published one; the version that was public becomes "vroeger".

    `said` is what is decided of it at that moment: its reason, minor, alone_because. Who may
    decide that, and on what, is in `concepts.reviewing`.

    Raises PublicationRefused, with nothing changed, when the version is not open or lacks
    something. Two editors who publish at once are taken one after the other.
    """
    version = locked(version)
    if not version.is_open:
        raise PublicationRefused(["Deze versie is geen werkversie (meer). Herlaad de pagina."])
    if problems := missing(version):
        raise PublicationRefused(problems)
    siblings = ConceptVersion.objects.filter(concept=version.concept)
    siblings.published().update(status=Status.FORMER)
    siblings.filter(pk=version.pk).update(
        status=Status.PUBLISHED,
        published_at=timezone.now(),
        published_by=by,
        told=told_of([version])[version.pk],
        **said,
    )
    index_versions(siblings.published())
    index_told()
    return siblings.get(pk=version.pk)


@transaction.atomic
def withdraw(concept, reason="", by="", successor=None):
    """Take a concept off the public site; its address answers 410 from then on, with the reason.

    `successor` is the public concept that took its place, where one did. Raises
    PublicationRefused when there is nothing public to withdraw, or to lead to.
    """
    lock(concept.pk, *([successor.pk] if successor else []))
    if successor and (successor == concept or not successor.versions.published().exists()):
        raise PublicationRefused(["Wat dit vervangt, moet een ander concept op de site zijn."])
    changed = concept.versions.published().update(
        status=Status.ARCHIVED,
        withdrawn_at=timezone.now(),
        withdrawn_by=by,
        withdrawn_reason=reason,
        successor=successor,
    )
    if not changed:
        raise PublicationRefused(["Dit concept staat niet op de site."])
    index_told()


@transaction.atomic
def submit(version):
    """Offer a working copy for review. Raises PublicationRefused when it is not a working copy."""
    _move(version, Status.WORKING_COPY, Status.IN_REVIEW)


@transaction.atomic
def send_back(version):
    """Give a version in review back to its editor. Raises PublicationRefused otherwise."""
    _move(version, Status.IN_REVIEW, Status.WORKING_COPY)


def _move(version, before, after):
    version = locked(version)
    if version.status != before:
        raise PublicationRefused([f"Deze versie staat niet (meer) op “{before.label}”."])
    ConceptVersion.objects.filter(pk=version.pk).update(status=after)


@transaction.atomic
def working_copy(concept):
    """The open version of a concept; made from its newest version when there is none.

    Every statement is copied with its key, citations and areas. Raises PublicationRefused for a
    concept that has no version at all.
    """
    lock(concept.pk)
    concept = Concept.objects.get(pk=concept.pk)
    if open_version := concept.versions.open().first():
        return open_version
    newest = concept.versions.order_by("-number").first()
    if newest is None:
        raise PublicationRefused(["Dit concept heeft nog geen versie. Maak eerst de eerste."])
    return _continued(newest, newest.number + 1)


@transaction.atomic
def restore(version):
    """A working copy with the content of a version that was public before.

    Raises PublicationRefused, with nothing changed, when somebody is working on the concept, or
    when another concept is called so by now.
    """
    version = locked(version)
    siblings = ConceptVersion.objects.filter(concept=version.concept)
    newest = siblings.order_by("-number").first()
    if open_version := siblings.open().first():
        text = (
            f"Er is al een versie in bewerking: versie {open_version.number}, "
            f"{open_version.get_status_display()}. Publiceer ze of gooi ze weg; daarna kun je een "
            "vroegere versie terughalen."
        )
        raise PublicationRefused([text])
    return _continued(version, newest.number + 1, reason=f"Zoals versie {version.number}")


def _continued(version, number, reason=""):
    """A new working copy that says what a version says."""
    copy = _like(
        version,
        number=number,
        status=Status.WORKING_COPY,
        reason=reason,
        minor=False,
        alone_because="",
        published_at=None,
        published_by="",
        told=None,
        withdrawn_at=None,
        withdrawn_by="",
        withdrawn_reason="",
        successor=None,
        search=None,
    )
    try:
        copy.validate_constraints()
    except ValidationError as error:
        called = f"Versie {version.number} heet “{version.name}”."
        raise PublicationRefused([f"{called} {text}" for text in error.messages]) from None
    _save_copy(copy, version)
    for model in STATEMENT_KINDS.values():
        for row in model.objects.filter(version=version):
            _save_copy(_like(row, version=copy), row)
    return copy


def _like(row, **changes):
    """A new row like this one, not saved."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def _save_copy(copy, row):
    """Save a copy of a row with the many-to-many links of that row."""
    copy.save()
    for field in row._meta.many_to_many:
        getattr(copy, field.name).set(getattr(row, field.name).all())


def lock(*concepts):
    """Nobody else changes these concepts, by primary key, or a version of them until we are done.

    Ask for all that a transaction touches at once: see `eerstelijn.database.locks` for the order.
    """
    locks.take(
        Concept.objects.filter(pk__in=concepts),
        ConceptVersion.objects.filter(concept__in=concepts),
    )


def locked(version):
    """The version as it stands now, with its concept locked against other editors.

    Raises PublicationRefused when somebody threw it away.
    """
    lock(version.concept_id)
    found = ConceptVersion.objects.filter(pk=version.pk).first()
    if found is None:
        raise PublicationRefused(["Deze versie is intussen weggegooid."])
    return found


def take_up_again(versions):
    """Versions that were deleted and came back are worked on: who handed them in went with them."""
    versions.filter(status=Status.IN_REVIEW).update(status=Status.WORKING_COPY)
