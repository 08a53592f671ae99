"""The tags and filters that draw trees, number sources and print words of the sources."""

import datetime as dt
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from eerstelijn.dates import SourceDate
from eerstelijn.notes import Notes
from eerstelijn.templatetags.bomen import SPECIES


def render(source, **context):
    return Template(f"{{% load bomen keuzes knopen teksten %}}{source}").render(Context(context))


def statement(*citations):
    return SimpleNamespace(citations=SimpleNamespace(all=lambda: list(citations)))


@pytest.fixture
def text():
    source = SimpleNamespace(short_title="Tekst", get_absolute_url="/bronnen/tekst/")
    return SimpleNamespace(pk=1, source=source, place="2.1.1, p. 9")


@pytest.fixture
def poster():
    source = SimpleNamespace(short_title="Poster", get_absolute_url="/bronnen/poster/")
    return SimpleNamespace(pk=2, source=source, place="blok GBO")


class TestTrees:
    @pytest.mark.parametrize("species", SPECIES)
    @pytest.mark.parametrize("height", [20, 46])
    def test_every_species_is_well_formed_and_hidden_from_screen_readers(self, species, height):
        svg = ElementTree.fromstring(render("{% boom s hoogte=h %}", s=species, h=height))  # noqa: S314

        assert svg.get("class") == f"tree tree-{species}"
        assert svg.get("aria-hidden") == "true"
        assert svg.get("style") is None

    def test_small_icons_have_no_veins(self):
        assert "veins" not in render("{% boom 'linde' hoogte=24 %}")
        assert "veins" in render("{% boom 'linde' hoogte=28 %}")

    def test_no_species_prints_nothing_and_an_unknown_one_a_shrub(self):
        assert render("{% boom '' %}") == ""
        assert "tree-struik" in render("{% boom 'baobab' %}")


class TestForest:
    def trees(self, number, chosen=1):
        return [
            {"tree": "eik", "height": 3, "on": index < chosen, "title": f"Concept {index}"}
            for index in range(number)
        ]

    def test_says_in_words_how_many_are_chosen(self):
        svg = render("{% bosstrook trees %}", trees=self.trees(20, chosen=3))

        assert 'aria-label="3 van 20 concepten gekozen"' in svg
        assert svg.count("tree-eik") == 3
        assert svg.count("tree-off") == 17

    def test_has_no_links(self):
        assert "<a" not in render("{% bosstrook trees %}", trees=self.trees(20))

    def test_escapes_names(self):
        trees = [{"tree": "linde", "height": 1, "on": True, "title": "<script>"}]

        assert "&lt;script&gt;" in render("{% bosstrook trees %}", trees=trees)

    def test_shows_one_tree_per_owner_above_forty(self):
        svg = render("{% bosstrook trees %}", trees=self.trees(41, chosen=3))

        assert svg.count("tree-eik") == 1
        assert "3 van 41</text>" in svg

    def test_marks_the_own_tree_on_the_page_of_a_concept(self):
        trees = [*self.trees(5, chosen=0), {"tree": "linde", "height": 2, "own": True}]

        svg = render("{% bosstrook trees klein=True %}", trees=trees)

        assert svg.count("tree-linde") == 1
        assert svg.count("tree-off") == 5

    def test_an_empty_forest_prints_nothing(self):
        assert render("{% bosstrook trees %}", trees=[]) == ""


@pytest.mark.parametrize(
    ("full", "rings", "printed"), [(27, 31, 58), (1, 0, 1), (0, 0, 0), (300, 0, 0)]
)
def test_dots_count_a_whole_unless_it_is_too_large_to_count(full, rings, printed):
    svg = render("{% stippen full rings %}", full=full, rings=rings)

    assert svg.count("<circle") == printed
    assert svg.count("dot-full") == (full if printed else 0)


class TestFacetOptions:
    def options(self, **values):
        usual = {"value": "caw", "label": "CAW", "count": 4, "selected": False, "disabled": False}
        facet = SimpleNamespace(key="partner")
        option = SimpleNamespace(**{**usual, "note": "", "tree": "", **values})
        return render("{% keuzes facet options %}", facet=facet, options=[option])

    def test_an_option_is_a_box_with_its_name_and_count(self):
        html = self.options()

        assert '<input type="checkbox" name="partner" value="caw">' in html
        assert '<span class="name">CAW</span><span class="count">4</span>' in html

    def test_a_chosen_option_can_be_undone_even_when_it_has_no_results(self):
        html = self.options(count=0, selected=True, disabled=True)

        assert " checked>" in html
        assert "disabled" not in html

    def test_an_option_without_results_keeps_its_place_but_cannot_be_chosen(self):
        assert " disabled>" in self.options(count=0, disabled=True)

    def test_shows_the_tree_of_an_owner_and_its_former_name(self):
        html = self.options(tree="linde", note="was Departement WVG")

        assert "tree-linde" in html
        assert "<small>(was Departement WVG)</small>" in html

    def test_escapes_what_it_prints(self):
        assert "<b>" not in self.options(label="<b>", value='"><b>', note="<b>")


