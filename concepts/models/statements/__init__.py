"""The cited statements of a version: each kind is a small model in a file of its own.

What is known of a kind stands in its class: what data call it and how they give it, what search
reads, what its key is made of, what it lacks before it is public. No list elsewhere names the
kinds. A file in this folder is all it takes to be one of them.
"""

from importlib import import_module
from pkgutil import iter_modules

from concepts.models.statements.base import Statement

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

#: Every kind by the name that data give it, in the order of the contract ("Formats").
STATEMENT_KINDS = {
    kind.data_name: kind
    for kind in sorted(Statement.__subclasses__(), key=lambda kind: kind.data_place)
}
