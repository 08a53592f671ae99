"""The tags and filters that draw trees, number sources and print words of the sources."""

import datetime as dt
import json
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from concepts.search.glossary import FOREIGN_NAMES
from eerstelijn.dates import SourceDate
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.words import Word, Words
from eerstelijn.templatetags.trees import SPECIES

TAGS = "facets head sources texts trees words"


def render(source, **context):
    return Template(f"{{% load {TAGS} %}}{source}").render(Context(context))


def statement(*citations):
    return SimpleNamespace(citations=SimpleNamespace(all=lambda: list(citations)))


@pytest.fixture
def text():
    source = SimpleNamespace(short_title="Tekst", get_absolute_url="/bronnen/tekst/")
    address = "/bronnen/tekst/#plaats-2-1-1"
    return SimpleNamespace(
        pk=1, source=source, place="2.1.1, p. 9", get_absolute_url=lambda: address
    )


@pytest.fixture
def poster():
    source = SimpleNamespace(short_title="Poster", get_absolute_url="/bronnen/poster/")
    address = "/bronnen/poster/#plaats-blok-gbo"
    return SimpleNamespace(pk=2, source=source, place="blok GBO", get_absolute_url=lambda: address)


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


class TestSourceNumbers:
    def test_numbers_follow_the_order_of_first_use(self, text, poster):
        notes = Notes()

        html = render(
            "{% sources a %}|{% sources b %}",
            notes=notes,
            a=statement(poster),
            b=statement(text, poster),
        )

        assert re.findall(r'id="(v[\d-]+)" href="([^"]+)"[^>]*>(\d)<', html) == [
            ("v1", "/bronnen/poster/#plaats-blok-gbo", "1"),
            ("v2", "/bronnen/tekst/#plaats-2-1-1", "2"),
            ("v1-2", "/bronnen/poster/#plaats-blok-gbo", "1"),
        ]
        assert [(entry.number, entry.uses) for entry in notes] == [(1, ["v1", "v1-2"]), (2, ["v2"])]

    def test_a_number_says_what_it_is(self, text):
        assert 'aria-label="bron 1"' in render("{% sources a %}", notes=Notes(), a=statement(text))

    def test_the_node_is_joined_to_the_last_word(self, text):
        html = render("{% sources a t %}", notes=Notes(), a=statement(text), t="zo & zo")

        assert html.startswith('zo &amp; zo<span class="nodes">\N{WORD JOINER}<a ')

    def test_the_node_stands_inside_the_last_block_of_markdown(self, text):
        html = render(
            "{% sources a t|markdown %}",
            notes=Notes(),
            a=statement(text),
            t="Drie:\n\n- een\n- twee",
        )

        assert html.startswith("<p>Drie:</p>")
        assert re.search(r'<li>twee<span class="nodes">.*</span></li>', html)
        assert html.endswith("</ul>")

    def test_a_last_word_in_bold_keeps_its_tags_in_order(self, text):
        html = render(
            "{% sources a t|markdown %}", notes=Notes(), a=statement(text), t="Dit **moet**"
        )

        ElementTree.fromstring(html)  # noqa: S314

    def test_no_link_stands_inside_another(self, text):
        html = render(
            "{% sources a t|markdown %}", notes=Notes(), a=statement(text), t="Zie [elders](/x/)"
        )

        assert re.search(r'<a href="/x/">elders</a>.*<span class="nodes">.*</span></p>$', html)

    def test_a_statement_without_citation_prints_its_text_only(self):
        assert render("{% sources a 'tekst' %}", notes=Notes(), a=statement()) == "tekst"

    def test_several_statements_give_each_source_once(self, text, poster):
        both = [statement(text, poster), statement(text)]

        html = render("{% sources a %}", notes=Notes(), a=both)

        assert html.count('class="node"') == 2

    def test_a_claim_has_one_citation(self, text):
        claim = SimpleNamespace(citation=text)

        assert html_numbers(render("{% sources c %}", notes=Notes(), c=claim)) == ["1"]

    def test_the_margin_numbers_but_does_not_count_as_a_use(self, text):
        notes = Notes()

        html = render("{% margin a %}", notes=notes, a=statement(text))

        assert re.findall(r'<span class="node" aria-hidden="true">(\d+)</span>', html) == ["1"]
        assert [entry.uses for entry in notes] == [[]]

    def test_a_margin_without_sources_is_not_there(self):
        assert render("{% margin a %}", notes=Notes(), a=statement()) == ""


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
        assert render("{{ d|source_date }}", d=SourceDate.parse(label)) == printed

    def test_a_label_without_bounds_is_text(self):
        assert (
            render("{{ d|source_date }}", d=SourceDate("17 mei"))
            == '<span class="date">17 mei</span>'
        )

    def test_a_plain_day_is_written_in_full(self):
        day = dt.date(2026, 11, 22)

        assert (
            render("{{ d|source_date }}", d=day)
            == '<time datetime="2026-11-22">22 november 2026</time>'
        )

    def test_no_date_prints_nothing(self):
        assert render("{{ d|source_date }}{{ d|date_column }}", d=SourceDate()) == ""

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
        html = render("{{ d|date_column }}", d=SourceDate.parse(label))

        assert f"<b>{year}</b>" in html
        assert ("<span>" + rest + "</span>" in html) is bool(rest)


