"""What an editor may want to reread before publishing: long sentences, unknown abbreviations.

Advice, never a reason to refuse. A long sentence has more than `LONGEST` words. An abbreviation is
explained where the same version writes it out, in brackets, or where the site knows it: as the name
of a concept, partner, service, domain or term, or as another name of one.
"""

import re
from collections.abc import Iterator

from concepts.models import Alias, ConceptVersion, KeyFigure, Milestone, Passage, Term
from governance.models import Agency, Partner, PolicyDomain

#: The most words of a sentence that most readers take in at once.
LONGEST = 25
#: The most remarks of one kind: a list that nobody reads helps nobody.
MOST = 8
#: The words of the beginning of a sentence, for finding it again.
OPENING = 6

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
ABBREVIATION = re.compile(r"\b[A-Z]{2,}(?:-[A-Z]+)*\b")
ROMAN = re.compile(r"[IVXLC]+")

#: The texts that readers read as sentences, with the fields that hold them.
TEXTS = ((Passage, ("headline", "text")), (KeyFigure, ("label",)), (Milestone, ("title",)))


def remarks(version: ConceptVersion) -> list[str]:
    """What to reread in a version, as Dutch sentences; at most `MOST` of each kind."""
    texts = list(texts_of(version))
    return [*_some(long_sentences(texts)), *_some(unexplained(version, texts))]


def texts_of(version: ConceptVersion) -> Iterator[tuple[str, str]]:
    """The running texts of a version, each with what it is called for an editor."""
    yield "de samenvatting", version.summary
    for model, fields in TEXTS:
        for row in model.objects.filter(version=version):
            where = f"“{row.get_kind_display()}”" if model is Passage else f"“{row}”"
            yield from ((where, getattr(row, field)) for field in fields)


def long_sentences(texts: list[tuple[str, str]]) -> Iterator[str]:
    """Sentences that have more than `LONGEST` words."""
    for where, text in texts:
        for sentence in SENTENCE.split(text):
            words = sentence.removeprefix("- ").split()
            if len(words) > LONGEST:
                opening = " ".join(words[:OPENING])
                yield f"Lange zin in {where}: “{opening} …” telt {len(words)} woorden."


def unexplained(version: ConceptVersion, texts: list[tuple[str, str]]) -> Iterator[str]:
    """Abbreviations that nothing on the site writes out."""
    used: dict[str, str] = {}
    for where, text in texts:
        for abbreviation in ABBREVIATION.findall(text):
            used.setdefault(abbreviation, where)
    whole = " ".join(text for _, text in texts)
    unknown = [
        abbreviation
        for abbreviation in used
        if not ROMAN.fullmatch(abbreviation)
        and f"({abbreviation})" not in whole
        and f"{abbreviation} (" not in whole
    ]
    known = known_words(version) if unknown else frozenset()
    for abbreviation in unknown:
        if abbreviation.casefold() not in known:
            yield f"“{abbreviation}” in {used[abbreviation]} wordt nergens voluit geschreven."


def known_words(version: ConceptVersion) -> frozenset[str]:
    """All words of names that the site knows, in small letters."""
    versions = ConceptVersion.objects.published() | ConceptVersion.objects.filter(pk=version.pk)
    names = [
        *versions.values_list("abbreviation", "name"),
        *Partner.objects.values_list("name", "long_name"),
        *Agency.objects.values_list("abbreviation", "name"),
        *PolicyDomain.objects.values_list("abbreviation", "name"),
        *Term.objects.values_list("abbreviation", "name"),
        *Alias.objects.values_list("text"),
    ]
    return frozenset(
        word.casefold() for row in names for name in row for word in re.findall(r"[\w&-]+", name)
    )


def _some(found: Iterator[str]) -> list[str]:
    """The first of what was found, with how many more there are."""
    remarks = list(dict.fromkeys(found))
    more = len(remarks) - MOST
    return [*remarks[:MOST], *([f"En nog {more} van die soort."] if more > 0 else [])]
