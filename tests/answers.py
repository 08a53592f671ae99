"""Reading the answers of the site: what a list found, counted and said."""

import csv
import io
import re
from html import unescape

from django.http import QueryDict


def slugs(response):
    """What a list in JSON found, in its order."""
    return [row["slug"] for row in response.json()["resultaten"]]


def counts(response, facet):
    """The options of a facet that would leave something, with the number."""
    options = response.json()["facetten"][facet]
    return {option["waarde"]: option["aantal"] for option in options if option["aantal"]}


def text(response):
    """What a reader sees of a page, without the markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def sentence(response):
    """The question in words, above the rows of a list."""
    return "".join(part.text for part in response.context["finder"].sentence)


def rows_of_csv(response, delimiter=","):
    """The rows of a CSV, each by the names of its columns."""
    return list(csv.DictReader(io.StringIO(response.content.decode()), delimiter=delimiter))


def shown(response):
    """The rows that a list page shows, under whatever headings."""
    return [row for group in response.context["groups"] for row in group.rows]


def query(url):
    """The query string of an address, as a dict of lists."""
    return dict(QueryDict(url.partition("?")[2]).lists())
