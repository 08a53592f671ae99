"""Money, days and acts that only pages of after the two documents, or beside them, tell of."""

import pytest

from concepts.models import Claim, ConceptVersion, KeyFigure, LegalBasis, Milestone, Passage
from governance.models import ChangeEvent, Decree, DecreeDate, Source

pytestmark = pytest.mark.usefixtures("only_reads")

#: What a passage says, and the page that says it.
TOLD = [
    (
        "gbo",
        "subsidie-lokale-besturen",
        "25.000 tot 75.000 euro per jaar",
        "departementwvg-gbo-subsidie",
    ),
    ("lokale-gezinscoaches", "subsidie", "kreeg 25.000 euro", "brechtwarnez-gezinscoaches"),
    (
        "zorgzame-buurten",
        "verlenging",
        "een jaar bij. Het waren er uiteindelijk 132",
        "weliswaar-zorgzame-buurten",
    ),
]


@pytest.mark.parametrize(("concept", "key", "words", "page"), TOLD)
def test_what_a_page_tells_is_marked_and_cited_to_it(concept, key, words, page):
    row = Passage.objects.get(version__concept__slug=concept, key=key)

    assert words in row.text
    assert "van buiten de poster en de tekst" in row.note
    assert {place.source.slug for place in row.citations.all()} == {page}


@pytest.mark.parametrize(
    ("act", "kind", "date", "page"),
    [
        ("bvr-departement-zorg", "bekrachtigd", "12 mei 2023", "wetwijzer-besluit-zorgraden"),
        ("regeerakkoord-2024-2029", "vermeld", "september 2024", "knack-regeerakkoord-2024"),
        ("vapa", "aangenomen", "25 september 2020", "vlaanderen-vapa"),
    ],
)
def test_an_act_has_the_day_that_a_page_gives(act, kind, date, page):
    (row,) = DecreeDate.objects.filter(decree__slug=act, kind=kind)

    assert str(row.date) == date
    assert row.citations.first().source.slug == page
    assert "van buiten" in Decree.objects.get(slug=act).note


def test_the_act_on_departement_zorg_is_named_and_not_said_to_have_merged_anything():
    """That it decided the merger, no page says."""
    event = ChangeEvent.objects.get(slug="fusie-departement-zorg")

    assert event.decree is None
    assert LegalBasis.objects.filter(
        version__concept__slug="hertekening-vlaamse-administratie",
        decree__slug="bvr-departement-zorg",
    ).exists()


def test_the_money_of_a_project_was_for_its_part_in_the_research():
    figure = KeyFigure.objects.get(version__concept__slug="lokale-gezinscoaches", key="subsidie")

    assert f"{figure.value:f}" == "25000.00"
    assert "onderzoek" in figure.label


def test_zorgzame_buurten_got_a_year_and_no_day_on_which_they_ended():
    end = Milestone.objects.get(version__concept__slug="zorgzame-buurten", key="einde-projecten")
    version = ConceptVersion.objects.published().get(concept__slug="zorgzame-buurten")
    claim = Claim.objects.get(discrepancy__slug__startswith="x01-", is_preferred=True)

    assert (str(end.date), end.outcome) == ("29 februari 2024", "onbekend")
    assert "een jaar bij kregen. Op welke dag ze eindigden, vonden we niet" in end.note
    assert end.outcome_citations.get().source.slug == "weliswaar-zorgzame-buurten"
    assert "een jaar bij" in version.standings.get().note
    assert "Weliswaar" in claim.text


def test_the_federal_law_on_the_livc_r_reaches_further_than_flanders():
    version = ConceptVersion.objects.published().get(concept__slug="livc-r")
    row = version.coverages.get()

    assert "alle Belgische gemeenten; dat komt van buiten" in row.note
    assert "besafe-livc-r" in {place.source.slug for place in row.citations.all()}


def test_a_page_whose_own_address_is_lost_says_how_to_find_it():
    bare = [
        source
        for source in Source.objects.filter(origin=Source.Origin.OUTSIDE)
        if source.url.rstrip("/").count("/") == 2
    ]

    assert bare
    assert [source.slug for source in bare if "Het adres is dat van" not in source.note] == []
