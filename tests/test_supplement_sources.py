"""`laad_gegevens --vul-aan` and sources: they come where no editor decided on them."""

import pytest
from django.core.management import CommandError

from concepts import fixtures
from governance.models import Agency, AreaKind, CoverageArea, Partner
from tests.desk import editor
from tests.factories import CitationFactory
from tests.supplementing import change, delete, folder_of_files, forget, save, supplement

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return folder_of_files(tmp_path)


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def the_region():
    return CoverageArea.objects.get(slug="kempen")


def cite(path, slug, *places):
    """Let the record with a slug in a file cite these places."""
    change(path, slug, citations=[list(place.natural_key()) for place in places])


def test_sources_that_differ_are_told_and_stay(folder):
    agency, other = Agency.objects.get(slug="zorg"), CitationFactory(section="9.8")
    before = list(agency.citations.all())
    fixtures.write(folder)
    cite(folder / "02-overheid.json", "zorg", *before, other)

    said = supplement(folder)

    assert "02-overheid.json: 0 nieuw, 5 al aanwezig (1 anders dan in het bestand)" in said
    assert list(agency.citations.all()) == before


def test_a_record_without_sources_gets_them_where_no_editor_came(folder, desk):
    partner, region, place = Partner.objects.get(), the_region(), CitationFactory()
    fixtures.write(folder)
    save(desk, partner, name="Centrum algemeen welzijnswerk")
    cite(folder / "04-partners.json", "caw", place)
    cite(folder / "gebieden" / "streek.json", "kempen", place)

    said = supplement(folder)

    assert list(region.citations.all()) == [place]
    assert not partner.citations.exists()
    assert "streek.json: 0 nieuw, 1 al aanwezig (1 aangevuld)" in said
    assert "04-partners.json: 0 nieuw, 2 al aanwezig (1 anders dan in het bestand)" in said


def test_the_sources_that_an_editor_gave_stay(folder, desk):
    agency, place = Agency.objects.get(slug="zorg"), CitationFactory(section="9.9")
    save(desk, agency, citations=[str(place.pk)])

    said = supplement(folder)

    assert list(agency.citations.all()) == [place]
    assert "02-overheid.json: 0 nieuw, 5 al aanwezig (1 anders dan in het bestand)" in said


def test_the_sources_that_an_editor_took_away_stay_away(folder, desk):
    agency = Agency.objects.get(slug="zorg")
    save(desk, agency, citations=[])

    supplement(folder)

    assert not agency.citations.exists()


def test_a_source_of_the_same_release_reaches_a_record_without(folder):
    region, new = the_region(), CitationFactory(source__slug="nieuw")
    fixtures.write(folder)
    cite(folder / "gebieden" / "streek.json", "kempen", new)
    forget(new, new.source)

    supplement(folder)

    assert region.citations.get().natural_key() == new.natural_key()


def test_sources_of_which_an_editor_deleted_one_do_not_come_by_half(folder, desk):
    region, kept, gone = the_region(), CitationFactory(), CitationFactory(section="9.9")
    fixtures.write(folder)
    cite(folder / "gebieden" / "streek.json", "kempen", kept, gone)
    delete(desk, gone)

    said = supplement(folder)

    assert not region.citations.exists()
    assert "streek.json: 0 nieuw, 1 al aanwezig (1 anders dan in het bestand)" in said


def test_what_a_kind_of_area_cites_follows_the_files(folder):
    kind, place = AreaKind.objects.get(slug="streek"), CitationFactory()
    kind.citations.set([CitationFactory(section="9.9")])
    fixtures.write(folder)
    cite(folder / "05-gebieden.json", "streek", place)

    supplement(folder)

    assert list(kind.citations.all()) == [place]


def test_a_source_that_no_file_knows_stops_everything(folder):
    change(folder / "gebieden" / "streek.json", "kempen", citations=[["zeppelin", "", "x", None]])

    with pytest.raises(CommandError, match=r"(?s)Er is niets toegevoegd.*er is geen .*zeppelin"):
        supplement(folder)
