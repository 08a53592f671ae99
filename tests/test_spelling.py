"""Typing mistakes lead to the word that was meant, and never to a guess."""

import pytest

from eerstelijn.dutch.spelling import nearest, trigrams


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("eerstelijszone", "eerstelijnszone"),
        ("intrafamilial", "intrafamiliaal"),
        ("zorgraat", "zorgraad"),
        ("zorggraad", "zorgraad"),
        ("radicalisring", "radicalisering"),
        ("onderbeschreming", "onderbescherming"),
        ("psygiatrie", "psychiatrie"),
        ("burgermeester", "burgemeester"),
        ("Oostenden", "oostende"),
        ("geizn", "gezin"),
        ("OCWM", "ocmw"),
    ],
)
def test_typing_mistake_leads_to_the_word_that_was_meant(typed, meant):
    words = "gezin gezinnen zorg zorgraden raad onderwijs radicaal familie zone werk plan oostkamp"

    assert nearest(typed, [*words.split(), meant]) == meant


@pytest.mark.parametrize("word", ["kerk", "voetbal", "kindergeld", "xy", "", "a" * 10_000])
def test_far_fetched_correction_is_not_made(word):
    assert nearest(word, ["werk", "kinderen", "gezin", "plan", "zorgraad", ""]) is None


def test_trigrams_are_those_of_pg_trgm():
    assert trigrams("Zoë") == {"  z", " zo", "zoe", "oe "}
