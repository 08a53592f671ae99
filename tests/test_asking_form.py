"""The form that asks what is asked of somebody, where it stands and what it refuses."""

import pytest

from concepts.models import Role
from tests.asks import a_few_partners, a_town, asking_concepts, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return a_town()


@pytest.fixture
def partners():
    return a_few_partners()


@pytest.fixture
def concept(partners):
    return asking_concepts(partners)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("wie=ocmw&waar=", "/gevraagd/?partner=ocmw"),
        ("wie=soort:lokaal-bestuur", "/gevraagd/?partnertype=lokaal-bestuur"),
        ("wie=&waar=Leuven", "/gevraagd/?waar=Leuven"),
        ("wie=", "/gevraagd/"),
        ("wie=//elders.be", "/gevraagd/?partner=%2F%2Felders.be"),
    ],
)
def test_the_form_leads_to_the_address_that_says_the_same(client, asked, leads_to):
    response = client.get(f"/gevraagd/?{asked}")

    assert response.status_code == 302
    assert response["Location"] == leads_to


@pytest.mark.parametrize("path", ["/", "/gevraagd/", "/partners/ocmw/", "/gemeenten/24062-leuven/"])
def test_the_form_stands_where_a_reader_may_wonder(client, concept, town, path):
    concept("a", ("ocmw", Role.PARTICIPANT, ""))

    html = client.get(path).content.decode()

    assert '<form class="who' in html
    assert '<option value="soort:lokaal-bestuur">' in html
    assert ('name="gemeente" value="24062"' in html) is path.startswith("/gemeenten")
    assert ('<option value="ocmw" selected>' in html) is path.startswith("/partners")


def test_what_cannot_be_followed_is_told_and_data_refuse_it(client, concept):
    concept("a", ("ocmw", Role.PARTICIPANT, ""))

    page = said(client, "partner=ocmw&partner=niemand&kleur=rood")
    refused = client.get("/gevraagd.json?partner=niemand&wie=ocmw")

    assert "We kennen “niemand” niet bij het filter “partner”" in page
    assert "“kleur”" in page
    assert refused.status_code == 400
    assert {row["parameter"] for row in refused.json()["parameters"]} == {"partner", "wie"}
