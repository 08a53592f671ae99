"""Concepts and acts with something dated, and the page and data that tell of it."""

from functools import partial

from governance.models import DecreeDate
from tests.factories import CitationFactory, ConceptVersionFactory, DecreeFactory, MilestoneFactory


def happened(title, date, **fields):
    """What makes a milestone of a version, with a place of its own."""
    place = CitationFactory(section=title[:20])
    return partial(MilestoneFactory, title=title, date=date, citations=[place], **fields)


def promised(title, date, outcome="onbekend", **fields):
    return happened(title, date, is_announced=True, outcome=outcome, **fields)


def concept(slug, *statements, **fields):
    return ConceptVersionFactory(
        published=True, concept__slug=slug, name=f"Naam {slug}", statements=statements, **fields
    )


def act(date, kind=DecreeDate.Kind.SIGNED, **fields):
    decree = DecreeFactory(**fields)
    row = DecreeDate(decree=decree, kind=kind)
    row.date_label = date
    row.full_clean()
    row.save()
    row.citations.add(CitationFactory(section=date[:20]))
    return decree


def found(client, query=""):
    return [row["wat"] for row in client.get(f"/tijdlijn.json{query}").json()["resultaten"]]


def page(client, query=""):
    return client.get(f"/tijdlijn/{query}").content.decode()
