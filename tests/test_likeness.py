"""What concepts have in common: on the page of one, and all against all."""

import datetime as dt
import json
from functools import partial

import pytest

from concepts.likeness.similar import MOST_NAMED, similar_to
from concepts.models import Coverage, Role
from tests.answers import text
from tests.factories import (
    AudienceFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    ParticipationFactory,
    PartnerFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db


def concept(slug, *statements, **fields):
    return ConceptVersionFactory(
        published=True, name=slug.capitalize(), concept__slug=slug, statements=statements, **fields
    )


def asks(partner, role=Role.PARTICIPANT, **fields):
    return partial(ParticipationFactory, partner=partner, role=role, **fields)


@pytest.fixture
def partners():
    return [PartnerFactory(slug=slug, name=slug.upper()) for slug in ("caw", "clb", "ocmw")]


def overlap(client, query=""):
    return json.loads(client.get(f"/overlap.json?{query}").content)


def test_the_page_of_a_concept_names_what_asks_most_of_its_partners(client, partners):
    caw, clb, ocmw = partners
    concept("een", asks(caw, Role.REQUIRED), asks(clb))
    concept("twee", asks(caw), asks(clb))
    concept("drie", asks(caw), asks(ocmw))

    page = text(client.get("/concepten/een/"))

    assert page.index("Twee 2 partners gemeen") < page.index("Drie 1 partner gemeen")


def test_a_supporter_is_no_shared_partner(client, partners):
    caw, *_ = partners
    concept("een", asks(caw))
    concept("twee", asks(caw, Role.SUPPORTER))

    assert "Lijkt het meest op" not in text(client.get("/concepten/een/"))
    assert overlap(client)["paren"] == []


def test_drafts_and_former_versions_are_like_nothing(client, partners):
    caw, *_ = partners
    concept("een", asks(caw))
    ConceptVersionFactory(name="Klad", statements=[asks(caw)])

    assert "Lijkt het meest op" not in text(client.get("/concepten/een/"))


def test_data_say_what_two_share_and_where_each_says_so(client, partners):
    caw, *_ = partners
    group = partial(AudienceFactory, target_group=TargetGroupFactory(slug="jongeren"))
    concept("een", asks(caw, Role.REQUIRED, key="caw"), group)
    concept("twee", asks(caw, key="het-caw"), group)

    [pair] = overlap(client)["paren"]

    assert (pair["concept"], pair["ander"], pair["aantal"]) == ("een", "twee", 1)
    assert [thing["slug"] for thing in pair["gemeen"]["doelgroepen"]] == ["jongeren"]
    assert [
        (said["rol"], said["url"].rpartition("/concepten/")[2])
        for said in pair["gemeen"]["partners"][0]["uitspraken"]
    ] == [("verplicht", "een/#deelname-caw"), ("deelnemer", "twee/#deelname-het-caw")]


def test_areas_are_shared_by_their_kind_and_when_both_name_one(client):
    area = CoverageAreaFactory(name="Hier")
    covers = partial(CoverageFactory, scale=area.kind, territory=[area])
    concept("een", partial(covers, extent=Coverage.Extent.ONLY_NAMED))
    concept("twee", partial(covers, extent=Coverage.Extent.ONLY_NAMED))
    concept("drie", partial(covers, extent=Coverage.Extent.WHOLE))

    numbers = {
        (pair["concept"], pair["ander"]): pair["aantal"]
        for pair in overlap(client, "op=gebieden")["paren"]
    }

    assert numbers == {("een", "twee"): 2, ("drie", "een"): 1, ("drie", "twee"): 1}


def test_on_a_day_only_what_held_counts(client, partners):
    caw, *_ = partners
    ended = {"end_label": "2020", "end_earliest": dt.date(2020, 1, 1), "end_latest": "2020-12-31"}
    concept("een", asks(caw))
    concept("twee", asks(caw, **ended))

    assert overlap(client, "peildatum=2021-06-01")["paren"] == []
    assert len(overlap(client, "peildatum=2019-06-01")["paren"]) == 1


def test_the_table_is_as_broad_as_high_and_links_to_the_comparison(client, partners):
    caw, *_ = partners
    for slug in ("een", "twee", "drie"):
        concept(slug, asks(caw))

    html = client.get("/overlap/").content.decode()

    assert html.count('class="share share-1"') == 6
    assert 'href="/vergelijk/?c=een&amp;c=twee"' in html
    assert "Van de 3 paren delen er 3 minstens één partner." in text(client.get("/overlap/"))


def test_above_so_many_concepts_there_is_a_list_and_no_table(client, partners, monkeypatch):
    monkeypatch.setattr("concepts.likeness.overlap.MOST_COLUMNS", 2)
    for slug in ("een", "twee", "drie"):
        concept(slug, asks(partners[0]))

    html = client.get("/overlap/").content.decode()

    assert '<table class="overlap">' not in html
    assert html.count('class="pair-number"') == 3


def test_among_very_many_a_reader_chooses_first(client, partners, monkeypatch):
    monkeypatch.setattr("concepts.likeness.overlap.MOST_CONCEPTS", 1)
    for slug in ("een", "twee"):
        concept(slug, asks(partners[0]))

    assert "Kies er eerst minder" in text(client.get("/overlap/"))


@pytest.mark.parametrize("query", ["op=niets", "op=regels&op=gebieden", "kleur=rood"])
def test_what_cannot_be_followed_is_refused_in_data_and_told_on_the_page(client, query):
    assert client.get(f"/overlap.json?{query}").status_code == 400
    assert 'class="notice' in client.get(f"/overlap/?{query}").content.decode()


@pytest.mark.parametrize("number", [2, 15])
def test_the_queries_do_not_grow(client, partners, django_assert_max_num_queries, number):
    for place in range(number):
        concept(f"concept-{place}", asks(partners[0]))

    with django_assert_max_num_queries(17):
        client.get("/overlap/")


@pytest.mark.parametrize("number", [2, 40])
def test_a_concept_is_compared_in_a_fixed_number_of_queries(
    partners, django_assert_num_queries, number
):
    versions = [concept(f"concept-{place}", asks(partners[0])) for place in range(number)]

    # The stamp; who asks whom; the partners of this one; these concepts; all that they have.
    with django_assert_num_queries(5):
        block = similar_to(versions[0], {})

    assert block.more == max(number - 1 - MOST_NAMED, 0)
