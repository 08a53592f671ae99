"""The tags that draw trees and signs, print choices, and fill the head of a page."""

import json
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from eerstelijn.templatetags.trees import SPECIES
from tests.rendering import render


class TestTrees:
    @pytest.mark.parametrize("species", SPECIES)
    @pytest.mark.parametrize("height", [20, 46])
    def test_every_species_is_hidden_from_screen_readers_and_beside_its_name(self, species, height):
        svg = ElementTree.fromstring(render("{% tree s height=h %}", s=species, h=height))  # noqa: S314

        assert svg.get("class").split()[-1] == f"tree-{species}"
        assert svg.get("aria-hidden") == "true"
        assert svg.get("style") is None
        assert svg[0].get("href") == f"#{species}"

    def test_a_page_defines_each_species_once(self):
        svg = ElementTree.fromstring(render("{% species %}"))  # noqa: S314

        assert [group.get("id") for group in svg[0]] == list(SPECIES)

    def test_small_icons_go_without_veins(self):
        assert 'class="tree small tree-linde"' in render("{% tree 'linde' height=24 %}")
        assert 'class="tree tree-linde"' in render("{% tree 'linde' height=28 %}")

    def test_no_species_prints_nothing_and_an_unknown_one_a_shrub(self):
        assert render("{% tree '' %}") == ""
        assert "tree-struik" in render("{% tree 'baobab' %}")

    def test_a_grove_stands_on_one_ground_however_high_its_trees_are(self):
        low, high = ({"tree": "spar", "height": kinds, "title": "x"} for kinds in (1, 8))

        boxes = [
            re.search(r'viewBox="0 (\d+) (\d+) (\d+)"', render("{% grove t %}", t=trees)).groups()
            for trees in ([low], [high], [low, high])
        ]

        assert {int(top) + int(height) for top, _, height in boxes} == {236}
        assert int(boxes[2][1]) > int(boxes[0][1])


class TestForest:
    def trees(self, number, chosen=1):
        return [
            {"tree": "eik", "height": 3, "on": index < chosen, "title": f"Concept {index}"}
            for index in range(number)
        ]

    def test_says_in_words_how_many_are_chosen(self):
        svg = render("{% forest_strip trees %}", trees=self.trees(20, chosen=3))

        assert 'aria-label="3 van 20 concepten gekozen"' in svg
        assert svg.count("tree-eik") == 3
        assert svg.count("tree-off") == 17

    def test_has_no_links(self):
        assert "<a" not in render("{% forest_strip trees %}", trees=self.trees(20))

    def test_names_the_trees_that_the_list_below_does_not(self):
        svg = render("{% forest_strip trees %}", trees=self.trees(3, chosen=1))

        assert "Concept 0" not in svg
        assert svg.count("<title>") == 2

    def test_escapes_names(self):
        trees = [{"tree": "linde", "height": 1, "on": False, "title": "<script>"}]

        assert "&lt;script&gt;" in render("{% forest_strip trees %}", trees=trees)

    def test_marks_the_own_tree_on_the_page_of_a_concept(self):
        trees = [*self.trees(5, chosen=0), {"tree": "linde", "height": 2, "own": True}]

        svg = render("{% forest_strip trees small=True %}", trees=trees)

        assert svg.count("tree-linde") == 1
        assert svg.count("tree-off") == 5

    @pytest.mark.parametrize("place", [0, 5])
    def test_the_own_tree_fits_at_either_end(self, place):
        trees = self.trees(5, chosen=0)
        trees.insert(place, {"tree": "eik", "height": 2, "own": True})

        svg = render("{% forest_strip trees small=True %}", trees=trees)

        width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
        x = float(re.search(r'class="tree-eik"[^>]*translate\((\d+) ', svg)[1])
        assert 21 <= x <= width - 21

    def test_an_empty_forest_prints_nothing(self):
        assert render("{% forest_strip trees %}", trees=[]) == ""


@pytest.mark.parametrize(
    ("full", "rings", "printed"), [(27, 31, 58), (1, 0, 1), (0, 0, 0), (300, 0, 0)]
)
def test_dots_count_a_whole_unless_it_is_too_large_to_count(full, rings, printed):
    svg = render("{% dots full rings %}", full=full, rings=rings)

    assert svg.count("<circle") == printed
    assert svg.count("dot-full") == (full if printed else 0)


