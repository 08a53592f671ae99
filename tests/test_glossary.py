"""The words that a page may explain: terms, and the abbreviations of records."""

import pytest

from concepts.models import Alias
from concepts.search import glossary
from concepts.search.index import reindex_all
from eerstelijn.pages.words import Word
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    ConceptVersionFactory,
    PartnerFactory,
    PolicyDomainFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


def explained():
    return {form: word for word in glossary.words() if word.url for form in word.forms}


def test_a_term_is_known_by_its_name_and_its_abbreviation():
    TermFactory(slug="elz", name="eerstelijnszone", abbreviation="ELZ", definition="Een gebied.")

    words = explained()

    assert words["ELZ"] is words["eerstelijnszone"]
    assert words["ELZ"].explanation == "Een gebied."
    assert words["ELZ"].url == "/begrippen/elz/"


def test_a_foreign_term_brings_its_language():
    TermFactory(name="non-take-up", language="en")

    assert explained()["non-take-up"].language == "en"


def test_abbreviations_of_records_are_written_out():
    PartnerFactory(slug="caw", name="CAW", long_name="centrum algemeen welzijnswerk")
    PolicyDomainFactory(slug="wvg", name="Welzijn", abbreviation="WVG")
    AliasFactory(
        text="AJH",
        kind=Alias.Kind.ABBREVIATION,
        agency=AgencyFactory(slug="ajh", name="Agentschap Justitie en Handhaving"),
    )
    ConceptVersionFactory(
        published=True, concept__slug="gbo", name="Geïntegreerd breed onthaal", abbreviation="GBO"
    )

    assert {form: (word.explanation, word.url) for form, word in explained().items()} == {
        "CAW": ("centrum algemeen welzijnswerk", "/partners/caw/"),
        "WVG": ("Welzijn", "/beleidsdomeinen/wvg/"),
        "AJH": ("Agentschap Justitie en Handhaving", "/diensten/ajh/"),
        "GBO": ("Geïntegreerd breed onthaal", "/concepten/gbo/"),
    }


def test_a_record_with_an_ordinary_name_explains_itself():
    PartnerFactory(name="Opgroeien", long_name="Agentschap Opgroeien")

    assert explained() == {}


def test_a_term_goes_before_a_record_with_the_same_abbreviation():
    TermFactory(name="eerstelijnszone", abbreviation="ELZ", definition="Een gebied.")
    ConceptVersionFactory(published=True, name="Zones en raden", abbreviation="ELZ")

    assert explained()["ELZ"].explanation == "Een gebied."


def test_the_abbreviation_of_a_working_copy_is_not_given_away():
    ConceptVersionFactory(abbreviation="GEHEIM")

    assert explained() == {}


def test_one_query_asks_for_all_and_a_process_keeps_them(django_assert_num_queries):
    TermFactory.create_batch(15)
    reindex_all()

    # Whether the content changed, and then all words.
    with django_assert_num_queries(2):
        assert len(glossary.words()) == 15 + len(glossary.FOREIGN_NAMES)
    with django_assert_num_queries(1):
        assert len(glossary.words()) == 15 + len(glossary.FOREIGN_NAMES)


def test_a_word_that_an_editor_adds_is_known_at_once():
    reindex_all()
    glossary.words()

    TermFactory(name="vlieger")
    reindex_all()

    assert "vlieger" in explained()


@pytest.mark.parametrize(
    ("definition", "explanation"),
    [
        ("Een raad. Hij stuurt een zone aan.", "Een raad. Hij stuurt een zone aan."),
        ("Een raad.\n\nEn nog veel meer.", "Een raad."),
        ("Een raad. Erin zitten:\n- artsen", "Een raad."),
        ("Erin zitten:\n- artsen", "Erin zitten"),
        ("Zo lang. " * 40, ("Zo lang. " * 24).strip()),
    ],
)
def test_an_explanation_is_cut_between_sentences(definition, explanation):
    assert Word("raad", ("raad",), definition).explanation == explanation
