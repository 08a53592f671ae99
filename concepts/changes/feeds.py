"""The feeds of what changed: of all, of one concept, of a partner, a service, a place, a question.

A question is asked of what the public reads today, and of what was withdrawn as it was last read:
that a concept is gone, is news for whoever follows the partner that it asked.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from concepts.changes.entries import GONE, Entry, Events
from concepts.changes.filters import concepts_of, question_said
from concepts.coverage import Place, with_reach
from concepts.finder.filters import ConceptFilter
from concepts.models import ConceptVersion
from concepts.places.asked import LOCATED
from eerstelijn.pages.atom import MOST, FeedEntry, atom_response
from governance.models import CoverageArea


def feed(request: HttpRequest, of: str, page_url: str, events: Events) -> HttpResponse:
    """What happened as a feed; `of` says of what, `page_url` is the page about that."""
    title = f"Wijzigingen: {of}" if of else "Wat er veranderde op de wegwijzer eerste lijn"
    return atom_response(request, title, page_url, map(told, events.each(MOST)))


def told(entry: Entry) -> FeedEntry:
    """An entry by its version: its address never changes, nor does its number."""
    version, what = entry.version, "ingetrokken" if entry.what == GONE else "gepubliceerd"
    return FeedEntry(
        key=f"{version.concept.slug} {version.number} {what}",
        title=f"{version.name}: {entry.happened[0].lower()}{entry.happened[1:]}",
        url=entry.url or reverse("change-list"),
        moment=entry.moment,
        html=format_html_join("", "<p>{}</p>", ((line,) for line in _paragraphs(entry))),
    )


def _paragraphs(entry: Entry) -> Iterator[str]:
    if entry.reason:
        yield format_html("<b>Waarom:</b> {}", entry.reason)
    for how, what in entry.lines:
        yield format_html("<b>{}:</b> {}", how, what)
    if entry.is_same:
        yield "De inhoud is gelijk aan die van de versie ervoor."
    if entry.successor:
        yield f"Lees verder: {entry.successor.name}."


# Of what


def question_feed(view: Any, finder: Any) -> HttpResponse:
    """The feed of a list of concepts: of those that its question finds today."""
    known = ConceptVersion.objects.known().with_review()
    known = known.filter(concept__record_kind=view.record_kind)
    found = concepts_of(ConceptFilter(finder.filterset.data, queryset=known))
    return feed(view.request, _named(view.nouns[1], finder), finder.canonical_url, Events(found))


def change_feed(view: Any, finder: Any) -> HttpResponse:
    """The same of the list of changes."""
    filterset = finder.filterset
    is_all = not (filterset.chooses or filterset.settings_said)
    of = "" if is_all else _named("concepten", finder)
    return feed(view.request, of, finder.canonical_url, filterset.events)


def _named(noun: str, finder: Any) -> str:
    """What a feed follows, in words."""
    return noun + "".join(segment.text for segment in question_said(finder.filterset))


def events_of(condition: Q) -> Events:
    """What happened to the concepts of which such a version is public, or was when withdrawn."""
    return Events(_concepts(ConceptVersion.objects.known().filter(condition)))


def events_in(area: CoverageArea, day: dt.date) -> Events:
    """What happened to the concepts that work in an area that day, or will as far as is planned."""
    reached = with_reach(ConceptVersion.objects.known(), [Place.of([area], day)], day)
    return Events(_concepts(reached.filter(reach__in=[reach.strength for reach in LOCATED])))


def _concepts(versions: QuerySet) -> list[int]:
    return list(versions.order_by().values_list("concept", flat=True).distinct())
