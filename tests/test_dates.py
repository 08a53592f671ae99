"""Dates as the sources give them: what a label means, and what held on a day."""

import datetime as dt
import random
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from concepts.models import Coverage, KeyFigure, Milestone, Ownership
from eerstelijn.datelabels import UnreadDate, long_date
from eerstelijn.dates import Holds, SourceDate, read_peildatum
from tests.days import day
from tests.factories import ConceptVersionFactory, PolicyDomainFactory


def statement(start=None, end=None, **fields):
    """A statement that holds from a label to a label, not saved."""
    return Ownership(start_label=start or "", end_label=end or "", **fields)


def cleaned(start=None, end=None, **fields):
    """The same, looked at; of "17 mei" an editor says that it has no bounds."""
    row = statement(start, end, **fields)
    row.start_unbounded, row.end_unbounded = start == "17 mei", end == "17 mei"
    row.clean()
    return row


class TestParse:
    @pytest.mark.parametrize(
        ("label", "earliest", "latest"),
        [
            ("13 maart 2023", "2023-03-13", "2023-03-13"),
            ("1 januari 2022", "2022-01-01", "2022-01-01"),
            ("29 februari 2024", "2024-02-29", "2024-02-29"),
            ("mei 2022", "2022-05-01", "2022-05-31"),
            ("februari 2023", "2023-02-01", "2023-02-28"),
            ("februari 2024", "2024-02-01", "2024-02-29"),
            ("december 2022", "2022-12-01", "2022-12-31"),
            ("begin 2023", "2023-01-01", "2023-04-30"),
            ("voorjaar 2023", "2023-03-01", "2023-06-30"),
            ("midden 2022", "2022-05-01", "2022-08-31"),
            ("zomer 2022", "2022-06-01", "2022-09-30"),
            ("najaar 2022", "2022-09-01", "2022-12-31"),
            ("eind 2023", "2023-10-01", "2023-12-31"),
            ("2019", "2019-01-01", "2019-12-31"),
        ],
    )
    def test_a_label_has_an_earliest_and_a_latest_day(self, label, earliest, latest):
        assert SourceDate.parse(label) == SourceDate(label, day(earliest), day(latest))

    @pytest.mark.parametrize(
        ("label", "earliest"),
        [
            ("na 2024", "2025-01-01"),
            ("na mei 2022", "2022-06-01"),
            ("na 17 mei 2022", "2022-05-18"),
            ("na midden 2022", "2022-09-01"),
        ],
    )
    def test_after_a_date_begins_the_day_after_and_stays_open(self, label, earliest):
        assert SourceDate.parse(label) == SourceDate(label, day(earliest), None)

    @pytest.mark.parametrize(
        ("label", "latest"),
        [
            ("vóór 2019", "2018-12-31"),
            ("vóór mei 2022", "2022-04-30"),
            ("vóór 1 januari 2022", "2021-12-31"),
        ],
    )
    def test_before_a_date_ends_the_day_before_and_stays_open(self, label, latest):
        assert SourceDate.parse(label) == SourceDate(label, None, day(latest))

    def test_capitals_and_spaces_do_not_matter_and_stay_as_stated(self):
        assert SourceDate.parse("  Mei   2022 ") == SourceDate(
            "Mei 2022", day("2022-05-01"), day("2022-05-31")
        )

    @pytest.mark.parametrize("label", ["17 mei", "rond Pasen 2023", "31 februari 2023", ""])
    def test_a_label_without_bounds_of_its_own_is_refused(self, label):
        with pytest.raises(UnreadDate):
            SourceDate.parse(label)


