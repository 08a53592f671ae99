"""Whatever somebody puts in an address: a readable answer, and never an error of ours."""

import pytest
from django.http import QueryDict

from concepts.models import Access
from eerstelijn.finder.problems import LONGEST_QUERY, MOST_WORDS
from tests.answers import shown, text
from tests.factories import ConceptVersionFactory, PartnerFactory
from tests.lists import DATA, EVERY_LIST, FACETS, THREE_LISTS

pytestmark = pytest.mark.django_db


def refused(response, *parameters):
    """Whether a program is told what it asked wrongly, and what it may ask."""
    data = response.json()
    assert response.status_code == data["status"] == 400
    assert response["Content-Type"].startswith("application/problem+json")
    assert [row["parameter"] for row in data["parameters"]] == list(parameters)
    assert all(row["toegestaan"] for row in data["parameters"])
    return data["parameters"]


class TestUnknownKeys:
    @EVERY_LIST
    def test_are_left_out_of_a_page_with_a_notice(self, client, path):
        response = client.get(f"/{path}/?kleur=rood")

        assert response.status_code == 200
        assert "We kennen het filter “kleur” niet en lieten het weg." in text(response)
        assert response.context["robots"] == "noindex,follow"

    @EVERY_LIST
    @DATA
    def test_are_refused_by_the_data_formats(self, client, path, format):
        (row,) = refused(client.get(f"/{path}.{format}?kleur=rood"), "kleur")

        assert row["waarde"] is None
        assert "peildatum" in row["toegestaan"]

    def test_of_excel_belong_to_csv_only(self, client):
        refused(client.get("/concepten.json?excel=1"), "excel")
        assert "“excel”" in text(client.get("/concepten/?excel=1"))

    def test_in_capitals_are_unknown(self, client):
        refused(client.get("/concepten.json?Partner=caw"), "Partner")

    def test_without_a_name_are_unknown(self, client):
        assert client.get("/concepten/?=caw").status_code == 200
        refused(client.get("/concepten.json?=caw"), "")

    def test_without_a_value_are_still_unknown(self, client):
        refused(client.get("/concepten.json?kleur"), "kleur")


class TestUnknownValues:
    @pytest.mark.parametrize(
        ("path", "facet"), [(path, facet) for path, facets in FACETS.items() for facet in facets]
    )
    def test_of_a_facet_are_named(self, client, path, facet):
        page = client.get(f"/{path}/", {facet: "bestaat-niet"})

        assert page.status_code == 200
        assert f"We kennen “bestaat-niet” niet bij het filter “{facet}”" in text(page)

    @DATA
    @pytest.mark.parametrize("facet", FACETS["concepten"])
    def test_of_a_facet_are_refused_by_the_data_formats(self, client, facet, format):
        response = client.get(f"/concepten.{format}", {facet: "bestaat-niet"})

        data = response.json()["parameters"]
        assert response.status_code == 400
        assert [(row["parameter"], row["waarde"]) for row in data] == [(facet, "bestaat-niet")]

    def test_are_refused_with_what_is_allowed(self, client):
        (row,) = refused(client.get("/concepten.json?toegang=misschien"), "toegang")

        assert row["toegestaan"] == ", ".join(Access.Answer)

    def test_say_so_too_where_nothing_is_allowed_yet(self, client):
        refused(client.get("/concepten.json?partner=caw"), "partner")

    def test_of_a_long_list_say_where_to_find_it(self, client):
        PartnerFactory.create_batch(31)

        (row,) = refused(client.get("/concepten.json?partner=onbekend"), "partner")

        assert row["toegestaan"] == "een keuze uit de lijst (in de JSON: facetten.partner)"

    def test_beside_known_ones_leave_the_known_in_place(self, client):
        partner = PartnerFactory(slug="caw")
        ConceptVersionFactory(published=True, concept__slug="a", partners=[partner])
        ConceptVersionFactory(published=True, concept__slug="b")

        page = client.get("/concepten/?partner=caw&partner=onbekend")

        assert [row.url for row in shown(page)] == ["/concepten/a/"]
        assert "“onbekend”" in text(page)

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("peildatum=vandaag", "peildatum"),
            ("peildatum=2023-02-30", "peildatum"),
            ("peildatum=1799-12-31", "peildatum"),
            ("peildatum=2200-01-01", "peildatum"),
            ("sorteer=kleur", "sorteer"),
            ("sorteer=--naam", "sorteer"),
            ("sorteer=concept__slug", "sorteer"),
            ("per_pagina=7", "per_pagina"),
            ("per_pagina=-20", "per_pagina"),
            ("per_pagina=alle", "per_pagina"),
            ("partner_alle=ja", "partner_alle"),
        ],
    )
    def test_of_any_other_key_are_named_too(self, client, query, parameter):
        page = client.get(f"/concepten/?{query}")
        assert page.status_code == 200
        assert f"bij het filter “{parameter}”" in text(page)

        refused(client.get(f"/concepten.json?{query}"), parameter)

    @pytest.mark.parametrize(
        "query",
        [
            *("q=een&q=twee", "peildatum=2023-01-01&peildatum=2024-01-01", "pagina=1&pagina=2"),
            *("sorteer=naam&sorteer=-naam", "per_pagina=20&per_pagina=50"),
        ],
    )
    def test_the_second_of_a_single_value_never_wins_silently(self, client, query):
        key = query.partition("=")[0]
        first, second = QueryDict(query).getlist(key)

        page = client.get(f"/concepten/?{query}")

        assert f"We kennen “{second}” niet bij het filter “{key}”" in text(page)
        assert page.context["finder"].filterset.values[key] == [first]
        refused(client.get(f"/concepten.json?{query}"), key)


