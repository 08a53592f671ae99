"""The menu of the desk: what an editor may see, in groups that follow the work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: A model or a page as the menu shows it: Django's description of a model, with our own words.
Row = dict[str, Any]


@dataclass(frozen=True)
class MenuGroup:
    """Some lines of the menu under a heading, or behind one that opens (`is_fold`)."""

    title: str
    #: The names of models, in order; a space between two.
    models: str = ""
    #: Models of which the pages for one change at once are shown (`change_pages` of their desk).
    changes_of: str = ""
    is_fold: bool = False


def groups(
    menu: Sequence[MenuGroup],
    models: Mapping[str, Row],
    pages: Mapping[str, Sequence[Row]],
    labels: Mapping[str, str],
    path: str,
) -> list[Row]:
    """The groups in which there is something to see, shaped as the apps that Django lists.

    `models` and `pages` are what the user may see, by the name of the model; `labels` are shorter
    names for the menu; `path` is the page on which it stands.
    """
    rows = {group.title: list(_rows(group, models, pages, labels)) for group in menu}
    urls = [row["admin_url"] for found in rows.values() for row in found if row["admin_url"]]
    # The page of a form lies under that of its model: the longest address says where one is.
    here = max((url for url in urls if path.startswith(url)), key=len, default="")
    for found in rows.values():
        for row in found:
            is_here = bool(here) and row["admin_url"] == here
            row["current"] = ("page" if path == here else "true") if is_here else ""
    return [
        {
            "name": group.title,
            "is_fold": group.is_fold,
            "is_current": any(row["current"] for row in rows[group.title]),
            "models": rows[group.title],
        }
        for group in menu
        if rows[group.title]
    ]


def _rows(
    group: MenuGroup,
    models: Mapping[str, Row],
    pages: Mapping[str, Sequence[Row]],
    labels: Mapping[str, str],
) -> Iterator[Row]:
    for name in group.models.split():
        if name in models:
            yield {**models[name], "name": labels.get(name, models[name]["name"])}
    for name in group.changes_of.split():
        for page in pages.get(name, ()):
            yield {"name": page["label"], "admin_url": page["url"], "object_name": ""}
