"""Text in one form: what nobody sees differ is the same, and what one can see stays."""

import pytest

from eerstelijn import one_form

LINES = {
    "vaste spatie": ("De\u00a0Panne", "De Panne"),
    "smalle vaste spatie": ("De\u202fPanne", "De Panne"),
    "twee spaties": ("De  Panne ", "De Panne"),
    "tab": ("De\tPanne", "De Panne"),
    "regeleinde": ("De\nPanne", "De Panne"),
    "koppelteken": ("Klein\u2010Brabant", "Klein-Brabant"),
    "vast koppelteken": ("Klein\u2011Brabant", "Klein-Brabant"),
    "zacht koppelteken": ("eerste\u00adlijn", "eerstelijn"),
    "zonder breedte": ("De\u200b Pan\ufeffne", "De Panne"),
    "andere richting": ("\u202eDe\u2066 Panne\u2069\u200f", "De Panne"),
    "letters in twee stukken": ("coo\u0308rdinatie", "coördinatie"),
    "wat je ziet, blijft": ("‘s – “x” — y … ½ €", "‘s – “x” — y … ½ €"),
}
TEXTS = {
    "opsomming van Word": ("Dit:\r\n•\tEen\r\n•\tTwee", "Dit:\n- Een\n- Twee"),
    "punt halverwege": ("·\tEen\n· Twee", "- Een\n- Twee"),
    "tweede niveau": ("o\tEen", "- Een"),
    "streepje met tab": ("-\tEen\n–\tTwee", "- Een\n- Twee"),
    "vaste spatie na de bol": ("•\u00a0Een", "- Een"),
    "bol uit een lettertype": ("\uf0b7\tEen", "- Een"),
    "genummerd": ("1.\tEen\n2)\tTwee", "1. Een\n2) Twee"),
    "zachte regel": ("Een\vtwee\u2028drie", "Een\ntwee\ndrie"),
    "spatie achteraan": ("Een \n\nTwee", "Een\n\nTwee"),
    "ingesprongen": ("- Een\n  - Twee", "- Een\n  - Twee"),
    "geen opsomming": ("o spul\n– nee · ja\n* sterk*", "o spul\n– nee · ja\n* sterk*"),
}


@pytest.mark.parametrize(("before", "after"), LINES.values(), ids=LINES)
def test_a_line_has_one_form(before, after):
    assert one_form.line(before) == after
    assert one_form.line(after) == after


@pytest.mark.parametrize(("before", "after"), TEXTS.values(), ids=TEXTS)
def test_a_text_has_one_form(before, after):
    assert one_form.text(before) == after
    assert one_form.text(after) == after


def test_what_changed_is_said_in_words():
    assert one_form.changes("Gewone tekst – met “tekens”.") == []
    assert one_form.changes("•\tEen\u200b") == [
        "vaste spaties en tabs",
        "onzichtbare tekens",
        "opsommingstekens",
    ]


def test_nul_stays_for_the_form_to_refuse():
    assert one_form.text("a\0b") == "a\0b"