class TestWords:
    @pytest.mark.parametrize(
        ("name", "html"),
        [
            ("LIVC-R & co", '<span class="unbroken">LIVC-R</span> &amp; co'),
            ("OverKop-huizen", '<span class="unbroken">OverKop-huizen</span>'),
            ("Dak- en thuisloosheid", "Dak- en thuisloosheid"),
            ("Beveren-Kruibeke-Zwijndrecht", "Beveren-Kruibeke-Zwijndrecht"),
            ("2018-02-09", "2018-02-09"),
        ],
    )
    def test_a_short_name_with_a_hyphen_stays_on_one_line(self, name, html):
        assert render("{{ name|foreign }}", name=name) == html

    def test_silence_of_the_sources_looks_the_same_everywhere(self):
        assert render("{% unstated %}") == (
            '<span class="unstated">niet vermeld in de bronnen</span>'
        )

    def test_a_role_tile_is_hidden_beside_its_word(self):
        assert render("{% role_tile 'regie' %}") == (
            '<span class="role role-regie" aria-hidden="true">R</span>'
        )

    def test_a_role_tile_alone_has_a_name(self):
        assert render("{% role_tile 'oprichter' label='oprichter' %}") == (
            '<abbr class="role role-oprichter" title="oprichter">S</abbr>'
        )

    @pytest.mark.parametrize(
        ("text", "printed"),
        [
            ("Samenwerkingsverbanden", "Samen|werkings|verbanden"),
            ("Eerstelijnszones en zorgraden", "Eerstelijns|zones en zorgraden"),
            ("intrafamiliaal geweld", "intra|familiaal geweld"),
            ("gezinscoaches", "gezins|coaches"),
            ("Volksgezondheid", "Volks|gezond|heid"),
            ("zorgraden & <b>", "zorgraden &amp; &lt;b&gt;"),
        ],
    )
    def test_long_compounds_may_break_between_their_parts(self, text, printed):
        assert render("{{ t|breakable }}", t=text).replace("\u00ad", "|") == printed

    def test_a_heading_only_breaks_its_longest_words(self):
        assert "\u00ad" not in render("{{ t|breakable:18 }}", t="Eerstelijnszones")
        assert "\u00ad" in render("{{ t|breakable:18 }}", t="Beleidsprioriteiten")

    def test_an_enumeration_goes_on_in_running_text(self):
        assert render("{{ t|running }}", t="Drie:\n\n- een\n- twee") == "Drie: · een · twee"

    def test_a_text_that_goes_on_elsewhere_does_not_end_on_a_colon(self):
        assert render("{{ t|rounded_off }}", t="De nota zegt:") == "De nota zegt …"
        assert render("{{ t|rounded_off }}", t="De nota zegt niets.") == "De nota zegt niets."

    def test_what_only_announces_an_enumeration_goes_when_a_sentence_stands_before_it(self):
        assert render("{{ t|rounded_off }}", t="Een doel. Het gaat om:") == "Een doel."

    def test_a_page_number_and_half_a_word_stay_on_one_line(self):
        html = render("{{ t|together }}", t="2.1 Regels & -maatregelen 2020-2025, begint op p. 9")

        assert html == (
            '2.1 Regels &amp; <span class="unbroken">-maatregelen</span> 2020-2025, '
            "begint op p.\N{NO-BREAK SPACE}9"
        )

    def test_a_remark_between_brackets_is_one_sentence(self):
        assert (
            render("{{ t|first_sentence }}", t="Naam sinds 2023. Van elders.") == "Naam sinds 2023"
        )

    @pytest.mark.parametrize(
        ("address", "printed"),
        [
            ("https://www.departementzorg.be/", "departementzorg.be"),
            (
                "http://www.ejustice.just.fgov.be/eli/wet/1/justel",
                "ejustice.just.fgov.be/eli/wet/1",
            ),
            ("geen adres/", "geen adres/"),
        ],
    )
    def test_a_web_address_is_written_as_people_do(self, address, printed):
        assert render("{{ a|short_address }}", a=address) == printed


