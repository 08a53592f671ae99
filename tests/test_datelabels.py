"""What people here type as a date: read rightly, or asked, and never guessed."""

import calendar
import datetime as dt
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eerstelijn.datelabels import (
    MONTHS,
    PARTS_OF_YEAR,
    SHORT_MONTHS,
    UnreadDate,
    WrongDate,
    long_date,
    read,
)


def bounds(label, edge=""):
    """The bounds as text: "2023-03-13 .. 2023-03-13", with nothing for an open side."""
    _, earliest, latest = read(label, edge)
    return f"{earliest or ''} .. {latest or ''}".strip()


THE_DAY = "2023-03-13 .. 2023-03-13"
READ = {
    # A day in every notation.
    "13 maart 2023": THE_DAY,
    "13/03/2023": THE_DAY,
    "13-03-2023": THE_DAY,
    "13.03.2023": THE_DAY,
    "13/3/2023": THE_DAY,
    "13 / 03 / 2023": THE_DAY,
    "2023-03-13": THE_DAY,
    "2023/3/13": THE_DAY,
    "13 mrt 2023": THE_DAY,
    "13 mrt. 2023": THE_DAY,
    "13-mrt-2023": THE_DAY,
    "13. maart 2023": THE_DAY,
    "13de maart 2023": THE_DAY,
    "op 13 maart 2023": THE_DAY,
    "de 13e maart 2023": THE_DAY,
    "maandag 13 maart 2023": THE_DAY,
    "Maandag, 13 Maart 2023": THE_DAY,
    "13 maart 2023.": THE_DAY,
    "\u200b13\u00a0maart\u202f2023": THE_DAY,
    "13\u201103\u20112023": THE_DAY,
    "1ste mei 2023": "2023-05-01 .. 2023-05-01",
    "3/4/2023": "2023-04-03 .. 2023-04-03",  # the day first, as everywhere in Belgium
    "29/02/2024": "2024-02-29 .. 2024-02-29",
    "13-17 maart 2023": "2023-03-13 .. 2023-03-17",
    "13 en 14 maart 2023": "2023-03-13 .. 2023-03-14",
    "28 februari - 3 maart 2023": "2023-02-28 .. 2023-03-03",
    "week 12 van 2023": "2023-03-20 .. 2023-03-26",
    # A month, and parts of it.
    "mei 2022": "2022-05-01 .. 2022-05-31",
    "sept. 2023": "2023-09-01 .. 2023-09-30",
    "febr 2024": "2024-02-01 .. 2024-02-29",
    "03/2023": "2023-03-01 .. 2023-03-31",
    "3-2023": "2023-03-01 .. 2023-03-31",
    "2023-03": "2023-03-01 .. 2023-03-31",
    "mei/2022": "2022-05-01 .. 2022-05-31",
    "in de maand mei 2022": "2022-05-01 .. 2022-05-31",
    "begin juni 2023": "2023-06-01 .. 2023-06-12",
    "half juni 2023": "2023-06-08 .. 2023-06-23",
    "eind juni 2023": "2023-06-18 .. 2023-06-30",
    "eerste helft van juni 2023": "2023-06-01 .. 2023-06-16",
    "mei-juni 2022": "2022-05-01 .. 2022-06-30",
    "mei – juni 2022": "2022-05-01 .. 2022-06-30",
    "mei en juni 2022": "2022-05-01 .. 2022-06-30",
    "tussen mei en juni 2022": "2022-05-01 .. 2022-06-30",
    "november 2022 - januari 2023": "2022-11-01 .. 2023-01-31",
    # A year, and parts of it.
    "2019": "2019-01-01 .. 2019-12-31",
    "in 2019": "2019-01-01 .. 2019-12-31",
    "in de loop van 2019": "2019-01-01 .. 2019-12-31",
    "begin 2023": "2023-01-01 .. 2023-04-30",
    "lente 2023": "2023-03-01 .. 2023-06-30",
    "voorjaar 2023": "2023-03-01 .. 2023-06-30",
    "medio 2022": "2022-05-01 .. 2022-08-31",
    "de zomer van 2022": "2022-06-01 .. 2022-09-30",
    "herfst 2023": "2023-09-01 .. 2023-12-31",
    "in het najaar van 2023": "2023-09-01 .. 2023-12-31",
    "einde 2023": "2023-10-01 .. 2023-12-31",
    "Q3 2023": "2023-07-01 .. 2023-09-30",
    "2023 Q3": "2023-07-01 .. 2023-09-30",
    "3e kwartaal 2023": "2023-07-01 .. 2023-09-30",
    "derde kwartaal van 2023": "2023-07-01 .. 2023-09-30",
    "laatste kwartaal 2023": "2023-10-01 .. 2023-12-31",
    "eerste helft 2023": "2023-01-01 .. 2023-06-30",
    "tweede jaarhelft van 2023": "2023-07-01 .. 2023-12-31",
    "2de semester 2023": "2023-07-01 .. 2023-12-31",
    # More years than one.
    "2023-2024": "2023-01-01 .. 2024-12-31",
    "2022-23": "2022-01-01 .. 2023-12-31",
    "2020 of 2021": "2020-01-01 .. 2021-12-31",
    "winter 2022-2023": "2022-12-01 .. 2023-03-31",
    "schooljaar 2022-2023": "2022-09-01 .. 2023-08-31",
    "schooljaar 2022-23": "2022-09-01 .. 2023-08-31",
    "schooljaar 2010/11": "2010-09-01 .. 2011-08-31",
    "academiejaar 2022-2023": "2022-09-01 .. 2023-09-30",
    "eind 2022 - begin 2023": "2022-10-01 .. 2023-04-30",
    "lente/zomer 2023": "2023-03-01 .. 2023-09-30",
    # One side open.
    "voor 2024": ".. 2023-12-31",
    "vóór 2024": ".. 2023-12-31",
    unicodedata.normalize("NFD", "vóór 2024"): ".. 2023-12-31",
    "Voor 31/12/2024": ".. 2024-12-30",
    "uiterlijk eind 2023": ".. 2023-12-31",
    "tot en met 2024": ".. 2024-12-31",
    "na 2024": "2025-01-01 ..",
    "na midden 2022": "2022-09-01 ..",
    "vanaf 2024": "2024-01-01 ..",
    "sinds 01/02/2019": "2019-02-01 ..",
    "met ingang van 1 januari 2023": "2023-01-01 ..",
}


