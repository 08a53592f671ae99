"""The tags that number sources, and print texts and dates as a source gives them."""

import datetime as dt
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from eerstelijn.dates import SourceDate
from eerstelijn.pages.notes import Notes
from tests import rendering
from tests.rendering import render, statement

text = rendering.text


@pytest.fixture
def poster():
    source = SimpleNamespace(short_title="Poster", get_absolute_url="/bronnen/poster/")
    address = "/bronnen/poster/#plaats-blok-gbo"
    return SimpleNamespace(pk=2, source=source, place="blok GBO", get_absolute_url=lambda: address)


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
