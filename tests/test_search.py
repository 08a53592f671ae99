"""Which concepts a question finds: by what their versions say, and in any spelling of it."""

from functools import partial

import pytest

from concepts.models import Passage, WordPart
from concepts.search.index import reindex_all
from tests.answers import counts, slugs
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaKindFactory,
    ConceptFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    LegalBasisFactory,
    MilestoneFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
)
from tests.searched import concept, found, passage

pytestmark = pytest.mark.django_db


class TestWhatIsFound:
    @pytest.mark.parametrize(
        "fields",
        [
            {"name": "Netwerk vlieger"},
            {"abbreviation": "VLIEGER"},
            {"summary": "Samen een vlieger oplaten."},
        ],
        ids=["name", "abbreviation", "summary"],
    )
    def test_a_word_of_the_version(self, client, fields):
        concept("a", **fields)
        concept("b")
        reindex_all()

        assert found(client, "vlieger") == ["a"]

    @pytest.mark.parametrize("kind", Passage.Kind)
    def test_a_word_of_any_passage(self, client, kind):
        concept("a", passage("Met een vlieger.", kind))
        concept("b")
        reindex_all()

        assert found(client, "vlieger") == ["a"]

    @pytest.mark.parametrize(
        "make",
        [
            lambda: partial(ParticipationFactory, partner__name="Vlieger vzw"),
            lambda: partial(ParticipationFactory, partner__long_name="centrum vlieger"),
            lambda: partial(OwnershipFactory, agency=AgencyFactory(name="Agentschap Vlieger")),
            lambda: partial(OwnershipFactory, agency=AgencyFactory(abbreviation="VLIEGER")),
            lambda: partial(
                OwnershipFactory, policy_domain=PolicyDomainFactory(name="Beleid Vlieger")
            ),
            lambda: partial(LegalBasisFactory, decree=DecreeFactory(short_title="vliegerdecreet")),
            lambda: partial(
                LegalBasisFactory, decree=DecreeFactory(name="Decreet over de vlieger")
            ),
            lambda: partial(CoverageFactory, territory=[CoverageAreaFactory(name="Vlieger")]),
            lambda: partial(CoverageFactory, scale=AreaKindFactory(name="vliegerzone")),
            lambda: partial(MilestoneFactory, title="De vlieger vliegt"),
        ],
    )
    def test_a_name_that_a_statement_points_to(self, client, make):
        WordPart.objects.bulk_create(WordPart(text=part) for part in ("vlieger", "decreet", "zone"))
        concept("a", make())
        concept("b")
        reindex_all()

        assert found(client, "vlieger") == ["a"]

    @pytest.mark.parametrize("target", ["concept", "partner", "agency", "area", "decree"])
    def test_another_name_of_a_record(self, client, target):
        records = {
            "concept": ConceptFactory(slug="a"),
            "partner": PartnerFactory(),
            "agency": AgencyFactory(),
            "area": CoverageAreaFactory(),
            "decree": DecreeFactory(),
        }
        concept(
            "a",
            partial(ParticipationFactory, partner=records["partner"]),
            partial(OwnershipFactory, agency=records["agency"]),
            partial(CoverageFactory, territory=[records["area"]]),
            partial(LegalBasisFactory, decree=records["decree"]),
        )
        concept("b")
        AliasFactory(text="Vliegertje", **{target: records[target]})
        reindex_all()

        assert found(client, "vliegertje") == ["a"]

    def test_the_published_name_of_a_related_concept_only(self, client):
        shown = concept("b", name="Kanarie")
        hidden = ConceptVersionFactory(name="Papegaai")
        concept(
            "a",
            partial(ConceptRelationFactory, other=shown.concept),
            partial(ConceptRelationFactory, other=hidden.concept),
        )
        reindex_all()

        assert found(client, "kanarie") == ["b", "a"]
        assert found(client, "papegaai") == []

    @pytest.mark.parametrize(
        "question",
        [
            *("onthaal", "ONTHAAL", "Geïntegreerd", "geintegreerd", "gezinnen", "gezin"),
            *("  onthaal  ", "onthaal!", "“onthaal”", "breed onthaal", "onthaal breed"),
        ],
    )
    def test_a_word_in_any_spelling_that_means_the_same(self, client, question):
        concept("a", name="Geïntegreerd breed onthaal", summary="Voor elk gezin.")
        reindex_all()

        assert found(client, question) == ["a"]

    def test_a_part_of_a_compound_that_editors_listed(self, client):
        concept("a", name="Lokale gezinscoach")
        WordPart.objects.bulk_create([WordPart(text="gezin"), WordPart(text="coach")])
        reindex_all()

        assert found(client, "coach") == ["a"]

    def test_nothing_for_words_that_say_nothing(self, client):
        concept("a")
        reindex_all()

        for question in ("de", "van het", "… — !"):
            assert found(client, question) == []

    def test_only_among_the_filtered(self, client):
        caw, clb = PartnerFactory(slug="caw"), PartnerFactory(slug="clb")
        concept("a", summary="Een vlieger.", partners=[caw])
        concept("b", summary="Een vlieger.", partners=[clb])
        concept("c", partners=[caw])
        reindex_all()

        response = client.get("/concepten.json", {"q": "vlieger", "partner": "caw"})

        assert slugs(response) == ["a"]
        assert counts(response, "partner") == {"caw": 1, "clb": 1}

    def test_concepts_and_ontwikkelingen_apart(self, client):
        concept("a", summary="Een vlieger.")
        concept("b", summary="Een vlieger.", concept__record_kind="ontwikkeling")
        reindex_all()

        assert found(client, "vlieger") == ["a"]
        assert slugs(client.get("/ontwikkelingen.json", {"q": "vlieger"})) == ["b"]
