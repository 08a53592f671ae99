"""What is wrong in a form leads to its field; a text is brought in one form, and has a limit."""

import re

import pytest

from tests.desk import change_url, fields_of, opened, send
from tests.factories import ConceptVersionFactory, PartnerFactory, PassageFactory
from tests.two_editors import complete_copy, els, nora, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return els()


@pytest.fixture
def writer():
    return nora()


@pytest.fixture
def complete():
    return complete_copy()


# Errors lead to their field


def test_the_summary_of_errors_links_to_every_field(desk, complete):
    url = change_url(complete, "teksten")

    response = send(desk, url, **{"passages-0-text": "", "passages-0-kind": ""})

    page = response.content.decode()
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>: Dit veld is verplicht\.', page)
    assert [anchor for anchor, _ in links] == ["id_passages-0-kind", "id_passages-0-text"]
    assert links[1][1].startswith("Passage “")
    assert links[1][1].endswith(", Tekst")
    assert 'role="alert"' in page
    for anchor, _ in links:
        assert f'id="{anchor}"' in page


def test_a_fold_that_holds_an_error_is_open(desk, complete):
    bounds = {"passages-0-start_earliest": "01-02-2024", "passages-0-start_latest": "01-01-2024"}

    response = send(
        desk, change_url(complete, "teksten"), **bounds, **{"passages-0-start_label": "Pasen"}
    )

    assert response.status_code == 200
    page = response.content.decode().split('id="passages-0"')[1].split('id="passages-empty"')[0]
    assert "<details open>" in page


def test_a_fold_that_holds_a_question_is_open_also_when_the_form_comes_back(desk, writer, complete):
    url = change_url(complete, "teksten")
    mine = opened(desk, url)
    send(writer, url, **{"passages-0-position": "7"})

    told = send(desk, url, mine, **{"passages-0-position": "9"}, _herstel="1")

    page = told.content.decode().split('id="passages-0"')[1].split('id="passages-empty"')[0]
    assert "vraag-passages-0-position" in page
    assert "<details open>" in page


def test_what_is_missing_links_to_its_tab_and_row(desk):
    version = ConceptVersionFactory()
    row = PassageFactory(version=version, kind="doelstelling", citations=[])

    page = desk.get(change_url(version)).content.decode()

    texts = change_url(version, "teksten")
    assert f'href="{texts}#passages-group"' in page
    assert f'href="{texts}#passages-rij-{row.pk}"' in page
    assert f'href="{change_url(version)}#id_described_by"' in page
    assert f'id="passages-rij-{row.pk}"' in desk.get(texts).content.decode()


# Text: one form, and a limit


def test_what_word_brings_along_is_brought_in_one_form_and_told(desk, complete):
    url = change_url(complete, "teksten")

    response = send(desk, url, **{"passages-0-text": "Dit:\r\n•\tDe\u00a0Panne\r\n•\tTwee\u200b"})

    assert complete.passages.get().text == "Dit:\n- De Panne\n- Twee"
    page = desk.get(response["Location"]).content.decode()
    assert "We brachten “Tekst” in één vorm (vaste spaties en tabs, onzichtbare tekens" in page


def test_a_name_is_brought_in_one_form_too(desk):
    partner = PartnerFactory()

    send(desk, change_url(partner), name="Huis\u00a0van het\u202fKind\u200b")

    assert now(partner).name == "Huis van het Kind"


def test_an_ordinary_text_is_not_told_about(desk, complete):
    response = send(desk, change_url(complete), reason="Eén “reden” – meer niet.")

    assert "We brachten" not in desk.get(response["Location"]).content.decode()


def test_a_text_has_a_limit_that_is_said_in_words(desk, complete):
    url, longest = change_url(complete, "teksten"), "a" * 20_000

    refused = send(desk, url, **{"passages-0-text": longest + "b"})

    assert "hoogstens 20.000 tekens; deze telt er 20.001" in refused.content.decode()
    assert ("passages-0-text", longest + "b") in fields_of(refused)  # nothing is cut off
    assert send(desk, url, **{"passages-0-text": longest}).status_code == 302


@pytest.mark.parametrize(
    "data", [{"note": "a" * 2_700_000}, {f"veld-{number}": "x" for number in range(1_001)}]
)
def test_a_form_that_is_too_large_says_so(desk, data):
    response = desk.post(change_url(PartnerFactory()), data)

    page = response.content.decode()
    assert response.status_code == 413
    assert "Dit formulier is te groot" in page
    assert "Er is niets bewaard." in page
    assert "in het adres" not in page
