"""A role is that of the chosen partner: told by one participation, on the day on which it held."""

from functools import partial

import pytest

from concepts.models import Role
from tests.answers import counts, sentence, shown, slugs
from tests.factories import (
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
)

pytestmark = pytest.mark.django_db

URL = "/concepten.json"


def concept(slug, *parts, **fields):
    """A published concept with these pairs of a partner and a role, a day it ended behind."""
    statements = [
        partial(ParticipationFactory, partner=partner, role=role, end=end[0] if end else "")
        for partner, role, *end in parts
    ]
    return ConceptVersionFactory(
        published=True, concept__slug=slug, statements=statements, **fields
    )


@pytest.fixture
def partners():
    local = PartnerTypeFactory(slug="lokaal", name="Lokaal bestuur")
    welfare = PartnerTypeFactory(slug="welzijn", name="Welzijn")
    return {
        "bestuur": PartnerFactory(slug="bestuur", name="Lokaal bestuur", type=local),
        "ocmw": PartnerFactory(slug="ocmw", name="OCMW", type=local),
        "caw": PartnerFactory(slug="caw", name="CAW", type=welfare),
    }


@pytest.fixture
def concepts(partners):
    bestuur, ocmw, caw = partners.values()
    concept("gbo", (bestuur, "regie"), (ocmw, "verplicht"), (caw, "verplicht"))
    concept("livc", (bestuur, "regie"), (ocmw, "deelnemer"))
    concept("stek", (caw, "regie"), (caw, "deelnemer"))


def found(client, **query):
    return slugs(client.get(URL, query))


class TestFinding:
    def test_a_role_of_another_partner_of_the_concept_does_not_count(self, client, concepts):
        assert found(client, partner="ocmw", rol="regie") == []
        assert found(client, partner="caw", rol="regie") == ["stek"]
        assert found(client, partner="bestuur", rol="regie") == ["gbo", "livc"]

    def test_nor_does_that_of_another_type(self, client, concepts):
        assert found(client, partnertype="lokaal", rol="verplicht") == ["gbo"]
        assert found(client, partnertype="welzijn", rol="regie") == ["stek"]

    def test_alone_it_is_the_role_of_any_partner(self, client, concepts):
        assert found(client, rol="regie") == ["gbo", "livc", "stek"]

    def test_roles_widen(self, client, concepts):
        assert found(client, partner="ocmw", rol=["regie", "deelnemer"]) == ["livc"]

    def test_all_partners_together_must_each_have_it(self, client, concepts):
        both = {"partner": ["ocmw", "caw"], "partner_alle": "1"}

        assert found(client, **both, rol="verplicht") == ["gbo"]
        assert found(client, **both, rol="regie") == []

    def test_a_partner_and_another_type_each_have_it(self, client, concepts):
        assert found(client, partner="caw", partnertype="lokaal", rol="verplicht") == ["gbo"]
        assert found(client, partner="caw", partnertype="lokaal", rol="regie") == []

    def test_it_is_judged_on_the_day_of_that_same_row(self, client, partners):
        ocmw = partners["ocmw"]
        concept("was", (ocmw, "regie", "2021"), (ocmw, "deelnemer"))

        assert found(client, partner="ocmw", rol="regie") == ["was"]
        assert found(client, partner="ocmw", rol="regie", peildatum="2021-06-01") == ["was"]
        response = client.get(URL, {"partner": "ocmw", "rol": "regie", "peildatum": "2023-01-01"})
        assert slugs(response) == []
        assert counts(response, "rol") == {"deelnemer": 1}


class TestCounting:
    def test_a_role_counts_where_the_chosen_partner_has_it(self, client, concepts):
        assert counts(client.get(URL, {"partner": "ocmw"}), "rol") == {
            "verplicht": 1,
            "deelnemer": 1,
        }
        assert counts(client.get(URL, {"partnertype": "welzijn"}), "rol") == {
            "regie": 1,
            "verplicht": 1,
            "deelnemer": 1,
        }

    def test_a_partner_counts_where_it_has_the_chosen_role(self, client, concepts):
        response = client.get(URL, {"rol": "regie"})

        assert counts(response, "partner") == {"bestuur": 2, "caw": 1}
        assert counts(response, "partnertype") == {"lokaal": 2, "welzijn": 1}
        assert counts(response, "rol") == {"regie": 3, "verplicht": 1, "deelnemer": 2}

    def test_what_costs_the_result_is_told_right(self, client, concepts):
        ways = client.get("/concepten/", {"partner": "ocmw", "rol": "regie"}).context["finder"]

        assert [(way.label, way.count) for way in ways.rescue.without] == [
            ("Zonder partner", 3),
            ("Zonder rol", 2),
        ]


