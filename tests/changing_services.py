"""The form of a change of services, as an editor fills it in and carries it out."""

import datetime as dt

from tests.desk import fields_of, send
from tests.factories import AgencyFactory, CitationFactory

#: On which these changes are made.
TODAY = dt.date(2026, 11, 29)
URL = "/beheer/governance/agency/verandering/"


def old_service():
    return AgencyFactory(name="Dienst Oud", abbreviation="DO", slug="oud", tree="linde")


def other_service():
    return AgencyFactory(name="Dienst Ander", slug="ander", tree="linde")


def new_service():
    return AgencyFactory(name="Dienst Nieuw", slug="nieuw")


def fill(client, kind, before, after=(), **changes):
    """The page that shows what a change touches, or the form with what is wrong with it."""
    fields = {
        "kind": kind,
        "before": [agency.pk for agency in before],
        "after": [agency.pk for agency in after],
        "day": "1 juni 2026",
        "status": "gebeurd",
        "citations": [CitationFactory().pk],
    }
    return client.post(URL, fields | changes)


def carry_out(client, page, **changes):
    return send(client, URL, fields_of(page), **{"zeker": "ja"} | changes)


def text_of(answer):
    return " ".join(answer.content.decode().split())
