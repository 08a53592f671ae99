"""Three editors, and a version that goes between them from hand to hand."""

import pytest
from django.test import Client

from concepts.models import ConceptVersion
from concepts.publishing import publish, working_copy
from tests.desk import editor
from tests.working_copies import ready

REASON = {"reason": "De tekst is duidelijker."}
ALONE = {"alone_because": "Ik werk vandaag alleen."}


@pytest.fixture
def second():
    """A working copy of a version that is public, in which something changed."""
    copy = working_copy(publish(ready(concept__slug="gbo"), reason="Het begin.").concept)
    ConceptVersion.objects.filter(pk=copy.pk).update(summary="Een andere zin.", reason="Getypt.")
    return now(copy)


@pytest.fixture
def els():
    return editor("eindredacteur", username="els", first_name="Els", last_name="Peeters")


@pytest.fixture
def karim():
    return editor("eindredacteur", username="karim", first_name="Karim")


@pytest.fixture
def nora():
    return editor("redacteur", username="nora", first_name="Nora")


def now(version):
    return ConceptVersion.objects.get(pk=version.pk)


def browser(user):
    client = Client()
    client.force_login(user)
    return client