class TestSourceDate:
    def test_is_shown_as_stated(self):
        assert str(SourceDate.parse("midden 2022")) == "midden 2022"

    def test_is_false_when_the_source_gives_none(self):
        assert not SourceDate()
        assert SourceDate("17 mei")

    def test_names_a_day_only_when_both_bounds_are_that_day(self):
        assert SourceDate.parse("17 mei 2022").is_day
        assert not SourceDate.parse("mei 2022").is_day
        assert not SourceDate("17 mei").is_day

    def test_as_data_gives_the_bounds_and_the_label(self):
        assert SourceDate.parse("mei 2022").as_data() == {
            "vroegst": "2022-05-01",
            "laatst": "2022-05-31",
            "label": "mei 2022",
        }

    def test_as_data_leaves_an_open_bound_empty(self):
        assert SourceDate.parse("na 2024").as_data() == {
            "vroegst": "2025-01-01",
            "laatst": None,
            "label": "na 2024",
        }
        assert SourceDate().as_data() is None

    def test_a_day_in_running_text_has_no_leading_zero(self):
        assert long_date(day("2023-02-01")) == "1 februari 2023"


class TestPeildatum:
    @pytest.mark.parametrize("text", ["1800-01-01", "2023-03-13", "2199-12-31"])
    def test_is_a_day_within_four_centuries(self, text):
        assert read_peildatum(text).isoformat() == text

    @pytest.mark.parametrize(
        "text",
        [
            *("1799-12-31", "2200-01-01", "2023-02-29", "2023-13-01", "20230313", "2023-W10-1"),
            *("13/03/2023", "vandaag", "", "2023-3-13", " 2023-03-13", "٢٠٢٣-٠٣-١٣"),
            "2023-03-13\n",
        ],
    )
    def test_anything_else_is_refused(self, text):
        with pytest.raises(ValueError):  # noqa: PT011 - the message is for nobody
            read_peildatum(text)


class TestHoldsOn:
    @pytest.mark.parametrize(
        ("start", "end", "on", "holds"),
        [
            # A day has no doubt, and both of its edges belong to it.
            ("1 januari 2022", "31 oktober 2023", "2021-12-31", Holds.NO),
            ("1 januari 2022", "31 oktober 2023", "2022-01-01", Holds.YES),
            ("1 januari 2022", "31 oktober 2023", "2023-10-31", Holds.YES),
            ("1 januari 2022", "31 oktober 2023", "2023-11-01", Holds.NO),
            # A month: from its first to its last day we do not know.
            ("mei 2022", None, "2022-04-30", Holds.NO),
            ("mei 2022", None, "2022-05-01", Holds.POSSIBLY),
            ("mei 2022", None, "2022-05-30", Holds.POSSIBLY),
            ("mei 2022", None, "2022-05-31", Holds.YES),
            # As an end: until its first day surely, through its last day possibly.
            (None, "april 2024", "2024-04-01", Holds.YES),
            (None, "april 2024", "2024-04-02", Holds.POSSIBLY),
            (None, "april 2024", "2024-04-30", Holds.POSSIBLY),
            (None, "april 2024", "2024-05-01", Holds.NO),
            # A part of a year.
            ("midden 2022", None, "2022-04-30", Holds.NO),
            ("midden 2022", None, "2022-05-01", Holds.POSSIBLY),
            ("midden 2022", None, "2022-08-30", Holds.POSSIBLY),
            ("midden 2022", None, "2022-08-31", Holds.YES),
            # A year only.
            ("2019", "2021", "2018-12-31", Holds.NO),
            ("2019", "2021", "2019-06-01", Holds.POSSIBLY),
            ("2019", "2021", "2020-06-01", Holds.YES),
            ("2019", "2021", "2021-12-31", Holds.POSSIBLY),
            ("2019", "2021", "2022-01-01", Holds.NO),
            # Open bounds: "na 2024" may be any later day, "vóór 2019" any earlier one.
            ("na 2024", None, "2024-12-31", Holds.NO),
            ("na 2024", None, "2099-01-01", Holds.POSSIBLY),
            ("vóór 2019", None, "1850-01-01", Holds.POSSIBLY),
            ("vóór 2019", None, "2018-12-31", Holds.YES),
            (None, "na 2024", "2024-12-31", Holds.YES),
            (None, "na 2024", "2025-01-01", Holds.YES),
            (None, "na 2024", "2025-01-02", Holds.POSSIBLY),
            (None, "vóór 2019", "2018-12-31", Holds.POSSIBLY),
            (None, "vóór 2019", "2019-01-01", Holds.NO),
            # A label without bounds leaves every day open; no label at all never does.
            ("17 mei", None, "2022-05-17", Holds.POSSIBLY),
            (None, "17 mei", "2022-05-17", Holds.POSSIBLY),
            (None, None, "1850-01-01", Holds.YES),
            # Within one month: every day of it is possible, none is sure.
            ("mei 2022", "mei 2022", "2022-05-15", Holds.POSSIBLY),
            ("mei 2022", "mei 2022", "2022-06-01", Holds.NO),
        ],
    )
    def test_each_edge(self, start, end, on, holds):
        assert cleaned(start, end).holds_on(day(on)) is holds

    def test_knows_whether_a_source_dates_it(self):
        assert not cleaned().is_dated
        assert cleaned("mei 2022").is_dated
        assert cleaned(None, "17 mei").is_dated


