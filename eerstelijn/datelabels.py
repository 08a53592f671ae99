"""What a date label means: the notations that people here type, read as a first and a last day.

Sources say "13 maart 2023", "mei-juni 2022", "najaar 2022", "schooljaar 2022-2023"; an editor also
types 13/03/2023, 13 mrt 2023 or 2023-03-13. A label is read in two steps. First digits and
abbreviations become the words of the house: they are a notation of the desk, never the words of
the source, so the label itself changes with them. Then the words give the bounds; whatever they do
not give is asked, never guessed:

- A day is read the Belgian way, day before month: 03/13/2023 is no day. Two digits are no year.
- "voor 2020" and "na 2024" leave one side open, and so do "vanaf", "sinds" (from its first day),
  "uiterlijk" and "tegen" (to its last day).
- What the sources do not define gets generous bounds: "midden 2022", "najaar 2022", "eind juni
  2023". "rond 2019" gets none: how far around is for the editor to say.
- A winter lies in two years, so "winter 2023" is asked and "winter 2022-2023" is read. "2010-11" is
  asked: a month, or two years?
- "tot 2022" is asked: with that year or without?

A field for a start or an end says some words itself. "sinds 2019" as a start is a start in 2019,
and "tot en met april 2024" as an end is an end in that month; the label goes on without them. What
belongs in the other field is asked, and so is a beginning and an end in one.
"""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import NoReturn

#: The first and the last day of something that has both.
Span = tuple[dt.date, dt.date]
#: The first and the last day that a date can mean; None is an open side.
Bounds = tuple[dt.date | None, dt.date | None]

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
SHORT_MONTHS = {month[:3]: month for month in MONTHS if month != "maart"}
SHORT_MONTHS |= {"febr": "februari", "mrt": "maart", "apr": "april", "sept": "september"}
WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()

#: Parts of a year, as (first month, last month). The sources do not define them; these bounds are
#: generous on purpose, so that nothing is sorted or filtered as more precise than it was said.
PARTS_OF_YEAR = {
    "begin": (1, 4),
    "voorjaar": (3, 6),
    "lente": (3, 6),
    "midden": (5, 8),
    "zomer": (6, 9),
    "najaar": (9, 12),
    "herfst": (9, 12),
    "eind": (10, 12),
}
#: Parts of a month, as (first day, last day; 0 is the last of the month), as generous.
PARTS_OF_MONTH = {"begin": (1, 12), "midden": (8, 23), "eind": (18, 0)}
SYNONYMS = {"einde": "eind", "medio": "midden", "half": "midden", "halverwege": "midden"}
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": 4}

#: Years outside these are a slip of the keyboard.
FIRST_YEAR, LAST_YEAR = 1000, 2199


class UnreadDate(ValueError):
    """No bounds follow from a label: the editor gives them. It may say in Dutch why not."""


class WrongDate(UnreadDate):
    """A label that nobody can mean, or that must be written otherwise; it says in Dutch why."""


def read(text: str, edge: str = "") -> tuple[str, dt.date | None, dt.date | None]:
    """A label in the words of the house, with the first and the last day that it can mean.

    None is an open side. `edge` is "start" or "end" in a field for one of these. Raises UnreadDate,
    or WrongDate.
    """
    label = spell_out(text).strip(" .,;")
    words = label.lower().replace("vóór", "voor")
    if edge and _BOTH.search(words):
        raise UnreadDate("Begin en einde hebben elk een eigen veld.")
    for name, (own, hint) in EDGES.items():
        if match := own.match(words):
            if edge and edge != name:
                raise UnreadDate(hint)
            if edge:
                label, words = label[match.end() :], words[match.end() :]
    words = re.sub(rf"\b({'|'.join(SYNONYMS)})\b", lambda match: SYNONYMS[match[0]], words)
    _refuse_what_cannot_be(words)
    for pattern, bounds in OPEN_ENDED:
        if match := pattern.fullmatch(words):
            return label, *bounds(*_span(match["of"]))
    return label, *_span(words)


# First step: digits and abbreviations become words

