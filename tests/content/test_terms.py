"""Where a document shows what a word means, the glossary says it, in words of our own."""

import pytest

from concepts.models import Term

pytestmark = pytest.mark.usefixtures("only_reads")

UNEXPLAINED = "leggen de bronnen niet uit"
#: Words of which a document says, by what stands beside them, what they mean; and a part of that.
SHOWN = [
    ("besluit-van-de-vlaamse-regering", "voert er een decreet mee uit"),
    ("formele-zorg", "naast de informele zorg"),
    ("governance", "Hoe een zorgraad bestuurd wordt"),
    ("intrafamiliaal-geweld", "Geweld in een gezin"),
    ("maatschappelijk-kapitaal", "informele zorg"),
    ("onderbescherming", "aanspraak maken op rechten en diensten"),
    ("sociale-bescherming", "rechten en diensten waarop je aanspraak kunt maken"),
    ("sociale-grondrechten", "Welke rechten het zijn, zeggen de bronnen niet"),
    ("veelplegers", "daders van lokale criminaliteit"),
]
#: Words that no document explains, and no page that we cite: these say so.
LEFT = """casemanagement casusregie community-care de-institutionalisering
    eergerelateerd-geweld evidence-based injunctierecht inschaling intern-verzelfstandigd-agentschap
    kracht-en-contextgericht-werken omgevingsanalyse politiserende-functie populatiemanagement
    trajectondersteuning vraagsturing zorgcoordinatie""".split()


@pytest.mark.parametrize(("slug", "words"), SHOWN)
def test_a_word_that_a_document_shows_the_meaning_of_is_explained(slug, words):
    term = Term.objects.get(slug=slug)

    assert words in term.definition
    assert UNEXPLAINED not in term.definition
    assert {place.source.origin for place in term.citations.all()} == {"eigen"}


def test_only_words_that_nobody_explained_say_so():
    said = Term.objects.filter(definition__contains=UNEXPLAINED)

    assert sorted(said.values_list("slug", flat=True)) == LEFT
