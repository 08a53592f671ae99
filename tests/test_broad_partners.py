"""A partner that sources describe and do not name: a field, and what pages and data say of it."""

from functools import partial
from importlib import import_module

import pytest
from django.apps import apps

from concepts.models import Role
from governance.models import Partner
from tests.answers import text
from tests.desk import editor
from tests.factories import ConceptVersionFactory, ParticipationFactory, PartnerFactory

pytestmark = pytest.mark.django_db

SENTENCE = "Ruim omschreven: dit is geen naam van één organisatie."
migration = import_module("governance.migrations.0017_broad_partners")


@pytest.fixture
def help_in_general():
    return PartnerFactory(slug="hulp", name="Hulpverlening", is_broad=True)


@pytest.mark.parametrize(
    ("description", "left"),
    [
        (f"Hulp in het algemeen. {SENTENCE}", "Hulp in het algemeen."),
        (f"{SENTENCE} Zo staat het er.", "Zo staat het er."),
        ("Ruim omschreven: de bronnen noemen niemand.", "De bronnen noemen niemand."),
        (f"Eerst dit.\n\nDan dat. {SENTENCE}", "Eerst dit.\n\nDan dat."),
    ],
)
def test_what_a_description_said_becomes_the_field(description, left):
    said = PartnerFactory(description=description)
    other = PartnerFactory(description="Een organisatie.")

    migration.read_descriptions(apps, None)

    said.refresh_from_db()
    other.refresh_from_db()
    assert (said.is_broad, said.description) == (True, left)
    assert (other.is_broad, other.description) == (False, "Een organisatie.")


def test_its_page_its_list_and_the_data_say_so(client, help_in_general):
    PartnerFactory(slug="caw", name="CAW")

    assert "Ruim omschreven: dit is geen naam" in text(client.get("/partners/hulp/")).replace(
        "ruim", "Ruim"
    )
    assert "dit is geen naam" not in text(client.get("/partners/caw/"))
    kinds = {row["slug"]: row["ruim_omschreven"] for row in rows(client)}
    assert kinds == {"hulp": True, "caw": False}
    assert client.get("/partners/hulp.json").json()["ruim_omschreven"] is True
    listed = text(client.get("/partners/"))
    assert listed.count("ruim omschreven") == 1
    header, *lines = client.get("/partners.csv").content.decode().splitlines()
    assert header.endswith("ruim_omschreven")
    assert sorted(line.rpartition(",")[2] for line in lines) == ["ja", "nee"]


def rows(client):
    return client.get("/partners.json").json()["resultaten"]


def test_a_row_of_the_finder_tells_it_from_a_partner_by_name(client, help_in_general):
    caw = PartnerFactory(slug="caw", name="CAW")
    ConceptVersionFactory(
        published=True,
        statements=[
            partial(ParticipationFactory, partner=each, role=Role.CHAIR)
            for each in (caw, help_in_general)
        ],
    )

    row = text(client.get("/concepten/"))

    assert "CAW en Hulpverlening (ruim omschreven, voorzitter)" in row


def test_an_editor_ticks_it_and_finds_who_is(client, help_in_general):
    client.force_login(editor("redacteur"))
    other = PartnerFactory(slug="caw", name="CAW")

    form = client.get(f"/beheer/governance/partner/{other.pk}/change/").content.decode()
    assert 'name="is_broad"' in form
    assert "Vink aan als de bronnen een groep beschrijven" in form
    listed = text(client.get("/beheer/governance/partner/?is_broad__exact=1"))
    assert "Hulpverlening" in listed
    assert "CAW" not in listed


@pytest.mark.parametrize(
    ("cell", "before", "after"),
    [("ja", False, True), ("nee", True, False), ("-", True, False), ("", True, True)],
)
def test_a_table_says_it_with_ja_or_nee(cell, before, after):
    from governance.admin.tables import PartnerResource

    known = PartnerFactory(slug="hulp", is_broad=before)
    resource = PartnerResource()
    column = resource.fields["is_broad"]
    column.save(known, {"ruim omschreven": cell})

    assert known.is_broad is after
    assert column.export(known) == ("ja" if after else "nee")


def test_another_word_in_that_column_is_refused():
    from governance.admin.tables import PartnerResource

    with pytest.raises(ValueError, match="Kies uit: ja, nee"):
        PartnerResource().fields["is_broad"].save(Partner(), {"ruim omschreven": "misschien"})
