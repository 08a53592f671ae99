"""The rest of a long group of choices: it comes when asked for, and is no part of a question."""

import re

import pytest

from tests.answers import text
from tests.factories import ConceptVersionFactory, CoverageAreaFactory, PartnerFactory

pytestmark = pytest.mark.django_db


class TestTheRestOfAGroup:
    @pytest.fixture(autouse=True)
    def many(self):
        """Of ten partners a reader sees seven on arrival."""
        partners = [PartnerFactory(name=f"Partner {n:02}", slug=f"p{n:02}") for n in range(10)]
        ConceptVersionFactory(published=True, partners=partners)

    def boxes(self, client, **question):
        page = client.get("/concepten/", question).content.decode()
        return re.findall(r"<input[^>]+name=partner value=(p\d\d)", page)

    def test_comes_when_it_is_asked_for(self, client):
        page = client.get("/concepten/").content.decode()

        assert self.boxes(client) == [f"p{n:02}" for n in range(7)]
        assert self.boxes(client, keuzes="partner") == [f"p{n:02}" for n in range(10)]
        button = '<button class="more" name="keuzes" value="partner" formaction="#facet-partner">'
        assert f"{button}Toon nog 3" in page

    def test_is_no_part_of_the_next_question(self, client):
        page = client.get("/concepten/?keuzes=partner&q=naam").content.decode()

        assert 'name="keuzes" value="partner"' not in page
        assert 'formaction="#facet-partner"' not in page
        assert '<details class="filters" open>' in page

    def test_is_no_part_of_what_links_ask(self, client):
        response = client.get("/concepten/?keuzes=partner&partner=p09")

        finder = response.context["finder"]
        assert "keuzes" not in finder.canonical_url + finder.feed_url + finder.chips[0].remove_url
        assert response.context["robots"] == "noindex,follow"
        assert client.get("/concepten.json?keuzes=partner").status_code == 400

    def test_of_a_group_that_we_do_not_know_is_told(self, client):
        said = text(client.get("/concepten/?keuzes=kleur"))

        assert "We kennen “kleur” niet bij het filter “keuzes” en lieten het weg." in said

    def test_of_the_places_is_their_lists(self, client):
        CoverageAreaFactory(slug="elz-leuven", name="Leuven", kind__slug="eerstelijnszone")

        folded, whole = (
            client.get(address).content.decode()
            for address in ("/concepten/", "/concepten/?keuzes=gebied")
        )

        assert '<select class="select" name="gebied">' not in folded
        assert '<button class="more" name="keuzes" value="gebied"' in folded
        assert re.search(
            r'<select class="select" name="gebied">.*?<option value=elz-leuven', whole, re.S
        )

    def test_is_kept_apart_from_what_a_plain_list_shows(self, client):
        for _ in range(2):
            assert len(self.boxes(client)) == 7
            assert len(self.boxes(client, keuzes="partner")) == 10
