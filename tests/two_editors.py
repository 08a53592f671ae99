"""Two editors at one working copy, each in a browser of her own."""

from django.test import Client

from tests.desk import editor
from tests.factories import ConceptVersionFactory, PassageFactory, SourceFactory


def browser(group, **names):
    client = Client()
    client.force_login(editor(group, **names))
    return client


def els():
    return browser("eindredacteur", first_name="Els", last_name="Peeters")


def nora():
    return browser("redacteur", first_name="Nora", last_name="Amrani")


def complete_copy():
    """A working copy with all that publication asks."""
    version = ConceptVersionFactory(concept__slug="gbo", described_by=[SourceFactory()])
    PassageFactory(version=version, text="Zoals het was.")
    return version


def now(record):
    return type(record).objects.get(pk=record.pk)
