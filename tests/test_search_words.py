"""What search makes of a word: a compound, a misspelling, an abbreviation, another name."""

import pytest

from concepts.models import Alias, WordPart
from concepts.search.index import reindex_all
from concepts.search.query import Search
from tests.answers import text
from tests.factories import AgencyFactory, AliasFactory, PartnerFactory, TermFactory
from tests.searched import concept, found, passage

pytestmark = pytest.mark.django_db


class TestCompounds:
    @pytest.fixture(autouse=True)
    def parts(self):
        WordPart.objects.bulk_create([WordPart(text=part) for part in ("huis", "arts", "breed")])

    def test_one_that_no_text_has_is_not_looked_for_in_pieces(self, client):
        concept("a", summary="In het huis komt soms een arts.")
        concept("b", passage("Sociaal Huis"), passage("Arts"))
        reindex_all()

        assert found(client, "huisarts") == []

    def test_nor_by_a_page_that_shows_what_comes_near(self, client):
        concept("a", summary="In het huis komt soms een arts.")
        reindex_all()

        assert client.get("/zoeken/?q=huisarts&ruim=1").context["page"].total == 0

    def test_its_two_parts_side_by_side_are_the_same_word(self, client):
        concept("a", name="Breed huis")
        concept("b", summary="Een huis, ver van wat breed is.")
        reindex_all()

        assert found(client, "breedhuis") == ["a"]


class TestMisspelledWords:
    @pytest.fixture(autouse=True)
    def onthaal(self):
        concept("a", name="Geïntegreerd breed onthaal")
        reindex_all()

    @pytest.mark.parametrize("question", ["ontaal", "onthaalk", "geintergreerd"])
    def test_find_what_comes_nearest(self, client, question):
        assert found(client, question) == ["a"]

    def test_are_named_to_the_reader(self, client):
        page = client.get("/concepten/", {"q": "breed onthaalk"})

        assert "We vonden “onthaalk” niet en zochten naar “onthaal”." in text(page)

    def test_or_what_begins_as_they_do(self, client):
        concept("b", summary="Voor de advocatuur.")
        reindex_all()

        page = client.get("/concepten/", {"q": "advocaat"})

        assert "We vonden “advocaat” niet en zochten naar “advocatuur”." in text(page)

    @pytest.mark.parametrize("sign", ["'", "\u2019", "\u02bc", "\ua78c", "\u02bb", "\uff07"])
    def test_any_sign_that_looks_like_an_apostrophe_is_one(self, client, sign):
        concept("b", name="Ander", abbreviation="GBO")
        reindex_all()

        assert found(client, f"GBO{sign}s") == ["b"]

    def test_that_come_near_nothing_find_nothing(self, client):
        assert found(client, "xylofoon") == []

    def test_are_left_alone_when_they_exist(self, client):
        concept("b", name="Onthaald")
        reindex_all()

        assert found(client, "onthaald")[0] == "b"


class TestNotes:
    def test_an_abbreviation_is_written_out(self, client):
        concept("gbo", name="Geïntegreerd breed onthaal", abbreviation="GBO")
        reindex_all()

        page = client.get("/concepten/", {"q": "gbo"})

        assert "GBO is de afkorting van Geïntegreerd breed onthaal." in text(page)

    def test_what_two_records_share_is_said_once(self, client):
        concept("gbo", name="Geïntegreerd breed onthaal", abbreviation="GBO")
        AliasFactory(
            text="GBO",
            kind=Alias.Kind.ABBREVIATION,
            partner=PartnerFactory(name="Geïntegreerd breed onthaal"),
        )
        reindex_all()

        page = client.get("/concepten/", {"q": "gbo"})

        assert text(page).count("GBO is de afkorting van") == 1

    def test_another_name_is_explained(self, client):
        AliasFactory(
            text="Departement WVG", kind=Alias.Kind.NAME, agency=AgencyFactory(name="Zorg")
        )
        reindex_all()

        page = client.get("/concepten/", {"q": "departement wvg"})

        assert "Departement WVG hoort bij Zorg." in text(page)

    @pytest.mark.parametrize(
        ("other", "name"), [("zorgraad", "Zorgraden"), ("1Gezin1Plan", "Verband 1Gezin1Plan")]
    )
    def test_nearly_the_name_explains_nothing(self, other, name):
        AliasFactory(text=other, kind=Alias.Kind.NAME, partner=PartnerFactory(name=name))
        reindex_all()

        assert [note for note in Search(other).notes if "hoort bij" in note] == []

    def test_nor_does_the_own_name_of_another_record(self):
        TermFactory(name="referentieregio", definition="Een van vijftien.")
        AliasFactory(
            text="referentieregio's", kind=Alias.Kind.NAME, agency=AgencyFactory(name="Vorming")
        )
        reindex_all()

        assert [note for note in Search("referentieregio's").notes if "hoort bij" in note] == []

    def test_a_plain_word_needs_none(self, client):
        concept("a", summary="Een vlieger.")
        reindex_all()

        assert Search("vlieger").notes == []
