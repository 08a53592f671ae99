"""What a comparison of records with the places that they cite found, kept so."""

import re

import pytest

from concepts.models import ConceptVersion, LegalBasis, Milestone
from governance.models import Decree, DecreeDate

pytestmark = pytest.mark.django_db

#: Days that the sources give, each in the timeline of the concept that it is about.
DATED = [
    ("de-stek", "mei 2022"),
    ("gbo", "9 februari 2018"),
    ("huizen-van-het-kind", "9 februari 2018"),
    ("livc-r", "30 juli 2018"),
    ("sociaal-huis", "9 februari 2018"),
    ("eerstelijnszones-en-zorgraden", "26 april 2019"),
    ("eerstelijnszones-en-zorgraden", "1 juli 2020"),
    ("netwerken-ggz", "5 april 2019"),
    ("hervorming-zorgraden", "9 december 2022"),
    ("hervorming-zorgraden", "12 januari 2023"),
    ("regiovorming", "12 maart 2021"),
    ("regiovorming", "7 augustus 2022"),
    ("regiovorming", "1 februari 2023"),
]


def version_of(slug):
    return ConceptVersion.objects.published().get(concept__slug=slug)


@pytest.mark.parametrize(("slug", "date"), DATED)
def test_a_dated_step_stands_in_the_timeline(slug, date):
    assert date in version_of(slug).milestones.values_list("date_label", flat=True)


def test_a_circular_has_the_day_on_which_it_was_signed():
    dates = DecreeDate.objects.filter(decree__kind=Decree.Kind.CIRCULAR)

    assert {row.kind for row in dates} == {DecreeDate.Kind.SIGNED}


def test_the_title_of_an_act_does_not_carry_the_day_of_its_adoption():
    """An opschrift gives one date, that of the bekrachtiging."""
    wrong = [
        str(row)
        for row in DecreeDate.objects.filter(kind=DecreeDate.Kind.ADOPTED)
        for place in row.citations.all()
        if place.heading == "opschrift" and place.source.date.label != row.date.label
    ]

    assert wrong == []


def test_the_act_that_pays_for_the_gbo_stands_there():
    acts = LegalBasis.objects.filter(version=version_of("gbo"))

    assert acts.filter(decree__slug="bvr-beleidsprioriteiten-2018").exists()


def test_an_article_of_a_code_that_was_to_be_replaced_is_not_said_to_be_in_force():
    article = Decree.objects.get(slug="strafwetboek-458ter")

    assert article.status == Decree.Status.UNKNOWN
    assert "8 april 2026" in article.note


def test_what_was_announced_is_not_told_as_done():
    """Whether it came, no source says."""
    past = re.compile(r"\b(liep|liepen|duurde|duurden|eindigde|eindigden|opende|openden)\b")
    announced = Milestone.objects.filter(outcome=Milestone.Outcome.UNKNOWN).exclude(date_label="")
    told = [
        f"{milestone}: {sentence}"
        for milestone in announced
        for said in (
            *milestone.version.passages.values_list("text", flat=True),
            *milestone.version.key_figures.values_list("note", flat=True),
        )
        for sentence in re.split(r"(?<=[.?!])\s", said)
        if milestone.date_label in sentence and past.search(sentence)
    ]

    assert told == []


@pytest.mark.parametrize("slug", ["family-justice-centers", "ketenaanpak-ifg"])
def test_points_that_a_source_gives_as_examples_are_not_counted(slug):
    points = version_of(slug).passages.get(key="verbeterpunten")

    assert "onder meer" in points.text


def test_an_advice_says_what_should_be_and_not_what_is():
    advice = Decree.objects.get(slug="advies-kwaliteit-vlaamse-raad-wvg")

    assert advice.description.count("moet") == 3
