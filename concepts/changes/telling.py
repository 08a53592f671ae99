"""What a publication changed, in few words: as a version keeps it, and as a page says it.

The comparison of two whole versions (`concepts.versions`) takes long. So a version keeps what
readers are told of it, made when it is published; of what came in as files it is made afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypedDict

from django.db.models import Q

from concepts.models import ConceptVersion
from concepts.versions.changes import tell
from concepts.versions.comparing import CHANGED, Comparison, FieldChange, compare
from concepts.versions.words import Mark
from eerstelijn.portions import Progress, portions, unwatched

#: How many of what changed alike are named, and how long a name or a value may be for that.
MOST_NAMED, LONGEST_NAMED, LONGEST_VALUE = 3, 80, 60
#: How many versions are compared at a time.
AT_ONCE = 20
#: What became of a kind of which only the order changed.
MOVED = "verplaatst"


class Said(TypedDict):
    """What became of the rows of one kind: how, of which kind, how many, some by name."""

    hoe: str
    wat: str
    aantal: int
    namen: list[str]


def told_of(versions: Sequence[ConceptVersion]) -> dict[int, list[Said]]:
    """What each of these versions changed for the public, by its primary key.

    Beside the version that the public knew before; of a first version there is nothing to tell.
    """
    pairs = _with_bases(versions)
    told = tell([each for pair in pairs for each in pair], to_public=True) if pairs else {}
    changes = {version.pk: _in_short(compare(told[b.pk], told[version.pk])) for b, version in pairs}
    return {version.pk: changes.get(version.pk, []) for version in versions}


def _with_bases(versions: Sequence[ConceptVersion]) -> list[tuple[ConceptVersion, ConceptVersion]]:
    """The versions that had one before them, each behind that one."""
    asked = Q(concept__in={version.concept_id for version in versions})
    known = ConceptVersion.objects.filter(asked, published_at__isnull=False).order_by("number")
    public = list(known.only("concept", "number"))
    pairs = []
    for version in versions:
        before = [
            each
            for each in public
            if each.concept_id == version.concept_id and each.number < version.number
        ]
        if before:
            pairs.append((before[-1], version))
    return pairs


def keep_told(progress: Progress = unwatched) -> int:
    """Make what is told of versions that came in without it; gives of how many."""
    untold = ConceptVersion.objects.filter(published_at__isnull=False, told__isnull=True)
    untold.with_base().filter(base_number=None).update(told=[])
    rows = list(untold.only("concept", "number"))
    for portion in progress(list(portions(rows, AT_ONCE)), "Wijzigingen vertellen", "deel"):
        told = told_of(portion)
        for version in portion:
            version.told = told[version.pk]
        ConceptVersion.objects.bulk_update(portion, ["told"])
    return len(rows)


def _in_short(comparison: Comparison) -> list[Said]:
    said = []
    if comparison.fields:
        named = [_field(change) for change in comparison.fields]
        said.append(Said(hoe=CHANGED, wat="", aantal=len(named), namen=named))
    for chapter in comparison.chapters:
        for mark in (CHANGED, Mark.NEW, Mark.GONE):
            titles = [row.title for row in chapter.rows if row.mark == mark]
            if titles:
                named = [_shorten(title, LONGEST_NAMED) for title in titles[:MOST_NAMED] if title]
                wat = chapter.one if len(titles) == 1 else chapter.many
                said.append(Said(hoe=str(mark), wat=wat, aantal=len(titles), namen=named))
        if chapter.is_reordered:
            said.append(Said(hoe=MOVED, wat=chapter.many, aantal=0, namen=[]))
    return said


def _field(change: FieldChange) -> str:
    """What a field of the version is called; a short one with what it was and is."""
    label = f"{change.label[:1].lower()}{change.label[1:]}"
    if change.is_list:
        return label
    old = "".join(piece.text for piece in change.pieces if piece.mark != Mark.NEW).strip()
    new = "".join(piece.text for piece in change.pieces if piece.mark != Mark.GONE).strip()
    if max(len(old), len(new)) > LONGEST_VALUE:
        return label
    if old and new:
        return f"{label} (“{old}” werd “{new}”)"
    return f"{label} (“{new}” kwam erbij)" if new else f"{label} (“{old}” viel weg)"


def _shorten(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


HEADINGS: Mapping[str, str] = {
    CHANGED: "Gewijzigd",
    str(Mark.NEW): "Nieuw",
    str(Mark.GONE): "Weg",
    MOVED: "Andere volgorde",
}


def lines(told: Iterable[Said]) -> Iterator[tuple[str, str]]:
    """What is told as lines of a page: how it changed, and what."""
    said = list(told)
    for mark, heading in HEADINGS.items():
        if words := [_words(each) for each in said if each["hoe"] == mark]:
            yield heading, "; ".join(words)


def _words(said: Said) -> str:
    named, rest = said["namen"], said["aantal"] - len(said["namen"])
    if not said["wat"]:
        return ", ".join(named)
    kind = said["wat"] if said["aantal"] <= 1 else f"{said['aantal']} {said['wat']}"
    if not named:
        return kind
    more = f" en nog {rest}" if rest else ""
    return f"{kind}: {', '.join(named)}{more}"
