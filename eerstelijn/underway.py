"""What one thread is making, others who want it wait for instead of making it too.

After a change all that a process kept is gone at once, and every thread would make the same again,
at the same time: then all is ready last, and who asks for what is ready waits with the others.
"""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager


def _nothing() -> None:
    """What a thread lets go before it waits, when it holds nothing."""


class Making:
    """What threads of this process have under way, each by its name."""

    def __init__(self, patience: float, before_waiting: Callable[[], None] = _nothing):
        #: Seconds that anyone waits for another; who waited in vain makes it as well.
        self.patience = patience
        self.before_waiting = before_waiting
        self._turn = threading.Lock()
        self._makers: dict[Hashable, tuple[int, threading.Event]] = {}

    @contextmanager
    def alone(self, name: Hashable) -> Iterator[None]:
        """In here nobody else makes it, or somebody did until now and it may be ready.

        Who waits goes on as soon as it is made, however that went. A thread that comes upon its
        own work does not wait for itself.
        """
        me, done = threading.get_ident(), threading.Event()
        with self._turn:
            maker, ready = self._makers.setdefault(name, (me, done))
        if ready is not done:
            if maker != me:
                self.before_waiting()
                ready.wait(self.patience)
            yield
            return
        try:
            yield
        finally:
            with self._turn:
                del self._makers[name]
            done.set()


class Few:
    """So many threads at once do heavy work, and the others answer what is light."""

    def __init__(self, most: int, patience: float, before_waiting: Callable[[], None] = _nothing):
        self.patience = patience
        self.before_waiting = before_waiting
        self._places = threading.BoundedSemaphore(most)

    @contextmanager
    def place(self) -> Iterator[None]:
        """One of the few places; who waited in vain goes on without, for one of them may hang."""
        has_place = self._places.acquire(blocking=False)
        if not has_place:
            self.before_waiting()
            has_place = self._places.acquire(timeout=self.patience)
        try:
            yield
        finally:
            if has_place:
                self._places.release()
