"""Text becomes HTML in one place: where it is printed, by Django, for the place where it stands.

What the code itself declares to be safe HTML stands in a list, and each of the list is tried here
with texts that break out where they can. Whatever is added to neither fails.
"""

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from concepts.page import printed
from concepts.page.path import Stop
from concepts.versus.points import Point, Value
from concepts.versus.rows import Row
from eerstelijn.dates import SourceDate
from eerstelijn.pages.notes import Notes
from eerstelijn.pages.parts import Part, Section
from eerstelijn.pages.words import Word, Words
from tests import hostile
from tests.factories import TermFactory

PROJECT = Path(__file__).resolve().parent.parent
CODE = ["eerstelijn", "concepts", "governance"]
#: Ways to say that a text needs no escaping.
TRUSTING = {"mark_safe", "SafeString", "SafeText", "SafeData", "html_safe", "__html__"}
TRUSTING_IN_TEMPLATES = re.compile(r"\|\s*safe(?:seq)?\b|{%-?\s*autoescape|\|\s*escapejs\b")

#: Every place in the code that declares HTML safe: what it is, and why not by a template.
DECLARED = {
    "trees": "the shapes of trees, all of them constants",
    "head.block": "JSON in a script element, where entities do not count: < > & as \\u escapes",
    "drawing.svg": "three hundred circles as one string; each name and address is escaped",
    "facets.fieldset": "the HTML of a template, and those boxes between its pieces",
    "facets.options": "280 boxes, ten times as fast as by a template; each text is escaped",
    "facets.choices": "the same for lists of areas",
    "sources.sources": "HTML that was safe or escaped already, with numbers before its last tags",
    "sources.margin": "hundreds of numbers and links, five times as fast; each text is escaped",
    "sources.source_list": "the same for the list of sources",
    "timeline.svg": "signs and tracks of promises, all of them constants and numbers",
    "texts.markdown": "what nh3 leaves of the HTML of a Markdown text",
    "texts.column_name": "each text escaped, with spans around pieces of it",
    "texts.together": "HTML that was safe or escaped already, with spans around pieces of it",
    "texts.worded": "a text that its words escaped, as they marked it",
    "texts.grouped_options": "three hundred options; each value and name is escaped",
    "texts.word_list": "words with their explanations; each text of them is escaped",
    "trees.drawing": "constants and numbers, and names that are escaped",
    "parts.lines": "the lines of a concept's page, each text escaped; or the HTML of a template",
    "parts.folds": "those lines, below a title and a gist that are escaped",
    "concept.factbox": "the short answers of a concept's page; each text is escaped",
    "timeline.stops": "milestones on a path; each text is escaped",
    "versus.versus_rows": "hundreds of cells of a comparison; each text is escaped",
    "matrix.matrix_cells": "hundreds of cells of a matrix; each text is escaped",
    "matrix.matrix_bar": "numbers",
    "matrix.matrix_list": "the rows of a matrix below each other; each text is escaped",
}


def declared():
    """Each place in the code that declares something safe, as module and function."""
    for folder in CODE:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _declared_in(ast.parse(path.read_text(encoding="utf-8")), path.stem)


def _declared_in(node, name):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            continue
        named = isinstance(child, (ast.FunctionDef, ast.ClassDef))
        if isinstance(child, ast.Name) and child.id in TRUSTING:
            yield name
        if isinstance(child, ast.Attribute) and child.attr in TRUSTING:
            yield name
        if named and child.name in TRUSTING:
            yield name
        yield from _declared_in(child, f"{name}.{child.name}" if named else name)


def test_the_code_declares_safe_what_stands_in_the_list_and_nothing_else():
    assert set(declared()) == set(DECLARED)