#: Text that some layer below might take for something else.
ODD = {
    "long": "a" * 10_000,
    "long-word": "zorg" * 2_500,
    "many-words": "zorg " * 2_000,
    "quotes": "' OR 1=1 --",
    "tsquery": "a & !b | (c:*) <-> 'd' \\",
    "like": "100% _ \\%",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7|add:1 }}{% debug %}",
    "control": "a\x01\x1f\x7fb",
    "spaces": "\u2028\u2029\u00a0\u200b",
    "right-to-left": "\u202eabc\u2066",
    "emoji": "🌲" * 50,
    "half-emoji": "\U0001f1e7",
    "accents": "e\u0301" * 500,
    "unassigned": "\ufffe\uffff\U0010ffff",
    "stop-words": "de het een van",
    "punctuation": "… — ? !",
    "formula": "=1+1",
    "path": "../../etc/passwd",
}
ODD_TEXT = pytest.mark.parametrize("value", [pytest.param(v, id=k) for k, v in ODD.items()])


class TestOddText:
    @ODD_TEXT
    def test_as_a_search_word_is_searched_for(self, client, value, subtests):
        ConceptVersionFactory(published=True)

        for path in THREE_LISTS:
            with subtests.test(path):
                assert client.get(f"/{path}/", {"q": value}).status_code == 200
        is_short = len(value) <= LONGEST_QUERY and len(value.split()) <= MOST_WORDS
        expected = 200 if is_short else 400
        assert client.get("/concepten.json", {"q": value}).status_code == expected
        assert client.get("/zoeken/", {"q": value}).status_code == 200

    @ODD_TEXT
    def test_as_a_value_is_unknown(self, client, value):
        keys = ["partner", "soort", "gebied", "sorteer", "peildatum", "per_pagina"]
        given = dict.fromkeys(keys, value if value.strip() else f"x{value}x")

        assert client.get("/concepten/", given).status_code == 200
        refused(client.get("/concepten.json", given), *keys)

    @ODD_TEXT
    def test_as_a_key_is_unknown(self, client, value):
        page = client.get("/concepten/", {value: "x"})

        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()
        assert client.get("/concepten.json", {value: "x"}).status_code == 400

    @ODD_TEXT
    def test_as_a_page_number_is_not_found(self, client, value):
        value = value if value.strip() else f"x{value}x"

        assert client.get("/concepten/", {"pagina": value}).status_code == 404

    def test_is_repeated_on_the_page_in_short(self, client):
        page = client.get("/concepten/", {"partner": "x" * 10_000})

        assert "x" * 100 not in page.content.decode()
        assert f"We kennen “{'x' * 60}…” niet" in text(page)


@EVERY_LIST
class TestUnreadableAddresses:
    """An address that is no text: a NUL, which no text holds, or broken UTF-8."""

    @pytest.mark.parametrize(
        "query",
        [
            *("q=%00", "q=a%00b", "partner=%00caw", "%00=1", "pagina=%00", "peildatum=2023%00"),
            *("q=%FF", "q=%C3%28", "q=%ED%A0%80", "partner=%E9", "%FF=1"),
        ],
    )
    def test_are_refused(self, client, path, query):
        page = client.get(f"/{path}/?{query}")
        data = client.get(f"/{path}.json?{query}")

        assert page.status_code == data.status_code == 400
        assert data["Content-Type"].startswith("application/problem+json")

    @pytest.mark.parametrize("slug", ["%00", "a%00b", "%FF", "%C3%28"])
    def test_of_a_record_are_refused_or_not_found(self, client, path, slug):
        assert client.get(f"/{path}/{slug}/").status_code in (400, 404)

    def test_that_are_half_escaped_are_read_as_they_are(self, client, path):
        assert client.get(f"/{path}/?q=100%").status_code == 200
        assert client.get(f"/{path}/?q=%zz").status_code == 200
        assert client.get(f"/{path}/?q=%u0041").status_code == 200


