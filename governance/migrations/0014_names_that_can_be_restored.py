"""A restored backup names no schema to look in: what a function calls is bound when it is made.

As text the name of the called function was looked up when the rows came back, and not found: the
constraints on names failed, and with them the restore.
"""

from django.db import migrations

BOUND = """
CREATE OR REPLACE FUNCTION eerstelijn_naam(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN replace(eerstelijn_regel(name), ' ', '');
"""

AS_TEXT = """
CREATE OR REPLACE FUNCTION eerstelijn_naam(name text) RETURNS text AS $$
    SELECT replace(eerstelijn_regel(name), ' ', '');
$$ LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE;
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0013_one_word_for_area")]

    operations = [migrations.RunSQL(BOUND, AS_TEXT)]
