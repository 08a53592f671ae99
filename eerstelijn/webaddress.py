"""Web addresses that records keep: of the web only, in the database, in files and on the page.

A browser follows `javascript:` and its like where a reader sees a link. So an address of another
scheme is refused by the form, the fixtures and the database, and whatever is stored all the same
(a row of another origin) is printed as text and not as a link.
"""

import re

from django.apps.registry import Apps
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

SCHEMES = ("http", "https")
MESSAGE = "Geef een adres op het web: het begint met https:// of http://."
#: Without white space and control characters: browsers leave some of these out before they read.
WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
#: The same, as the database reads it.
STORED = r"^https?://[^[:space:]]+$"


class WebAddressField(models.URLField):
    """An address on the web. Give its model `only_web(...)` among the constraints as well."""

    default_validators = [URLValidator(schemes=SCHEMES, message=MESSAGE)]


def only_web(field: str, name: str) -> models.CheckConstraint:
    """The rule that an address, if there is one, is http or https; `name` is that of the rule."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__iregex": STORED}),
        name=name,
        violation_error_message=MESSAGE,
    )


def link_to(address: str | None) -> str:
    """An address to use in a link; "" when it is none of the web."""
    return address if address and WEB.fullmatch(address) else ""


def let_go_of_others(apps: Apps, app_label: str) -> None:
    """For a migration: empty the addresses of other schemes in a database of before, and say so.

    The desk took `ftp:` then; no browser opens that any more.
    """
    for model in apps.get_app_config(app_label).get_models():
        for field in model._meta.fields:
            if isinstance(field, WebAddressField):
                _let_go(model, field)


def _let_go(model: type[models.Model], field: WebAddressField) -> None:
    name = field.name
    rows = model._base_manager.exclude(**{name: ""}).exclude(**{f"{name}__iregex": STORED})
    for row in rows:
        which = f"{model._meta.verbose_name} {getattr(row, 'name', row.pk)}"
        print(f"Geen adres op het web, dus weggelaten bij {which}: {getattr(row, name)}")
    rows.update(**{name: ""})