class TestSourceNumbers:
    def test_numbers_follow_the_order_of_first_use(self, text, poster):
        notes = Notes()

        html = render(
            "{% bronnen a %}|{% bronnen b %}",
            notes=notes,
            a=statement(poster),
            b=statement(text, poster),
        )

        assert re.findall(r'id="(v[\d-]+)" href="#(b\d)"', html) == [
            ("v1", "b1"),
            ("v2", "b2"),
            ("v1-2", "b1"),
        ]
        assert [(entry.number, entry.uses) for entry in notes] == [(1, ["v1", "v1-2"]), (2, ["v2"])]

    def test_a_number_says_what_it_is(self, text):
        assert 'aria-label="bron 1"' in render("{% bronnen a %}", notes=Notes(), a=statement(text))

    def test_the_node_is_joined_to_the_last_word(self, text):
        html = render("{% bronnen a t %}", notes=Notes(), a=statement(text), t="zo & zo")

        assert html.startswith('zo &amp; zo<span class="nodes">&#8288;<a ')

    def test_the_node_stands_inside_the_last_block_of_markdown(self, text):
        html = render(
            "{% bronnen a t|markdown %}",
            notes=Notes(),
            a=statement(text),
            t="Drie:\n\n- een\n- twee",
        )

        assert html.startswith("<p>Drie:</p>")
        assert re.search(r'<li>twee<span class="nodes">.*</span></li>', html)
        assert html.endswith("</ul>")

    def test_a_last_word_in_bold_keeps_its_tags_in_order(self, text):
        html = render(
            "{% bronnen a t|markdown %}", notes=Notes(), a=statement(text), t="Dit **moet**"
        )

        ElementTree.fromstring(html.replace("&#8288;", ""))  # noqa: S314

    def test_no_link_stands_inside_another(self, text):
        html = render(
            "{% bronnen a t|markdown %}", notes=Notes(), a=statement(text), t="Zie [elders](/x/)"
        )

        assert re.search(r'<a href="/x/">elders</a>.*<span class="nodes">.*</span></p>$', html)

    def test_a_statement_without_citation_prints_its_text_only(self):
        assert render("{% bronnen a 'tekst' %}", notes=Notes(), a=statement()) == "tekst"

    def test_several_statements_give_each_source_once(self, text, poster):
        both = [statement(text, poster), statement(text)]

        html = render("{% bronnen a %}", notes=Notes(), a=both)

        assert html.count('class="node"') == 2

    def test_a_claim_has_one_citation(self, text):
        claim = SimpleNamespace(citation=text)

        assert html_numbers(render("{% bronnen c %}", notes=Notes(), c=claim)) == ["1"]

    def test_the_margin_numbers_but_does_not_count_as_a_use(self, text):
        notes = Notes()

        html = render(
            "{% noten a as entries %}{% for e in entries %}{{ e.number }}{% endfor %}",
            notes=notes,
            a=statement(text),
        )

        assert html == "1"
        assert [entry.uses for entry in notes] == [[]]


def html_numbers(html):
    return re.findall(r">(\d+)</a>", html)


class TestMarkdown:
    def test_keeps_paragraphs_lists_and_links(self):
        html = render("{{ t|markdown }}", t="Een [link](https://a.be).\n\n1. een\n2. twee")

        assert '<a href="https://a.be">link</a>' in html
        assert "<ol>" in html

    @pytest.mark.parametrize(
        "attack",
        [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            '<img src="x" onerror="alert(1)">',
            "![x](https://elders.be/p.png)",
            '<p style="color:red">x</p>',
        ],
    )
    def test_lets_no_script_image_or_style_through(self, attack):
        html = render("{{ t|markdown }}", t=attack)

        assert not re.search(r"<(script|img|[^>]+(style|href=\"javascript))", html)

    def test_headings_become_text_so_that_the_outline_holds(self):
        assert "<h" not in render("{{ t|markdown }}", t="# Kop\n\ntekst")

    def test_nothing_gives_nothing(self):
        assert render("{{ t|markdown }}", t=None) == ""


class TestDates:
    @pytest.mark.parametrize(
        ("label", "printed"),
        [
            ("13 maart 2023", '<time datetime="2023-03-13">13 maart 2023</time>'),
            ("mei 2022", '<time datetime="2022-05">mei 2022</time>'),
            ("midden 2022", '<time datetime="2022">midden 2022</time>'),
            ("2018", '<time datetime="2018">2018</time>'),
            ("na 2024", '<span class="date">na 2024</span>'),
        ],
    )
    def test_prints_the_label_and_never_more_precision_than_it_has(self, label, printed):
        assert render("{{ d|bron_datum }}", d=SourceDate.parse(label)) == printed

    def test_a_label_without_bounds_is_text(self):
        assert (
            render("{{ d|bron_datum }}", d=SourceDate("17 mei"))
            == '<span class="date">17 mei</span>'
        )

    def test_a_plain_day_is_written_in_full(self):
        day = dt.date(2026, 11, 22)

        assert (
            render("{{ d|bron_datum }}", d=day)
            == '<time datetime="2026-11-22">22 november 2026</time>'
        )

    def test_no_date_prints_nothing(self):
        assert render("{{ d|bron_datum }}{{ d|datum_kolom }}", d=SourceDate()) == ""

    @pytest.mark.parametrize(
        ("label", "year", "rest"),
        [
            ("9 februari 2018", "2018", "9 februari"),
            ("midden 2022", "2022", "midden"),
            ("2018", "2018", ""),
            ("na 2024", "na 2024", ""),
        ],
    )
    def test_the_timeline_puts_the_year_first(self, label, year, rest):
        html = render("{{ d|datum_kolom }}", d=SourceDate.parse(label))

        assert f"<b>{year}</b>" in html
        assert ("<span>" + rest + "</span>" in html) is bool(rest)


class TestWords:
    def test_silence_of_the_sources_looks_the_same_everywhere(self):
        assert render("{% niet_vermeld %}") == (
            '<span class="unstated">niet vermeld in de bronnen</span>'
        )

    def test_a_role_tile_is_hidden_beside_its_word(self):
        assert render("{% rol_letter 'regie' %}") == (
            '<span class="role role-regie" aria-hidden="true">R</span>'
        )

    def test_a_role_tile_alone_has_a_name(self):
        assert render("{% rol_letter 'oprichter' label='oprichter' %}") == (
            '<abbr class="role role-oprichter" title="oprichter">S</abbr>'
        )
