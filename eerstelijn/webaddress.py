"""Web addresses that records keep: of the web only, in the database, in files and on the page.

A browser follows `javascript:` and its like where a reader sees a link. So an address of another
scheme is refused by the form, the fixtures and the database, and whatever is stored all the same
(a row of another origin) is printed as text and not as a link.
"""

import re

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

SCHEMES = ("http", "https")
MESSAGE = "Geef een adres op het web: het begint met https:// of http://."
#: Without white space and control characters: browsers leave some of these out before they read.
WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


class WebAddressField(models.URLField):
    """An address on the web. Give its model `only_web(...)` among the constraints as well."""

    default_validators = [URLValidator(schemes=SCHEMES, message=MESSAGE)]


def only_web(field, name):
    """The rule that an address, if there is one, is http or https."""
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__iregex": r"^https?://[^[:space:]]+$"}),
        name=name,
        violation_error_message=MESSAGE,
    )


def link_to(address):
    """An address to use in a link; "" when it is none of the web."""
    return address if WEB.fullmatch(address or "") else ""
