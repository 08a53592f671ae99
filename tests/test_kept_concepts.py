"""What a process keeps of the page of a concept, and what makes it read anew.

The content of a published version stays; what it names has names, addresses and mergers of its own.
"""

import datetime as dt

import pytest

from concepts.models import ConceptVersion
from concepts.page import views
from concepts.publishing import publish, withdraw, working_copy
from concepts.search.index import reindex_all
from eerstelijn.database import stamp
from governance import derived
from governance.models import Agency, Partner, Source
from tests.factories import (
    STATEMENT_FACTORIES,
    AgencyFactory,
    AliasFactory,
    ChangeEventFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    PartnerFactory,
    ReviewFactory,
    TermFactory,
    make_public,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/concepten/gbo/"


@pytest.fixture
def version(client):
    """A published concept whose page the process keeps."""
    partner = PartnerFactory(slug="caw", name="CAW")
    agency = AgencyFactory(slug="wvg", name="Departement WVG")
    version = ConceptVersionFactory(
        concept__slug="gbo",
        name="Breed onthaal",
        summary="Een zin over vliegers.",
        partners=[partner],
        agencies=[agency],
        statements=STATEMENT_FACTORIES.values(),
    )
    make_public(version)
    reindex_all()
    client.get(ADDRESS)
    assert len(views.bodies) == 1
    return ConceptVersion.objects.get(pk=version.pk)


def page(client):
    return client.get(ADDRESS).content.decode()


def test_the_page_stays_the_same(client, version):
    first = page(client)
    views.bodies.forget()

    assert page(client) == first


def test_what_is_kept_is_the_same_for_every_question(client, version):
    other_day = client.get(f"{ADDRESS}?peildatum=2019-06-01").content.decode()

    assert "/partners/caw/?peildatum=2019-06-01" in other_day
    assert '<a href="/concepten/gbo.json?peildatum=2019-06-01">JSON</a>' in other_day
    assert "peildatum=2019-06-01" not in page(client)
    assert '<a href="/concepten/gbo.json">JSON</a>' in page(client)
    assert (len(views.bodies), len(views.bodies_of_days)) == (1, 1)


@pytest.mark.parametrize("name", ["CAW & co", "<b>CAW</b>"])
def test_another_name_of_what_it_names_shows_at_once(client, version, name):
    Partner.objects.filter(slug="caw").update(name=name)

    assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page(client)
    assert "<b>CAW</b>" not in page(client)


def test_a_merger_of_its_owner_shows_at_once(client, version):
    was, now = Agency.objects.get(slug="wvg"), AgencyFactory(name="Departement Zorg")
    year = {"end_earliest": dt.date(2022, 1, 1), "end_latest": dt.date(2022, 12, 31)}
    Agency.objects.filter(pk=was.pk).update(end_label="2022", **year)
    ChangeEventFactory(before=[was], after=[now], date="mei 2022")
    derived.rebuild()

    assert "Departement Zorg" in page(client)


def test_a_new_word_is_explained_at_once(client, version):
    TermFactory(name="vliegers", definition="Een eerste gesprek.")

    assert "Een eerste gesprek." in page(client)


def test_another_name_and_a_review_show_at_once(client, version):
    AliasFactory(concept=version.concept, text="Loket voor iedereen", kind="naam")
    ReviewFactory(version=version, date=dt.date(2026, 5, 1))

    assert "Loket voor iedereen" in page(client)
    assert "1 mei 2026" in page(client)


def test_another_place_of_what_it_cites_shows_at_once(client, version):
    place = version.milestones.first().citations.first()
    client.get(ADDRESS)

    type(place).objects.filter(pk=place.pk).update(heading="Verplaatst blok")
    Source.objects.filter(pk=place.source_id).update(short_title="Herziene tekst")

    assert "Verplaatst blok" in page(client)
    assert "Herziene tekst" in page(client)


def test_what_relates_to_it_shows_once_it_is_public(client, version):
    other = ConceptVersionFactory(name="Zorgraad")
    ConceptRelationFactory(version=other, other=version.concept)
    assert "Zorgraad" not in page(client)

    make_public(other)
    reindex_all()

    assert "Zorgraad" in page(client)


def test_a_new_version_takes_its_place(client, version):
    copy = working_copy(version.concept)
    copy.summary = "Een andere zin."
    copy.save()
    assert "Een andere zin." not in page(client)

    publish(copy)

    assert "Een andere zin." in page(client)


def test_what_is_withdrawn_is_gone(client, version):
    withdraw(version.concept)

    assert client.get(ADDRESS).status_code == 410


def test_without_a_stamp_nothing_is_kept(client, monkeypatch):
    monkeypatch.setattr(stamp, "current", lambda: None)
    partner = PartnerFactory(name="CAW")
    ConceptVersionFactory(published=True, concept__slug="gbo", partners=[partner])
    assert "CAW" in page(client)

    Partner.objects.update(name="Centrum")

    assert "Centrum" in page(client)
    assert not len(views.bodies)
