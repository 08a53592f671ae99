"""A finder page with three concepts, and what it shows around its rows."""

import pytest

from tests.factories import ConceptVersionFactory, PartnerFactory, PartnerTypeFactory

URL = "/concepten/"


@pytest.fixture
def partners():
    """CAW and OCMW of one type, CLB of another, and three concepts that ask them."""
    welfare = PartnerTypeFactory(slug="welzijn", name="Welzijn", position=1)
    schools = PartnerTypeFactory(slug="onderwijs", name="Onderwijs", position=2)
    caw = PartnerFactory(slug="caw", name="CAW", type=welfare)
    ocmw = PartnerFactory(slug="ocmw", name="OCMW", type=welfare)
    clb = PartnerFactory(slug="clb", name="CLB", type=schools)
    for slug, asked in {"a": [caw], "b": [caw, clb], "c": [ocmw]}.items():
        ConceptVersionFactory(published=True, concept__slug=slug, partners=asked)


def listing(client, url=URL, **parameters):
    return client.get(url, parameters).context["finder"]
