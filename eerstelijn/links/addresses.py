"""The web addresses that records keep, whatever their kind."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import Model

from eerstelijn.links.models import CheckedLink
from eerstelijn.webaddress import WebAddressField, link_to


def fields() -> Iterator[tuple[type[Model], str]]:
    """Every field for a web address, with its model; not what is kept of former rows."""
    for model in apps.get_models():
        if model._meta.app_label == "history":
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, WebAddressField):
                yield model, field.name


def kept() -> set[str]:
    """All addresses that records keep now."""
    found: set[str] = set()
    for model, name in fields():
        rows = model._base_manager.exclude(**{name: ""})
        found |= {url for url in rows.values_list(name, flat=True) if link_to(url)}
    return found


def follow() -> None:
    """Make a row for each address that is new, and let go of those that no record keeps."""
    now = kept()
    CheckedLink.objects.exclude(url__in=now).delete()
    CheckedLink.objects.bulk_create(
        [CheckedLink(url=url) for url in sorted(now)], ignore_conflicts=True
    )


def records_with(urls: Iterable[str]) -> dict[str, list[Model]]:
    """The records that keep these addresses; a query for each field."""
    wanted = list(urls)
    found: dict[str, list[Model]] = {url: [] for url in wanted}
    for model, name in fields():
        for record in model._base_manager.filter(**{f"{name}__in": wanted}).order_by("pk"):
            found[getattr(record, name)].append(record)
    return found
