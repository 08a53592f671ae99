"""What a reader can take along from a page: paper, data, a citation, its address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

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
    has_data: bool = True
    has_pdf: bool = False
    pdf_label: str = "PDF"
    reference: Reference | None = None
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
        cls, request: HttpRequest, reference: Reference | None, url: str, as_of: AsOf, **more: Any
    ) -> "Take":
        """Of a view of many records: `url` is its address with its question, the day included."""
        address = request.build_absolute_uri(url)
        return cls(address, url, AsOf(as_of.day), reference=reference, **more)

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
        return [(label, self._as(format)) for format, label in FORMATS.items()]
