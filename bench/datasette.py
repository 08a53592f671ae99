"""Datasette beside the site: the same concepts in SQLite, shaped as it likes them best.

Five facets, of which three are arrays, counted conjunctively; the site counts twelve, each as if
its own filter were off. Text stands in an index of its own, and nothing is changed meanwhile.
"""

import csv
import io
import json
import sqlite3
from urllib.parse import quote, urlencode

PLAIN, SEVERAL = ("soort", "schaal"), ("domeinen", "diensten", "partners")
#: Limits are lifted: by default it leaves facets out that take longer than 200 ms.
OPTIONS = (
    *("--setting", "suggest_facets", "off"),
    *("--setting", "facet_time_limit_ms", "30000"),
    *("--setting", "sql_time_limit_ms", "30000"),
)


def fill(file, concepts):
    """Write the site's own CSV of all concepts into a new database."""
    database = sqlite3.connect(file)
    columns = ", ".join((*PLAIN, *SEVERAL))
    database.execute(f"CREATE TABLE concepten (id INTEGER PRIMARY KEY, slug, naam, {columns})")
    database.execute(
        "CREATE VIRTUAL TABLE woorden USING fts5(naam, samenvatting, content='', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    for number, row in enumerate(csv.DictReader(io.StringIO(concepts.lstrip("\ufeff"))), 1):
        arrays = [
            json.dumps([part.partition(":")[0] for part in row[key].split("|") if part])
            for key in SEVERAL
        ]
        plain = [row[key] for key in PLAIN]
        values = [number, row["slug"], row["naam"], *plain, *arrays]
        database.execute("INSERT INTO concepten VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        text = [number, row["naam"], row["samenvatting"]]
        database.execute("INSERT INTO woorden (rowid, naam, samenvatting) VALUES (?, ?, ?)", text)
    for key in ("naam", *PLAIN):
        database.execute(f"CREATE INDEX op_{key} ON concepten ({key})")
    database.execute("ANALYZE")
    database.commit()
    database.close()


def metadata():
    """Which index the words of a table are in."""
    table = {"fts_table": "woorden", "fts_pk": "id"}
    return json.dumps({"databases": {"kb": {"tables": {"concepten": table}}}})


def pages(word, filters):
    """The pages that ask what those of the site ask, by the same names."""
    shown = [("_facet", key) for key in PLAIN] + [("_facet_array", key) for key in SEVERAL]
    asked = urlencode([*shown, ("_size", 20), ("_sort", "naam")])
    narrowed = urlencode([(f"{key}__arraycontains", value) for key, value in filters])
    return {
        "list": f"/kb/concepten?{asked}",
        "filters": f"/kb/concepten?{narrowed}&{asked}",
        "word": f"/kb/concepten?_search={quote(word)}&{asked}",
        "concept": "/kb/concepten/1",
    }
