"""A change of services: between which, on what day, and how an editor carries it out."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.desk import editor, fields_of, send
from tests.factories import AgencyFactory, CitationFactory

#: On which these changes are made.
TODAY = dt.date(2026, 11, 29)
URL = "/beheer/governance/agency/verandering/"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


@pytest.fixture
def old():
    return AgencyFactory(name="Dienst Oud", abbreviation="DO", slug="oud", tree="linde")


@pytest.fixture
def other():
    return AgencyFactory(name="Dienst Ander", slug="ander", tree="linde")


@pytest.fixture
def successor():
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
