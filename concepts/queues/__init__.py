"""What needs attention: lists of work that follow from what the database knows.

Each queue is one small class in a file of this folder; a file is all it takes to be one. The
start page of the desk counts them (`concepts.work.my_work`), and each has a page of its own on
which it is worked through (`concepts.work.queue_page`).
"""

from importlib import import_module
from pkgutil import iter_modules

from concepts.queues.base import Queue

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def _all(kind):
    """Every queue below a class: those that have a name, for others only share something."""
    for below in kind.__subclasses__():
        if below.name:
            yield below
        yield from _all(below)


#: Every queue by its name, in the order in which the start page shows them.
QUEUES = {kind.name: kind for kind in sorted(_all(Queue), key=lambda kind: kind.place)}
