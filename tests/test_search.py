"""How search works: what is indexed, in which order it is found, and what a process keeps."""

from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse

from concepts.models import (
    Alias,
    ConceptVersion,
    Discrepancy,
    IndexedWord,
    Passage,
    SearchEntry,
    WordPart,
)
from concepts.publishing import publish, withdraw, working_copy
from concepts.search import everywhere, index
from concepts.search.index import reindex_all, reindex_for
from concepts.search.query import Search
from governance.models import AreaName
from tests.answers import counts, sentence, slugs, text
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaKindFactory,
    AreaPartFactory,
    ConceptFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    LegalBasisFactory,
    MilestoneFactory,
    MunicipalityFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

#: The lists of the site, each of one kind.
LISTS = (
    *("/concepten/", "/ontwikkelingen/", "/partners/", "/diensten/", "/beleidsdomeinen/"),
    *("/regelgeving/", "/gebieden/", "/bronnen/", "/begrippen/"),
)


def concept(slug, *statements, **fields):
    fields = {"name": f"Naam van {slug}", "summary": "Een korte zin."} | fields
    return ConceptVersionFactory(
        published=True, concept__slug=slug, statements=statements, **fields
    )


def found(client, q, **parameters):
    return slugs(client.get("/concepten.json", {"q": q, **parameters}))


def passage(words, kind=Passage.Kind.ORGANISATION):
    return partial(PassageFactory, kind=kind, text=words)


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


class TestKeepingUp:
    def test_publishing_indexes_the_new_text_and_forgets_the_old(self, client):
        version = publish(
            ConceptVersionFactory(
                concept__slug="a",
                summary="Een vlieger.",
                described_by=[SourceFactory()],
                statements=[PassageFactory],
            )
        )
        assert found(client, "vlieger") == ["a"]

        copy = working_copy(version.concept)
        copy.summary = "Een kanarie."
        copy.save()
        assert found(client, "vlieger") == ["a"]
        publish(copy)

        assert found(client, "kanarie") == ["a"]
        assert found(client, "vlieger") == []

    def test_a_change_that_is_undone_leaves_no_trace(self, client):
        version = ConceptVersionFactory(
            summary="Een vlieger.", described_by=[SourceFactory()], statements=[PassageFactory]
        )
        kept = index.current_index()

        with transaction.atomic():
            publish(version)
            transaction.set_rollback(True)

        assert index.current_index() is kept
        assert found(client, "vlieger") == []

    def test_a_record_that_changes_its_name_is_found_under_the_new_one(self, client):
        partner = PartnerFactory(name="Vlieger")
        concept("a", partners=[partner])
        concept("b")
        reindex_all()
        partner.name = "Kanarie"
        partner.save()

        reindex_for(partner)

        assert found(client, "kanarie") == ["a"]
        assert found(client, "vlieger") == []

    @pytest.mark.parametrize("target", ["concept", "partner"])
    def test_a_name_that_is_added_works_at_once(self, client, target):
        partner = PartnerFactory()
        version = concept("a", partners=[partner])
        reindex_all()
        alias = AliasFactory(
            text="Vlieger", **{target: {"concept": version.concept, "partner": partner}[target]}
        )

        reindex_for(alias)

        assert found(client, "vlieger") == ["a"]

    def test_only_the_versions_that_rest_on_a_record_are_indexed_again(self):
        partner = PartnerFactory()
        touched, other = concept("a", partners=[partner]), concept("b")

        reindex_for(partner)

        touched.refresh_from_db()
        other.refresh_from_db()
        assert touched.search
        assert not other.search

    def test_building_all_anew_gives_the_same_and_says_how_many(self):
        concept("a", summary="Een vlieger.")
        concept("b")
        ConceptVersionFactory()
        assert reindex_all() == 2
        before = list(ConceptVersion.objects.order_by("pk").values_list("search", flat=True))
        words = set(IndexedWord.objects.values_list("word", flat=True))

        assert reindex_all() == 2

        assert (
            list(ConceptVersion.objects.order_by("pk").values_list("search", flat=True)) == before
        )
        assert set(IndexedWord.objects.values_list("word", flat=True)) == words
        assert "vlieger" in words

    def test_a_process_reads_the_index_again_only_when_it_changed(self, django_assert_num_queries):
        concept("a")
        reindex_all()
        kept = index.current_index()

        with django_assert_num_queries(1):  # the stamp
            assert index.current_index() is kept

        reindex_all()
        assert index.current_index() is not kept


