"""Far more in an address than anybody asks: it is read or refused, and soon."""

import pytest
from django.db import connection

from tests.answers import slugs, text
from tests.factories import ConceptVersionFactory, PartnerFactory
from tests.lists import EVERY_LIST, FACETS

pytestmark = pytest.mark.django_db


@pytest.fixture
def impatient(db):
    """A database that gives up on a question that takes it seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5s'")


class TestFloods:
    @EVERY_LIST
    def test_five_hundred_repeated_values_are_read(self, client, path, subtests):
        for key in (FACETS.get(path, ["q"])[-1], "pagina"):
            with subtests.test(key):
                flood = "&".join(f"{key}=x{number}" for number in range(500))

                # The first page number is the one that counts, and is no number.
                expected = 404 if key == "pagina" else 200
                assert client.get(f"/{path}/?{flood}").status_code == expected
                assert client.get(f"/{path}.json?{flood}").status_code == 400

    def test_one_value_five_hundred_times_is_that_value(self, client):
        partner = PartnerFactory(slug="caw")
        ConceptVersionFactory(published=True, concept__slug="a", partners=[partner])

        response = client.get(f"/concepten.json?{'partner=caw&' * 500}")

        assert slugs(response) == ["a"]
        assert response.json()["filters"] == {"partner": ["caw"]}

    def test_five_hundred_keys_are_summed_up(self, client):
        keys = "&".join(f"k{number}=1" for number in range(500))

        page = client.get(f"/concepten/?{keys}")
        data = client.get(f"/concepten.json?{keys}")

        assert "Nog 495 andere delen van het adres lieten we weg." in text(page)
        assert len(page.context["finder"].notices) == 6
        assert len(data.json()["parameters"]) == 50

    @EVERY_LIST
    def test_seventy_search_words_are_searched_for(self, client, path, impatient):
        words = " ".join(f"{number:x}" for number in range(16, 86))

        assert client.get(f"/{path}/", {"q": words}).status_code == 200

    @EVERY_LIST
    def test_two_thousand_parameters_are_refused(self, client, path):
        flood = "partner=caw&" * 2_000

        page = client.get(f"/{path}/?{flood}")
        data = client.get(f"/{path}.json?{flood}")

        assert page.status_code == data.status_code == 400
        assert "<h1>" in page.content.decode()
        assert data["Content-Type"].startswith("application/problem+json")

    def test_every_option_of_every_facet_at_once_is_read(self, client, impatient):
        partners = PartnerFactory.create_batch(40)
        ConceptVersionFactory(published=True, partners=partners[:1])
        options = client.get("/concepten.json").json()["facetten"]
        everything = {key: [row["waarde"] for row in rows] for key, rows in options.items()}

        response = client.get("/concepten/", {**everything, "partner_alle": "1"})

        assert response.status_code == 200
