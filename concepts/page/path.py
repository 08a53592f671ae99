"""Milestones on a path, as HTML: on the page of a concept, and on the timeline of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from concepts.search.glossary import FOREIGN_NAMES
from eerstelijn.pages.printing import Printer, anchor
from eerstelijn.pages.words import Words
from eerstelijn.templatetags.texts import date_column, unstated
from eerstelijn.templatetags.trees import tree

NAMES = Words(FOREIGN_NAMES)
WITHOUT_DATE = f'<span class="when">{unstated("zonder datum")}</span>'


@dataclass
class Stop:
    """A stop on the path: a filled one happened, an open one was announced.

    An entry of the timeline is one too; the line of a day has `is_today` and a `label`.
    """

    #: As its source gives it.
    date: Any
    title: str
    statement: Any
    is_announced: bool
    #: What became of an announcement, or the editors' remark; and the places that say so.
    note: str = ""
    outcome: Sequence[Any] = ()
    #: Its id on the page; without one it has that of its statement.
    key: str = ""
    #: Where the title leads.
    url: str = ""
    #: What is told of the same on that day, as stops too.
    joined: Sequence[Any] = ()
    #: The ids of what says just the same.
    same_keys: Sequence[str] = ()
    #: The concepts that it touches, each with its species; and how many more.
    named: Sequence[tuple[str, Any]] = ()
    unnamed: int = 0


def path(to: Printer, stops: Iterable[Any]) -> str:
    """The stops in their order."""
    return f'<ol class="timeline">\n{"".join(_line(to, stop) for stop in stops)}</ol>\n'


def _line(to: Printer, stop: Any) -> str:
    if getattr(stop, "is_today", False):
        return f'<li class="today" id="vandaag" tabindex="-1"><b>{escape(stop.label)}</b></li>\n'
    place = f' id="{escape(stop.key)}" tabindex="-1"' if stop.key else anchor(stop.statement)
    announced = 'class="announced"' if stop.is_announced else ""
    when = date_column(stop.date) if stop.date else WITHOUT_DATE
    title = to.linked(stop.title, stop.url)
    said = to.numbered(stop.statement, title)
    note = f'<p class="note">{to.said(stop.outcome, stop.note)}</p>\n' if stop.note else ""
    if stop.joined:
        said_too = " ".join(_joined(to, other) for other in stop.joined)
        note += f'<p class="note">{said_too}</p>\n'
    about = _about(stop) if stop.named else ""
    inside = f"{_places(stop)}<p>\n{said}\n</p>\n{note}{about}"
    return f"<li{place}\n{announced}>\n{when}\n<div>\n{inside}</div>\n</li>\n"


def _joined(to: Printer, stop: Any) -> str:
    remark = f" {to.said(stop.outcome, stop.note)}" if stop.note else ""
    said = to.said(stop.statement, f"{stop.title}.")
    return f'<span id="{escape(stop.key)}" tabindex="-1">{_places(stop)}{said}{remark}</span>'


def _places(stop: Any) -> str:
    """Where a link to what says just the same leads."""
    return "".join(f'<span id="{escape(key)}"></span>' for key in stop.same_keys)


def _about(stop: Any) -> str:
    """The concepts that it touches."""
    named = "".join(
        f'<li>{tree(species, 20)} <a href="{escape(version.get_absolute_url())}">'
        f"{NAMES.html(version.name)}</a></li>\n"
        for species, version in stop.named
    )
    more = f"<li>en nog {stop.unnamed}</li>" if stop.unnamed else ""
    return f'<ul class="concerns">\n{named}{more}</ul>\n'
