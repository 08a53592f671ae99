"""Each list of the site is searched alike: by any form of a word, with all words or with some."""

import pytest
from django.urls import reverse

from concepts.search import everywhere
from governance.models import AreaName
from tests.answers import sentence, slugs, text
from tests.factories import (
    AgencyFactory,
    CoverageAreaFactory,
    DecreeFactory,
    PartnerFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)
from tests.searched import LISTS, concept, reindex

pytestmark = pytest.mark.django_db


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
