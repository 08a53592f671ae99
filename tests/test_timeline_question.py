"""The question of `/tijdlijn/`: what it asks for, in words, in links and in data."""

from functools import partial

import pytest

from governance import derived
from tests.answers import text
from tests.dated import concept, found, happened, page, promised
from tests.factories import AgencyFactory, ChangeEventFactory, OldSlugFactory, OwnershipFactory

pytestmark = pytest.mark.django_db


class TestQuestion:
    @pytest.fixture(autouse=True)
    def rows(self):
        was = AgencyFactory(slug="was", end="31 mei 2023")
        now = AgencyFactory(slug="nu", start="1 juni 2023")
        ChangeEventFactory(name="Fusie", date="1 juni 2023", before=[was], after=[now])
        own = partial(OwnershipFactory, agency=was)
        concept("x", happened("Van x", "mei 2022"), promised("Belofte", "2024"), own)
        concept("y", happened("Van y", "13 maart 2024"))
        derived.rebuild_agency_lines()

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("concept=x", ["Van x", "Fusie", "Belofte"]),
            ("concept=x&concept=y", ["Van x", "Fusie", "Belofte", "Van y"]),
            ("dienst=was", ["Van x", "Fusie", "Belofte"]),
            # The present service also finds what its predecessors owned.
            ("dienst=nu", ["Van x", "Fusie", "Belofte"]),
            ("soort=organisatie", ["Fusie"]),
            ("soort=concept&status=gebeurd", ["Van x", "Van y"]),
            ("status=aangekondigd", ["Belofte"]),
            ("van=2023", ["Fusie", "Belofte", "Van y"]),
            ("van=2023&tot=2023", ["Fusie"]),
            ("tot=2022-05-03", ["Van x"]),
            # A year may lie on any of its days.
            ("van=2024-03-14", ["Belofte"]),
        ],
    )
    def test_narrows_the_rows(self, client, query, titles):
        assert found(client, f"?{query}") == titles

    def test_a_former_address_of_a_concept_means_the_one_of_today(self, client):
        OldSlugFactory(kind="concept", old="oud", current="y")

        assert found(client, "?concept=oud") == ["Van y"]

    def test_the_sentence_says_what_was_asked(self, client):
        asked = client.get("/tijdlijn/?concept=x&van=2023").context["page"]

        said = "".join(segment.text for segment in asked.sentence)
        assert said == "2\xa0gebeurtenissen rond concept Naam x vanaf 2023, waarvan 1\xa0belofte."

    def test_the_form_keeps_every_concept_that_was_asked_for(self, client):
        html = page(client, "?concept=x&concept=y")

        assert '<option value="x" selected>' in html
        assert '<input type="hidden" name="concept" value="y">' in html

    def test_the_kinds_count_without_their_own_choice(self, client):
        kinds = client.get("/tijdlijn/?soort=organisatie").context["page"].kinds

        assert [(kind.value, kind.count) for kind in kinds][:2] == [
            ("concept", 3),
            ("organisatie", 1),
        ]

    @pytest.mark.parametrize(
        "query",
        [
            *("soort=iets", "status=nu", "concept=geheim", "dienst=x/y", "van=99", "tot=nu"),
            *(
                "van=1799",
                "van=2200-01-01",
                "van=2024&tot=2023",
                "van=2023&van=2024",
                "kleur=1",
            ),
            *("peildatum=1", "concept=" + "&concept=".join(map(str, range(40)))),
            *("&".join(f"k{number}=1" for number in range(900)), "soort=" + "x" * 2000),
        ],
    )
    @pytest.mark.parametrize("path", ["/tijdlijn", "/tijdlijn/beloofd"])
    def test_what_cannot_be_followed_is_told(self, client, path, query):
        answer, data = client.get(f"{path}/?{query}"), client.get(f"{path}.json?{query}")

        assert (answer.status_code, data.status_code) == (200, 400)
        assert 'class="notice"' in answer.content.decode()
        assert data["Content-Type"].startswith("application/problem+json")

    def test_a_period_that_ends_before_it_begins_loses_its_end(self, client):
        said = text(client.get("/tijdlijn/?van=2024&tot=2023"))

        assert "De periode eindigt (2023) voor ze begint (2024). We lieten het einde weg." in said
        assert "vanaf 2024" in said

    @pytest.mark.parametrize("day", ["1800-01-01", "2199-12-31"])
    @pytest.mark.parametrize("path", ["/tijdlijn/", "/tijdlijn/beloofd/"])
    def test_the_first_and_last_day_that_can_be_asked(self, client, path, day):
        assert client.get(f"{path}?peildatum={day}&van=1800&tot=2199").status_code == 200

    def test_a_canonical_address_sorts_and_more_than_one_filter_stays_out_of_indexes(self, client):
        one = page(client, "?concept=x")
        two = page(client, "?van=2023&concept=x")

        assert 'rel="canonical" href="http://testserver/tijdlijn/?concept=x"' in one
        assert "noindex" not in one
        assert 'href="http://testserver/tijdlijn/?concept=x&amp;van=2023"' in two
        assert "noindex,follow" in two