class TestExplainedWords:
    KNOWN = (
        Word("eerstelijnszone", ("eerstelijnszone", "ELZ"), "Een gebied.", "/begrippen/elz/"),
        Word("zorgraad", ("zorgraad",), "Een raad.", "/begrippen/zorgraad/"),
        Word("zorg", ("zorg",), "Zorg.", "/begrippen/zorg/"),
        Word("non-take-up", ("non-take-up",), "Niet opnemen.", "/begrippen/nt/", "en"),
        Word("CAW", ("CAW",), "centrum algemeen welzijnswerk", "/partners/caw/"),
    )

    @pytest.fixture
    def words(self):
        return Words([*FOREIGN_NAMES, *self.KNOWN], path="/partners/zelf/")

    def test_only_the_first_use_is_a_link(self, words):
        html = words.html("Het CAW en nog een CAW.")

        assert html == 'Het <a class="term" id="t1" href="#w1">CAW</a> en nog een CAW.'
        assert words.html("Weer het CAW.") == "Weer het CAW."

    def test_a_word_starts_a_sentence_and_stands_in_the_plural(self, words):
        html = words.html("Zorgraden sturen eerstelijnszones.")

        assert re.findall(r'class="term"[^>]*>(.*?)</a>', html) == ["Zorgraden", "eerstelijnszones"]

    def test_other_forms_are_the_same_word(self, words):
        words.html("Een ELZ is een eerstelijnszone.")

        assert [found.word.text for found in words.explained] == ["eerstelijnszone"]

    @pytest.mark.parametrize("text", ["CAWs-werking", "zorgwekkend", "thuiszorg", "caw"])
    def test_a_part_of_another_word_is_not_the_word(self, words, text):
        assert words.html(text) == text

    def test_the_longest_word_wins(self, words):
        assert ">zorgraad</a>" in words.html("de zorgraad")

    def test_no_link_stands_in_a_link_or_heading(self, words):
        html = render(
            "<h2>{% named t %}</h2>{% explained t %}", words=words, t="non-take-up bij het CAW"
        )

        assert html.startswith('<h2><span lang="en">non-take-up</span> bij het CAW</h2>')
        assert html.count('class="term"') == 2

    def test_a_name_is_a_link_where_it_has_an_address(self, words):
        source = "{% linked n url %}, {% linked n '' %}"
        html = render(source, words=words, n="<non-take-up>", url="/a/?b&c")

        assert html == (
            '<a href="/a/?b&amp;c">&lt;<span lang="en">non-take-up</span>&gt;</a>, '
            '&lt;<a class="term" id="t1" href="#w1" lang="en">non-take-up</a>&gt;'
        )

    def test_a_page_does_not_explain_what_it_is_about(self):
        words = Words([Word("CAW", ("CAW",), "x", "/partners/caw/")], path="/partners/caw/")

        assert words.html("CAW") == "CAW"
        assert words.explained == []

    def test_the_list_holds_what_is_marked_and_abbreviations_in_links(self, words):
        words.html("CAW en zorgraad", is_open=False)
        words.html("een ELZ")

        assert [found.word.text for found in words.explained] == ["CAW", "eerstelijnszone"]

    def test_foreign_words_carry_their_language_wherever_they_stand(self, words):
        assert words.html("Family Justice Centers", is_open=False) == (
            '<span lang="en">Family Justice Centers</span>'
        )
        assert words.html("non-take-up, non-take-up") == (
            '<a class="term" id="t1" href="#w1" lang="en">non-take-up</a>, '
            '<span lang="en">non-take-up</span>'
        )

    def test_names_on_a_page_without_words_are_marked_too_and_escaped(self):
        html = render("{{ n|foreign }}", n="Family Justice Center <b>")

        assert html == '<span lang="en">Family Justice Center</span> &lt;b&gt;'

    def test_a_page_without_words_explains_none(self):
        assert render("{% explained t %}, {% named t %}", t="een <CAW>") == (
            "een &lt;CAW&gt;, een &lt;CAW&gt;"
        )

    def test_a_statement_is_explained_before_its_sources(self, words, text):
        html = render(
            "{% sources a t %}", words=words, notes=Notes(), a=statement(text), t="Het CAW"
        )

        assert html.startswith('Het <a class="term" id="t1" href="#w1">CAW</a><span class="nodes">')

    def test_sources_stand_after_the_language_of_the_last_word(self, words, text):
        name = "Family Justice Centers"
        for source in ("{% sources a n %}", "{% sources a n|markdown:words %}"):
            html = render(source, words=words, notes=Notes(), a=statement(text), n=name)

            assert f"{name}</span><span class" in html