@pytest.mark.parametrize("label", READ, ids=ascii)
def test_what_is_typed_every_day_is_read(label):
    assert bounds(label) == READ[label]


@pytest.mark.parametrize(
    "label",
    [
        *("", "17 mei", "mei", "onbepaald", "volgend jaar", "rond Pasen 2023", "Pasen 2023"),
        *("rond 2019", "circa 2019", "rond 31/12/2024", "20222", "20230313", "mei 22", "13-3"),
        *("na", "na na 2024", "voor voor 2019", "na voor 2019", "voor de zomer", "2023-", "-2023"),
        *("tweede semester", "5e kwartaal 2023", "schooljaar 2022", "legislatuur 2019-2024"),
        *(
            "13 march 2023",
            "mei-juni-juli 2022",
            "٢٠٢٣",
            "2.1.1",
            "eerste semester schooljaar 2023",
        ),
    ],
)
def test_what_gives_no_bounds_is_asked(label):
    with pytest.raises(UnreadDate) as refusal:
        read(label)

    assert not isinstance(refusal.value, WrongDate)


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("31/04/2023", "De dag “31/04/2023” bestaat niet"),
        ("03/13/2023", "eerst de dag, dan de maand"),
        ("31 april 2023", "De dag “31 april 2023” bestaat niet"),
        ("30 feb 2023", "De dag “30 februari 2023” bestaat niet"),
        ("29-2-2023", "bestaat niet"),
        ("2023-02-30", "bestaat niet"),
        ("2023-13-01", "bestaat niet"),
        ("13/2023", "De maand “13/2023” bestaat niet"),
        ("2023-00", "bestaat niet"),
        ("na 30 februari 2024", "bestaat niet"),
        ("rond 32 mei 2022", "bestaat niet"),
        ("30-31 april 2023", "De dag “31 april 2023” bestaat niet"),
        ("week 60 van 2023", "bestaat niet"),
        ("13/03/23", "met vier cijfers"),
        ("mrt ’23", "met vier cijfers"),
        ("13 maart 23", "met vier cijfers"),
        ("dinsdag 13 maart 2023", "is een maandag, geen dinsdag"),
        ("2024-2020", "Het begin van deze datum valt na het einde"),
        ("17-13 maart 2023", "Het begin van deze datum valt na het einde"),
        ("november-januari 2023", "Het begin van deze datum valt na het einde"),
        ("schooljaar 2022-2024", "geen twee jaren na elkaar"),
        ("0203", "Kijk het jaar “0203” na"),
        ("na 9999", "Kijk het jaar “9999” na"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(label, why):
    with pytest.raises(WrongDate, match=re.escape(why)):
        read(label)


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("winter 2023", "schrijf “winter 2022-2023”"),
        ("2010-11", "kan een maand zijn, of twee jaren"),
        ("tot 31/12/2024", "Schrijf “tot en met”"),
    ],
)
def test_what_has_two_meanings_is_asked_and_says_why(label, why):
    with pytest.raises(UnreadDate, match=why):
        read(label)


