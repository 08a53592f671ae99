"""Rows that stand for all tests of a module are to each as they were made, whatever another did."""

import pytest

from concepts.models import Term
from eerstelijn.database import stamp
from eerstelijn.kept import Kept
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


# What the process read of them stays too, as on a site: to read it anew for each test takes longer
# than most of them. No test fails if it does not stay, but these.

read_once = Kept()


@pytest.fixture(scope="class")
def read(made):
    read_once.get("stamp", lambda: "read")


@pytest.fixture
def code_changed(monkeypatch):
    """A test that has this changes code, though it does not say so itself."""


@pytest.mark.usefixtures("read")
class TestWhoReads:
    @pytest.mark.parametrize("time", ["once", "again"])
    def test_finds_what_was_read(self, time):
        assert read_once.last() == "read"


@pytest.mark.usefixtures("read")
class TestWhoChangesCode:
    def test_starts_anew(self, monkeypatch):
        assert read_once.last() is None


@pytest.mark.usefixtures("read")
class TestWhoChangesASetting:
    def test_starts_anew(self, settings):
        assert read_once.last() is None


@pytest.mark.usefixtures("read")
class TestWhoseFixtureDoes:
    def test_starts_anew(self, code_changed):
        assert read_once.last() is None


@pytest.mark.usefixtures("read")
class TestWhoAsksForNothingKept:
    def test_starts_anew(self, nothing_kept):
        assert read_once.last() is None