#: A maker of a record that says this in what its list shows of it, by the address of the list.
SAYS = {
    "/concepten/": lambda words: concept("x", summary=words),
    "/ontwikkelingen/": lambda words: concept(
        "x", summary=words, concept__record_kind="ontwikkeling"
    ),
    "/partners/": lambda words: PartnerFactory(description=words),
    "/diensten/": lambda words: AgencyFactory(description=words),
    "/beleidsdomeinen/": lambda words: PolicyDomainFactory(name=words),
    "/regelgeving/": lambda words: DecreeFactory(description=words),
    "/gebieden/": lambda words: CoverageAreaFactory(name=words),
    "/bronnen/": lambda words: SourceFactory(author=words),
    "/begrippen/": lambda words: TermFactory(definition=words),
}
EVERY_LIST = pytest.mark.parametrize("path", LISTS)


def reindex():
    reindex_all()
    everywhere.reindex_all()


class TestEveryList:
    """A list finds what the page of the search finds of its kind."""

    def test_is_that_of_a_kind(self):
        assert {reverse(view) for view in everywhere.LISTS.values()} == set(LISTS) == set(SAYS)

    @EVERY_LIST
    def test_finds_as_many_whatever_the_form_of_the_word(self, client, path):
        SAYS[path]("twee vliegers")
        reindex()

        for word in ("vliegers", "vlieger", "VLIEGERS"):
            finder = client.get(path, {"q": word}).context["finder"]
            (group,) = client.get("/zoeken/", {"q": word}).context["page"].groups
            assert finder.total == group.total == 1
            assert group.list_url == f"{path}?q={word}"

    @EVERY_LIST
    def test_says_which_word_was_looked_for_instead(self, client, path):
        SAYS[path]("een vlieger")
        concept("y", summary="Nog een vlieger.")  # the words of concepts are those that are known
        reindex()

        response = client.get(path, {"q": "vlieher"})

        assert "We vonden “vlieher” niet en zochten naar “vlieger”." in text(response)
        assert response.context["finder"].total == 1 + (path == "/concepten/")

    @EVERY_LIST
    def test_leads_to_what_has_any_of_the_words(self, client, path):
        SAYS[path]("een vlieger")
        reindex()

        strict = client.get(path, {"q": "vlieger zeehond"})
        (way, *_) = strict.context["finder"].rescue.exits
        loose = client.get(way.url)
        data = client.get(way.url.replace("/?", ".json?"))

        assert strict.context["finder"].total == 0
        assert way.label == "Toon wat een van deze woorden heeft"
        assert way.url == f"{path}?q=vlieger+zeehond&ruim=1"
        assert "met een van de woorden van “vlieger zeehond”" in sentence(loose)
        assert loose.context["finder"].total == data.json()["aantal"] == 1
        everything = client.get("/zoeken/?q=vlieger+zeehond&ruim=1").context["page"]
        assert [(group.total, group.list_url) for group in everything.groups] == [(1, way.url)]

    @EVERY_LIST
    def test_stays_wide_until_a_reader_takes_that_away(self, client, path):
        SAYS[path]("een vlieger")
        reindex()

        page = client.get(f"{path}?q=vlieger+zeehond&ruim=1")
        word, wide = page.context["finder"].chips

        hidden = '<input type="hidden" name="ruim" value="1" form="finder">'
        assert hidden in page.content.decode()
        assert (wide.label, wide.remove_url) == ("een van de woorden", f"{path}?q=vlieger+zeehond")
        assert word.remove_url == path

    @EVERY_LIST
    def test_without_anything_near_it_leads_to_the_whole_site(self, client, path):
        kind = "/partners/" if path == "/diensten/" else "/diensten/"
        SAYS[kind]("een vlieger")
        reindex()

        near, all_of_it = (
            client.get(path, {"q": words}).context["finder"].rescue.exits[0]
            for words in ("vlieger zeehond", "vlieger")
        )

        assert (near.label, near.url) == (
            "Toon wat er in de hele site op lijkt",
            "/zoeken/?q=vlieger+zeehond&ruim=1",
        )
        assert (all_of_it.label, all_of_it.url) == (
            "Zoek “vlieger” in alles",
            "/zoeken/?q=vlieger",
        )

    def test_what_has_all_words_comes_first_then_by_how_much(self, client):
        PartnerFactory(slug="c", name="Aap", description="Vlieger.")
        PartnerFactory(slug="b", name="Beer", description="Een vlieger en een zeehond.")
        PartnerFactory(slug="a", name="Zeehond")
        reindex()

        assert slugs(client.get("/partners.json?q=vlieger+zeehond")) == ["b"]
        assert slugs(client.get("/partners.json?q=vlieger+zeehond&ruim=1")) == ["b", "a", "c"]

    @EVERY_LIST
    def test_width_means_nothing_without_a_word(self, client, path):
        SAYS[path]("een vlieger")
        reindex()

        finder = client.get(f"{path}?ruim=1").context["finder"]

        assert finder.total >= 1
        assert finder.canonical_url == path

    def test_former_names_of_an_area_are_found(self, client):
        area = CoverageAreaFactory(slug="nu", name="Bilzen-Hoeselt")
        AreaName.objects.create(area=area, name="Kanarieburg")
        reindex()

        assert slugs(client.get("/gebieden.json?q=kanarieburg")) == ["nu"]


