"""A partner is told where its type is asked, by another of that type."""

from functools import partial

import pytest

from concepts.models import Role
from tests.factories import (
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
)

pytestmark = pytest.mark.django_db


class TestAlsoAskedAsItsType:
    @pytest.fixture
    def clb(self):
        schools = PartnerTypeFactory(slug="onderwijs", name="Onderwijs")
        clb = PartnerFactory(slug="clb", name="CLB", type=schools)
        others = PartnerFactory(slug="scholen", name="Onderwijspartners", type=schools)
        took = partial(partial, ParticipationFactory)
        ConceptVersionFactory(published=True, name="Met beide", partners=[clb, others])
        ConceptVersionFactory(published=True, name="Enkel scholen", partners=[others])
        ConceptVersionFactory(
            published=True,
            name="Steunt",
            statements=[took(partner=others, role=Role.SUPPORTER)],
        )
        ConceptVersionFactory(
            published=True,
            name="Ontwikkeling",
            concept__record_kind="ontwikkeling",
            partners=[others],
        )
        ConceptVersionFactory(name="Werkversie", partners=[others])

    def test_a_partner_is_told_who_else_of_its_type_is_asked(self, client, clb):
        page = client.get("/partners/clb/").context["page"]

        section = next(each for each in page.sections if each.id == "ook-als-type")
        assert section.label == "Ook gevraagd als onderwijs: 1 concept"
        assert [(item.text, item.note) for item in section.items] == [
            ("Enkel scholen", "Onderwijspartners")
        ]
        assert "/concepten/?partnertype=onderwijs" in [fact.url for fact in page.facts]

    def test_who_is_asked_by_name_everywhere_hears_nothing_more(self, client, clb):
        page = client.get("/partners/scholen/").context["page"]

        assert [section.id for section in page.sections] == ["concepten"]
