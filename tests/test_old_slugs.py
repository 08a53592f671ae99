"""A public address never breaks: a former one leads on, with 301."""

import pytest

from concepts.publishing import withdraw
from tests.factories import (
    AgencyFactory,
    ConceptFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    OldSlugFactory,
    PartnerFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

PAGES = {
    "agency": ("/diensten/", AgencyFactory),
    "coveragearea": ("/gebieden/", CoverageAreaFactory),
    "decree": ("/regelgeving/", DecreeFactory),
    "partner": ("/partners/", PartnerFactory),
    "policydomain": ("/beleidsdomeinen/", PolicyDomainFactory),
    "source": ("/bronnen/", SourceFactory),
    "term": ("/begrippen/", TermFactory),
}


@pytest.mark.parametrize("format", ["/", ".json", ".csv"])
@pytest.mark.parametrize("kind", PAGES)
def test_a_former_address_of_any_record_leads_to_the_present_one(client, kind, format):
    prefix, make = PAGES[kind]
    make(slug="nieuw")
    OldSlugFactory(kind=kind, old="oud", current="nieuw")

    response = client.get(f"{prefix}oud{format}")

    assert (response.status_code, response["Location"]) == (301, f"{prefix}nieuw{format}")
    assert client.get(f"{prefix}nieuw{format}").status_code == 200


@pytest.mark.parametrize(
    ("address", "present"),
    [
        ("/concepten/oud/", "/concepten/nieuw/"),
        ("/concepten/oud.json", "/concepten/nieuw.json"),
        ("/concepten/oud.csv", "/concepten/nieuw.csv"),
    ],
)
def test_a_former_address_of_a_concept_leads_on_in_every_format(client, address, present):
    ConceptVersionFactory(published=True, concept__slug="nieuw")
    OldSlugFactory(kind="concept", old="oud", current="nieuw")

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, present)
    assert client.get(present).status_code == 200


def test_a_concept_that_became_an_ontwikkeling_is_found_there(client):
    ConceptVersionFactory(
        published=True, concept__slug="nieuw", concept__record_kind="ontwikkeling"
    )
    OldSlugFactory(kind="concept", old="oud", current="nieuw")

    response = client.get("/concepten/oud/")

    assert (response.status_code, response["Location"]) == (301, "/ontwikkelingen/nieuw/")


def test_a_former_address_of_a_withdrawn_concept_still_explains(client):
    version = ConceptVersionFactory(published=True, concept__slug="nieuw")
    OldSlugFactory(kind="concept", old="oud", current="nieuw")
    withdraw(version.concept)

    response = client.get("/concepten/oud/", follow=True)

    assert response.status_code == 410


def test_a_former_address_tells_nothing_of_a_concept_that_was_never_public(client):
    ConceptVersionFactory(concept=ConceptFactory(slug="geheim"))
    OldSlugFactory(kind="concept", old="oud", current="geheim")

    assert client.get("/concepten/oud/").status_code == 404


def test_an_address_of_another_kind_of_record_does_not_lead_on(client):
    PartnerFactory(slug="nieuw")
    OldSlugFactory(kind="partner", old="oud", current="nieuw")

    assert client.get("/diensten/oud/").status_code == 404


def test_an_address_whose_record_is_gone_is_not_found(client):
    OldSlugFactory(kind="partner", old="oud", current="nieuw")

    assert client.get("/partners/oud/").status_code == 404
