"""Rows that stand for all tests of a module are to each as they were made, whatever another did."""

import pytest

from concepts.models import Term
from eerstelijn.database import stamp
from tests import databases
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    def make():
        term = TermFactory(slug="eerst", definition="Zoals het was.")
        return {"term": term, "stamp": stamp.read()}

    with databases.made_once(django_db_blocker, make) as made:
        yield made


@pytest.mark.parametrize("time", ["once", "again"])
def test_what_a_test_changes_no_other_sees(made, time):
    found = made()
    assert Term.objects.get().definition == found["term"].definition == "Zoals het was."
    assert stamp.read() == found["stamp"]

    found["term"].definition = "Anders."
    found["term"].save()
    TermFactory(slug="nog-een")

    assert Term.objects.get(slug="eerst").definition == "Anders."
    assert stamp.read() != found["stamp"]
