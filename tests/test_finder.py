"""The faceted finder: which concepts a question finds, and how many each further choice leaves."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Access, ConceptVersion, Coverage, Role
from governance import derived
from governance.models import CoverageArea
from tests import finder_rows
from tests.answers import counts, slugs
from tests.factories import (
    AccessFactory,
    AgencyFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    AudienceFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    LegalBasisFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PolicyDomainFactory,
    SourceFactory,
    TargetGroupFactory,
)
from tests.finder_rows import URL, found
from tests.said import concept

pytestmark = pytest.mark.django_db

partners = finder_rows.partners


class TestChoosing:
    def test_without_a_question_every_concept_is_found(self, client, partners):
        assert len(found(client)) == 4

    def test_values_of_a_facet_widen(self, client, partners):
        assert found(client, partner=["ocmw", "clb"]) == ["alleen-ocmw", "caw-en-clb"]

    def test_facets_narrow_each_other(self, client, partners):
        assert found(client, partner="caw", partnertype="onderwijs") == ["caw-en-clb"]
        assert found(client, partner="ocmw", partnertype="onderwijs") == []

    def test_all_partners_together_can_be_asked(self, client, partners):
        both = found(client, partner=["caw", "clb"], partner_alle="1")

        assert both == ["caw-en-clb"]
        assert found(client, partner=["caw", "ocmw"], partner_alle="1") == []
        assert found(client, partner_alle="1") == found(client)

    def test_a_concept_that_asks_two_partners_of_a_type_is_found_once(self, client, partners):
        concept("beide", partners=[partners["caw"], partners["ocmw"]])

        response = client.get(URL, {"partnertype": "welzijn"})

        assert slugs(response) == ["alleen-caw", "alleen-ocmw", "beide", "caw-en-clb"]
        assert response.json()["aantal"] == 4

    def test_empty_values_count_as_absent(self, client, partners):
        response = client.get(
            f"{URL}?partner=&domein=+&q=&peildatum=&sorteer=&pagina=&per_pagina=&partner_alle="
        )

        assert response.status_code == 200
        assert response.json()["filters"] == {}
        assert len(slugs(response)) == 4

    def test_a_value_given_twice_counts_once(self, client, partners):
        response = client.get(URL, {"partner": ["caw", "caw"]})

        assert response.json()["filters"] == {"partner": ["caw"]}

    def test_concepts_and_ontwikkelingen_are_two_lists(self, client, partners):
        concept("regiovorming", concept__record_kind="ontwikkeling")

        assert "regiovorming" not in found(client)
        assert slugs(client.get("/ontwikkelingen.json")) == ["regiovorming"]


def statement_of(facet, record):
    """A statement by which a concept is found under an option of a facet."""
    return {
        "dienst": lambda: partial(OwnershipFactory, agency=record),
        "domein": lambda: partial(OwnershipFactory, policy_domain=record),
        "partner": lambda: partial(ParticipationFactory, partner=record),
        "partnertype": lambda: partial(ParticipationFactory, partner__type=record),
        "schaal": lambda: partial(CoverageFactory, scale=record),
        "gebied": lambda: partial(
            CoverageFactory, extent=Coverage.Extent.ONLY_NAMED, territory=[record]
        ),
        "doelgroep": lambda: partial(AudienceFactory, target_group=record),
        "regelgeving": lambda: partial(LegalBasisFactory, decree=record),
    }[facet]()


RECORDS = {
    "dienst": AgencyFactory,
    "domein": PolicyDomainFactory,
    "partner": PartnerFactory,
    "partnertype": PartnerTypeFactory,
    "schaal": AreaKindFactory,
    "gebied": CoverageAreaFactory,
    "doelgroep": TargetGroupFactory,
    "regelgeving": DecreeFactory,
}


def lines_rebuilt(facet):
    if facet == "gebied":  # of an area that lies nowhere nobody says what does not reach it
        for area in CoverageArea.objects.all():
            AreaMembershipFactory(member=area, area=CoverageAreaFactory())
    if facet in ("dienst", "gebied"):
        derived.rebuild()


OF_TODAY = ("domein", "dienst")


class TestEveryFacet:
    @pytest.mark.parametrize("facet", RECORDS)
    def test_finds_and_counts_what_a_statement_points_to(self, client, facet):
        one, other = RECORDS[facet](slug="een"), RECORDS[facet](slug="ander")
        lines_rebuilt(facet)
        concept("eerste", statement_of(facet, one))
        concept("tweede", statement_of(facet, one))
        concept("derde", statement_of(facet, other))

        response = client.get(URL, {facet: "een"})

        assert slugs(response) == ["eerste", "tweede"]
        numbers = counts(response, facet)
        assert (numbers["een"], numbers["ander"]) == (2, 1)

    @pytest.mark.parametrize("facet", [facet for facet in RECORDS if facet != "gebied"])
    def test_looks_at_validity_only_on_a_peildatum(self, client, facet):
        """Save whose it is: who owned a concept once does not own it today."""
        one = RECORDS[facet](slug="een")
        lines_rebuilt(facet)
        concept("eerste", partial(statement_of(facet, one), start="mei 2022", end="2023"))

        assert found(client, **{facet: "een"}) == ([] if facet in OF_TODAY else ["eerste"])
        for day, expected in {"2022-04-30": [], "2022-05-01": ["eerste"]}.items():
            response = client.get(URL, {facet: "een", "peildatum": day})
            assert slugs(response) == expected
            assert counts(response, facet).get("een", 0) == len(expected)

    @pytest.mark.parametrize("facet", RECORDS)
    def test_an_undated_statement_holds_on_every_day(self, client, facet):
        one = RECORDS[facet](slug="een")
        lines_rebuilt(facet)
        concept("eerste", statement_of(facet, one))

        assert found(client, **{facet: "een", "peildatum": "1850-01-01"}) == ["eerste"]

    def test_a_role_is_one_too(self, client):
        concept("eerste", partial(ParticipationFactory, role=Role.DIRECTION))
        concept("tweede", partial(ParticipationFactory, role=Role.REFERRER))

        response = client.get(URL, {"rol": "regie"})

        assert slugs(response) == ["eerste"]
        assert counts(response, "rol") == {"regie": 1, "verwijzer": 1}

    def test_access_is_one_too(self, client):
        concept("eerste", partial(AccessFactory, answer=Access.Answer.YES))
        concept("tweede", partial(AccessFactory, answer=Access.Answer.REFERRAL))

        response = client.get(URL, {"toegang": "enkel-via-verwijzing"})

        assert slugs(response) == ["tweede"]
        assert counts(response, "toegang") == {"ja": 1, "enkel-via-verwijzing": 1}

    def test_soort_is_one_too(self, client):
        concept("eerste", kind=ConceptVersion.Kind.PROJECT)
        concept("tweede", kind=ConceptVersion.Kind.PLAN)

        response = client.get(URL, {"soort": "project"})

        assert slugs(response) == ["eerste"]
        assert counts(response, "soort") == {"project": 1, "plan": 1}

    def test_bron_is_a_source_that_describes_not_one_that_is_cited(self, client):
        poster, report = SourceFactory(slug="poster"), SourceFactory(slug="tekst")
        concept("eerste", described_by=[poster, report])
        concept("tweede", described_by=[report])

        response = client.get(URL, {"bron": "poster"})

        assert slugs(response) == ["eerste"]
        assert counts(response, "bron") == {"poster": 1, "tekst": 2}


class TestCounts:
    def test_ignore_the_own_selection_of_their_facet(self, client, partners):
        response = client.get(URL, {"partner": "clb"})

        assert counts(response, "partner") == {"caw": 2, "clb": 1, "ocmw": 1}

    def test_follow_the_selection_of_the_others(self, client, partners):
        response = client.get(URL, {"partner": "clb"})

        assert counts(response, "partnertype") == {"welzijn": 1, "onderwijs": 1}

    def test_tell_what_a_choice_will_leave(self, client, partners):
        response = client.get(URL, {"partnertype": "welzijn"})

        for option, number in counts(response, "partner").items():
            assert len(found(client, partnertype="welzijn", partner=option)) == number

    def test_of_all_partners_together_ignore_the_selection_too(self, client, partners):
        response = client.get(URL, {"partner": ["caw", "clb"], "partner_alle": "1"})

        assert counts(response, "partner") == {"caw": 2, "clb": 1, "ocmw": 1}

    def test_of_a_partner_in_two_roles_count_the_concept_once(self, client, partners):
        caw = partners["caw"]
        concept(
            "twee-rollen",
            partial(ParticipationFactory, partner=caw, role=Role.CHAIR),
            partial(ParticipationFactory, partner=caw, role=Role.REQUIRED),
        )

        assert counts(client.get(URL), "partner")["caw"] == 3

    def test_an_option_that_leaves_nothing_is_still_listed(self, client, partners):
        options = client.get(URL, {"partnertype": "onderwijs"}).json()["facetten"]["partner"]

        assert {option["waarde"]: option["aantal"] for option in options} == {
            "caw": 1,
            "clb": 1,
            "ocmw": 0,
        }

    def test_options_keep_their_order(self, client, partners):
        def order(**query):
            options = client.get(URL, query).json()["facetten"]["partner"]
            return [option["waarde"] for option in options]

        assert order() == order(partner="ocmw") == order(partnertype="onderwijs")

    def test_options_stand_in_dutch_alphabetical_order(self, client):
        for name in ("Zorgraad", "école", "apotheker", "CAW", "Één Gezin"):
            PartnerFactory(name=name)

        options = client.get(URL).json()["facetten"]["partner"]

        assert [option["label"] for option in options] == [
            *("apotheker", "CAW", "école", "Één Gezin", "Zorgraad"),
        ]

    def test_of_an_empty_list_are_zero(self, client, partners):
        response = client.get(URL, {"partner": "ocmw", "partnertype": "onderwijs"})

        assert slugs(response) == []
        assert counts(response, "soort") == {}
        assert counts(response, "partner") == {"caw": 1, "clb": 1}


class TestOrder:
    @pytest.fixture
    def names(self):
        for name in (
            "Zorgraad",
            "Één Gezin",
            "école",
            "De Stek",
            "Gezin",
            "Geïntegreerd",
            "apotheek",
        ):
            ConceptVersionFactory(published=True, name=name)

    def names_in(self, client, **query):
        return [row["naam"] for row in client.get(URL, query).json()["resultaten"]]

    def test_is_dutch_alphabetical_by_default(self, client, names):
        alphabetical = [
            *("apotheek", "De Stek", "école", "Één Gezin", "Geïntegreerd", "Gezin", "Zorgraad"),
        ]

        assert self.names_in(client) == alphabetical
        assert self.names_in(client, sorteer="naam") == alphabetical
        assert self.names_in(client, sorteer="-naam") == alphabetical[::-1]

    def test_of_relevance_without_a_search_word_is_by_name(self, client, names):
        assert self.names_in(client, sorteer="relevantie") == self.names_in(client)

    def test_of_equal_names_is_by_slug(self, client):
        for slug in ("b", "c", "a"):  # no two concepts can be called the same, sources can
            SourceFactory(slug=slug, name="Zelfde naam")

        rows = client.get("/bronnen.json").json()["resultaten"]

        assert [row["slug"] for row in rows] == ["a", "b", "c"]

    def test_of_the_last_review_puts_the_latest_first_and_the_unreviewed_last(self, client):
        for slug, days in {"oud": [2], "nooit": [], "nieuw": [1, 9]}.items():
            version = concept(slug)
            for day in days:
                version.reviews.create(date=dt.date(2023, 6, day), reviewer="redactie")

        response = client.get(URL, {"sorteer": "-nagekeken"})

        assert slugs(response) == ["nieuw", "oud", "nooit"]
        assert [row["nagekeken_op"] for row in response.json()["resultaten"]] == [
            *("2023-06-09", "2023-06-02", None),
        ]