def test_templates_trust_no_text():
    found = [
        (path.name, match[0])
        for path in sorted((PROJECT / "templates").rglob("*.*"))
        if not (path.suffix == ".txt" and path.parent.name == "email")  # plain text, not HTML
        for match in TRUSTING_IN_TEMPLATES.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


# Each of them, and each tag that makes HTML around a text


def render(source, **context):
    tags = "concept drawing facets head matrix parts sources texts timeline trees versus words"
    return Template(f"{{% load {tags} %}}{source}").render(Context(context))


def option(text):
    return SimpleNamespace(
        value=text, label=text, count=1, selected=False, disabled=False, is_former=True, tree=text
    )


def map_of(text):
    label = SimpleNamespace(x=1, y=1, text=text)
    pole = SimpleNamespace(left=1, top=1, bottom=2)
    sign = SimpleNamespace(
        board=(0, 0, 9, 9), tip=1, points_left=True, pole=pole, x=1, y=1, text=text
    )
    dot = SimpleNamespace(cx=1, cy=1, r=1, title=text, url=f"/gebieden/{text}/")
    return SimpleNamespace(
        layers=[SimpleNamespace(css_class="mark-1", is_coloured=True, dots=[dot])],
        land=[(1, 1, 1)],
        chosen=None,
        letterings=[SimpleNamespace(name="towns", labels=[label], sign=sign)],
        label=text,
        has_links=True,
        width=9,
        height=9,
    )


def facet(text):
    """One of which nothing is chosen."""
    made = SimpleNamespace(
        **dict.fromkeys(("label", "hint", "more_label", "search_label"), text),
        key="soort",
        template="finder/_facet.html",
        is_open=True,
        is_long=True,
        is_whole=True,
        visible=[option(text)],
        more=[option(text)],
        switch=None,
        selected=set(),
        has_frame=True,
        is_unfilled=False,
        frames={},
        halves={},
    )
    made.unfilled = lambda: SimpleNamespace(**vars(made) | {"is_unfilled": True})
    return made


def citation(text):
    source = SimpleNamespace(
        short_title=text,
        get_absolute_url="/bronnen/a/",
        archived_link=f"https://example.org/{text}",
    )
    address = f"/bronnen/a/#{text}"
    return SimpleNamespace(
        pk=text,
        source=source,
        place=text,
        location=text,
        page=1,
        page_in_words=text,
        page_url=f"https://a.be/{text}#page=1",
        get_absolute_url=lambda: address,
    )


def said(text):
    """A statement of any kind, with all that a page prints of it."""
    return SimpleNamespace(
        **dict.fromkeys(("wording", "note", "doubt", "label", "unit", "amount", "text"), text),
        data_name="soort",
        key=text,
        is_dated=False,
        date=None,
        citations=SimpleNamespace(all=lambda: [citation(text)]),
    )


def section(text):
    parts = [
        Part(kind, [said(text)], text, [said(text)])
        for kind in (printed.audiences, printed.figures, printed.passages)
    ]
    return Section(text, text, title=text, gist=text, parts=parts)


def page_of(text):
    """What the page of a concept says of itself."""
    asked = {"url": f"/a/{text}", "note": text, "statements": [said(text)]}
    cell = {"question": text, "answer": text, **asked}
    return SimpleNamespace(
        tree=text,
        in_dots=[],
        factbox=SimpleNamespace(
            cells=[cell, cell | {"answer": ""}], strip=[{"label": text, "value": text, **asked}]
        ),
    )


def named(text):
    return SimpleNamespace(name=text, get_absolute_url=lambda: f"/a/{text}")


def stop(text, **more):
    date = SourceDate(text)
    return Stop(date, text, said(text), True, text, [citation(text)], key=text, **more)


def points(text):
    """Rows of a comparison: what both say, what one says, and at length."""
    value = Value(text, text, (said(text),), f"/a/{text}", text, text, text)
    alone = Point("soort", text, [[value], []], text, f"/a/{text}", folded=(text, text))
    same = Point("soort", text, [[value], [value]])
    return [Row(alone, [text, text], text), Row(same, [text, text])]


def matrix_row(text):
    column = SimpleNamespace(is_first=True, is_over=True, name=text, mark=text)
    sign = SimpleNamespace(strength=text, letter=text, word=text)
    cell = SimpleNamespace(
        **dict.fromkeys(("title", "roles_said"), text),
        **{"column": column, "sign": sign, "has_more": True, "url": f"/a/{text}"},
        is_over=True,
        mark=text,
        role=SimpleNamespace(value=text),
    )
    return SimpleNamespace(
        **{"line": [(column, cell)], "in_order": [cell], "name": text, "url": f"/a/{text}"},
        **dict.fromkeys(("number", "must", "must_width", "rest_width"), 1),
        **{"pressed": SimpleNamespace(is_broad=True), "over_said": text, "summary": text},
    )


def request():
    return SimpleNamespace(path="/", build_absolute_uri=lambda path="/": f"https://site.be{path}")


PRINTED = {
    "trees": "{% species %}{% tree text %}{% forest_strip trees %}{% grove trees %}",
    "head.block": "{% term_data text text text %}{% breadcrumb_data %}",
    "head.Keep": '{% keep kept %}a <b>{{ text }}</b>{% endkeep %}<p title="{{ kept }}">'
    "{{ kept }}</p>",
    "drawing.svg": "{% svg map %}",
    "facets.fieldset": "{% fieldset facet %}",
    "facets.options": "{% options facet options %}",
    "facets.choices": "<select>{% choices options %}</select>",
    "sources.sources": "<p>{% sources cited text %}</p>{% sources cited text|markdown %}",
    "sources.margin": "{% margin cited %}",
    "sources.source_list": "{% sources cited text %}{% source_list %}",
    "texts.markdown": "{{ text|markdown }}",
    "timeline.svg": "{% outcome_sign text %}",
    "texts.plain": '<p title="{{ text|markdown|plain_text }}" '
    'lang="{{ text|markdown|plain_text|truncatechars:155 }}">a</p>',
    "texts.column_name": "{{ text|column_name }}",
    "texts.together": "{{ text|together }}{{ text|foreign|together }}",
    "texts": "{{ text|breakable }}{{ text|running }}{{ text|first_sentence }}"
    "{% unstated text %}{% role_tile text label=text %}{% role_tile text %}"
    '<a href="{{ text|weblink }}" title="{{ text|breakable }}">{{ text|short_address }}</a>',
    "words": "{{ text|foreign }}{% explained text %}{% named text %}{% linked text '/a/' %}"
    "{{ text|markdown:words }}",
    "texts.worded": "{% explained text %}{% named text %}{{ text|foreign }}",
    "texts.grouped_options": "<select>{% grouped_options groups %}</select>",
    "texts.word_list": "{% explained text %}{% word_list words.explained %}",
    "trees.drawing": "{% tree text %}{% forest_strip trees %}{% grove trees %}{% dots 2 1 %}",
    "parts.lines": "{% for part in section.parts %}{% lines part %}{% endfor %}",
    "parts.folds": "{% folds sections %}",
    "concept.factbox": "{% factbox page %}",
    "timeline.stops": "{% stops stops %}",
    "versus.versus_rows": "<table>{% versus_rows points %}</table>",
    "matrix.matrix_cells": "<table><tr>{% matrix_cells matrix_row %}</tr></table>",
    "matrix.matrix_bar": "{% matrix_bar matrix_row %}",
    "matrix.matrix_list": "{% matrix_list matrix %}",
}


@pytest.mark.parametrize("place", PRINTED)
@pytest.mark.parametrize("kind", hostile.KINDS)
def test_no_text_becomes_markup(place, kind):
    for text in hostile.KINDS[kind]:
        text = text[:2_000]
        trees = [{"tree": text, "height": 2, "on": True, "title": text}]
        html = render(
            PRINTED[place],
            text=text,
            request=request(),
            breadcrumbs=[{"label": text, "url": "/"}, {"label": text}],
            trees=trees,
            map=map_of(text),
            facet=facet(text),
            groups=[(text, [(text, text, True)])],
            section=section(text),
            sections=[section(text)],
            page=page_of(text),
            stops=[stop(text), stop(text, url=f"/a/{text}", named=[(text, named(text))])],
            points=points(text),
            matrix_row=matrix_row(text),
            matrix=SimpleNamespace(often=[matrix_row(text)], is_matrix=True),
            options=[option(text)],
            names=[text],
            cited=[citation(text)],
            notes=Notes(),
            words=Words([Word(text, (text,), text, f"/begrippen/{text}/", text)]),
        )

        assert hostile.read(html).found == []


def test_every_declaration_is_tried():
    assert set(DECLARED) <= set(PRINTED)


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_no_explained_word_becomes_markup(kind):
    """Neither in the text around it, nor in its own language."""
    for text in hostile.KINDS[kind]:
        text = text[:500]
        word = Word(text, (text, f"{text}en"), text, "/begrippen/a/", text)
        words = Words([word, Word("CAW", ("CAW",), "", "/b/")])

        html = render("{% explained t %}{{ t|markdown:words }} CAW", t=text, words=words)

        assert hostile.read(html).found == []


class TestWordsOfSigns:
    @pytest.mark.parametrize(
        "text", ["“Zorg”", "(G)GBO", "'s-Gravenhuis", "<x>", "R&D", '"x" en y', "&co"]
    )
    def test_are_found_where_they_stand(self, text):
        for source in ("{% explained t %}", "{{ t|markdown:words }}"):
            words = Words([Word(text, (text,), "Uitleg.", "/begrippen/a/")])

            marked = render(source, t=f"Dit is {text}.", words=words)

            assert [found.word.text for found in words.explained] == [text]
            plain = render(source, t=f"Dit is {text}.", words=None)
            assert re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", marked) == plain

    @pytest.mark.parametrize("text", ["–", "“…”", "", "\u0301", "\u200b", "🌲"])
    def test_without_a_letter_are_not_explained(self, text):
        words = Words([Word(text, (text,), "Uitleg.", "/begrippen/a/")])

        assert words.html(f"a {text} b") == f"a {text} b"

    @pytest.mark.parametrize("text", ["amp", "lt", "x27", "quot", "nbsp"])
    def test_a_sign_that_is_written_as_a_name_is_no_word(self, text):
        words = Words([Word(text, (text,), "Uitleg.", "/begrippen/a/")])

        for source in ("{% explained t %}", "{{ t|markdown:words }}"):
            assert "term" not in render(source, t="a & b < c ' \" d\xa0e", words=words)


@pytest.mark.django_db
class TestTerms:
    """The two ways in which one term broke or took over pages."""

    @pytest.mark.parametrize("field", ["name", "abbreviation"])
    def test_one_that_starts_with_a_sign_breaks_no_page(self, client, field):
        term = TermFactory(definition="Over (G)GBO en andere zorg.")
        TermFactory(**{field: "(G)GBO"})
        TermFactory(**{field: "–"})

        response = client.get(term.get_absolute_url())

        assert response.status_code == 200
        assert ">(G)GBO</a>" in response.content.decode()

    def test_one_whose_explanation_holds_quotes_changes_no_head(self, client):
        said = '0;url=https://example.org/" http-equiv="refresh" data-x="'
        term = TermFactory(definition=said)

        html = client.get(term.get_absolute_url()).content.decode()

        assert hostile.read(html).found == []
        escaped = said.replace('"', "&quot;")
        assert html.count(f'content="{escaped}"') == 2

    def test_a_long_explanation_is_cut_between_signs(self, client):
        term = TermFactory(definition="a & " * 100)

        html = client.get(term.get_absolute_url()).content.decode()

        description = re.search('<meta name="description" content="([^"]*)"', html)[1]
        assert re.fullmatch("(a &amp; )+a ?(&amp;)? ?…|(a &amp; )+(a ?)?…", description)