class TestWordsInProse:
    KNOWN = (
        *FOREIGN_NAMES,
        Word("CAW", ("CAW",), "x", "/partners/caw/"),
        Word("R&D", ("R&D",), "x", "/r/"),
    )

    @pytest.fixture
    def words(self):
        return Words(self.KNOWN)

    def marked(self, text, words):
        return re.sub(r' id="t\d+" href="#w\d+"', "", render("{{ t|markdown:w }}", t=text, w=words))

    def test_are_explained_in_a_paragraph_a_list_and_a_table(self):
        for text in ("Een **CAW**.", "- een CAW", "|a|\n|-|\n|CAW|"):
            assert 'class="term">CAW</a>' in self.marked(text, Words(self.KNOWN))

    def test_are_found_as_they_are_written(self, words):
        assert self.marked("R&D, of CAW\\-werking", words) == (
            '<p><a class="term">R&amp;D</a>, of CAW-werking</p>'
        )

    def test_are_not_explained_inside_a_link(self, words):
        assert self.marked("[het CAW](/x/) en het CAW", words) == (
            '<p><a href="/x/">het CAW</a> en het <a class="term">CAW</a></p>'
        )

    def test_get_their_language(self, words):
        assert self.marked("[Family Justice Center](/x/)", words) == (
            '<p><a href="/x/"><span lang="en">Family Justice Center</span></a></p>'
        )

    def test_an_editor_writes_no_such_link(self, words):
        html = self.marked(
            '<a class="term" id="t9" href="#w9">x</a> <span lang="en">y</span>', words
        )

        assert "<a" not in html
        assert "<span" not in html


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
