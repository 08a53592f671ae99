"""What a process keeps, and when it reads anew."""

from itertools import count

import pytest

from eerstelijn.kept import Kept, forget_all


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
