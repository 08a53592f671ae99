"""All content in one ZIP, for whoever may see every kind of record."""

import io
import zipfile

import pytest

from concepts import fixtures
from governance.models import Partner
from tests.desk import editor
from tests.everything import everything
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db

URL = "/beheer/alles.zip"


def unpacked(client):
    answer = client.get(URL)
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_it_holds_what_can_be_loaded_again(client, tmp_path):
    client.force_login(editor("redacteur"))
    everything()
    fixtures.write(tmp_path)

    packed = unpacked(client)

    names = {name for name in packed.namelist() if name.startswith("json/")}
    assert names == {f"json/{p.relative_to(tmp_path)}" for p in tmp_path.rglob("*.json")}
    assert packed.read("json/04-partners.json") == (tmp_path / "04-partners.json").read_bytes()


def test_each_kind_of_record_is_a_table_whose_formulas_are_harmless(client):
    client.force_login(editor("redacteur"))
    PartnerFactory(slug="caw", name="=1+1", type__slug="welzijn")

    packed = unpacked(client)

    tables = {name for name in packed.namelist() if name.startswith("csv/")}
    assert tables == {f"csv/{model._meta.model_name}.csv" for model in fixtures.models()}
    partners = packed.read("csv/partner.csv").decode("utf-8-sig").splitlines()
    assert partners[1].startswith("caw;'=1+1;;welzijn;")
    assert len(partners) == 1 + Partner.objects.count()


def test_it_holds_no_account(client):
    user = editor("redacteur", email="iemand@example.org")
    client.force_login(user)

    packed = unpacked(client)

    assert not any(b"iemand@example.org" in packed.read(name) for name in packed.namelist())


def test_only_who_may_see_everything_gets_it(client):
    assert client.get(URL).status_code == 302
    client.force_login(editor())

    assert client.get(URL).status_code == 403
