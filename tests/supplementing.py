"""A database and the files of a new version of the site, of which it lacks something."""

import datetime as dt
import json
from io import StringIO

from django.core.management import call_command
from django.db import connection

from concepts import fixtures
from concepts.models import Concept, SearchEntry
from governance.models import AgencyTask
from tests.desk import change_url, send
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaMembershipFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
    PartnerFactory,
    SourceFactory,
    make_public,
)

SINCE = dt.date(2019, 1, 1)


def folder_of_files(tmp_path):
    """What a new version of the site brings: a little of everything, which the database has too."""
    agency = AgencyFactory(slug="zorg", name="Departement Zorg")
    agency.citations.set([CitationFactory()])
    AgencyTask.objects.create(agency=agency, key="een", text="Een taak.")
    AgencyTask.objects.create(agency=agency, key="twee", text="Nog een taak.")
    caw = PartnerFactory(slug="caw", name="CAW", type__slug="welzijn")
    region = CoverageAreaFactory(slug="kempen", name="Kempen", kind__slug="streek")
    for nis, name in (("13011", "Herentals"), ("13008", "Geel")):
        place = MunicipalityFactory(nis=nis, name=name)
        AreaMembershipFactory(area=region, member=place, valid_from=SINCE)
    for slug in ("gbo", "overkop"):
        version = ConceptVersionFactory(
            concept__slug=slug,
            described_by=[SourceFactory()],
            agencies=[agency],
            partners=[caw],
        )
        make_public(version)
        AliasFactory(key=slug, concept=version.concept, text=f"Ook {slug}")
    fixtures.write(tmp_path)
    return tmp_path


def supplement(folder, *options):
    """What the command says."""
    said = StringIO()
    call_command("laad_gegevens", "--vul-aan", *options, map=folder, stdout=said)
    return said.getvalue()


def forget(*rows):
    """The rows were never there: nobody deleted them, no log tells of them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        for row in rows:
            row.delete()
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'nee'")


def forget_concept(slug):
    concept = Concept.objects.get(slug=slug)
    forget(*concept.versions.all(), concept)
    SearchEntry.objects.filter(slug=slug).delete()


def delete(desk, record):
    answer = desk.post(change_url(record).replace("/change/", "/delete/"), {"post": "yes"})
    assert answer.status_code == 302


def save(desk, record, **changes):
    answer = send(desk, change_url(record), **changes)
    assert answer.status_code == 302, answer.context["errors"]


def change(path, slug, **fields):
    """Change the record with a slug in a file."""
    entries = json.loads(path.read_text())
    next(entry for entry in entries if entry["fields"].get("slug") == slug)["fields"] |= fields
    path.write_text(json.dumps(entries))
