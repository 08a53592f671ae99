"""What a process keeps, and when it reads anew."""

from itertools import count

import pytest

from eerstelijn.kept import Kept, Lately, forget_all


def test_a_value_is_read_once_for_a_stamp_and_anew_for_another():
    kept, numbers = Kept(), count()

    found = [kept.get(stamp, lambda: next(numbers)) for stamp in ("a", "a", "b", "a")]

    assert found == [0, 0, 1, 2]


def test_without_a_stamp_nothing_is_kept():
    kept, numbers = Kept(), count()

    found = [kept.get(None, lambda: next(numbers)) for _ in range(2)]

    assert (found, len(kept)) == ([0, 1], 0)


def test_the_value_that_was_read_first_makes_place():
    kept = Kept(most=2)

    for name in "abc":
        kept.get(1, lambda name=name: name, name)
    again = [kept.get(1, lambda: "new", name) for name in "cba"]

    assert again == ["c", "b", "new"]


def test_a_failed_reading_leaves_what_was_kept():
    kept = Kept()
    kept.get(1, lambda: "old")

    with pytest.raises(ZeroDivisionError):
        kept.get(2, lambda: 1 / 0)

    assert kept.get(1, lambda: "new") == "old"


def test_all_is_forgotten_at_once():
    several = [Kept(), Kept()]
    for kept in several:
        kept.get(1, lambda: "old")

    forget_all()

    assert [kept.get(1, lambda: "new") for kept in several] == ["new", "new"]


class TestLately:
    @pytest.fixture
    def clock(self, monkeypatch):
        now = [1000.0]
        monkeypatch.setattr("eerstelijn.kept.time.monotonic", lambda: now[0])
        return now

    @pytest.fixture
    def kept(self):
        return Lately("", seconds=60, retry=5, failures=LookupError)

    def test_is_read_anew_after_its_seconds(self, kept, clock):
        assert kept.get(lambda: "a") == "a"

        clock[0] += 59
        assert kept.get(lambda: "b") == "a"
        clock[0] += 1
        assert kept.get(lambda: "b") == "b"

    def test_what_cannot_be_read_stays_and_is_tried_again_soon(self, kept, clock):
        def fails():
            raise LookupError

        kept.get(lambda: "a")
        clock[0] += 60
        assert kept.get(fails) == "a"

        clock[0] += 4
        assert kept.get(lambda: "b") == "a"
        clock[0] += 1
        assert kept.get(lambda: "b") == "b"

    def test_any_other_fault_is_not_hidden(self, kept, clock):
        with pytest.raises(ZeroDivisionError):
            kept.get(lambda: 1 / 0)

    def test_forgets_with_all_the_others(self, kept, clock):
        kept.get(lambda: "a")

        forget_all()

        assert kept.get(lambda: "b") == "b"
