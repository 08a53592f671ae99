"""A record that many concepts name: its page has the first by name, and its data have all."""

import pytest

from concepts.models import Role
from concepts.reference.parts import MOST_LISTED
from concepts.reference.records import AS_TYPE, domain_page, partner_page
from tests.factories import (
    ConceptVersionFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
    make_public,
)

pytestmark = pytest.mark.django_db

#: So many concepts under one heading, in most of these tests.
TWO = 2


@pytest.fixture
def partner():
    return PartnerFactory(slug="caw", name="CAW")


def asking(partner, name, *roles):
    """A published concept that asks a partner in some roles."""
    version = ConceptVersionFactory(name=name)
    for role in roles:
        ParticipationFactory(version=version, partner=partner, role=role)
    make_public(version)
    return version


def section(page, id):
    return next(section for section in page.sections if section.id == id)


class TestPartner:
    def test_each_role_has_its_first_by_name_and_a_way_to_the_rest(self, partner):
        for name in ("Boom", "Aarde", "Citroen"):
            asking(partner, name, Role.REQUIRED)
        asking(partner, "Dak", Role.PARTICIPANT)

        required, participant = partner_page(partner, most=TWO).sections[0].items

        assert [item.text for item in required.items] == ["Aarde", "Boom"]
        assert required.rest[0].kind == "Dit zijn er 2 van 3, op naam."
        assert required.rest[0].url == f"/concepten/?partner=caw&rol={Role.REQUIRED.value}"
        assert [item.text for item in participant.items] == ["Dak"]
        assert not participant.rest

    def test_as_many_as_fit_are_all_there(self, partner):
        for name in ("Aarde", "Boom"):
            asking(partner, name, Role.REQUIRED)
        asking(partner, "Citroen", Role.PARTICIPANT)

        groups = partner_page(partner, most=TWO).sections[0].items

        assert [len(group.items) for group in groups] == [2, 1]
        assert not any(group.rest for group in groups)

    def test_those_that_ask_others_of_its_type_are_a_list_of_their_own(self, partner):
        other = PartnerFactory(type=partner.type)
        for name in ("Aarde", "Boom", "Citroen"):
            asking(other, name, Role.REQUIRED)
        both = asking(other, "Aap", Role.REQUIRED)
        both_ask = asking(partner, "Dak", Role.REQUIRED)

        page = partner_page(partner, most=TWO)
        as_type = section(page, "ook-als-type")

        assert both_ask.name not in [item.text for item in as_type.items]
        assert [item.text for item in as_type.items] == [both.name, "Aarde"]
        assert as_type.items.numbers == {AS_TYPE: 4}
        assert as_type.title.endswith(": 4 concepten")

    def test_without_a_limit_all_are_there(self, partner):
        for name in ("Aarde", "Boom", "Citroen"):
            asking(partner, name, Role.REQUIRED)

        (required,) = partner_page(partner).sections[0].items

        assert len(required.items) == 3
        assert not required.rest

    def test_the_page_is_cut_and_the_data_are_not(self, client, partner):
        number = MOST_LISTED + 1
        for place in range(number):
            asking(partner, f"Concept {place:03}", Role.REQUIRED)

        page = client.get("/partners/caw/").content.decode()
        data = client.get("/partners/caw.json").json()

        assert f"Dit zijn er {MOST_LISTED} van {number}, op naam." in page
        assert f"Concept {MOST_LISTED - 1:03}" in page
        assert f"Concept {MOST_LISTED:03}" not in page
        assert "/concepten/?partner=caw&amp;rol=" in page
        assert len(data["concepten"]) == number


def test_a_domain_has_its_first_by_name_and_a_way_to_the_rest():
    domain = PolicyDomainFactory(slug="zorg")
    for name in ("Boom", "Aarde", "Citroen"):
        version = ConceptVersionFactory(name=name)
        OwnershipFactory(version=version, policy_domain=domain)
        make_public(version)

    concepts, rest = section(domain_page(domain, most=TWO), "concepten").shown

    assert [item.text for item in concepts.items] == ["Aarde", "Boom"]
    assert [(fact.kind, fact.url) for fact in rest.items] == [
        ("Dit zijn er 2 van 3, op naam.", "/concepten/?domein=zorg")
    ]