class TestWords:
    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("partner=ocmw&rol=regie", "Geen concepten waarin het OCMW de regie heeft"),
            (
                "partner=bestuur&rol=regie",
                "2\xa0concepten waarin het lokaal bestuur de regie heeft",
            ),
            ("rol=regie", "3\xa0concepten waarin een partner de regie heeft"),
            (
                "partnertype=welzijn&rol=regie",
                "1\xa0concept waarin een partner van het type Welzijn de regie heeft",
            ),
            (
                "partner=ocmw&partner=caw&rol=verplicht&partner_alle=1",
                "1\xa0concept met het CAW en het OCMW als verplichte of minimale partner",
            ),
            ("partner=ocmw&rol=deelnemer", "1\xa0concept met het OCMW als deelnemer"),
        ],
    )
    def test_the_sentence_says_whose_role_it_is(self, client, concepts, query, words):
        assert sentence(client.get(f"/concepten/?{query}")) == words

    def test_every_role_has_words(self, client, concepts):
        for role in Role:
            assert sentence(client.get("/concepten/", {"partner": "caw", "rol": role.value}))


class TestRows:
    def test_a_row_says_what_is_asked_of_the_chosen_partner(self, client, partners):
        concept("een", (partners["bestuur"], "regie"), (partners["ocmw"], "verplicht"))
        row = ConceptVersionFactory(published=True, concept__slug="twee")
        assert row

        (first,) = shown(client.get("/concepten/?partner=ocmw"))

        assert [(asked.name, asked.roles) for asked in first.asked] == [
            ("OCMW", "verplicht of minstens")
        ]

    def test_with_the_words_of_the_source_and_the_note(self, client, partners):
        told = partial(
            ParticipationFactory, partner=partners["ocmw"], wording="zit mee aan tafel", note="Zo."
        )
        ConceptVersionFactory(published=True, statements=[told])

        (row,) = shown(client.get("/concepten/?partner=ocmw"))

        assert row.asked[0].wording == "zit mee aan tafel; Zo."

    def test_of_a_type_every_partner_of_it_is_told(self, client, concepts):
        gbo, livc = shown(client.get("/concepten/?partnertype=lokaal"))

        assert [asked.name for asked in gbo.asked] == ["Lokaal bestuur", "OCMW"]
        assert livc.asked[0].roles == "regie"

    def test_only_the_chosen_role_is_told(self, client, concepts):
        (stek,) = shown(client.get("/concepten/?partner=caw&rol=regie"))

        assert [asked.roles for asked in stek.asked] == ["regie"]

    def test_minstens_stands_before_all_that_must(self, client, partners):
        concept("een", *((partner, "verplicht") for partner in partners.values()))

        (row,) = shown(client.get("/concepten/"))

        names = "".join(f"{name.joint}{name.label}{name.said_of_it}" for name in row.partners)
        assert names == "minstens Lokaal bestuur, OCMW en CAW"

    def test_what_must_is_told_from_the_rest(self, client, partners):
        bestuur, ocmw, caw = partners.values()
        clb = PartnerFactory(name="CLB")
        concept(
            "een", (bestuur, "regie"), (ocmw, "verplicht"), (caw, "verplicht"), (clb, "deelnemer")
        )

        (row,) = shown(client.get("/concepten/"))

        names = "".join(f"{name.joint}{name.label}{name.said_of_it}" for name in row.partners)
        assert names == "Lokaal bestuur (regie); minstens OCMW en CAW; CLB"

    def test_the_chosen_partner_is_never_behind_the_others(self, client, partners):
        many = [(PartnerFactory(name=f"Partner {n}"), "deelnemer") for n in range(8)]
        concept("een", *many, (partners["ocmw"], "deelnemer"))

        for query in ("partner=ocmw", "partnertype=lokaal"):
            (row,) = shown(client.get(f"/concepten/?{query}"))
            assert ("OCMW", True) in [(name.name, name.matched) for name in row.partners]
            assert row.partners[-1].name == "nog 4 andere"
