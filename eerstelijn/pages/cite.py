"""How a page is cited: in words, and for the programs that keep references.

Written here and not by a library: a reference is always of one type, and what that asks of escaping
are ten signs of BibTeX. What these libraries read of it is tried in the tests.
"""

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from eerstelijn.dates import long_date
from eerstelijn.pages.atom import AUTHOR, writable

SITE = "Wegwijzer eerste lijn"
#: How long the key of a view may be: it names a file as well.
LONGEST_KEY = 60
#: Each format by how its address ends, with what readers call it.
FORMATS = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
#: The signs that mean something to BibTeX and TeX. A brace is spelled out: escaped, it would still
#: be counted.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: rf"\{sign}" for sign in "&%$#_"},
}


@dataclass(frozen=True)
class Reference:
    """What a citation of a page says. `url` is a full address that stays, of this version."""

    key: str
    title: str
    url: str
    #: The day that the page is about, and the day on which it was read.
    as_of: dt.date
    seen: dt.date
    #: Its number and the day it was published; of what has no versions neither.
    version: int | None = None
    issued: dt.date | None = None

    @classmethod
    def of_view(cls, request: HttpRequest, url: str, title: str, day: dt.date) -> "Reference":
        """Of a view of many records on a day; `url` is its address with its question."""
        address = request.build_absolute_uri(url)
        return cls(slugify(title)[:LONGEST_KEY], title, address, day, dt.date.today())

    @property
    def name(self) -> str:
        """The title as one line: what stands in it is an editor's."""
        return " ".join(writable(self.title).split())

    @property
    def stand(self) -> str:
        return f"Op datum {long_date(self.as_of)}"

    def text(self) -> str:
        """As a list of references has it."""
        year = self.issued.year if self.issued else "z.d."
        version = f" (versie {self.version})" if self.version else ""
        return (
            f"{AUTHOR} ({year}). {self.name}{version}. {SITE}. {self.stand}. "
            f"Geraadpleegd op {long_date(self.seen)} via {self.url}"
        )

    def bib(self) -> str:
        """BibTeX, in fields that BibLaTeX reads too."""
        fields = {
            "author": f"{{{_tex(AUTHOR)}}}",
            "title": f"{{{_tex(self.name)}}}",
            "howpublished": SITE,
            "version": str(self.version or ""),
            "year": str(self.issued.year) if self.issued else "",
            "date": str(self.issued or ""),
            "note": f"{self.stand}. Geraadpleegd op {long_date(self.seen)}",
            "url": self.url,
            "urldate": str(self.seen),
            "language": "dutch",
        }
        lines = (f"  {field} = {{{value}}}" for field, value in fields.items() if value)
        return "".join([f"@misc{{{self.key},\n", ",\n".join(lines), "\n}\n"])

    def ris(self) -> str:
        lines = [
            ("TY", "ELEC"),
            ("AU", AUTHOR.replace(",", "")),  # a comma would make it a person
            ("TI", self.name),
            ("T2", SITE),
            ("ET", f"versie {self.version}" if self.version else ""),
            ("PY", f"{self.issued:%Y}" if self.issued else ""),
            ("DA", f"{self.issued:%Y/%m/%d}" if self.issued else ""),
            ("N1", self.stand),
            ("Y2", f"{self.seen:%Y/%m/%d}"),
            ("LA", "nl"),
            ("UR", self.url),
        ]
        written = [f"{tag}  - {value}" for tag, value in lines if value]
        return "\r\n".join([*written, "ER  - ", ""])

    def csl(self) -> dict[str, Any]:
        """An item of CSL-JSON, which Zotero, Pandoc and citeproc read."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "webpage",
            "author": [{"literal": AUTHOR}],
            "title": self.name,
            "container-title": SITE,
            "note": self.stand,
            "accessed": _parts(self.seen),
            "URL": self.url,
            "language": "nl-BE",
        }
        if self.version:
            item["version"] = str(self.version)
        if self.issued:
            item["issued"] = _parts(self.issued)
        return item

    def csl_json(self) -> str:
        return json.dumps([self.csl()], ensure_ascii=False, indent=1)

    def response(self, format: str) -> HttpResponse:
        """The reference as the format that an address ends in."""
        written = {"bib": self.bib, "ris": self.ris, "csl.json": self.csl_json}[format]()
        response = HttpResponse(written, content_type=f"{TYPES[format]}; charset=utf-8")
        response["Access-Control-Allow-Origin"] = "*"
        response["Content-Disposition"] = f'attachment; filename="{self.key}.{format}"'
        return response

    def metadata(self) -> list[tuple[str, str]]:
        """What stands in the head of the page for programs that keep references."""
        return [
            ("citation_title", self.name),
            ("citation_author", AUTHOR),
            ("citation_publisher", SITE),
            ("citation_language", "nl"),
            *([("citation_publication_date", f"{self.issued:%Y/%m/%d}")] if self.issued else []),
            ("citation_online_date", f"{self.as_of:%Y/%m/%d}"),
            ("citation_public_url", self.url),
        ]


def _tex(text: str) -> str:
    return re.sub(r"[\\{}~^&%$#_]", lambda sign: TEX[sign[0]], text)


def _parts(day: dt.date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}
