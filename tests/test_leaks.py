"""What is not published is nowhere to be seen: one sibling per status, looked for everywhere.

Every sibling says the same of the same records, under a name and in words of its own.
"""

from functools import partial

import pytest

from concepts.models import Alias, Concept, ConceptVersion, Coverage, Discrepancy, Passage, Status
from concepts.publishing import publish, withdraw, working_copy
from concepts.search.index import index_versions
from governance import derived
from tests import databases
from tests.answers import counts, rows_of_csv, slugs, text
from tests.factories import (
    STATEMENT_FACTORIES,
    AgencyFactory,
    AliasFactory,
    AreaKindFactory,
    CitationFactory,
    ConceptFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PassageFactory,
    PolicyDomainFactory,
    SourceFactory,
    TargetGroupFactory,
    version_with_status,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]

#: What the name, slug and words of every sibling but the published one begin with.
HIDDEN = "geheim"


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup, django_db_blocker):
    with databases.made_once(django_db_blocker, make_siblings) as made:
        yield made


@pytest.fixture
def siblings(made):
    """One concept per status; the published one is "openbaar", the others are secret."""
    return made()


def make_siblings():
    records = {
        "partner": PartnerFactory(slug="caw", type=PartnerTypeFactory(slug="welzijn")),
        "agency": AgencyFactory(slug="zorg"),
        "policy_domain": PolicyDomainFactory(slug="welzijn"),
        "decree": DecreeFactory(slug="decreet"),
        "area": CoverageAreaFactory(slug="zone", kind=AreaKindFactory(slug="eerstelijnszone")),
        "target_group": TargetGroupFactory(slug="jongeren"),
    }
    derived.rebuild()
    place = CitationFactory(section="2.1")
    concepts = {
        status: ConceptFactory(
            slug="openbaar" if status == Status.PUBLISHED else f"{HIDDEN}-{status}"
        )
        for status in Status
    }
    versions = {}
    for status, concept in concepts.items():
        others = [other for other in concepts.values() if other != concept]
        versions[status] = version_with_status(
            status,
            concept=concept,
            name=concept.slug.capitalize(),
            abbreviation="OB" if status == Status.PUBLISHED else HIDDEN.upper(),
            summary=f"{concept.slug} in één zin.",
            described_by=[place.source],
            statements=[
                *statements_about(records, concept.slug),
                *(partial(ConceptRelationFactory, other=other) for other in others),
            ],
        )
    index_versions(ConceptVersion.objects.exclude(published_at=None))
    return versions


def statements_about(records, word):
    """A statement of each kind about one of these records, in words that begin with this one."""
    said = {
        "passage": {"text": f"{word} is dit."},
        "eigenaar": {
            "agency": records["agency"],
            "policy_domain": records["policy_domain"],
            "wording": word,
        },
        "deelname": {"partner": records["partner"], "wording": word},
        "dekking": {
            "scale": records["area"].kind,
            "extent": Coverage.Extent.ONLY_NAMED,
            "territory": [records["area"]],
            "wording": word,
        },
        "toegang": {"explanation": word},
        "doelgroep": {"target_group": records["target_group"], "wording": word},
        "rechtsgrond": {"decree": records["decree"], "note": word},
        "kerncijfer": {"label": word},
        "mijlpaal": {"title": word},
    }
    return [
        partial(make, **said.get(kind, {"note": word}))
        for kind, make in STATEMENT_FACTORIES.items()
        if kind != "relatie"
    ]


def hides_secrets(response):
    return HIDDEN not in response.content.decode().casefold()


