"""All content in one ZIP: the files that `laad_gegevens` reads, and each kind of record as a CSV.

It holds working copies too, so only the desk gives it. It is made at one moment, and holds no
accounts: no password, no log.
"""

import io
import tempfile
import zipfile
from pathlib import Path

from django.core import serializers
from django.db import connection, transaction

from concepts import fixtures
from eerstelijn.pages.export import csv_text

READ_ME = """Alle gegevens van de Wegwijzer eerste lijn, zoals ze nu zijn, werkversies inbegrepen.

json/   de bestanden die de opdracht laad_gegevens inleest, in een lege databank
csv/    dezelfde gegevens, een tabel per soort record: UTF-8, puntkomma's, opent in een rekenblad

Wie naar een ander record verwijst, noemt het bij zijn sleutel; delen ervan staan na elkaar met
" / ", meer records met " | ".
"""


def archive() -> bytes:
    """The ZIP. One moment of the database, whoever writes meanwhile."""
    packed = io.BytesIO()
    is_first = not connection.in_atomic_block
    with transaction.atomic(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        if is_first:  # what was asked in this transaction before would stand in its way
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        target.writestr("LEESMIJ.txt", READ_ME)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for path in fixtures.write(folder):
                target.write(path, f"json/{path.relative_to(folder)}")
        for model in fixtures.models():
            header, rows = table_of(model)
            data = csv_text(header, rows, excel=True)
            target.writestr(f"csv/{model._meta.model_name}.csv", data)
    return packed.getvalue()


def table_of(model):
    """A kind of record as a header and rows: every field that the files hold."""
    fields = [
        field.name
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if not field.primary_key and field.name not in fixtures.DERIVED_FIELDS
    ]
    rows = fixtures.ordered(model)
    entries = serializers.serialize(
        "python", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    return fields, [[_cell(entry["fields"].get(name)) for name in fields] for entry in entries]


def _cell(value):
    """A value in one cell: a key as its parts, many with a line between."""
    if isinstance(value, tuple):
        return " / ".join("" if part is None else str(part) for part in value)
    if isinstance(value, list):
        return " | ".join(_cell(each) for each in value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "" if value is None else str(value)
