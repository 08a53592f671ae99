"""A table that somebody made in a spreadsheet and saved as CSV: its cells, with their lines.

UTF-8, with commas, semicolons or tabs, or what a first line such as `sep=;` says.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator

from eerstelijn import one_form
from eerstelijn.pages.export import FORMULA_STARTS

#: Anything longer is no cell of a table, but a file that lost its line ends.
LONGEST_CELL = 20_000
#: What may stand between cells; a list of columns decides by what it has most of.
DELIMITERS = ",;\t"
#: The first line that tells a spreadsheet what stands between cells, and is no row.
SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?[ ,;\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
#: What a spreadsheet shows where it has no outcome, in Dutch and English, or no room for one.
FAULT = re.compile(
    r"#(?:N/[AB]|(?:REF|VERW|VALUE|WAARDE|NAME|NAAM|DIV/0|DEEL/0|NUM|GETAL|NULL|LEEG)[!?]|#+)"
)


class UnreadableTable(Exception):
    """A file that is no table, with a Dutch sentence that says where and why."""


def text_of(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableTable(
            f"Regel {line} is niet in UTF-8 geschreven. Bewaar het bestand als CSV UTF-8."
        ) from None
    before, found, _ = text.partition("\x00")
    if found:
        raise UnreadableTable(f"Regel {before.count(chr(10)) + 1} is geen tekst.")
    return text


def body_of(text: str) -> tuple[str, str, int]:
    """The rows of a text, its delimiter, and how many lines before the rows only name that."""
    if separator := SEPARATOR_LINE.match(text):
        return text[separator.end() :], separator[1], 1
    return text, _delimiter(text), 0


def lines_of(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Pairs of the line on which a row begins and its cells; rows without any content are none."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        for values in reader:
            if any(map(one_form.line, values)):
                refuse_faults(line, values)
                yield line, values
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTable(_no_csv(str(error), line)) from None


def refuse_faults(line: int, values: list[str]) -> None:
    """A cell in which a spreadsheet failed says nothing, and least of all a name."""
    for value in values:
        if FAULT.fullmatch(value.strip()):
            raise UnreadableTable(
                f"Regel {line}: “{value.strip()}” is een fout van het rekenblad. Herstel die cel, "
                "of maak ze leeg."
            )


def _delimiter(text: str) -> str:
    """What stands between the cells: what the first row with content has most of outside quotes."""
    counts, is_quoted = dict.fromkeys(DELIMITERS, 0), False
    for sign in text.lstrip():
        if sign == '"':
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif sign in counts:
            counts[sign] += 1
        elif sign in "\r\n":
            break
    return max(DELIMITERS, key=counts.__getitem__)


def _no_csv(error: str, line: int) -> str:
    """Why no row could be read, in Dutch, with the line on which that row begins.

    A quote that is not closed takes all lines after it into its cell, up to the next quote.
    """
    if "field larger" in error:
        return f"Regel {line} is geen CSV: een cel heeft meer dan {LONGEST_CELL} tekens."
    return (
        f"Regel {line} is geen CSV: er staat een aanhalingsteken dat niet sluit, of dat sluit vóór "
        "het einde van de cel."
    )


def plain(value: str, in_one_form: Callable[[str], str]) -> str:
    """The text of a cell, without the apostrophe that an export puts before a formula."""
    if value.startswith("'") and value[1:].startswith(FORMULA_STARTS):
        value = value[1:]
    return in_one_form(value).strip()
