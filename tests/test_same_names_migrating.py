"""What the migrations of same names do with a database of before, which may hold doubles."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection

from concepts.models import Alias, Concept, ConceptVersion, Discrepancy, Term, WordPart
from governance.models import (
    Agency,
    AreaKind,
    ChangeEvent,
    CoverageArea,
    Decree,
    OldSlug,
    Partner,
    PartnerType,
    PolicyDomain,
    Source,
)
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    MunicipalityFactory,
    PartnerFactory,
    TermFactory,
)
from tests.zones import police_zones, zone

pytestmark = pytest.mark.django_db


@pytest.fixture
def zones():
    return police_zones()


GOVERNANCE = import_module("governance.migrations.0010_same_names")
CONCEPTS = import_module("concepts.migrations.0012_same_names")


def before(*rules):
    """Take the rules of these models away: the database is as it was before them."""
    for model in rules:
        for rule in model._meta.constraints:
            if hasattr(rule, "field"):
                with connection.schema_editor() as schema:
                    schema.remove_constraint(model, rule)


def migrated(migration):
    with connection.schema_editor() as schema:
        migration.clear(apps, schema)


def test_a_migration_that_meets_doubles_names_them_all_and_changes_nothing():
    before(Partner, Agency)
    for name in ("CAW", "caw", "OCMW", "O C M W"):
        PartnerFactory(name=name)
    AgencyFactory(name="Dienst")

    with pytest.raises(CommandError) as refusal:
        migrated(GOVERNANCE)

    said = str(refusal.value)
    assert "Er is niets gewijzigd." in said
    assert "partner: “CAW” (nummer " in said
    assert "“O C M W” (nummer " in said
    assert "Dienst" not in said


def test_it_gives_addresses_small_letters_and_a_postcode_once(capsys):
    before(Partner, CoverageArea, OldSlug, Decree, ChangeEvent, Source)
    PartnerFactory(slug="CAW")
    town = MunicipalityFactory(postcodes=["8501", "8500", "8500"])
    OldSlug.objects.create(kind="partner", old="Oud", current="CAW")
    OldSlug.objects.create(kind="partner", old="Caw", current="CAW")

    migrated(GOVERNANCE)

    assert Partner.objects.get().slug == "caw"
    town.refresh_from_db()
    assert town.postcodes == ["8500", "8501"]
    assert list(OldSlug.objects.values_list("old", "current")) == [("oud", "caw")]
    assert "Adres in kleine letters: partner caw" in capsys.readouterr().out


def test_an_address_that_is_taken_in_small_letters_is_told():
    before(Partner, PartnerType, PolicyDomain, AreaKind)
    PartnerFactory(slug="CAW"), PartnerFactory(slug="caw")

    with pytest.raises(CommandError, match="het adres “CAW” naast “caw”"):
        migrated(GOVERNANCE)


def test_words_concepts_and_areas_too(zones):
    before(Term, Alias, ConceptVersion, Concept, Discrepancy, WordPart)
    TermFactory(name="Begrip"), TermFactory(name="begrip")
    version = ConceptVersionFactory(published=True, name="Proef")
    ConceptVersionFactory(concept=version.concept, number=2, name="Proef")
    ConceptVersionFactory(name="proef")

    with pytest.raises(CommandError) as refusal:
        migrated(CONCEPTS)

    said = str(refusal.value)
    assert all(f"{kind}: “" in said for kind in ("begrip", "versie"))
    assert said.count("\n- ") == 2

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE governance_coveragearea DISABLE TRIGGER ALL")
    zone(zones, "PZ Aalst"), zone(zones, "pz aalst")
    with pytest.raises(CommandError, match="politiezone: “PZ Aalst”"):
        migrated(GOVERNANCE)


def test_of_another_name_that_stands_twice_one_goes_and_its_note_stays(capsys):
    before(Alias)
    partner, other = PartnerFactory(), PartnerFactory()
    for key, text, note in (("een", "OverKop", ""), ("twee", "Overkop ", "Zo op de poster.")):
        Alias.objects.create(key=key, text=text, note=note, kind="naam", partner=partner)
    Alias.objects.create(key="drie", text="Overkop", kind="naam", partner=other)

    migrated(CONCEPTS)

    assert [(alias.text, alias.note) for alias in partner.aliases.all()] == [
        ("OverKop", "Zo op de poster.")
    ]
    assert other.aliases.count() == 1
    assert "nu één keer: OverKop, Overkop" in capsys.readouterr().out


def test_a_database_in_order_is_left_alone():
    PartnerFactory(name="CAW")
    ConceptVersionFactory(published=True)

    migrated(GOVERNANCE)
    migrated(CONCEPTS)

    assert Partner.objects.get().name == "CAW"
