"""`/vergelijk/`: which concepts are chosen, and what of a question cannot be followed."""

import datetime as dt
import re
from functools import partial

import pytest
from django.utils import timezone

from concepts.models import Concept, ConceptVersion, Status
from tests import said
from tests.answers import text
from tests.factories import (
    ConceptFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    OldSlugFactory,
    PartnerFactory,
    version_with_status,
)
from tests.said import concept

pytestmark = pytest.mark.django_db

pair = said.pair


class TestWhatCannotBeFollowed:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("c=een&c=niemand&c=twee", "We kennen het concept “niemand” niet en lieten het weg."),
            ("c=een&c=een&c=twee", "“een” staat er twee keer. We tonen het één keer."),
            ("c=een&c=twee&c=c&c=d&c=e", "We zetten er hoogstens 4 naast elkaar."),
            ("c=een&c=twee&op=2023-03-13", "kan met één concept tegelijk"),
            ("c=een&op=gisteren", "We kennen “gisteren” niet bij het filter “op”"),
            ("c=een&versie=99", "Versie 99 stond nooit op de site."),
            ("c=een&op=2020-01-01&op=2021-01-01&versie=1", "Kies dagen of versies."),
            ("c=een&c=twee&verschillen=ja", "We kennen “ja” niet bij het filter “verschillen”"),
            ("c=een&c=twee&kleur=rood", "We kennen het filter “kleur” niet"),
        ],
    )
    def test_is_told_and_data_refuse_it(self, client, pair, query, said):
        page, data = client.get(f"/vergelijk/?{query}"), client.get(f"/vergelijk.json?{query}")

        assert (page.status_code, data.status_code) == (200, 400)
        assert said in text(page)
        assert data["Content-Type"].startswith("application/problem+json")
        assert 'content="noindex,follow"' in page.content.decode()

    @pytest.mark.parametrize("query", ["", "c=een", "c=", "c=een&c="])
    def test_data_ask_for_two(self, client, pair, query):
        answer = client.get(f"/vergelijk.json?{query}")

        assert answer.status_code == 400
        assert answer.json()["parameters"][0]["parameter"] == "c"

    def test_a_draft_is_as_unknown_as_nothing(self, client, pair):
        ConceptVersionFactory(concept__slug="geheim", name="Nog geheim")

        page = text(client.get("/vergelijk/?c=een&c=twee&c=geheim"))

        assert "We kennen het concept “geheim” niet" in page
        assert "Nog geheim" not in page

    def test_a_withdrawn_concept_is_named_with_what_came_instead(self, client, pair):
        gone = version_with_status(Status.ARCHIVED, concept__slug="weg", name="Oud concept")
        heir = Concept.objects.get(slug="twee")
        ConceptVersion.objects.filter(pk=gone.pk).update(
            withdrawn_at=timezone.make_aware(dt.datetime(2026, 1, 5, 12)), successor=heir
        )

        page = text(client.get("/vergelijk/?c=een&c=weg"))

        assert "Oud concept ging op 5 januari 2026 van de site." in page
        assert "In de plaats kwam Concept twee." in page
        assert client.get("/vergelijk.json?c=een&c=weg").status_code == 400

    @pytest.mark.parametrize("format", ["/", ".json"])
    def test_a_former_address_leads_on(self, client, pair, format):
        OldSlugFactory(kind="concept", old="oud", current="een")

        answer = client.get(f"/vergelijk{format}?c=twee&c=oud&verschillen=1")

        assert answer.status_code == 301
        assert answer["Location"] == f"/vergelijk{format}?c=twee&c=een&verschillen=1"

    @pytest.mark.parametrize("value", ["x" * 3000, "../..", "🌲", "1' OR 1=1", "ÉÉN", "-1"])
    def test_nonsense_is_no_error(self, client, pair, value):
        for key in ("c", "op", "versie", "peildatum", "verschillen"):
            asked = {"c": ["een", value], "op": [], key: [value]}
            assert client.get("/vergelijk/", asked).status_code == 200
            assert client.get("/vergelijk.json", asked).status_code == 400


class TestChoosing:
    def test_offers_the_public_concepts_and_pairs_that_the_sources_relate(self, client, pair):
        first = Concept.objects.get(slug="een")
        concept("drie", partial(ConceptRelationFactory, other=first, kind="sluit-aan-bij"))
        ConceptVersionFactory(concept__slug="geheim")

        page = client.get("/vergelijk/").content.decode()

        assert re.findall(r'<option value="(\w+)"', page)[:3] == ["een", "twee", "drie"]
        assert 'href="/vergelijk/?c=drie&amp;c=een"' in page
        assert "geheim" not in page

    def test_one_concept_asks_for_another_or_another_day(self, client, pair):
        page = client.get("/vergelijk/?c=een").content.decode()

        assert '<input type="hidden" name="c" value="een">' in page
        assert '<option value="een">' not in page
        assert page.count('type="date" name="op"') == 2
        assert 'name="versie"' not in page  # there is but one

    def test_a_comparison_offers_another_as_long_as_there_is_room(self, client, pair):
        for slug in ("drie", "vier", "vijf"):
            concept(slug)

        three = client.get("/vergelijk/?c=een&c=twee&c=drie").content.decode()
        four = client.get("/vergelijk/?c=een&c=twee&c=drie&c=vier").content.decode()

        assert '<option value="vijf">' in three
        assert '<option value="vijf">' not in four
        assert 'href="/vergelijk/?c=een&amp;c=drie"' in three  # without the second


class TestTicking:
    """Two can be ticked in a list, without a script."""

    @pytest.mark.parametrize(
        ("path", "kind"), [("/concepten/", "concept"), ("/ontwikkelingen/", "ontwikkeling")]
    )
    def test_a_row_can_be_ticked_and_sent(self, client, path, kind):
        for slug in ("een", "twee"):
            ConceptVersionFactory(
                published=True, concept=ConceptFactory(slug=slug, record_kind=kind)
            )

        page = client.get(path).content.decode()

        assert re.findall(r"name=c value=(\w+) form=vergelijk>", page) == ["een", "twee"]
        assert re.search(r'<form[^>]* id="vergelijk" action="/vergelijk/">', page)
        names = ConceptVersion.objects.order_by("concept__slug").values_list("name", flat=True)
        assert re.findall(r'aria-label="(Vergelijk [^"]*)" name=c', page) == [
            f"Vergelijk {name}" for name in names
        ]

    def test_a_list_of_other_records_has_none(self, client):
        PartnerFactory()

        assert "form=vergelijk" not in client.get("/partners/").content.decode()

    def test_a_concept_leads_to_it(self, client, pair):
        assert 'href="/vergelijk/?c=een"' in client.get("/concepten/een/").content.decode()
