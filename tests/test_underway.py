"""What one thread is making, others wait for."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from eerstelijn.kept import Kept
from eerstelijn.underway import Few, Making

LONG = 30.0  # seconds; nobody here waits that long


def test_threads_that_want_the_same_have_it_read_once():
    kept, numbers, may_go = Kept(), count(), threading.Event()

    def read():
        may_go.wait(LONG)
        return next(numbers)

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(kept.get, "a", read) for _ in range(8)]
        may_go.set()

    assert [future.result() for future in asked] == [0] * 8


def test_what_is_another_thing_is_not_waited_for():
    making, both = Making(LONG), threading.Barrier(2, timeout=LONG)

    def make(name):
        with making.alone(name):
            both.wait()  # breaks unless the other is in there too

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(make, "ab")) == [None, None]


def test_who_waits_goes_on_when_it_failed_and_lets_go_meanwhile():
    let_go = threading.Event()
    making = Making(LONG, let_go.set)

    def fail():
        with making.alone("a"):
            let_go.wait(LONG)
            raise ZeroDivisionError

    with ThreadPoolExecutor(2) as threads:
        failed = threads.submit(fail)
        while not making._makers and not failed.done():
            pass
        with making.alone("a"):
            pass
        with pytest.raises(ZeroDivisionError):
            failed.result()

    assert let_go.is_set()
    assert not making._makers


def test_nobody_waits_for_ever_and_not_for_themselves():
    making = Making(0)

    with making.alone("a"), making.alone("a"), ThreadPoolExecutor(1) as threads:
        assert threads.submit(lambda: making.alone("a").__enter__()).result(LONG) is None


def test_few_work_at_once_and_one_that_hangs_holds_nobody_for_ever():
    waited = []
    few = Few(1, 0, lambda: waited.append(1))

    with few.place(), few.place():
        assert waited == [1]
    with few.place():  # the place came free, once
        assert waited == [1]
