"""Two texts compared, by word."""

import time

import pytest

from concepts.versions.words import Mark, Piece, by_word, differ, in_short
from tests.marked import marked


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Een huis.", "Een huis.", "Een huis."),
        ("Een groot huis.", "Een klein huis.", "Een [-groot -]{+klein +}huis."),
        ("Een huis.", "Een huis voor jou.", "Een [-huis.-]{+huis voor jou.+}"),
        ("", "Nieuw.", "{+Nieuw.+}"),
        ("Oud.", "", "[-Oud.-]"),
        ("Een  huis", "Een huis", "Een huis"),
        ("- a\n- b", "- a\n- c\n- b", "- a\n- {+c\n- +}b"),
    ],
)
def test_texts_are_compared_by_word(before, after, said):
    assert marked(by_word(before, after)) == said


def test_every_word_of_both_texts_is_told_once():
    before, after = "a b c d e f g", "a c b d x f"
    pieces = by_word(before, after)

    assert "".join(p.text for p in pieces if p.mark is not Mark.GONE).split() == after.split()
    assert {w for p in pieces if p.mark is Mark.GONE for w in p.text.split()} <= {*before.split()}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("a  b ", " a b", False), ("a b", "a\nb", True), ("a", "A", True), ("a", "a.", True)],
)
def test_spaces_make_no_difference_and_lines_do(before, after, expected):
    assert differ(before, after) is expected


@pytest.mark.parametrize(
    "texts",
    [
        ("zorg " * 10_000, "huis " + "zorg " * 10_000),
        (" ".join(map(str, range(10_000))), " ".join(map(str, range(10_000, 0, -1)))),
    ],
    ids=["one word", "turned round"],
)
def test_long_texts_take_no_minutes(texts):
    began = time.process_time()

    assert by_word(*texts)
    assert time.process_time() - began < 5


def test_of_a_long_text_the_words_near_a_change_are_shown():
    words = [f"w{n}" for n in range(200)]
    changed = [*words[:100], "anders", *words[101:]]

    short = in_short(by_word(" ".join(words), " ".join(changed)))

    assert marked(short) == (
        f"… {' '.join(words[88:100])} [-w100 -]{{+anders +}}{' '.join(words[101:113])} … "
    )
    assert in_short([Piece("kort")]) == (Piece("kort"),)
