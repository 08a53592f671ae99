"""A page only answers questions: any other method is refused, and says which are taken."""

import pytest
from django.test import Client

from tests.answers import text
from tests.factories import ConceptVersionFactory
from tests.lists import DATA, EVERY_LIST, THREE_LISTS

pytestmark = pytest.mark.django_db


class TestMethods:
    @EVERY_LIST
    def test_head_answers_as_get_without_a_body(self, client, path):
        for address in (f"/{path}/", f"/{path}.json", f"/{path}.csv"):
            response = client.head(address)

            assert response.status_code == 200
            assert response.content == b""

    @EVERY_LIST
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_a_list_only_answers_questions(self, client, path, method):
        response = getattr(client, method)(f"/{path}/")

        assert response.status_code == 405
        assert "GET" in response["Allow"]

    def test_so_does_a_record(self, client):
        ConceptVersionFactory(published=True, concept__slug="a")

        assert client.post("/concepten/a/").status_code == 405
        assert client.post("/concepten/a.json").status_code == 405
        assert client.head("/concepten/a/").status_code == 200

    @pytest.mark.parametrize("path", ["/", "/zoeken/", "/over/", *(f"/{p}/" for p in THREE_LISTS)])
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_a_real_client_is_told_the_same(self, path, method):
        """It has no proof that its form is ours; the test client is excused from that."""
        response = getattr(Client(enforce_csrf_checks=True), method)(path)

        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"

    @DATA
    def test_so_is_a_program(self, format):
        response = Client(enforce_csrf_checks=True).post(f"/concepten.{format}")

        assert response.status_code == response.json()["status"] == 405
        assert response["Content-Type"].startswith("application/problem+json")
        assert response["Allow"] == "GET, HEAD, OPTIONS"

    def test_an_editor_whose_form_is_too_old_is_told_that_nothing_was_saved(self):
        response = Client(enforce_csrf_checks=True).post(
            "/beheer/account/login/", {"login": "iemand"}
        )

        assert response.status_code == 403
        assert "Er is niets bewaard." in text(response)
