"""In which order concepts are found, and what has all words or only some of them."""

import pytest

from concepts.models import Alias
from concepts.search import everywhere
from concepts.search.index import reindex_all
from tests.answers import text
from tests.factories import AliasFactory, DecreeFactory
from tests.searched import LISTS, concept, found, passage, reindex

pytestmark = pytest.mark.django_db


class TestOrder:
    def test_names_come_first_then_the_sentence_then_the_rest(self, client):
        concept("rest", passage("Met een vlieger."), name="A")
        concept("zin", name="B", summary="Met een vlieger.")
        concept("naam", name="De vlieger")
        reindex_all()

        assert found(client, "vlieger") == ["naam", "zin", "rest"]

    def test_a_concept_whose_name_is_typed_comes_first(self, client):
        concept("andere", name="Onthaal onthaal onthaal", summary="Onthaal, onthaal en onthaal.")
        concept("gbo", name="Geïntegreerd breed onthaal", abbreviation="GBO")
        concept("noemt", passage("GBO, GBO en GBO."), name="GBO en andere")
        reindex_all()

        assert found(client, "GBO")[0] == "gbo"
        assert found(client, "geïntegreerd breed onthaal")[0] == "gbo"

    def test_a_word_that_stands_in_a_name_goes_before_a_compound_of_it(self, client):
        concept("a", name="Speelhuis", summary="Een huis, een huis en nog een huis.")
        concept("b", name="Sociaal Huis", summary="Een plek.")
        reindex_all()

        assert found(client, "huis")[0] == "b"

    def test_so_does_one_by_another_name(self, client):
        version = concept("1gezin1plan", name="1Gezin1Plan")
        concept("noemt", name="Plan voor 1 gezin", summary="Eén gezin, één plan.")
        AliasFactory(text="1G1P", kind=Alias.Kind.ABBREVIATION, concept=version.concept)
        reindex_all()

        assert found(client, "1G1P")[0] == "1gezin1plan"

    def test_a_reader_may_choose_another(self, client):
        concept("b", name="Zon", summary="Een vlieger.")
        concept("a", name="Aap en vlieger")
        concept("c", name="Vlieger")
        reindex_all()

        assert found(client, "vlieger", sorteer="naam") == ["a", "c", "b"]
        assert found(client, "vlieger", sorteer="-naam") == ["b", "c", "a"]

    def test_of_equal_relevance_is_by_name(self, client):
        for slug, name in {"1": "Zon", "2": "école", "3": "Aap"}.items():
            concept(slug, name=name, summary="Een vlieger.")
        reindex_all()

        assert found(client, "vlieger") == ["3", "2", "1"]


class TestAllWordsOrAny:
    """One question finds the same wherever it is asked, and what has all its words only."""

    def test_all_words_must_be_there(self, client):
        for number in range(3):
            concept(f"beide-{number}", summary="Een vlieger met een staart.")
        concept("een", summary="Een vlieger.")
        reindex_all()

        assert found(client, "vlieger staart") == ["beide-0", "beide-1", "beide-2"]

    def test_also_where_that_leaves_few(self, client):
        concept("een", name="Vlieger vlieger vlieger", summary="Vlieger.")
        concept("beide", passage("Een vlieger met een staart."))
        reindex_all()

        assert found(client, "vlieger staart") == ["beide"]

    def test_when_none_has_them_the_page_says_so_and_leads_to_the_rest(self, client):
        concept("een", summary="Een vlieger.")
        concept("ander", summary="Een staart.")
        reindex_all()

        page = client.get("/zoeken/", {"q": "vlieger staart"})
        wider = client.get("/zoeken/?q=vlieger+staart&ruim=1")

        assert found(client, "vlieger staart") == []
        assert "Geen enkele tekst heeft alle woorden van “vlieger staart”." in text(page)
        assert 'href="/zoeken/?q=vlieger+staart&amp;ruim=1"' in page.content.decode()
        assert "2 resultaten met een van de woorden van “vlieger staart”" in text(wider)

    def test_what_has_most_of_them_is_shown_and_told_as_such(self, client):
        concept("twee", name="Papegaai", summary="Een vlieger met een staart.")
        concept("een", name="Kanarie", summary="Een vlieger.")
        reindex()

        response = client.get("/zoeken/", {"q": "vlieger staart zeehond"})
        page = response.context["page"]

        assert page.total == 0
        assert "Dit heeft 2 van de 3 woorden:" in text(response)
        assert [hit.name for group in page.near_groups for hit in group.hits] == ["Papegaai"]
        assert found(client, "vlieger staart zeehond") == []

    def test_beside_a_single_text_that_has_them_all_too(self, client):
        concept("alle", name="Mus", summary="Een vlieger met een staart en een zeehond.")
        concept("twee", name="Papegaai", summary="Een vlieger met een staart.")
        concept("een", name="Kanarie", summary="Een vlieger.")
        reindex()

        page = client.get("/zoeken/", {"q": "vlieger staart zeehond"}).context["page"]

        assert [hit.name for group in page.groups for hit in group.hits] == ["Mus"]
        assert [hit.name for group in page.near_groups for hit in group.hits] == ["Papegaai"]
        assert page.nearest_said == "Dit heeft niet alle woorden, wel 2 van de 3:"

    def test_but_not_beside_the_name_that_was_meant(self, client):
        concept("alle", name="Vlieger met staart")
        concept("een", name="Kanarie", summary="Een vlieger.")
        reindex()

        page = client.get("/zoeken/", {"q": "vlieger staart"}).context["page"]

        assert (page.total, page.near_groups) == (1, [])

    def test_the_list_says_the_same_and_leads_to_the_rest(self, client):
        concept("een", summary="Een vlieger.")
        concept("ander", summary="Een staart.")
        reindex_all()

        page = client.get("/concepten/", {"q": "vlieger staart"})
        (way, *_) = page.context["finder"].rescue.exits

        assert "Geen enkele tekst heeft alle woorden van “vlieger staart”." in text(page)
        assert (way.label, way.url) == (
            "Toon wat een van deze woorden heeft",
            "/concepten/?q=vlieger+staart&ruim=1",
        )
        assert found(client, "vlieger staart", ruim="1") == ["ander", "een"]

    def test_a_hit_elsewhere_counts_for_every_list(self, client):
        """An act has all the words: the concepts that have one of them are not suddenly found."""
        concept("een", summary="Een vlieger.")
        DecreeFactory(slug="r", short_title="besluit over de staart van een vlieger")
        reindex_all()
        everywhere.reindex_all()

        groups = client.get("/zoeken/", {"q": "vlieger staart"}).context["page"].groups

        assert [(group.label, group.total) for group in groups] == [("Regelgeving", 1)]
        assert found(client, "vlieger staart") == []

    @pytest.mark.parametrize("path", ["/zoeken/", *LISTS])
    def test_a_question_without_a_word_to_search_for_says_why(self, client, path):
        concept("een")
        reindex_all()

        page = client.get(path, {"q": "de van"})

        assert "“de van” heeft geen woord om op te zoeken" in text(page)
        assert "ruim=1" not in page.content.decode()
