"""What a reader can take along from a page: paper, data, a citation, its address."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.text import slugify

from eerstelijn.finder.question import AsOf
from eerstelijn.pages.cite import FORMATS, Reference


@dataclass(frozen=True)
class Take:
    """The block "Neem mee" of one page (templates/includes/_take.html).

    `path` is where the page is, without its question; an address of it as data is that path with
    another end. Of what a page does not have, the address is empty.
    """

    #: The full address of the page, to copy.
    address: str
    path: str
    as_of: AsOf
    #: What its data are called: where the page knows no days, of which day they are.
    json_label: str = "JSON"
    has_data: bool = True
    has_pdf: bool = False
    pdf_label: str = "PDF"
    reference: Reference | None = None
    #: Whether the citation has addresses for programs; that of a view is text only.
    cites_as_data: bool = True
    versions_url: str = ""
    feed_url: str = ""

    @classmethod
    def of(
        cls, request: HttpRequest, path: str, as_of: AsOf, *, page: str = "", **more: Any
    ) -> "Take":
        """Of the page at a path of ours, about a day; `page` is where it is if not at that path."""
        address = request.build_absolute_uri(as_of.url(page or path))
        return cls(address, path, as_of, **more)

    @classmethod
    def of_view(
        cls, request: HttpRequest, url: str, title: str, as_of: AsOf, **more: Any
    ) -> "Take":
        """Of a view of many records: `url` is its address with its question, the day included."""
        address = request.build_absolute_uri(url)
        key = slugify(title)
        cited = Reference(key, title, address, as_of.day, dt.date.today())
        return cls(address, url, AsOf(as_of.day), reference=cited, cites_as_data=False, **more)

    def _as(self, format: str) -> str:
        path, mark, question = self.path.partition("?")
        return self.as_of.url(f"{path.rstrip('/')}.{format}{mark}{question}")

    @property
    def pdf_url(self) -> str:
        return self._as("pdf") if self.has_pdf else ""

    @property
    def json_url(self) -> str:
        return self._as("json") if self.has_data else ""

    @property
    def csv_url(self) -> str:
        return self._as("csv") if self.has_data else ""

    @property
    def cite_links(self) -> list[tuple[str, str]]:
        """The citation for programs, as (name, address)."""
        if not self.cites_as_data:
            return []
        return [(label, self._as(format)) for format, label in FORMATS.items()]
