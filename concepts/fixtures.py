"""The content as files: which records stand in which file, and how they are written and read.

One file per subject, per concept and per kind of area, in an order in which every file only names
records of earlier files. They are in Django's fixture format, and name records by natural key.
A field that holds its default is left out, so that a file shows what was said and nothing else;
derived data (search index, flattened lines) is never written.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, groupby
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DatabaseError
from django.db.models import Prefetch

from concepts.models import (
    STATEMENT_KINDS,
    Alias,
    Claim,
    Concept,
    ConceptVersion,
    Discrepancy,
    LostLink,
    Review,
    TargetGroup,
    Term,
    WordPart,
)
from eerstelijn.ordered import is_ordered
from eerstelijn.portions import portions, unwatched
from eerstelijn.webaddress import WebAddressField, link_to
from governance.models import (
    Agency,
    AgencyTask,
    AreaBorder,
    AreaKind,
    AreaMembership,
    AreaName,
    AreaPart,
    ChangeEvent,
    ChangeSubject,
    Citation,
    CoverageArea,
    Decree,
    DecreeDate,
    DecreeRelation,
    OldSlug,
    Partner,
    PartnerType,
    PolicyDomain,
    Source,
    follow,
)


@dataclass(frozen=True)
class Part:
    """A file of the content, or a folder with a file for each concept or kind of area.

    `split` gives for each model of a folder the way from a row to what its file is called after.
    Reference tables stand one record a line: thousands of alike rows are read, and compared, so.
    """

    name: str
    models: tuple
    split: tuple = ()
    is_table: bool = False

    def paths(self, folder):
        """The files of this part below a folder, in the order in which they are read."""
        if self.split:
            return sorted((folder / self.name).glob("*.json"))
        return [folder / f"{self.name}.json"]

    def stems(self):
        """What the files of a folder are called after, in their order."""
        found = (
            model._default_manager.order_by().values_list(path, flat=True).distinct()
            for model, path in zip(self.models, self.split, strict=True)
        )
        return sorted({stem for stems in found for stem in stems})

    def written(self, folder):
        """The files that the database asks for."""
        if not self.split:
            return self.paths(folder)
        return [folder / self.name / f"{stem}.json" for stem in self.stems()]

    def contents(self, folder):
        """The rows of each of those files, by its path; of a folder some files at a time."""
        if not self.split:
            rows = [row for model in self.models for row in _in_order(_with_keys(model))]
            yield folder / f"{self.name}.json", rows
            return
        for stems in portions(self.stems(), PORTION):
            found = defaultdict(list)
            for model, path in zip(self.models, self.split, strict=True):
                rows = _with_keys(model, path.rpartition("__")[0])
                for row in _in_order(rows.filter(**{f"{path}__in": stems})):
                    found[follow(row, path)].append(row)
            for stem in stems:
                yield folder / self.name / f"{stem}.json", found[stem]


PARTS = (
    Part("01-bronnen", (Source, Citation)),
    Part("02-overheid", (PolicyDomain, Agency, AgencyTask)),
    Part("03-regelgeving", (Decree, DecreeDate, DecreeRelation)),
    Part("04-partners", (PartnerType, Partner)),
    Part("05-gebieden", (AreaKind,)),
    Part(
        "gebieden",
        (CoverageArea, AreaName, AreaPart),
        ("kind__slug", "area__kind__slug", "area__kind__slug"),
        is_table=True,
    ),
    Part(
        "liggingen",
        (AreaMembership, AreaBorder),
        ("area__kind__slug", "area__kind__slug"),
        is_table=True,
    ),
    Part("06-veranderingen", (ChangeEvent, ChangeSubject)),
    Part("07-woorden", (TargetGroup, Term, WordPart)),
    Part("08-concepten", (Concept,)),
    Part(
        "concepten",
        (ConceptVersion, Review, *STATEMENT_KINDS.values()),
        ("concept__slug", *["version__concept__slug"] * (1 + len(STATEMENT_KINDS))),
    ),
    Part("09-namen", (Alias, OldSlug)),
    Part("10-tegenspraken", (Discrepancy, Claim, LostLink)),
)
DERIVED_FIELDS = {"search", "told"}
#: Files of a folder whose rows are in memory at a time.
PORTION = 50


def models():
    """Every model that the files hold."""
    return [model for part in PARTS for model in part.models]


def is_empty():
    """Whether the database holds no content at all."""
    return not any(model._default_manager.exists() for model in models())


def files(folder):
    """The files of a folder in the order in which they are read."""
    return [path for part in PARTS for path in part.paths(Path(folder))]


def write(folder, progress=unwatched):
    """Write all content; the same content always gives the same bytes. Returns the files."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = [path for part in PARTS for path in part.written(folder)]
    for stale in set(files(folder)) - set(written):
        stale.unlink(missing_ok=True)
    tables = {folder / part.name for part in PARTS if part.is_table}
    contents = chain.from_iterable(part.contents(folder) for part in PARTS)
    told = progress(written, "Bestanden schrijven", "bestand")
    for _, (path, rows) in zip(told, contents, strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(_text(rows, path.parent in tables), encoding="utf-8")
    return written


def ordered(model):
    """The rows of a model in the order of their natural keys, compared as text."""
    return _in_order(_with_keys(model))


def _with_keys(model, *related):
    """The rows of a model with all that its keys, and those of what it names, are made of."""
    paths = [*key_paths(model), *filter(None, related)]
    rows = model._default_manager.select_related(*paths)
    for field in model._meta.many_to_many:
        others = field.related_model._default_manager.select_related(
            *key_paths(field.related_model)
        )
        rows = rows.prefetch_related(Prefetch(field.name, others))
    return rows


def _in_order(rows):
    """Rows in the order of their natural keys, compared as text."""
    return sorted(rows, key=lambda row: [str(part) for part in row.natural_key()])


def key_paths(model):
    """The relations that the keys of a row and of what it points to are made of."""
    for field in model._meta.concrete_fields:
        if field.is_relation:
            yield field.name
            for path in field.related_model.key_fields:
                if "__" in path:
                    yield f"{field.name}__{path.rpartition('__')[0]}"


def _text(rows, is_table):
    data = serializers.serialize(
        "python", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    for row, entry in zip(rows, data, strict=True):
        entry["fields"] = {
            name: _sorted(row, name, value)
            for name, value in entry["fields"].items()
            if name not in DERIVED_FIELDS and not _is_default(row, name, value)
        }
    encode = partial(json.dumps, cls=serializers.json.DjangoJSONEncoder, ensure_ascii=False)
    if is_table:
        return "[\n{}\n]\n".format(",\n".join(map(encode, data)))
    return f"{encode(data, indent=1)}\n"


def _sorted(row, name, value):
    """Most links have no order of their own; sources stand in that of the editor."""
    if isinstance(value, list) and not is_ordered(row._meta.get_field(name)):
        return sorted(value, key=lambda key: [str(part) for part in key])
    return value


def _is_default(row, name, value):
    field = row._meta.get_field(name)
    if field.many_to_many:
        return value == []
    return getattr(row, field.attname) == field.get_default()


#: What a file can be wrong in: it is not there, it is no list of records, or a record names another
#: record, field or value that does not exist or that the database refuses.
BROKEN = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    FieldDoesNotExist,
    ValidationError,
    DatabaseError,
)


class BrokenFixture(Exception):
    """A file that cannot be read, with a Dutch sentence that says where and why."""


def read(folder, progress=unwatched):
    """Create all records of the files, in an empty database.

    Django's loaddata reads the same files, but looks every natural key up in the database: a
    hundred times as many queries. Call it in a transaction. Raises BrokenFixture.
    """
    Reader().read(progress(files(folder), "Bestanden laden", "bestand"))


def _refuse_unsafe(model, fields, field, value):
    """What would break a page: a `javascript:` as a link, a word outside the list of its field.

    The database only says no.
    """
    words = [word for word, _ in field.flatchoices]
    if isinstance(field, WebAddressField) and value and not link_to(value):
        rule = "Een adres op het web begint met https:// of http://."
    elif words and value not in words and not (field.blank and value == ""):
        rule = f"Kies uit: {', '.join(words)}."
    else:
        return
    record = f"{model._meta.verbose_name} {fields.get(model.key_fields[0], '')}".strip()
    raise ValueError(f"{record}: {field.verbose_name} is “{value}”. {rule}")


@cache
def named_models():
    """The models whose rows other rows name; nobody looks a row of the others up."""
    return {
        field.related_model
        for model in models()
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if field.is_relation
    }


class Reader:
    """Remembers the records made so far by their natural key, as far as others name them."""

    def __init__(self):
        self.made = {}
        self.links = defaultdict(list)
        self.later = []

    def read(self, paths):
        for path in map(Path, paths):
            try:
                self._read_file(path)
            except BROKEN as error:
                raise BrokenFixture(f"Het bestand {path.name} klopt niet: {error}") from error

    def _read_file(self, path):
        entries = json.loads(path.read_text(encoding="utf-8"))
        for label, group in groupby(entries, key=lambda entry: entry["model"]):
            self._make(apps.get_model(label), [entry["fields"] for entry in group])
        self._link_later()

    def _link_later(self):
        """What a file says of records that stand further on in it."""
        for row, field, key in self.later:
            setattr(row, field.attname, self._find(field.related_model, key))
            row.save(update_fields=[field.name])
        for through, rows in self.links.items():
            through.objects.bulk_create(rows)
        self.later.clear()
        self.links.clear()

    def _make(self, model, entries):
        rows = [self._row(model, fields) for fields in entries]
        model._default_manager.bulk_create(rows)
        if model in named_models():
            for row, fields in zip(rows, entries, strict=True):
                self.made[model, self._key(model, fields)] = row.pk
        for row, fields in zip(rows, entries, strict=True):
            for field in model._meta.many_to_many:
                self._link_all(row, field, fields)

    def _row(self, model, fields):
        row = model()
        for name, value in fields.items():
            field = model._meta.get_field(name)
            if field.many_to_many:
                continue
            if not field.is_relation:
                _refuse_unsafe(model, fields, field, value)
                setattr(row, field.attname, field.to_python(value))
            elif field.related_model is model:
                # A row may name one further on in its own file.
                self.later.append((row, field, value))
            else:
                setattr(row, field.attname, self._find(field.related_model, value))
        return row

    def _link_all(self, row, field, fields):
        """What an entry names in a list, in the order of the list where that says something."""
        through = field.remote_field.through
        for place, key in enumerate(fields.get(field.name, ()), 1):
            link = through(
                **{
                    f"{field.m2m_field_name()}_id": row.pk,
                    f"{field.m2m_reverse_field_name()}_id": self._find(field.related_model, key),
                }
            )
            if is_ordered(field):
                link.position = place
            self.links[through].append(link)

    def _find(self, model, key):
        try:
            return self.made[model, tuple(map(str, key))]
        except KeyError:
            raise LookupError(f"er is geen {model._meta.verbose_name} {key}") from None

    def _key(self, model, fields):
        """The natural key of an entry: the keys of what it points to, and its own values."""
        key = []
        for name in dict.fromkeys(path.partition("__")[0] for path in model.key_fields):
            field = model._meta.get_field(name)
            value = fields.get(name, field.get_default())
            key += value if field.is_relation else [value]
        return tuple(map(str, key))
