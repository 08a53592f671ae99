"""What stands above the hits of a search: a place that was named, a definition, a way to both.

Hits are texts with the words; these are the pages that a reader asked for by name.
"""

from urllib.parse import urlencode

from django.urls import reverse

from concepts.places.lookup import municipalities
from concepts.places.understood import area_choice, choice_of
from concepts.reference.rows import first_paragraph
from concepts.search.everywhere import ENTRY_LABELS
from concepts.search.wanted import Offer
from governance.models import Partner

#: Names of this many letters are often words too (Geel, Boom, Halen): beside other words they need
#: a capital, or the name of a record: "ocmw geel".
SHORT = 5
MOST_PARTNERS = 3


def offers(text, read, groups, as_of):
    """The offers for a question that was read, about a day, best first."""
    known = municipalities()
    lookup = known.find(text, as_of.day, guess=False)
    beside = known.beside(text, as_of.day)
    # "doel van De STEK" asks for no village, though there is one of that name.
    if beside and (read.wanted.is_plain or not _is_place(beside, read)):
        beside = None
    whole = [hit for hit in lookup.hits if hit.is_sure]
    towns = whole or ([beside.hit] if beside else [])
    return [
        *read.wanted.offers,
        *_definitions(read, groups),
        *_partners(read, groups),
        *(_area(area, as_of) for area in lookup.areas),
        *(_together(beside, read, is_place=bool(whole)) if beside else ()),
        *(_municipality(hit, as_of) for hit in towns),
    ]


def _is_place(beside, read):
    """Whether a name beside other words is meant as a place, and not as a word."""
    if len(beside.name) > SHORT or beside.has_capital:
        return True
    return bool(read.index.analyser.alias_hits(beside.rest))


def _definitions(read, groups):
    """The term that the question is, or asks for: "wat is een zorgraad"."""
    for hit in _hits_of("term", groups):
        if _is_the_name(hit.name, read):
            yield Offer(hit.url, hit.name, first_paragraph(hit.text))


def _partners(read, groups):
    """What is asked of the partner that the whole question names: "clb", "huisartsen"."""
    meant = {
        target.removeprefix("partner:")
        for text, target in read.named
        if target.startswith("partner:") and _is_the_name(text, read)
    }
    for hit in _hits_of("partner", groups):
        if hit.slug in meant or _is_the_name(hit.name, read):
            url = f"{reverse('asked')}?{urlencode({'partner': hit.slug})}"
            yield Offer(url, f"Gevraagd aan: {hit.name}", "Welke concepten, en op welke grond")


def _hits_of(kind, groups):
    """The hits of a kind of record."""
    return [hit for group in groups if group.label == ENTRY_LABELS[kind] for hit in group.hits]


def _is_the_name(name, read):
    """Whether the whole question is this name."""
    return read.clauses(name) == read.clauses(read.corrected)


def _area(area, as_of):
    choice = area_choice(area, as_of)
    return Offer(choice.url, choice.name, "Wat werkt er in dit gebied, en wat ligt erin?")


def _municipality(hit, as_of):
    choice = choice_of(hit, as_of)
    notes = "".join(f"{note}. " for note in choice.notes)
    return Offer(choice.url, choice.name, f"{notes}Wat geldt er in deze gemeente?")


def _together(beside, read, is_place):
    """What is asked of a partner in that place; or the finder with other words there.

    `is_place`: the whole question is a place, as "3000 Leuven" is; "ocmw leuven" is a partner too.
    """
    town = beside.hit.area
    targets = [
        target.removeprefix("partner:")
        for _, target in read.index.analyser.alias_hits(beside.rest)
        if target.startswith("partner:")
    ]
    partners = Partner.objects.filter(slug__in=targets)[:MOST_PARTNERS] if targets else []
    for partner in partners:
        query = urlencode({"gemeente": town.nis, "partner": partner.slug})
        yield Offer(
            f"{reverse('asked')}?{query}",
            f"{partner.name} in {town.name}",
            "Wat vraagt men hier van deze partner, op welke grond en van wie?",
        )
    if not (partners or is_place or beside.rest_is_kind) and read.clauses(beside.rest):
        query = urlencode({"gemeente": town.nis, "q": beside.rest})
        yield Offer(
            f"{reverse('concept-list')}?{query}",
            f"“{beside.rest}” in {town.name}",
            "De concepten met deze woorden, die hier werken of kunnen werken",
        )