_JUNK = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2212"), "-")
_GAP = r"\s?[-/.]\s?"
_NUMERIC = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>\d{{1,2}}){_GAP}(?P<month>\d{{1,2}}){_GAP}(?P<year>\d{{4}})"
    rf"|(?P<y>\d{{4}})(?P<gap>[-/.])(?P<m>\d{{1,2}})(?P=gap)(?P<d>\d{{1,2}}))(?![\w/-]|\.\d)",
    re.ASCII,
)
_NUMERIC_MONTH = re.compile(
    r"(?<![\w/.-])(?:(?P<month>\d{1,2})[-/.](?P<year>\d{4})|(?P<y>\d{4})[-/](?P<m>\d\d))"
    r"(?![\w/-]|\.\d)",
    re.ASCII,
)
_MONTHS = "|".join([*MONTHS, *SHORT_MONTHS])
_SHORT_YEAR = re.compile(
    rf"(?<![\w/.-])\d{{1,2}}{_GAP}\d{{1,2}}{_GAP}\d\d(?![\w/-])"
    rf"|\b(?:{_MONTHS})\.? ?['’‘`]\d\d\b|\b\d{{1,2}} (?:{_MONTHS})\.? \d\d(?!\w)",
    re.ASCII | re.IGNORECASE,
)
_SHORT_MONTH = re.compile(rf"(?<!\w)({'|'.join(SHORT_MONTHS)})\b\.?", re.IGNORECASE)
#: What stands between a day, a month in letters and a year: 13-mrt-2023, mei/2022.
_JOINED = re.compile(
    rf"(?:(?<=\b\d)|(?<=\b\d\d))(?:{_GAP}|\. )(?=(?:{'|'.join(MONTHS)})\b)"
    rf"|(?:{'|'.join(f'(?<={month})' for month in MONTHS)}){_GAP}(?=\d{{4}}(?!\d))",
    re.ASCII | re.IGNORECASE,
)
_YEAR_SPAN = re.compile(r"(?:school|academie)jaar|winter", re.IGNORECASE)


def spell_out(text: str) -> str:
    """A label in one form, with every month as a word: "31 december 2024" for 31/12/2024.

    Raises WrongDate for a day or a month that does not exist, and for a year in two digits.
    """
    text = unicodedata.normalize("NFC", text).translate(_JUNK).translate(_HYPHENS)
    label = " ".join(text.split())
    if match := _SHORT_YEAR.search(label):
        raise WrongDate(f"Schrijf het jaar van “{match[0]}” met vier cijfers.")
    label = _NUMERIC.sub(_day_in_words, label)
    if not _YEAR_SPAN.search(label):
        label = _NUMERIC_MONTH.sub(_month_in_words, label)
    return _JOINED.sub(" ", _SHORT_MONTH.sub(_whole_month, label))


def _whole_month(match: re.Match[str]) -> str:
    """A month in full; "mei" and "juni" as they stand, with the capital that was typed."""
    month = SHORT_MONTHS[match[1].lower()]
    if match[0].lower() == month:
        return match[0]
    return month.capitalize() if match[1][0].isupper() else month


def _day_in_words(match: re.Match[str]) -> str:
    day, month, year = (int(match[name] or match[name[0]]) for name in ("day", "month", "year"))
    try:
        return long_date(dt.date(year, month, day))
    except ValueError:
        raise WrongDate(
            f"De dag “{match[0]}” bestaat niet. We lezen eerst de dag, dan de maand."
            if match["day"]
            else f"De dag “{match[0]}” bestaat niet."
        ) from None


def _month_in_words(match: re.Match[str]) -> str:
    month = int(match["month"] or match["m"])
    if 1 <= month <= 12 and not _is_next_year(match["y"], match["m"]):
        return f"{MONTHS[month - 1]} {match['year'] or match['y']}"
    if match["year"]:
        raise WrongDate(f"De maand “{match[0]}” bestaat niet.")
    if 1 <= month <= 12:
        return match[0]  # two years as well: see SPANS
    if month > int(match["y"]) % 100:
        return f"{match['y']}-{match['y'][:2]}{match['m']}"
    raise WrongDate(f"De maand “{match[0]}” bestaat niet.")


def _is_next_year(year: str | None, two_digits: str) -> bool:
    """Whether two digits may be the year after: 2010-11."""
    return year is not None and (int(year) + 1) % 100 == int(two_digits)


