"""What a new version of the site brings, added to a database that editors work in.

A record that is there stays as it is, whoever made it. What is missing comes from the fixtures, and
names the records that are there. So does the value of a field that is still empty, as it is after a
migration that brought the field; the sources of a record that has none; and what says how tables of
areas are read, since it comes with them; but never in a record that an editor touched. Not
everything that is missing comes:

- what an editor deleted stays away; the log of the desk tells what that was;
- a row under a record stays away when an editor changed its like there: it may be that same row,
  under another key;
- a concept that is there keeps its versions, and no statement is added to them;
- a row that clashes with what is there, such as a period that overlaps another, is left out;
- what belongs to, or names, something that is left out is left out too; a new concept as a whole.

Each of these is told. What is wrong with a file itself stops everything, as it does when loading.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from concepts import fixtures
from concepts.models import STATEMENT_KINDS, Concept, ConceptVersion, Review, Status
from concepts.publishing import missing_of
from concepts.stored import Stored, parent, parent_field
from eerstelijn.database.refusals import in_words
from eerstelijn.desk.log import DeskLog
from governance.models import AreaKind, OldSlug

#: These follow the files until an editor touches them.
FOLLOWS_FILES = {AreaKind}
#: The days of what is there end by an import or by an editor, which leaves the rest in step.
LIFE = {"valid_from", "valid_until"}
#: What a concept that is there keeps as it is.
OF_A_VERSION = {ConceptVersion, Review, *STATEMENT_KINDS.values()}

#: A list that names something that is left out.
UNFOUND = object()

DELETED = "een redacteur verwijderde dit"
KEPT = "het concept staat er al en houdt zijn eigen versies"
IN_USE = "dit adres is hier nog in gebruik"
ORPHANED = "hoort bij iets dat er niet bij komt"


@dataclass
class FileReport:
    """What became of the records of one file."""

    name: str
    new: int = 0
    present: int = 0
    #: Of those present: how many got a value for an empty field, and how many still say something
    #: else than the file.
    filled: int = 0
    different: int = 0
    #: The names of records that were left out, by the reason.
    left_out: dict = field(default_factory=lambda: defaultdict(list))

    @property
    def skipped(self):
        return sum(map(len, self.left_out.values()))


class LeftOut(LookupError):
    """A record names one that stands in the files, but is left out."""


class Supplement(fixtures.Reader):
    """Adds what is missing; `reports` tells of each file. Call `add` in a transaction."""

    def __init__(self, folder):
        super().__init__()
        self.folder = Path(folder)
        self.paths = fixtures.files(folder)
        self.desk = DeskLog()
        #: Why records were refused when they were tried.
        self.refused = {}
        #: What the files hold: their entries, and the keys of each model as they read here.
        self.entries, self.filed = {}, defaultdict(set)
        #: Records that have another address here than in the files, by kind and address there.
        self.renamed = {
            (kind, old): current
            for kind, old, current in OldSlug.objects.values_list("kind", "old", "current")
        }
        self.stored, self.likes = Stored(), {}

    def add(self):
        """Add what is missing, and leave out what turns out to be impossible.

        That shows only when it is tried. Then all is undone and tried without it, until nothing
        else turns up: so nothing ever names what is not there. Raises BrokenFixture.
        """
        self._each_file(self._parse)
        self._each_file(self._learn_addresses)
        self._each_file(self._note_keys)
        known = None
        while known != len(self.refused):
            known = len(self.refused)
            self.made, self.reports, self.published = {}, [], []
            with transaction.atomic():
                self.read(self.paths)
                self._check_constraints()
                if known != len(self.refused):
                    transaction.set_rollback(True)
        self._check_publication()
        return self.reports

    def _each_file(self, act):
        for path in self.paths:
            try:
                act(path)
            except fixtures.BROKEN as error:
                raise fixtures.BrokenFixture(
                    f"Het bestand {path.name} klopt niet: {error}"
                ) from error

    # What the files hold and what is there

    def _parse(self, path):
        entries = json.loads(path.read_text(encoding="utf-8"))
        self.entries[path] = [(apps.get_model(e["model"]), e["fields"]) for e in entries]

    def _note_keys(self, path):
        seen = set()
        for model, fields in self.entries[path]:
            key = super()._key(model, fields)  # two records of the files can be one here
            if (model, key) in seen:
                raise ValueError(f"{_named(model, key)} staat er twee keer")
            seen.add((model, key))
            self.filed[model].add(self._key_here(model, key))

    def _learn_addresses(self, path):
        """Which records bear another address here than in a file: it calls that a former one."""
        for model, fields in self.entries[path]:
            if model is OldSlug:
                kind, old, current = fields["kind"], fields["old"], fields["current"]
                stored = self.stored.rows(_model_of(kind))
                if (old,) in stored and (current,) not in stored:
                    self.renamed[kind, current] = old

    def _key(self, model, fields):
        return self._key_here(model, super()._key(model, fields))

    def _key_here(self, model, key):
        """A key of the files as it reads here, where a record may have another address."""
        rest, here = list(key), []
        for name, paths in groupby(model.key_fields, key=lambda path: path.partition("__")[0]):
            length = len(list(paths))
            part, rest = rest[:length], rest[length:]
            relation = model._meta.get_field(name)
            if relation.is_relation:
                part = self._key_here(relation.related_model, part)
            elif model.key_fields == ("slug",):
                part = [self.renamed.get((model._meta.model_name, *part), *part)]
            here += part
        return tuple(map(str, here + rest))

    # Reading a file

    def _read_file(self, path):
        self.report = FileReport(str(path.relative_to(self.folder)))
        self.reports.append(self.report)
        added = []
        for model, group in groupby(self.entries[path], key=lambda entry: entry[0]):
            added.append((model, self._make(model, [fields for _, fields in group])))
        self._link_later()
        for model, rows in added:
            self._check(model, rows)

    def _make(self, model, entries):
        """Make the rows that are missing; returns them by their key."""
        stored, missing_here = self.stored.rows(model), {}
        for fields in entries:
            key = self._key(model, fields)
            if key in stored:
                self.made[model, key] = stored[key].pk
                self.report.present += 1
                self._fill(stored[key], fields)
            elif reason := self._reason(model, key, fields):
                self._leave_out(model, key, reason)
            else:
                missing_here[key] = fields
        rows = {key: self._row(model, fields) for key, fields in missing_here.items()}
        self._insert(model, rows)
        rows = {key: row for key, row in rows.items() if (model, key) not in self.refused}
        self.report.new += len(rows)
        for key, row in rows.items():
            self.made[model, key] = row.pk
        for key, row in rows.items():
            for link in model._meta.many_to_many:
                self._try(model, key, self._link_all, row, link, missing_here[key])
        return rows

    def _fill(self, row, fields):
        """Give a record that no editor touched what it still lacks."""
        model = type(row)
        different = dict(self._differences(row, fields))
        lacking = {
            name: value
            for name, value in different.items()
            if value is not UNFOUND
            and (model in FOLLOWS_FILES or (name not in LIFE and self.stored.is_empty(row, name)))
        }
        follows = lacking and model not in OF_A_VERSION
        if follows and not self.desk.has_touched(row, parent(row)):
            lists = lacking.keys() & {link.name for link in model._meta.many_to_many}
            columns = {name: lacking[name] for name in lacking.keys() - lists}
            model._base_manager.filter(pk=row.pk).update(**columns)
            for name in lists:
                getattr(row, name).set(lacking[name])
            self.report.filled += 1
            different = different.keys() - lacking
        self.report.different += bool(different)

    def _differences(self, row, fields):
        """What an entry says else than a record, by field: values, and what it names in a list.

        The one record that a field points to is not compared.
        """
        for column in row._meta.concrete_fields:
            derived = column.primary_key or column.name in fixtures.DERIVED_FIELDS
            if not (derived or column.is_relation):
                said = column.to_python(fields.get(column.name, column.get_default()))
                if said != getattr(row, column.attname):
                    yield column.name, said
        for link in row._meta.many_to_many:
            keys = fields.get(link.name, ())
            try:
                said = [self._find(link.related_model, key) for key in keys]
            except LeftOut:
                said = UNFOUND
            if said is UNFOUND or not self.stored.names(row, link, said):
                yield link.name, said

    def _insert(self, model, rows):
        """All at once; one by one when the database refuses some, to tell which."""
        if not rows:
            return
        try:
            with transaction.atomic():
                model._default_manager.bulk_create(rows.values())
        except IntegrityError:
            for key, row in rows.items():
                try:
                    with transaction.atomic():
                        model._default_manager.bulk_create([row])
                except IntegrityError as error:
                    self._refuse(model, key, in_words(error))

    def _link_later(self):
        made = []
        for row, relation, named in self.later:
            key = tuple(map(str, row.natural_key()))
            if row.pk and self._try(type(row), key, self._find, relation.related_model, named):
                made.append((row, relation, named))
        self.later = made
        super()._link_later()

    def _find(self, model, key):
        key = self._key_here(model, key)
        if key in (stored := self.stored.rows(model)):
            return stored[key].pk
        if (model, key) in self.made:
            return self.made[model, key]
        if key in self.filed[model]:
            raise LeftOut(f"noemt iets dat er niet bij komt: {_named(model, key)}")
        raise LookupError(f"er is geen {_named(model, key)}")

    def _check(self, model, rows):
        """The rules of a record; and whether an editor did away with it."""
        relations = [each.name for each in model._meta.fields if each.is_relation]
        keys = {row.pk: key for key, row in rows.items()}
        added = model._default_manager.select_related(*relations).filter(pk__in=keys)
        for row in added:
            key = keys[row.pk]
            row.clean_fields(exclude=relations)
            if self.desk.has_deleted(row, parent(row)):
                self._refuse(model, key, DELETED)
            try:
                row.clean()
            except ValidationError as error:
                self._refuse(model, key, " ".join(error.messages))
            if model is ConceptVersion and row.status == Status.PUBLISHED:
                self.published.append(row)

    def _check_constraints(self):
        """What the database would tell at the end of the transaction, now, in words."""
        try:
            connection.check_constraints()
        except IntegrityError as error:
            raise fixtures.BrokenFixture(in_words(error)) from error

    def _check_publication(self):
        """A new version that is public has what publishing asks of it."""
        lacking = zip(self.published, missing_of(self.published), strict=True)
        problems = [f"{row}: {told}" for row, problems in lacking for told in problems]
        if problems:
            raise fixtures.BrokenFixture("\n".join(problems))

    # What is left out, and why

    def _reason(self, model, key, fields):
        """Why a record cannot come, as far as is known before it is tried."""
        if reason := self.refused.get((model, key)):
            return reason
        if model in OF_A_VERSION and key[:1] in self.stored.rows(Concept):
            return KEPT
        if model is OldSlug and key[1:] in self.stored.rows(_model_of(fields["kind"])):
            return IN_USE
        if reason := self._reason_of_parent(model, key):
            return reason
        try:
            for name, value in fields.items():
                relation = model._meta.get_field(name)
                if relation.is_relation and relation.related_model is not model:
                    for named in value if relation.many_to_many else [value]:
                        if named is not None:
                            self._find(relation.related_model, named)
        except LeftOut as error:
            return str(error)
        return ""

    def _reason_of_parent(self, model, key):
        name = parent_field(model)
        if name is None:
            return ""
        above = model._meta.get_field(name).related_model
        length = sum(path.startswith(f"{name}__") for path in model.key_fields)
        if key[:length] in self.stored.rows(above):
            like = self._likes(model).get(key[:length])
            return like and f"een redacteur wijzigde “{like}”, wat hetzelfde kan zijn"
        if key[:length] not in self.filed[above]:
            raise LookupError(f"er is geen {_named(above, key[:length])}")
        return "" if (above, key[:length]) in self.made else ORPHANED

    def _likes(self, model):
        """Rows that an editor changed and that no file holds, by the key of their parent."""
        if model not in self.likes:
            self.likes[model] = {
                tuple(map(str, above.natural_key())): str(row)
                for key, row in self.stored.rows(model).items()
                if key not in self.filed[model] and self.desk.has_changed(row, above := parent(row))
            }
        return self.likes[model]

    def _leave_out(self, model, key, reason):
        self.report.left_out[reason].append(_named(model, key))
        if model in OF_A_VERSION and key[:1] not in self.stored.rows(Concept):
            self.refused.setdefault((Concept, key[:1]), f"{_named(model, key)}: {reason}")

    def _refuse(self, model, key, reason):
        """Leave a record out from the next attempt on."""
        self.refused.setdefault((model, key), reason)
        self._leave_out(model, key, reason)

    def _try(self, model, key, act, *arguments):
        """Do something for a row that names others; refuse the row when one is left out."""
        try:
            act(*arguments)
        except LeftOut as error:
            self._refuse(model, key, str(error))
            return False
        return True


def _named(model, key):
    """A record as the report calls it: its kind and its key."""
    words = (word for word in key if word not in ("", "None"))
    return f"{model._meta.verbose_name} {', '.join(words)}"


def _model_of(kind):
    """The model of records with an address, by the name that former addresses give it."""
    return {model._meta.model_name: model for model in fixtures.models()}[kind]