class TestSearchOverEverything:
    @pytest.fixture(autouse=True)
    def records(self):
        """A record of every kind that speaks of a kite."""
        concept("a", passage("Er hangt een vlieger boven de stad."), name="Kanarie")
        concept("b", summary="Een vlieger.", concept__record_kind="ontwikkeling")
        PartnerFactory(slug="p", name="Vlieger vzw")
        AgencyFactory(slug="d", name="Agentschap Vlieger")
        DecreeFactory(slug="r", short_title="besluit over de vlieger")
        TermFactory(slug="t", name="Vlieger", definition="Iets dat <b>vliegt</b>.")
        CoverageAreaFactory(slug="g", name="Vlieger")
        PolicyDomainFactory(slug="m", name="Vlieger en co")
        SourceFactory(slug="s", name="Nota vlieger")
        reindex_all()
        everywhere.reindex_all()

    def groups(self, client, q):
        groups = client.get("/zoeken/", {"q": q}).context["page"].groups
        return {group.label: [hit.url for hit in group.hits] for group in groups}

    def test_finds_every_kind_of_record_in_its_group(self, client):
        assert self.groups(client, "vlieger") == {
            "Concepten": ["/concepten/a/"],
            "Ontwikkelingen": ["/ontwikkelingen/b/"],
            "Partners": ["/partners/p/"],
            "Diensten": ["/diensten/d/"],
            "Regelgeving": ["/regelgeving/r/"],
            "Begrippen": ["/begrippen/t/"],
            "Gebieden": ["/gebieden/g/"],
            "Beleidsdomeinen": ["/beleidsdomeinen/m/"],
            "Bronnen": ["/bronnen/s/"],
        }

    def test_shows_the_passage_that_answers_with_the_word_marked(self, client):
        page = client.get("/zoeken/", {"q": "vlieger"}).content.decode()

        assert "Er hangt een <mark>vlieger</mark> boven de stad." in page

    def test_prints_what_is_written_and_never_markup(self, client):
        page = client.get("/zoeken/", {"q": "vlieger"}).content.decode()

        assert "<b>vliegt</b>" not in page

    def test_a_record_that_changed_is_found_under_its_new_name(self, client):
        partner = PartnerFactory(slug="q", name="Kanarie vzw")

        everywhere.index_record(partner)
        assert self.groups(client, "kanarie")["Partners"] == ["/partners/q/"]

        partner.name = "Papegaai vzw"
        partner.save()
        everywhere.index_record(partner)

        assert "Partners" not in self.groups(client, "kanarie")
        assert self.groups(client, "papegaai") == {"Partners": ["/partners/q/"]}

    def test_a_passage_ends_between_words(self, client):
        # Longer than an excerpt, which would end in the middle of "kabeljauwen".
        PartnerFactory(slug="k", name="Kabel", description="Haring. " + "kabeljauwen " * 30)
        everywhere.reindex_all()

        (group,) = client.get("/zoeken/", {"q": "haring"}).context["page"].groups

        shown = "".join(piece for piece, _ in group.hits[0].excerpt)
        assert shown.removeprefix("Haring. ").removesuffix(" …").split().count("kabeljauwen") == 17
        assert shown.endswith("kabeljauwen …")

    def test_more_hits_than_fit_stand_in_the_list_of_their_kind(self, client):
        for number in range(12):
            PartnerFactory(slug=f"z{number:02}", name=f"Zeehond {number:02}")
        everywhere.reindex_all()

        (group,) = client.get("/zoeken/", {"q": "zeehond"}).context["page"].groups

        assert (group.total, len(group.hits)) == (12, 8)
        assert group.all_url == "/partners/?q=zeehond"
        assert client.get(group.all_url).context["finder"].total == 12

    def test_nothing_found_shows_other_ways(self, client):
        response = client.get("/zoeken/", {"q": "xylofoon"})

        assert response.context["page"].total == 0
        assert "/concepten/" in response.content.decode()


