"""Data formats of lists and records: JSON, CSV, and refusals as problem+json (RFC 9457)."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpResponse, JsonResponse

#: Cells that start so would be read as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

#: How many records of a CSV are read at a time: a table of all must not hold them all.
AT_ONCE = 500


class Refusal(Protocol):
    """What is refused of a question, as `eerstelijn.finder.problems` says it."""

    @property
    def parameter(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def allowed(self) -> str: ...


def json_response(data: object, status: int = 200) -> JsonResponse:
    """Data as UTF-8 JSON, readable by pages of other sites (open data)."""
    response = JsonResponse(
        data, status=status, safe=False, json_dumps_params={"ensure_ascii": False}
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def problem(status: int, title: str, **details: object) -> JsonResponse:
    """A refusal that a program can read: `title` in Dutch, with what is wrong and allowed."""
    response = json_response(
        {"type": "about:blank", "title": title, "status": status, **details}, status
    )
    response["Content-Type"] = "application/problem+json; charset=utf-8"
    return response


#: What is said of a query string with unknown keys or values, or with too many.
REFUSED = "De vraag bevat een onbekende parameter of waarde, of te veel."
#: So many of them are named, and so many characters of each.
MOST_REFUSED, LONGEST_REFUSED = 50, 200


@dataclass(frozen=True)
class Refused:
    """One thing that is refused, short enough to repeat."""

    parameter: str
    value: str
    allowed: str


def shortened(problems: Sequence[Refusal]) -> list[Refused]:
    """What is refused of a question, as far as an answer repeats it."""
    return [
        Refused(row.parameter[:LONGEST_REFUSED], row.value[:LONGEST_REFUSED], row.allowed)
        for row in problems[:MOST_REFUSED]
    ]


def refused_parameters(problems: Sequence[Refusal]) -> dict[str, object]:
    """The same for a program."""
    rows = [
        {"parameter": row.parameter, "waarde": row.value or None, "toegestaan": row.allowed}
        for row in shortened(problems)
    ]
    return {"parameters": rows}


def csv_response(
    filename: str,
    header: Iterable[str],
    rows: Iterable[Iterable[object]],
    *,
    excel: bool = False,
) -> HttpResponse:
    """Rows as RFC 4180 CSV: UTF-8, CRLF, several values in a cell joined with "|".

    `filename` has no extension.

    `excel` gives what a Belgian Excel opens rightly: a byte order mark and semicolons. It leaves
    whole: of an answer that is made while it leaves, who stops reading would hold a thread.
    """
    text = csv_text(header, rows, excel=excel)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def csv_text(
    header: Iterable[str], rows: Iterable[Iterable[object]], *, excel: bool = False
) -> str:
    """The same rows as text."""
    text = io.StringIO("\ufeff" if excel else "", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def in_words(value: dict[str, object]) -> list[str]:
    """The filled parts of a value, each under its name, for one cell."""
    filled = {name: part for name, part in value.items() if part not in (None, "", [])}
    return [f"{name}: {in_text(part)}" for name, part in filled.items()]


def in_text(value: object) -> str:
    """A part of a value as text: a date as its label, a place in a source as both its parts.

    A record that has a name is that name; of anything else all parts are given.
    """
    if isinstance(value, list):
        return ", ".join(in_text(part) for part in value)
    if isinstance(value, dict):
        if "bron" in value:
            return f"{value['bron']}, {value['plaats']}"
        said = value.get("label") or value.get("naam")
        return said or ": ".join(in_text(part) for part in value.values())
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)


def cell(value: object) -> str:
    """One cell: None is empty, several values are joined, a formula is made harmless."""
    if value is None or isinstance(value, bool):
        return in_text(value)
    if isinstance(value, (list, tuple)):
        value = "|".join(str(part) for part in value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
