"""What a page shows, as the object that its template prints."""

from functools import partial

import pytest

from concepts.models import Role
from tests.factories import ParticipationFactory, PartnerFactory


@pytest.fixture
def page(client):
    """What a page shows, from its context."""

    def page(address):
        return client.get(address).context["page"]

    return page


def asked(name, role=Role.PARTICIPANT, partner=None):
    return partial(ParticipationFactory, partner=partner or PartnerFactory(name=name), role=role)