WHERE_IT_SHOWS = [
    *("/", "/sitemap.xml", "/concepten/", "/concepten.json", "/concepten.csv"),
    *("/concepten/openbaar/", "/concepten/openbaar.json", "/concepten/openbaar.csv"),
    *("/partners/caw/", "/diensten/zorg/", "/beleidsdomeinen/welzijn/", "/gebieden/zone/"),
    *("/regelgeving/decreet/", "/bronnen/tekst/"),
    *("/partners/caw.json", "/partners/caw.csv", "/diensten/zorg.json", "/diensten/zorg.csv"),
    *("/beleidsdomeinen/welzijn.json", "/beleidsdomeinen/welzijn.csv", "/gebieden/zone.json"),
    *("/gebieden/zone.csv", "/regelgeving/decreet.json", "/regelgeving/decreet.csv"),
    *("/bronnen/tekst.json", "/bronnen/tekst.csv"),
    *("/concepten/?partner=caw", "/concepten.json?gebied=zone", "/concepten.csv?dienst=zorg"),
    *("/zoeken/?q=zin", "/concepten/?q=zin", "/concepten.json?q=zin"),
]
FORMATS = ["/", ".json", ".csv"]
OTHER_PAGES = [
    *("/ontwikkelingen/", "/ontwikkelingen.json", "/begrippen/", "/partners/", "/diensten/"),
    *("/regelgeving/", "/gebieden/", "/bronnen/", "/beleidsdomeinen/", "/partners.json"),
    *("/over/", "/concepten/?q=vergaderzaal", "/zoeken/?q=vergaderzaal"),
]


def test_public_pages_show_the_published_sibling_and_no_other(client, siblings, subtests):
    for address in WHERE_IT_SHOWS:
        with subtests.test(address):
            response = client.get(address)

            assert response.status_code == 200
            assert "openbaar" in response.content.decode().casefold()
            assert hides_secrets(response)


def test_neither_does_any_other_page_show_them(client, siblings, subtests):
    for address in OTHER_PAGES:
        with subtests.test(address):
            response = client.get(address)

            assert response.status_code == 200
            assert hides_secrets(response)


def test_an_editor_sees_no_more_on_the_public_pages(admin_client, siblings, subtests):
    for address in WHERE_IT_SHOWS:
        with subtests.test(address):
            assert hides_secrets(admin_client.get(address))


class TestItsOwnAddress:
    def test_does_not_exist_for_what_is_not_public(self, client, siblings, subtests):
        for status in (Status.WORKING_COPY, Status.IN_REVIEW, Status.FORMER):
            for format in FORMATS:
                with subtests.test(status=status, format=format):
                    response = client.get(f"/concepten/{HIDDEN}-{status}{format}")

                    assert response.status_code == 404
                    assert "in één zin" not in response.content.decode()

    def test_explains_for_what_was_withdrawn(self, client, siblings):
        for format in FORMATS:
            response = client.get(f"/concepten/{HIDDEN}-gearchiveerd{format}")

            assert response.status_code == 410
            assert "in één zin" not in response.content.decode()

    def test_does_not_exist_in_the_other_list(self, client, siblings):
        for format in FORMATS:
            assert client.get(f"/ontwikkelingen/openbaar{format}").status_code == 404


class TestLists:
    def test_hold_the_published_sibling_only(self, client, siblings):
        rows = rows_of_csv(client.get("/concepten.csv"))

        assert [row["slug"] for row in rows] == ["openbaar"]
        assert slugs(client.get("/concepten.json")) == ["openbaar"]

    def test_no_count_knows_of_the_others(self, client, siblings):
        response = client.get("/concepten.json")

        facets = response.json()["facetten"]
        assert facets.pop("gemeente") == []  # there is none here
        assert {facet: set(counts(response, facet).values()) for facet in facets} == {
            facet: {1} for facet in facets
        }

    def test_a_filter_does_not_find_them(self, client, siblings):
        for facet, options in client.get("/concepten.json").json()["facetten"].items():
            for option in options:
                if option["aantal"]:
                    found = client.get("/concepten.json", {facet: option["waarde"]})
                    assert slugs(found) == ["openbaar"], facet

    def test_the_rescue_of_an_empty_list_does_not_count_them(self, client, siblings):
        PartnerFactory(slug="clb")

        finder = client.get("/concepten/?partner=clb&soort=netwerk").context["finder"]

        assert [way.count for way in finder.rescue.without] == [1, 0]


