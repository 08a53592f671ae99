"""Stand vandaag: whether a concept still runs, and as of when."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from concepts.models import ConceptVersion, Standing
from tests.answers import slugs, text
from tests.factories import ConceptFactory, ConceptVersionFactory, StandingFactory

pytestmark = pytest.mark.django_db

State = Standing.State


def published(slug, *statements, **fields):
    return ConceptVersionFactory(
        published=True, concept__slug=slug, statements=statements, **fields
    )


@pytest.fixture
def merged():
    """A concept that went on in another, which has a name of its own."""
    other = published("ander", name="Het Andere").concept
    published("gbo", partial(StandingFactory, state=State.MERGED, into=other))
    return other


def test_a_concept_that_went_on_names_the_other_and_no_concept_else_does():
    with pytest.raises(IntegrityError, match="into_if_merged"):
        StandingFactory(state=State.MERGED)


def test_a_concept_that_runs_names_no_other():
    with pytest.raises(IntegrityError, match="into_if_merged"):
        StandingFactory(state=State.RUNNING, into=ConceptFactory())


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"state": State.MERGED, "date_label": "mei 2026"}, "noemt het concept waarin"),
        ({"state": State.RUNNING}, "Zeg van wanneer de jongste bron is"),
    ],
)
def test_an_editor_reads_what_is_wrong_in_dutch(fields, told):
    row = Standing(version=ConceptVersionFactory(), key="a", **fields)

    with pytest.raises(ValidationError, match=told):
        row.full_clean()


def test_the_page_says_how_it_stands_as_of_when(client):
    published("gbo", partial(StandingFactory, state=State.PILOT, date="mei 2026"))

    assert "Loopt als proef (mei 2026)" in text(client.get("/concepten/gbo/"))


def test_what_nothing_was_found_of_since_is_not_said_to_run(client):
    published("gbo", partial(StandingFactory, state=State.SILENT, date="maart 2023"))

    page = text(client.get("/concepten/gbo/"))

    assert "Liep in maart 2023, sindsdien niets gevonden" in page
    assert "Loopt" not in page


@pytest.mark.parametrize("kind", ["kader", "visie"])
def test_a_framework_and_a_vision_are_not_said_to_run(client, kind):
    published("gbo", partial(StandingFactory, state=State.RUNNING, date="mei 2026"), kind=kind)
    published("b", partial(StandingFactory, state=State.SILENT, date="maart 2023"), kind=kind)

    assert "Actueel (mei 2026)" in text(client.get("/concepten/gbo/"))
    assert "Actueel in maart 2023, sindsdien niets gevonden" in text(client.get("/concepten/b/"))
    rows = text(client.get("/concepten/"))
    assert "Actueel volgens een bron van mei 2026" in rows
    assert "Actueel in maart 2023 sindsdien niets gevonden" in rows


def test_how_it_is_said_is_read_with_the_version(django_assert_num_queries):
    for slug in ("a", "b", "c"):
        published(slug, partial(StandingFactory, state=State.SILENT), kind="visie")
    versions = list(ConceptVersion.objects.published().prefetch_related("standings"))

    with django_assert_num_queries(0):
        said = {row.in_short[0] for version in versions for row in version.standings.all()}
    assert said == {"Actueel in mei 2026"}


def test_a_reform_and_a_plan_run(client):
    for kind in ("hervorming", "plan"):
        published(kind, partial(StandingFactory, state=State.SILENT, date="mei 2026"), kind=kind)

        assert "Liep in mei 2026" in text(client.get(f"/concepten/{kind}/"))


def test_the_fact_box_says_first_how_it_stands(client):
    published("gbo", partial(StandingFactory, state=State.ENDED, date="mei 2026"))

    page = text(client.get("/concepten/gbo/"))

    assert page.count("Afgelopen (mei 2026)") == 2  # in the box, and in its chapter
    assert page.index("Stand vandaag") < page.index("Beleidsdomein")


def test_the_page_names_what_it_went_on_in(client, merged):
    page = client.get("/concepten/gbo/").content.decode()

    assert f'Opgegaan in <a href="{merged.get_absolute_url()}">Het Andere</a>' in page


def test_data_give_the_state_and_its_date(client, merged):
    statements = client.get("/concepten/gbo.json").json()["uitspraken"]

    (value,) = [row["waarde"] for row in statements if row["soort"] == "stand"]
    assert value == {
        "stand": "opgegaan",
        "opgegaan_in": "ander",
        "datum": {"vroegst": "2026-05-01", "laatst": "2026-05-31", "label": "mei 2026"},
    }


def test_a_draft_that_it_went_on_in_is_not_told(client):
    draft = ConceptVersionFactory(concept__slug="geheim", name="Geheim").concept
    published("gbo", partial(StandingFactory, state=State.MERGED, into=draft))

    for address in ("/concepten/gbo/", "/concepten/gbo.json", "/concepten/gbo.csv"):
        assert "geheim" not in client.get(address).content.decode().lower()
    assert "Opgegaan in een ander concept" in text(client.get("/concepten/gbo/"))


def test_a_list_finds_concepts_by_how_they_stand(client, merged):
    published("b", partial(StandingFactory, state=State.ENDED, end="2024"))
    published("c")

    assert slugs(client.get("/concepten.json", {"stand": "opgegaan"})) == ["gbo"]
    both = {"stand": ["opgegaan", "afgelopen"]}
    assert sorted(slugs(client.get("/concepten.json", both))) == ["b", "gbo"]
    on_a_day = {"stand": "afgelopen", "peildatum": "2025-01-01"}
    assert slugs(client.get("/concepten.json", on_a_day)) == []
    options = client.get("/concepten.json").json()["facetten"]["stand"]
    assert [option["waarde"] for option in options] == [
        *("loopt", "proef", "gepland", "afgelopen", "opgegaan", "stil")
    ]
