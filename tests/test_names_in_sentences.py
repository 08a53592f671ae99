"""A name stands in a sentence where it needs no article: nobody keeps which it has."""

from functools import partial

import pytest

from governance import derived
from governance.models import Decree, DecreeRelation
from tests.answers import text
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    DecreeFactory,
    LegalBasisFactory,
    PartnerFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    """A concept of a service, with a partner, an act and a source, all with short names."""
    act = DecreeFactory(slug="akte", short_title="decreet Y")
    version = ConceptVersionFactory(
        concept__slug="gbo",
        name="GBO",
        published=True,
        agencies=[AgencyFactory(slug="dienst", name="Agentschap X")],
        partners=[PartnerFactory(slug="caw", name="CAW")],
        statements=[partial(LegalBasisFactory, decree=act)],
        described_by=[SourceFactory(slug="blad", short_title="Blad Z")],
    )
    derived.rebuild()
    return version


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("dienst=dienst", "1 concept van de dienst Agentschap X"),
        ("regelgeving=akte", "1 concept met als regelgeving decreet Y"),
        ("bron=blad", "1 concept met als bron Blad Z"),
        ("partner=caw", "1 concept met partner CAW"),
    ],
)
def test_a_list_says_what_a_chosen_name_is(client, content, question, said):
    finder = client.get(f"/concepten/?{question}").context["finder"]

    assert "".join(part.text for part in finder.sentence).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("focus", "said"),
    [
        ("partner:caw", "CAW: partner bij 1 concept."),
        ("concept:gbo", "GBO. Eigenaar: Agentschap X. De bronnen noemen 1 partner."),
        ("dienst:dienst", "Agentschap X: 1 concept. Dat noemt 1 partner."),
    ],
)
def test_the_network_puts_the_name_before_a_colon(client, content, focus, said):
    page = client.get(f"/netwerk/?focus={focus}").context["page"]

    assert "".join(part.text for part in page.sentence) == said
    assert page.title == f"Netwerk: {page.focus.name}"


def test_changes_and_feeds_name_what_is_followed(client, content):
    page = client.get("/wijzigingen/?concept=gbo").context["finder"]
    assert "met als onderwerp GBO" in "".join(part.text for part in page.sentence)

    assert "concepten met partner CAW" in text(client.get("/partners/caw.atom"))
    assert "concepten van de dienst Agentschap X" in text(client.get("/diensten/dienst.atom"))


def test_what_an_act_gave_way_to_stands_behind_a_colon(client):
    old = DecreeFactory(short_title="decreet Y", status=Decree.Status.REPLACED)
    new = DecreeFactory(short_title="decreet Z")
    DecreeRelation.objects.create(decree=new, other=old, kind=DecreeRelation.Kind.REPLACES)

    said = text(client.get("/regelgeving/?peildatum=2023-03-13"))

    assert "vandaag vervangen door: decreet Z" in said
