"""What a process keeps, and when it reads anew."""

from itertools import count

import pytest

from eerstelijn.kept import Kept, Part, forget_all


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


def test_of_several_values_those_that_lack_are_read_together():
    kept, read = Kept(), []

    def reader(names):
        read.append(names)
        return {name: name.upper() for name in names if name != "gone"}

    kept.most = 3
    first = kept.several(1, ["a", "b"], reader)
    second = kept.several(1, ["b", "gone", "c"], reader)
    anew = kept.several(2, ["a"], reader)

    assert (first, second, anew) == (["A", "B"], ["B", "C"], ["A"])
    assert read == [["a", "b"], ["gone", "c"], ["a"]]
    assert len(kept) == 1  # what is of another stamp is let go


def test_the_first_of_many_make_place_and_are_given_all_the_same():
    kept = Kept(most=2)

    found = kept.several(1, ["a", "b", "c"], lambda names: {name: name for name in names})

    assert (found, len(kept)) == (["a", "b", "c"], 2)


def test_several_without_a_stamp_are_read_each_time():
    kept, numbers = Kept(), count()

    found = [kept.several(None, ["a"], lambda names: {"a": next(numbers)}) for _ in range(2)]

    assert (found, len(kept)) == ([[0], [1]], 0)


def test_a_part_is_printed_once_for_each_of_its_values():
    kept, numbers = Kept(most=9), count()
    part = Part(kept, "", "footer")

    printed = [part.text(lambda: str(next(numbers)), value) for value in ("x", "y", "x")]

    assert printed == ["0", "1", "0"]


def test_all_is_forgotten_at_once():
    several = [Kept(), Kept()]
    for kept in several:
        kept.get(1, lambda: "old")

    forget_all()

    assert [kept.get(1, lambda: "new") for kept in several] == ["new", "new"]