class TestTold:
    """Where sources differ, and what was promised, are kinds of hits."""

    def points(self, client, q):
        groups = client.get("/zoeken/", {"q": q}).context["page"].groups
        told = {group.label: [hit.url for hit in group.hits] for group in groups}
        return {label: told[label] for label in ("Tegenspraken", "Beloften") if label in told}

    def test_a_point_is_found_by_what_a_source_says(self, client):
        point = Discrepancy.objects.create(
            slug="hoeveel", title="Hoeveel buurten?", kind="tegenspraak"
        )
        for number in (133, 132):
            point.claims.create(key=str(number), value=f"{number} buurten", position=number)
        reindex()

        assert self.points(client, "133") == {"Tegenspraken": ["/tegenspraken/#hoeveel"]}

    def test_a_promise_is_found_by_the_date_that_a_source_gives(self, client):
        concept(
            "a",
            partial(
                MilestoneFactory,
                key="uitrol",
                title="Overal uitgerold",
                date="eind 2023",
                is_announced=True,
                outcome="onbekend",
            ),
        )
        reindex()

        url = "/tijdlijn/beloofd/#mijlpaal-a-uitrol"
        assert self.points(client, "eind 2023") == {"Beloften": [url]}

    def test_both_follow_what_is_published(self, client):
        version = concept(
            "a",
            partial(
                MilestoneFactory,
                title="Zeehond",
                date="eind 2023",
                is_announced=True,
                outcome="onbekend",
            ),
        )
        point = Discrepancy.objects.create(slug="z", title="Zeehond of zeeleeuw?", kind="nuance")
        point.concepts.add(version.concept)
        reindex()
        assert set(self.points(client, "zeehond")) == {"Tegenspraken", "Beloften"}

        withdraw(version.concept)

        assert self.points(client, "zeehond") == {}
        assert not SearchEntry.objects.filter(name__icontains="zeehond").exists()

    def test_a_point_that_changed_is_found_under_its_new_words(self, client):
        point = Discrepancy.objects.create(slug="z", title="Zeehond", kind="nuance")
        reindex()

        point.title = "Zeeleeuw"
        point.save()
        everywhere.index_record(point)

        assert self.points(client, "zeehond") == {}
        assert set(self.points(client, "zeeleeuw")) == {"Tegenspraken"}


