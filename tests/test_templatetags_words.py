"""The tags that explain words where they stand in a text."""

import re

import pytest

from concepts.search.glossary import FOREIGN_NAMES
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.words import Word, Words
from tests import rendering
from tests.rendering import render, statement

text = rendering.text


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
