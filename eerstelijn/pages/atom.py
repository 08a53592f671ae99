"""Feeds of what changed: Atom (RFC 4287), for whoever wants to hear of it without coming to look.

Django writes them. An entry keeps its id whatever the site is called, and a feed in which nothing
happened says the same tomorrow: a reader asks for it each hour, and hears that nothing changed.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

AUTHOR = "SAM, steunpunt Mens en Samenleving"
#: What the ids are made from; another one would make all entries new.
NAMESPACE = uuid.UUID("5a3f0c52-6d0b-4b55-9f6e-3c1a5d0f7e21")
#: When a feed was last changed in which nothing happened yet.
BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
#: As many entries as a feed holds: the latest.
MOST = 50
#: What no XML can hold, however it is written.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class FeedEntry:
    """One thing that happened. `key` names it for ever; `html` is escaped."""

    key: str
    title: str
    url: str
    moment: dt.datetime
    html: str


class _Feed(Atom1Feed):
    """Django's, which says now where nothing happened."""

    def latest_post_date(self) -> dt.datetime:
        latest: dt.datetime = self.feed["latest"]
        return latest


def lasting_id(key: str) -> str:
    """The id of a feed or an entry."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, key)}"


def atom_response(
    request: HttpRequest, title: str, page_url: str, entries: Iterable[FeedEntry]
) -> HttpResponse:
    """These entries, the latest first, as the feed of this address; `page_url` shows the same."""
    entries, address = list(entries), request.get_full_path()
    feed = _Feed(
        title=writable(title),
        link=request.build_absolute_uri(page_url),
        description=None,
        language=settings.LANGUAGE_CODE,
        author_name=AUTHOR,
        feed_url=request.build_absolute_uri(address),
        feed_guid=lasting_id(address),
        latest=max((entry.moment for entry in entries), default=BEGINNING),
    )
    for entry in entries:
        feed.add_item(
            title=writable(entry.title),
            link=request.build_absolute_uri(entry.url),
            description=writable(entry.html),
            unique_id=lasting_id(entry.key),
            pubdate=entry.moment,
            updateddate=entry.moment,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def writable(text: str) -> str:
    """A text without what XML cannot hold."""
    return UNWRITABLE.sub("", text)