class TestSearch:
    def test_does_not_find_them_by_name_or_word(self, client, siblings):
        for status in set(Status) - {Status.PUBLISHED}:
            for question in (f"{HIDDEN}-{status}", f"{HIDDEN} {status}"):
                assert client.get("/concepten.json", {"q": question}).json()["aantal"] == 0
                assert client.get("/zoeken/", {"q": question}).context["page"].total == 0

    def test_does_not_explain_their_other_names(self, client, siblings):
        for status in set(Status) - {Status.PUBLISHED}:
            AliasFactory(
                text=f"Kanarie {status}",
                kind=Alias.Kind.ABBREVIATION,
                concept=siblings[status].concept,
            )

        for address in ("/concepten/?q=kanarie+werkversie", "/zoeken/?q=kanarie+gearchiveerd"):
            assert hides_secrets(client.get(address))

    def test_forgets_the_name_of_what_is_withdrawn(self, client):
        version = ConceptVersionFactory(
            name="Geheim plan",
            abbreviation="KNR",
            described_by=[SourceFactory()],
            statements=[PassageFactory],
        )
        publish(version)
        noted = "KNR is de afkorting van Geheim plan"
        assert noted in text(client.get("/concepten/", {"q": "KNR"}))

        withdraw(version.concept)

        assert noted not in text(client.get("/concepten/", {"q": "KNR"}))
        assert noted not in text(client.get("/zoeken/", {"q": "KNR"}))


class TestRelations:
    def test_lead_to_published_concepts_only(self, client, siblings, nothing_kept):
        page = client.get("/concepten/openbaar/")

        assert "verwant" not in [section.id for section in page.context["page"].sections]

    def test_neither_do_they_in_the_data(self, client, siblings):
        statements = client.get("/concepten/openbaar.json").json()["uitspraken"]

        assert "relatie" not in [row["soort"] for row in statements]

    def test_partners_are_asked_by_published_concepts_only(self, client, siblings, nothing_kept):
        (group,) = client.get("/concepten/openbaar/").context["page"].role_groups

        assert [partner["asked"] for partner in group["partners"]] == ["enkel hier"]

    def test_a_partner_does_not_tell_which_draft_it_is(self, client, siblings):
        partner = PartnerFactory(slug="zorgraad")
        Concept.objects.filter(pk=siblings[Status.WORKING_COPY].concept_id).update(partner=partner)

        for address in ("/partners/zorgraad/", "/partners/zorgraad.json"):
            assert hides_secrets(client.get(address))


class TestARenamedDraft:
    """The public knows a concept under its published name, whatever its working copy says."""

    @pytest.fixture
    def renamed(self, siblings):
        copy = working_copy(siblings[Status.PUBLISHED].concept)
        ConceptVersion.objects.filter(pk=copy.pk).update(name="Geheime naam", summary=HIDDEN)
        Passage.objects.filter(version=copy).update(text="Geheime tekst.")
        discrepancy = Discrepancy.objects.create(
            slug="twee-getallen", title="132 of 133?", kind=Discrepancy.Kind.CONTRADICTION
        )
        discrepancy.concepts.set(version.concept for version in siblings.values())
        for number in ("132", "133"):
            claim = discrepancy.claims.create(key=number, value=number)
            claim.citations.add(CitationFactory(section="2.1"))

    def test_shows_its_published_name(self, client, renamed, subtests):
        for address in [*WHERE_IT_SHOWS, "/zoeken/?q=openbaar"]:
            with subtests.test(address):
                response = client.get(address)

                assert "openbaar" in response.content.decode().casefold()
                assert hides_secrets(response)

    def test_so_does_the_list_of_contradictions(self, client, renamed):
        (discrepancy,) = client.get("/").context["contradictions"]

        assert [concept.title for concept in discrepancy.concepts.all()] == ["Openbaar"]
