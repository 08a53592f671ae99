"""The triggers that keep changes, beside those that guard and stamp: made, undone, made again."""

import pytest
from django.core.management import call_command
from django.db import connection

from eerstelijn.history.models import kept_models
from eerstelijn.history.reading import saves_of
from governance.models import Partner
from tests.factories import PartnerFactory, PassageFactory


def triggers(like):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname ~ %s", [like])
        return cursor.fetchone()[0]


#: A row of a table that had columns since: the model of today would write those as well.
A_PARTNER = """
INSERT INTO governance_partner (slug, name, long_name, type_id, website, description, note)
SELECT 'later', 'Later', '', type_id, '', '', '' FROM governance_partner WHERE name = 'Eerst'
"""
OURS, KEPT = "^(moves_stamp|read_only)", "^pgtrigger_"


@pytest.mark.django_db
def test_migrations_take_the_history_away_and_bring_it_back():
    ours, kept = triggers(OURS), triggers(KEPT)
    assert kept == 4 * len([*kept_models()])  # added, changed, deleted; and one on what is kept

    call_command("migrate", "concepts", "0017", verbosity=0)
    PartnerFactory(name="Eerst")  # what is half undone still takes what is written
    call_command("migrate", "history", "zero", verbosity=0)
    PassageFactory()  # and so does a database without
    with connection.cursor() as cursor:
        cursor.execute(A_PARTNER)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert (triggers(OURS), triggers(KEPT)) == (ours, 0)

    call_command("migrate", verbosity=0)
    partner = Partner.objects.get(slug="later")
    partner.name = "Daarna"
    partner.save()

    assert (triggers(OURS), triggers(KEPT)) == (ours, kept)
    assert [row.after["name"] for save in saves_of(partner) for row in save.rows] == ["Daarna"]
