"""What the finder finds, and the concepts of three partners to find."""

import pytest

from tests.answers import slugs
from tests.factories import PartnerFactory, PartnerTypeFactory
from tests.said import concept

URL = "/concepten.json"


def found(client, **query):
    return slugs(client.get(URL, query))


@pytest.fixture
def partners():
    """CAW and OCMW of one type, CLB of another, and the concepts that ask them."""
    welfare, schools = PartnerTypeFactory(slug="welzijn"), PartnerTypeFactory(slug="onderwijs")
    caw = PartnerFactory(slug="caw", type=welfare)
    ocmw = PartnerFactory(slug="ocmw", type=welfare)
    clb = PartnerFactory(slug="clb", type=schools)
    concept("alleen-caw", partners=[caw])
    concept("caw-en-clb", partners=[caw, clb])
    concept("alleen-ocmw", partners=[ocmw])
    concept("zonder-partner")
    return {"caw": caw, "ocmw": ocmw, "clb": clb}
