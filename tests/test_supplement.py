"""`laad_gegevens --vul-aan`: a database gets what it lacks, and keeps what editors made of it."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from concepts import fixtures, publishing
from concepts.models import Concept, ConceptVersion, Status
from governance.models import (
    Agency,
    AgencyTask,
    AreaKind,
    AreaLine,
    AreaMembership,
    CoverageArea,
    OldSlug,
    Partner,
)
from tests.desk import change_url, editor, opened
from tests.factories import CitationFactory
from tests.supplementing import (
    change,
    delete,
    folder_of_files,
    forget,
    forget_concept,
    save,
    supplement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return folder_of_files(tmp_path)


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def content(folder):
    """The files of a folder, or of the database as it would write them."""
    return {path.name: json.loads(path.read_text()) for path in folder.rglob("*.json")}


def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    fixtures.write(folder)
    return content(folder)


# What comes


def test_what_is_missing_comes_and_the_rest_stays(folder, tmp_path_factory, client):
    forget_concept("overkop")
    forget(*AreaMembership.objects.filter(member__nis="13008"))
    forget(CoverageArea.objects.get(nis="13008"))
    AreaLine.objects.filter(place__nis="13008").delete()
    agency = Agency.objects.get(slug="zorg")

    said = supplement(folder)

    assert exported(tmp_path_factory) == content(folder)
    assert "overkop.json: 4 nieuw, 0 al aanwezig, 0 overgeslagen" in said
    assert "gbo.json: 0 nieuw, 4 al aanwezig" in said
    assert Agency.objects.get(slug="zorg").pk == agency.pk
    assert ConceptVersion.objects.get(concept__slug="overkop").ownerships.get().agency == agency
    # What is derived follows, and the public finds it.
    assert AreaLine.objects.filter(place__nis="13008", territory__slug="kempen").exists()
    assert "Naam overkop" in client.get("/zoeken/?q=overkop").content.decode()


def test_a_second_time_nothing_is_new(folder):
    forget_concept("overkop")
    supplement(folder)

    said = supplement(folder)

    assert said.splitlines()[-1] == "Er is niets nieuws: de database heeft alles al."
    assert " 0 nieuw" in said
    assert not [line for line in said.splitlines() if "nieuw," in line and " 0 nieuw" not in line]


def test_a_trial_changes_nothing(folder):
    forget_concept("overkop")

    said = supplement(folder, "--proef")

    assert "overkop.json: 4 nieuw" in said
    assert "Dit was een proef: er is niets gewijzigd." in said
    assert not Concept.objects.filter(slug="overkop").exists()


def test_an_empty_field_is_filled_in_where_no_editor_came(folder, desk):
    save(desk, Partner.objects.get(slug="caw"), name="Centrum algemeen welzijnswerk")
    change(folder / "04-partners.json", "caw", description="Een centrum.", name="C.A.W.")
    change(folder / "02-overheid.json", "zorg", description="Een departement.", name="Zorg")

    said = supplement(folder)

    agency, partner = Agency.objects.get(slug="zorg"), Partner.objects.get(slug="caw")
    assert (agency.name, agency.description) == ("Departement Zorg", "Een departement.")
    assert (partner.name, partner.description) == ("Centrum algemeen welzijnswerk", "")
    assert "1 aangevuld, 1 anders dan in het bestand" in said


@pytest.mark.parametrize("edited", [False, True])
def test_how_tables_are_read_comes_with_them_unless_an_editor_decided(folder, desk, edited):
    kind = AreaKind.objects.get(slug="streek")
    if edited:
        save(desk, kind, composition="gedeeltelijk")
    change(folder / "05-gebieden.json", "streek", composition="volledig")

    supplement(folder)

    kind.refresh_from_db()
    assert kind.composition == ("gedeeltelijk" if edited else "volledig")


# What editors did


def test_what_an_editor_changed_stays(folder, desk):
    agency = Agency.objects.get(slug="zorg")
    save(desk, agency, name="Departement Welzijn en Zorg")
    publishing.publish(publishing.working_copy(Concept.objects.get(slug="gbo")), "iemand")

    supplement(folder)

    agency.refresh_from_db()
    assert agency.name == "Departement Welzijn en Zorg"
    versions = ConceptVersion.objects.filter(concept__slug="gbo").order_by("number")
    assert [version.status for version in versions] == [Status.FORMER, Status.PUBLISHED]


def test_what_an_editor_took_off_the_site_stays_off(folder):
    publishing.withdraw(Concept.objects.get(slug="gbo"))

    supplement(folder)

    assert not ConceptVersion.objects.published().filter(concept__slug="gbo").exists()


def test_what_an_editor_deleted_stays_away(folder, desk):
    task = AgencyTask.objects.get(key="twee")
    fields = opened(desk, change_url(task.agency))
    row = next(name for name, value in fields if value == str(task.pk)).removesuffix("-id")
    save(desk, task.agency, **{f"{row}-DELETE": "on"})
    delete(desk, AreaMembership.objects.get(member__nis="13008"))
    delete(desk, CoverageArea.objects.get(nis="13008"))

    said = supplement(folder)

    assert not AgencyTask.objects.filter(key="twee").exists()
    assert not CoverageArea.objects.filter(nis="13008").exists()
    assert "een redacteur verwijderde dit: taak zorg, twee" in said
    assert "een redacteur verwijderde dit: gebied gemeente-13008" in said
    assert "een redacteur verwijderde dit: ligging kempen, gemeente-13008" in said


def test_a_record_with_another_address_is_still_that_record(folder, desk):
    forget_concept("overkop")
    partner = Partner.objects.get(slug="caw")
    save(desk, partner, slug="centrum-caw")
    forget(*AgencyTask.objects.filter(key="twee"))
    save(desk, Agency.objects.get(slug="zorg"), slug="departement-zorg")

    supplement(folder)

    assert not Partner.objects.filter(slug="caw").exists()
    assert Agency.objects.get().tasks.count() == 2
    version = ConceptVersion.objects.get(concept__slug="overkop")
    assert version.participations.get().partner == partner


def test_a_record_that_got_another_address_in_the_files_is_not_made_twice(folder):
    path = folder / "04-partners.json"
    path.write_text(path.read_text().replace('"caw"', '"centrum"'))
    for path in (folder / "concepten").iterdir():
        path.write_text(path.read_text().replace('"caw"', '"centrum"'))
    former = {"kind": "partner", "old": "caw", "current": "centrum"}
    path = folder / "09-namen.json"
    entries = json.loads(path.read_text())
    path.write_text(json.dumps([*entries, {"model": "governance.oldslug", "fields": former}]))
    forget_concept("overkop")

    said = supplement(folder)

    assert Partner.objects.get().slug == "caw"
    assert not OldSlug.objects.exists()
    assert "dit adres is hier nog in gebruik" in said
    assert Concept.objects.filter(slug="overkop").exists()


def test_two_records_of_the_files_can_be_one_here(folder, desk):
    """An editor gave a record the address under which a new one comes."""
    save(desk, Partner.objects.get(slug="caw"), slug="centrum")
    path = folder / "04-partners.json"
    entries = json.loads(path.read_text())
    other = next(entry for entry in entries if entry["fields"]["slug"] == "caw")
    other = other | {"fields": other["fields"] | {"slug": "centrum", "name": "Een ander centrum"}}
    path.write_text(json.dumps([*entries, other]))

    supplement(folder)

    assert Partner.objects.get().name == "CAW"


def test_a_row_whose_like_an_editor_changed_does_not_come_back_under_its_old_key(folder, desk):
    place = CitationFactory(section="9.9")
    fixtures.write(folder)
    save(desk, place, section="9.8")

    said = supplement(folder)

    assert not type(place).objects.filter(section="9.9").exists()
    assert "een redacteur wijzigde" in said


def test_a_period_that_clashes_is_told(folder, desk):
    lying = AreaMembership.objects.get(member__nis="13008")
    AreaMembership.objects.filter(pk=lying.pk).update(valid_from=dt.date(2021, 1, 1))

    said = supplement(folder)

    assert AreaMembership.objects.get(member__nis="13008").valid_from == dt.date(2021, 1, 1)
    assert "Deze ligging staat er al voor een deel van die tijd.: ligging kempen" in said


def test_a_new_concept_that_names_what_is_left_out_is_left_out_as_a_whole(folder, desk):
    forget_concept("overkop")
    forget_concept("gbo")
    delete(desk, Partner.objects.get(slug="caw"))

    said = supplement(folder)

    assert not Concept.objects.exists()
    assert "noemt iets dat er niet bij komt: partner caw" in said
    assert "10-tegenspraken.json" in said


# Nonsense


def drop_citations(entries):
    for entry in entries:
        entry["fields"].pop("citations", None)


def name_a_stranger(entries):
    entries[0]["fields"]["concept"] = ["zeppelin"]


def repeat(entries):
    entries.append(entries[0])


@pytest.mark.parametrize(
    ("breakage", "problem"),
    [
        (drop_citations, "heeft nog geen bron"),
        (name_a_stranger, "er is geen concept of ontwikkeling zeppelin"),
        (repeat, "staat er twee keer"),
        (lambda entries: entries[0]["fields"].update(kind="bos"), "bos"),
        (lambda entries: entries[0]["fields"].update(hoogte=12), "hoogte"),
        (lambda entries: entries[0].update(model="concepts.tree"), "tree"),
        (lambda entries: entries[0].pop("fields"), "fields"),
    ],
)
def test_nonsense_is_refused_and_nothing_changes(folder, breakage, problem):
    forget_concept("overkop")
    forget(*AgencyTask.objects.filter(key="twee"))
    path = folder / "concepten" / "overkop.json"
    entries = json.loads(path.read_text())
    breakage(entries)
    path.write_text(json.dumps(entries))

    with pytest.raises(CommandError, match=f"(?s)Er is niets toegevoegd.*{problem}"):
        supplement(folder)

    assert not Concept.objects.filter(slug="overkop").exists()
    assert not AgencyTask.objects.filter(key="twee").exists()


def test_a_folder_that_is_not_there_is_refused(folder):
    with pytest.raises(CommandError, match=r"ontbreekt\. Er is niets geladen"):
        supplement(folder / "nergens")


def test_a_filled_database_is_told_how_to_get_what_it_lacks(folder):
    with pytest.raises(CommandError, match="laad_gegevens --vul-aan"):
        call_command("laad_gegevens", map=folder, stdout=StringIO())
