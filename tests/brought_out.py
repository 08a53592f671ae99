"""Concepts that editors bring on the site, and what the list of changes tells of them."""

import datetime as dt

from django.db import connection

from concepts.models import ConceptVersion
from concepts.publishing import publish, working_copy
from tests.factories import (
    ConceptVersionFactory,
    ParticipationFactory,
    PassageFactory,
    SourceFactory,
)


def public(slug="gbo", name="", partners=(), **fields):
    """A concept on the site, as its editors brought it there."""
    version = ConceptVersionFactory(
        concept__slug=slug, name=name or f"Naam {slug}", described_by=[SourceFactory()], **fields
    )
    PassageFactory(version=version, text="De oude tekst.")
    for partner in partners:
        ParticipationFactory(version=version, partner=partner)
    return publish(version)


def again(concept, reason="Het kon beter.", **fields):
    """A next version of it, with another text."""
    version = working_copy(concept)
    ConceptVersion.objects.filter(pk=version.pk).update(reason=reason, **fields)
    version.passages.update(text="De nieuwe tekst.")
    return publish(version)


def on(version, day, field="published_at"):
    """Let it have happened on another day."""
    moment = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        ConceptVersion.objects.filter(pk=version.pk).update(**{field: moment})
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = ''")


def data_of(client, question=""):
    return client.get(f"/wijzigingen.json?facetten=0{question}").json()


def happened(client, question=""):
    """What the list tells: of each entry what, and which concepts."""
    return [
        (row["wat"], [concept["slug"] for concept in row["concepten"]])
        for row in data_of(client, question)["resultaten"]
    ]