class TestFacetOptions:
    def options(self, **values):
        usual = {"value": "caw", "label": "CAW", "count": 4, "selected": False, "disabled": False}
        facet = SimpleNamespace(key="partner", is_unfilled=False, halves={})
        option = SimpleNamespace(**{**usual, "is_former": False, "tree": "", **values})
        return render("{% options facet options %}", facet=facet, options=[option])

    def test_an_option_is_a_box_with_its_name_and_count(self):
        html = self.options()

        assert html == ('<label><input type="checkbox" name=partner value=caw>CAW <i>4</i></label>')

    def test_a_chosen_option_can_be_undone_even_when_it_has_no_results(self):
        html = self.options(count=0, selected=True, disabled=True)

        assert " checked>" in html
        assert "disabled" not in html

    def test_an_option_without_results_keeps_its_place_but_cannot_be_chosen(self):
        assert " disabled>" in self.options(count=0, disabled=True)

    def test_shows_the_tree_of_an_owner(self):
        assert "tree-linde" in self.options(tree="linde")

    def test_what_went_on_in_another_says_so(self):
        html = self.options(label="Departement WVG", is_former=True)

        assert html.startswith("<label class=was>")
        assert ">was Departement WVG " in html

    def test_escapes_what_it_prints(self):
        assert "<b>" not in self.options(label="<b>", value='"><b>')


class TestChoices:
    """The options of a select."""

    def test_say_what_they_are_without_the_kind_that_the_list_names(self):
        area = SimpleNamespace(value="elz-leuven", label="Leuven (eerstelijnszone)", disabled=False)

        html = render("{% choices options %}", options=[area])

        assert html == "<option value=elz-leuven>Leuven"

    def test_one_without_results_keeps_its_place_but_cannot_be_chosen(self):
        area = SimpleNamespace(value="elz-gent", label="Gent", disabled=True)

        assert "<option value=elz-gent disabled>Gent" in render("{% choices o %}", o=[area])


class TestHead:
    def request(self):
        return SimpleNamespace(
            path="/x/", build_absolute_uri=lambda path="/x/": f"https://site.be{path}"
        )

    def data(self, html):
        return json.loads(
            re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', html)[1]
        )

    def test_what_is_kept_is_text_to_print_twice(self):
        html = render("{% keep t %}A <b>&amp;</b>  B{% endkeep %}{{ t }}|{{ t }}")

        assert html == "A &amp; B|A &amp; B"

    def test_the_way_up_in_full_addresses(self):
        crumbs = [{"label": "Concepten", "url": "/concepten/"}, {"label": "GBO"}]

        data = self.data(
            render("{% breadcrumb_data %}", request=self.request(), breadcrumbs=crumbs)
        )

        assert data["@type"] == "BreadcrumbList"
        assert data["itemListElement"] == [
            {
                "@type": "ListItem",
                "position": 1,
                "name": "Concepten",
                "item": "https://site.be/concepten/",
            },
            {"@type": "ListItem", "position": 2, "name": "GBO"},
        ]

    def test_a_page_at_the_top_has_no_way_up(self):
        assert render("{% breadcrumb_data %}", request=self.request()) == ""

    def test_a_term_with_its_abbreviation(self):
        html = render(
            "{% term_data 'Breed onthaal' 'Een  uitleg.' 'GBO' %}", request=self.request()
        )

        data = self.data(html)
        assert (data["@type"], data["alternateName"]) == ("DefinedTerm", "GBO")
        assert data["description"] == "Een uitleg."
        assert data["inDefinedTermSet"] == "https://site.be/begrippen/"

    def test_no_text_ends_the_block_of_data(self):
        html = render("{% term_data n n %}", request=self.request(), n="</script><b>&")

        assert html.count("</script>") == 1
        assert self.data(html)["name"] == "</script><b>&"


@pytest.mark.parametrize(
    ("names", "said"), [("", ""), ("A", "A"), ("AB", "A en B"), ("ABC", "A, B en C")]
)
def test_names_stand_in_a_row(names, said):
    row = "{% for sign, name in names|in_a_row %}{{ sign }}{{ name }}{% endfor %}"

    assert render(row, names=list(names)) == said


def test_each_answer_has_a_sign_of_its_own():
    keys = ("ja", "gepland", "gedeeltelijk", "nee", "niet-vermeld")
    signs = {render("{% load drawing %}{% coverage_sign key %}", key=key) for key in keys}

    assert len(signs) == len(keys)
