"""A restored backup names no schema to look in: what a function calls is bound when it is made.

As text the name of the called function was looked up when the rows came back, and not found: the
constraints on names failed, and with them the restore. A database of today has it so from the start
(0010); this mends those of before.
"""

from django.db import migrations

BOUND = """
CREATE OR REPLACE FUNCTION eerstelijn_naam(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN replace(eerstelijn_regel(name), ' ', '');
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0013_one_word_for_area")]

    operations = [migrations.RunSQL(BOUND, migrations.RunSQL.noop)]