def long_date(day: dt.date) -> str:
    """A day in running Dutch text: "1 februari 2023"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# Second step: words become a first and a last day

_MONTH = "|".join(MONTHS)
_NTH = r"(eerste|tweede|derde|vierde|laatste|[1-4](?:ste|de|e))"
_OF = r"(?: van)?(?: het jaar)?"
_TO = re.compile(r" ?[-–—/] ?| tot en met | t/m | tem | en | of | à ")
_BEFORE_A_DATE = re.compile(
    r"^(?:op |in |per |d\.d\. |dd\.? )?(?:de loop van |de maand )?(?:het jaar |de |het )?"
)
_DAY = re.compile(
    rf"(?:({'|'.join(WEEKDAYS)}),? )?(\d{{1,2}})(?:ste|de|e)? ({_MONTH}),? (\d{{4}})", re.ASCII
)


def _open_ended(
    words: str, bounds: Callable[[dt.date, dt.date], Bounds]
) -> tuple[re.Pattern[str], Callable[[dt.date, dt.date], Bounds]]:
    return re.compile(rf"(?:{words}) (?P<of>.+)"), bounds


_FROM = r"vanaf|sinds|sedert|met ingang van|m\.i\.v\.|ingaand op"
_UNTIL = r"tot en met|t/m|tem|t\.e\.m\."
OPEN_ENDED = (
    _open_ended("na", lambda first, last: (last + dt.timedelta(days=1), None)),
    _open_ended("(?:nog )?voor", lambda first, last: (None, first - dt.timedelta(days=1))),
    _open_ended(f"{_FROM}|ten vroegste|op zijn vroegst", lambda first, last: (first, None)),
    _open_ended(
        f"{_UNTIL}|uiterlijk|ten laatste|op zijn laatst|tegen", lambda first, last: (None, last)
    ),
)
#: The words that a field says itself, and what an editor reads who writes them in the other one.
_BOTH = re.compile(r".\s(?:tot|t/m|tem|t\.e\.m\.) ")
EDGES = {
    "start": (
        re.compile(rf"(?:{_FROM}|per|van) "),
        "Dit is een begin, en dit veld is voor het einde.",
    ),
    "end": (re.compile(rf"(?:{_UNTIL}) "), "Dit is een einde, en dit veld is voor het begin."),
}


def _span(words: str) -> Span:
    """The first and the last day of a day, a month, a year, a part of these or a stretch."""
    if span := _one(words):
        return span
    words = words.removeprefix("tussen ")
    for match in _TO.finditer(words):
        before, after = words[: match.start()], words[match.end() :]
        year = re.search(r"\d{4}$", after, re.ASCII)
        start = _one(before) or (_one(f"{before} {year[0]}") if year else None)
        end = _one(after)
        if start and end:
            return _in_order(start, end)
    if re.search(r"\btot (?!en met )", words):
        raise UnreadDate("Schrijf “tot en met” als de laatste dag meetelt, en anders “voor”.")
    raise UnreadDate("")


def _one(words: str) -> Span | None:
    """The first and the last day of what is no stretch; None when it says neither."""
    words = _BEFORE_A_DATE.sub("", words)
    for pattern, bounds in SPANS:
        if match := pattern.fullmatch(words):
            return bounds(*match.groups())
    return None


def _refuse_what_cannot_be(words: str) -> None:
    """Raise WrongDate for a day that no calendar has, wherever it stands in a label."""
    for match in _DAY.finditer(words):
        _day(*match.groups())
    for year in re.findall(r"(?<!\d)\d{4}(?!\d)", words, re.ASCII):
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise WrongDate(f"Kijk het jaar “{year}” na.")


def _day(weekday: str | None, day: str, month: str, year: str) -> Span:
    try:
        date = dt.date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        raise WrongDate(f"De dag “{day} {month} {year}” bestaat niet.") from None
    if weekday and WEEKDAYS[date.weekday()] != weekday:
        raise WrongDate(f"{long_date(date)} is een {WEEKDAYS[date.weekday()]}, geen {weekday}.")
    return date, date


def _days(first: str, first_month: str | None, last: str, month: str, year: str) -> Span:
    """Some days: "13-17 maart 2023", "28 februari - 3 maart 2023"."""
    return _in_order(_day("", first, first_month or month, year), _day("", last, month, year))


def _in_order(start: Span, end: Span) -> Span:
    if start[0] > end[1]:
        raise WrongDate("Het begin van deze datum valt na het einde.")
    return start[0], end[1]


def _months(year: int, first: int, last: int) -> Span:
    return (
        dt.date(year, first, 1),
        dt.date(year, last, calendar.monthrange(year, last)[1]),
    )


def _month(month: str, year: str) -> Span:
    return _months(int(year), MONTHS.index(month) + 1, MONTHS.index(month) + 1)


def _year(year: str) -> Span:
    return _months(int(year), 1, 12)


def _month_or_years(words: str) -> NoReturn:
    raise UnreadDate(f"“{words}” kan een maand zijn, of twee jaren.")


def _part_of_year(part: str, year: str) -> Span:
    return _months(int(year), *PARTS_OF_YEAR[part])


def _part_of_month(part: str, month: str, year: str) -> Span:
    first, last = PARTS_OF_MONTH[part]
    start, end = _month(month, year)
    return start.replace(day=first), start.replace(day=last) if last else end


def _half_of_month(nth: str, month: str, year: str) -> Span:
    start, end = _month(month, year)
    return {1: (start, start.replace(day=16)), 2: (start.replace(day=15), end)}[_number(nth, 2)]


def _half(nth: str, year: str) -> Span:
    half = _number(nth, 2)
    return _months(int(year), 6 * half - 5, 6 * half)


def _quarter(nth: str, year: str) -> Span:
    quarter = _number(nth, 4)
    return _months(int(year), 3 * quarter - 2, 3 * quarter)


def _number(nth: str, most: int) -> int:
    """The number in "3e", "derde" or "3"; the last is the one with the highest number."""
    if nth == "laatste":
        return most
    number = ORDINALS.get(nth) or int(nth[0])
    if number > most:
        raise WrongDate(f"Er zijn er maar {most}.")
    return number


def _school_year(kind: str, first: str, last: str) -> Span:
    """From 1 September to 31 August; the academic year takes some weeks more."""
    _, year = _two_years(first, last)
    return dt.date(year - 1, 9, 1), dt.date(
        year, 8 if kind == "school" else 9, 31 - (kind != "school")
    )


def _winter(first: str, last: str) -> Span:
    _, year = _two_years(first, last)
    return dt.date(year - 1, 12, 1), dt.date(year, 3, 31)


def _two_years(first: str, last: str) -> tuple[int, int]:
    """Two years that follow each other, the second perhaps in two digits."""
    if int(last) != (int(first) + 1) % 10 ** len(last):
        raise WrongDate(f"“{first}-{last}” zijn geen twee jaren na elkaar.")
    return int(first), int(first) + 1


def _winter_of_which_years(year: str) -> NoReturn:
    raise UnreadDate(f"Een winter ligt in twee jaren: schrijf “winter {int(year) - 1}-{year}”.")


def _week(number: str, year: str) -> Span:
    try:
        monday = dt.date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        raise WrongDate(f"Week {number} van {year} bestaat niet.") from None
    return monday, monday + dt.timedelta(days=6)


#: How days, months, years and parts of them are written, and what reads what each pattern found.
SPANS: list[tuple[re.Pattern[str], Callable[..., Span]]] = [
    (re.compile(pattern, re.ASCII), bounds)
    for pattern, bounds in (
        (_DAY.pattern, _day),
        (
            rf"(\d{{1,2}})(?: ({_MONTH}))?(?:{_TO.pattern})(\d{{1,2}}) ({_MONTH}) (\d{{4}})",
            _days,
        ),
        (rf"({_MONTH}) (\d{{4}})", _month),
        (rf"({'|'.join(PARTS_OF_YEAR)}){_OF} (\d{{4}})", _part_of_year),
        (rf"({'|'.join(PARTS_OF_MONTH)})(?: van)? ({_MONTH}) (\d{{4}})", _part_of_month),
        (rf"{_NTH} helft(?: van)? ({_MONTH}) (\d{{4}})", _half_of_month),
        (rf"{_NTH} (?:helft|jaarhelft|semester){_OF} (\d{{4}})", _half),
        (rf"{_NTH} kwartaal{_OF} (\d{{4}})", _quarter),
        (r"[qk]([1-4])[ /-]?(\d{4})", _quarter),
        (r"(?P<year>\d{4})[ /-]?[qk](?P<nth>[1-4])", lambda year, nth: _quarter(nth, year)),
        (r"(school|academie)jaar (\d{4}) ?[-–/] ?(\d{4}|\d\d)", _school_year),
        (r"winter(?: van)? (\d{4}) ?[-–/] ?(\d{4}|\d\d)", _winter),
        (rf"winter{_OF} (\d{{4}})", _winter_of_which_years),
        (rf"week (\d{{1,2}}){_OF} (\d{{4}})", _week),
        (r"(\d{4}[-/]\d\d)", _month_or_years),
        (r"(?:jaar )?(\d{4})", _year),
    )
]