class TestAFieldForOneEdge:
    @pytest.mark.parametrize(
        ("edge", "typed", "label", "held"),
        [
            ("start", "sinds 2019", "2019", "2019-01-01 .. 2019-12-31"),
            ("start", "Vanaf 01/01/2022", "1 januari 2022", "2022-01-01 .. 2022-01-01"),
            ("start", "per 1 januari 2022", "1 januari 2022", "2022-01-01 .. 2022-01-01"),
            ("start", "na 2024", "na 2024", "2025-01-01 .."),
            ("start", "voor 2020", "voor 2020", ".. 2019-12-31"),
            ("end", "tot en met april 2024", "april 2024", "2024-04-01 .. 2024-04-30"),
            ("end", "t/m 31/12/2024", "31 december 2024", "2024-12-31 .. 2024-12-31"),
            ("end", "voor 2020", "voor 2020", ".. 2019-12-31"),
        ],
    )
    def test_says_its_own_word_itself(self, edge, typed, label, held):
        assert read(typed, edge)[0] == label
        assert bounds(typed, edge) == held

    @pytest.mark.parametrize(
        ("edge", "label", "why"),
        [
            ("start", "tot en met 2024", "dit veld is voor het begin"),
            ("end", "sinds 2019", "dit veld is voor het einde"),
            ("start", "van 2020 tot 2022", "elk een eigen veld"),
            ("end", "2020 tot en met 2022", "elk een eigen veld"),
            ("end", "tot 2024", "Schrijf “tot en met”"),
        ],
    )
    def test_asks_what_belongs_in_the_other_one(self, edge, label, why):
        with pytest.raises(UnreadDate, match=why):
            read(label, edge)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("31/12/2024", "31 december 2024"),
        ("2023-03-13", "13 maart 2023"),
        ("13 mrt. 2023", "13 maart 2023"),
        ("Sept. 2023", "September 2023"),
        ("03/2023", "maart 2023"),
        ("voor 31.12.2024", "voor 31 december 2024"),
        ("13/03/2023 - 17/04/2023", "13 maart 2023 - 17 april 2023"),
        ("nov. 2022 - jan. 2023", "november 2022 - januari 2023"),
        # The words of a source stay as they are.
        ("  Mei   2022 ", "Mei 2022"),
        ("de zomer van 2022", "de zomer van 2022"),
        ("schooljaar 2022-23", "schooljaar 2022-23"),
        ("maandag 13 maart 2023", "maandag 13 maart 2023"),
    ],
)
def test_a_label_goes_on_with_its_month_as_a_word(typed, label):
    assert read(typed)[0] == label


# For any day, and for any text

whatever = settings(max_examples=200)

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2199, 12, 31))
YEARS = st.integers(1001, 2198)


def short(month):
    return next(name for name, whole in SHORT_MONTHS.items() if whole == MONTHS[month - 1])


@whatever
@given(DAYS)
def test_every_notation_of_a_day_is_that_day(day):
    for label in (
        long_date(day),
        f"{day:%d/%m/}{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day}.{day.month:02}.{day.year}",
        day.isoformat(),
        f"{day.day} {short(day.month)}. {day.year}",
        f"op {day.day}e {MONTHS[day.month - 1].upper()} {day.year}",
    ):
        assert read(label)[1:] == (day, day)
        assert read(read(label)[0])[1:] == (day, day)
    assert read(f"{day:%d/%m/}{day.year}")[0] == long_date(day)


@whatever
@given(st.integers(0, 99), st.integers(0, 99), YEARS)
def test_digits_are_a_day_of_the_calendar_or_refused(day, month, year):
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    for label in (f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}"):
        try:
            assert read(label)[1] == dt.date(year, month, day)
        except WrongDate:
            assert not exists


@whatever
@given(YEARS, st.sampled_from([*PARTS_OF_YEAR, *MONTHS, "Q2", "eerste helft", ""]))
def test_before_in_and_after_leave_no_gap_and_do_not_overlap(year, part):
    label = f"{part} {year}"
    _, first, last = read(label)

    assert first <= last
    assert read(f"voor {label}")[1:] == (None, first - dt.timedelta(days=1))
    assert read(f"na {label}")[1:] == (last + dt.timedelta(days=1), None)


PIECES = st.sampled_from(
    "0 1 3 12 13 31 99 2022 2023 23 / - . – , voor na van tot en met tussen in op begin eind half "
    "eerste derde kwartaal helft schooljaar winter week mei mrt. juni zomer maandag Q3 vóór".split()
)


@whatever
@given(st.lists(PIECES, max_size=8).flatmap(lambda p: st.sampled_from([" ".join(p), "".join(p)])))
def test_whatever_is_put_together_is_read_in_order_or_asked(label):
    try:
        label, earliest, latest = read(label)
    except UnreadDate:
        return
    assert earliest or latest
    assert not (earliest and latest) or earliest <= latest
    assert read(label)[1:] == (earliest, latest)


@whatever
@given(st.text(max_size=80))
def test_any_text_is_read_or_asked(label):
    try:
        read(label)
    except UnreadDate:
        return