LABELS = [
    *("13 maart 2023", "mei 2022", "midden 2022", "eind 2023", "2021", "2024", "na 2022"),
    *("vóór mei 2023", "17 mei", "", "", ""),
]


@pytest.mark.django_db
def test_the_query_agrees_with_holds_on_for_any_dates():
    chance = random.Random(4)  # noqa: S311 - the same rows at every run
    version, domain = ConceptVersionFactory(), PolicyDomainFactory()
    rows = []
    for number in range(80):
        labels = chance.choice(LABELS), chance.choice(LABELS)
        with suppress(ValidationError):  # an end before its start
            rows.append(cleaned(*labels, version=version, policy_domain=domain, key=number))
    Ownership.objects.bulk_create(rows)
    days = [day("2020-12-31") + dt.timedelta(days=chance.randrange(1600)) for _ in range(40)]
    edges = {edge for row in rows for edge in (row.start_earliest, row.end_latest) if edge}
    around = {edge + dt.timedelta(days=step) for edge in edges for step in (-1, 0, 1)}

    for on in {*days, *around}:
        holding = {row.pk for row in rows if row.holds_on(on) is not Holds.NO}
        assert set(Ownership.objects.valid_on(on).values_list("pk", flat=True)) == holding, on


class TestEditing:
    def test_bounds_follow_from_the_label(self):
        record = cleaned("mei 2022", "eind 2023")

        assert record.start == SourceDate.parse("mei 2022")
        assert record.end == SourceDate.parse("eind 2023")

    def test_bounds_are_worked_out_again_when_the_label_changes(self):
        record = cleaned("mei 2022")
        record.start_label = "juni 2023"

        record.clean()

        assert record.start == SourceDate.parse("juni 2023")

    def test_bounds_by_hand_stay_where_the_label_cannot_be_read(self):
        record = statement("rond Pasen 2023")
        record.start_earliest, record.start_latest = day("2023-04-01"), day("2023-04-16")

        record.clean()

        assert record.start == SourceDate("rond Pasen 2023", day("2023-04-01"), day("2023-04-16"))

    @pytest.mark.parametrize("label", ["17 mei", "rond Pasen 2023", "onbepaald", "tot 2024"])
    def test_a_label_that_gives_no_bounds_is_asked_at_once(self, label):
        with pytest.raises(ValidationError) as refusal:
            statement(end=label).clean()

        assert "Vul bij de grenzen" in refusal.value.message_dict["end_label"][0]
        assert "laat de datum dan leeg" in refusal.value.message_dict["end_label"][0]
        assert "nog geen grenzen" in refusal.value.message_dict["end_unbounded"][0]

    def test_both_dates_are_asked_at_once(self):
        with pytest.raises(ValidationError) as refusal:
            statement("17 mei", "31/04/2023").clean()

        assert {"start_label", "end_label"} <= refusal.value.message_dict.keys()

    def test_a_label_of_which_someone_says_that_it_has_no_bounds_is_accepted(self):
        row = statement("17 mei", start_unbounded=True)

        row.clean()

        assert row.start == SourceDate("17 mei")
        assert row.start_unbounded

    @pytest.mark.parametrize("side", ["start_earliest", "start_latest"])
    def test_one_bound_is_enough(self, side):
        row = statement("rond Pasen 2023", **{side: day("2023-04-01")})

        row.clean()

        assert getattr(row, side) == day("2023-04-01")

    def test_bounds_and_the_word_that_there_are_none_do_not_go_together(self):
        row = statement("rond Pasen 2023", start_unbounded=True, start_latest=day("2023-04-16"))

        with pytest.raises(ValidationError, match="niet allebei"):
            row.clean()

    def test_a_label_that_is_read_has_bounds_whatever_was_said(self):
        row = statement("31/12/2024", start_unbounded=True)

        row.clean()

        assert row.start == SourceDate.parse("31 december 2024")
        assert not row.start_unbounded

    @pytest.mark.parametrize(
        ("start", "end", "on", "holds"),
        [
            # What went public as "for ever" before: an end that nobody could read.
            (None, "31/12/2024", "2026-11-29", Holds.NO),
            (None, "t/m 31.12.2024", "2024-12-31", Holds.YES),
            ("sinds 2019", None, "2018-12-31", Holds.NO),
            ("sinds 2019", None, "2019-06-01", Holds.POSSIBLY),
            ("sinds 2019", None, "2020-01-01", Holds.YES),
            ("voor 2020", None, "2020-01-01", Holds.YES),
            (None, "schooljaar 2022-2023", "2023-09-01", Holds.NO),
        ],
    )
    def test_what_holds_follows_from_what_was_typed(self, start, end, on, holds):
        assert cleaned(start, end).holds_on(day(on)) is holds

    def test_the_digits_of_a_date_by_hand_become_words_too(self):
        row = statement("rond 31/12/2024", start_earliest=day("2024-12-01"))

        row.clean()

        assert row.start_label == "rond 31 december 2024"

    @pytest.mark.parametrize("label", ["31 april 2023", "na 30 februari 2024", "Rond 32 mei 2022"])
    def test_a_day_that_no_calendar_has_is_refused_in_dutch(self, label):
        with pytest.raises(ValidationError, match="bestaat niet"):
            cleaned(label)

    def test_days_that_exist_may_stand_in_a_label_that_cannot_be_read(self):
        label = "kort na de top van 29 februari 2024"
        row = statement(label, start_unbounded=True)

        row.clean()

        assert row.start == SourceDate(label)

    def test_the_word_does_not_stay_behind_without_its_label(self):
        with pytest.raises(ValidationError, match="hoe de bron de datum geeft"):
            statement(start_unbounded=True).clean()

    def test_bounds_of_the_former_label_do_not_stay_behind(self):
        record = cleaned("mei 2022")
        record.start_label = ""

        with pytest.raises(ValidationError, match="hoe de bron de datum geeft"):
            record.clean()

    def test_an_end_before_the_start_is_refused_in_dutch(self):
        with pytest.raises(ValidationError) as refusal:
            cleaned("mei 2023", "april 2023")

        assert refusal.value.message_dict == {"end_label": ["Het einde valt vóór het begin."]}

    def test_bounds_by_hand_in_the_wrong_order_are_refused_in_dutch(self):
        record = statement("rond Pasen 2023")
        record.start_earliest, record.start_latest = day("2023-04-16"), day("2023-04-01")

        with pytest.raises(ValidationError) as refusal:
            record.clean()

        assert refusal.value.message_dict == {
            "start_latest": ["Deze dag valt vóór de vroegste dag."]
        }

    def test_every_date_of_a_statement_is_read(self):
        figure = KeyFigure(date_label="maart 2023")
        milestone = Milestone(date_label="eind 2023", outcome_label="17 februari 2023")
        coverage = Coverage(expected_label="eind 2023")

        for row in (figure, milestone, coverage):
            row.clean()

        assert figure.date == SourceDate.parse("maart 2023")
        assert milestone.date == SourceDate.parse("eind 2023")
        assert milestone.outcome_date == SourceDate.parse("17 februari 2023")
        assert coverage.expected == SourceDate.parse("eind 2023")
