"""The question of a page once more, with a part of it asked otherwise."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict


def asked_again(filterset: Any, **changes: Sequence[str] | None) -> Any:
    """The filterset of the same list with some keys changed; None drops a key."""
    data = QueryDict(mutable=True)
    for key, values in {**filterset.values, **changes}.items():
        if values:
            data.setlist(key, list(values))
    again = type(filterset)(data, queryset=filterset.queryset)
    again.list_name = filterset.list_name
    return again