class TestOffers:
    """What stands above the hits: a page that was asked for by name."""

    @pytest.fixture(autouse=True)
    def place(self):
        town = MunicipalityFactory(nis="24062", name="Leuven", postcodes=["3000"])
        AreaPartFactory(area=town, name="Kessel-Lo", postcode="3010")
        MunicipalityFactory(nis="32030", name="Lo-Reninge")
        MunicipalityFactory(nis="13008", name="Geel")
        CoverageAreaFactory(
            slug="elz-leuven",
            name="Leuven",
            kind__slug="eerstelijnszone",
            kind__name="eerstelijnszone",
        )
        partner = PartnerFactory(slug="ocmw", name="OCMW")
        AliasFactory(text="OCMW", kind=Alias.Kind.NAME, partner=partner)
        TermFactory(slug="zorgraad", name="Zorgraad", definition="Een raad van een zone.")
        concept("a", summary="Het leven in een gele zorgraad.", partners=[partner])
        reindex_all()
        everywhere.reindex_all()

    def offers(self, client, q):
        return [offer.url for offer in client.get("/zoeken/", {"q": q}).context["page"].offers]

    @pytest.mark.parametrize(
        "q", ["Leuven", "3000", "3000 Leuven", "Kessel-Lo", "gemeente Leuven", "B-3010 Kessel-Lo"]
    )
    def test_a_municipality_that_is_meant(self, client, q):
        assert "/gemeenten/24062-leuven/" in self.offers(client, q)

    @pytest.mark.parametrize("q", ["leven", "lueven", "Lo", "gele zorgraad"])
    def test_never_one_that_only_resembles_it(self, client, q):
        assert [url for url in self.offers(client, q) if "gemeente" in url] == []

    def test_a_part_is_explained(self, client):
        page = client.get("/zoeken/", {"q": "Kessel-Lo"})

        assert "Kessel-Lo ligt in Leuven (postcode 3010)." in text(page)

    @pytest.mark.parametrize(
        ("q", "nis"), [("ocmw leuven", "24062"), ("Leuven ocmw", "24062"), ("ocmw geel", "13008")]
    )
    def test_a_partner_in_a_place(self, client, q, nis):
        assert self.offers(client, q)[0] == f"/gevraagd/?gemeente={nis}&partner=ocmw"

    def test_nothing_with_all_words_is_said_once_and_leads_to_each_word(self, client):
        page = client.get("/zoeken/", {"q": "ocmw Leuven"})

        assert text(page).count("Geen enkele tekst heeft alle woorden van “ocmw Leuven”.") == 1
        assert "gevonden" not in text(page).partition("Naar de inhoud")[2].partition("Probeer")[0]
        assert page.context["page"].each_word == [
            ("ocmw", "/zoeken/?q=ocmw"),
            ("Leuven", "/zoeken/?q=Leuven"),
        ]
        for _, url in page.context["page"].each_word:
            assert client.get(url).context["page"].total
        assert client.get("/zoeken/?q=ocmw").context["page"].each_word == []

    def test_other_words_in_a_place(self, client):
        first, town = self.offers(client, "schulden Leuven")

        assert first == "/concepten/?gemeente=24062&q=schulden"
        assert town == "/gemeenten/24062-leuven/"

    def test_a_short_name_beside_other_words_is_a_word(self, client):
        assert self.offers(client, "alles is geel") == []

    def test_an_area_first(self, client):
        assert self.offers(client, "ELZ Leuven")[0] == "/gebieden/elz-leuven/"

    @pytest.mark.parametrize("q", ["ocmw", "OCMW"])
    def test_what_is_asked_of_a_partner(self, client, q):
        assert self.offers(client, q) == ["/gevraagd/?partner=ocmw"]

    def test_not_of_one_that_a_question_only_mentions(self, client):
        assert self.offers(client, "ocmw zorgraad") == []

    @pytest.mark.parametrize("q", ["wat is een zorgraad", "Wat zijn zorgraden?", "zorgraad"])
    def test_a_definition(self, client, q):
        page = client.get("/zoeken/", {"q": q})

        (offer,) = page.context["page"].offers
        assert (offer.url, offer.note) == ("/begrippen/zorgraad/", "Een raad van een zone.")

    def test_on_paper_it_says_how_many_are_left_out_and_where(self, client):
        for number in range(10):
            concept(f"z{number}", summary="Een zeehond.")
        reindex_all()

        page = text(client.get("/zoeken/", {"q": "zeehond"}))

        assert "Op papier staan hier 8 van de 10. Alle: /concepten/?q=zeehond" in page