PAGE_NUMBERS = [
    *("2", "-1", "a", "9" * 20, "0", "1.0", "1e3", "٣", "²", "99999999", "9" * 5_000, "+1", "0x1"),
    *("--1", "None"),
]


class TestPageNumbers:
    @EVERY_LIST
    def test_out_of_range_are_not_found_with_a_way_to_page_one(self, client, path, subtests):
        for number in PAGE_NUMBERS if path == "concepten" else PAGE_NUMBERS[:4]:
            with subtests.test(number[:30]):
                response = client.get(f"/{path}/", {"pagina": number})

                assert response.status_code == 404
                link = f'<a href="/{path}/?">Ga naar de eerste bladzijde</a>'
                assert link in response.content.decode()

    @DATA
    def test_out_of_range_are_a_problem_for_a_program(self, client, format):
        for number in ("2", "-1", "a", "9" * 20):
            response = client.get(f"/concepten.{format}", {"pagina": number})

            assert response.status_code == 404
            assert response["Content-Type"].startswith("application/problem+json")

    def test_keep_the_question_on_the_way_to_page_one(self, client):
        PartnerFactory(slug="caw")

        response = client.get("/concepten/?partner=caw&pagina=9&sorteer=-naam")

        way = 'href="/concepten/?partner=caw&amp;sorteer=-naam">Ga naar de eerste'
        assert way in response.content.decode()

    def test_of_an_empty_list_begin_at_one(self, client):
        assert client.get("/concepten/?pagina=1").status_code == 200

    def test_with_zeros_in_front_are_that_page(self, client):
        response = client.get("/concepten.json?pagina=001")

        assert response.json()["pagina"] == 1


class TestFormats:
    @EVERY_LIST
    def test_that_do_not_exist_are_not_found(self, client, path):
        for format in ("xml", "XML", "csv2"):
            assert client.get(f"/{path}.{format}").status_code == 404

    @pytest.mark.parametrize("format", ["xml", "XML", "html", "pdf2"])
    def test_of_a_record_that_do_not_exist_are_not_found(self, client, format):
        ConceptVersionFactory(published=True, concept__slug="a")

        assert client.get(f"/concepten/a.{format}").status_code == 404

    @EVERY_LIST
    def test_without_a_name_are_the_end_of_a_sentence(self, client, path):
        answer = client.get(f"/{path}.")

        assert (answer.status_code, answer["Location"]) == (301, f"/{path}/")


class TestSlugs:
    @EVERY_LIST
    def test_that_nobody_has_are_not_found(self, client, path):
        assert client.get(f"/{path}/bestaat-niet/").status_code == 404

    @pytest.mark.parametrize("path", THREE_LISTS)
    @pytest.mark.parametrize(
        "slug",
        [
            *("-", "_", "1", "Hoofdletters", "a" * 5_000, "a--b", "é", "🌲", "a%20b"),
            *("%2e%2e", "a%2Fb", "a;b", "*", "a.b.c", "%3Cscript%3E", "None", "null"),
        ],
        ids=lambda slug: slug[:12],
    )
    def test_that_nobody_could_have_are_not_found(self, client, path, slug):
        assert client.get(f"/{path}/{slug}/").status_code == 404

    @pytest.mark.parametrize("format", ["json", "csv"])
    def test_are_a_problem_for_a_program(self, client, format):
        response = client.get(f"/concepten/bestaat-niet.{format}")

        assert response.status_code == 404
        assert response["Content-Type"].startswith("application/problem+json")

    def test_without_a_slash_lead_to_the_page(self, client):
        ConceptVersionFactory(published=True, concept__slug="a")

        response = client.get("/concepten/a")

        assert (response.status_code, response["Location"]) == (301, "/concepten/a/")


class TestSearchOverEverything:
    @pytest.mark.parametrize(
        "query", ["", "?q=", "?q=%20", "?q=a&q=b", "?kleur=rood", "?q=" + "a" * 8_000]
    )
    def test_answers_any_question(self, client, query):
        assert client.get(f"/zoeken/{query}").status_code == 200

    @pytest.mark.parametrize("query", ["?q=%00", "?q=%FF"])
    def test_refuses_what_is_no_text(self, client, query):
        assert client.get(f"/zoeken/{query}").status_code == 400
