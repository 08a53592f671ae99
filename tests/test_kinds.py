"""Every kind of statement has its place on every surface of the site.

A kind describes itself in its class; what it has beside that is written by hand, in files that
"Add a model" in the README names. Each surface is a function here that looks for a kind: the test
that fails says which kind it was forgotten for.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.apps import apps
from django.db import connection, models
from django.template.loader import get_template

from concepts import fixtures
from concepts.admin.statements import GROUPS
from concepts.models import STATEMENT_KINDS, Concept, ConceptVersion, Statement
from concepts.page.data import record_data
from concepts.page.sections import ConceptPage
from concepts.page.shared import Shared
from concepts.publishing import working_copy
from concepts.reading import with_statements
from concepts.rights import rights_of
from concepts.search.index import reindex_all
from concepts.search.query import has_words
from eerstelijn.desk.forms import new_key
from eerstelijn.history.models import table_of
from governance.models import Citation
from tests.everything import everything
from tests.factories import (
    STATEMENT_FACTORIES,
    ConceptVersionFactory,
    StatementFactory,
    make_public,
)

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parents[1] / "docs"
WORD = "vliegermaker"
#: Texts that search leaves alone, since they only say of what a number is.
NOT_SEARCHED = {("kerncijfer", "unit")}


def version_with(kind, **fields):
    """A working copy that says one thing of a kind."""
    version = ConceptVersionFactory(statements=[STATEMENT_FACTORIES[kind.data_name]])
    row = kind.objects.get(version=version)
    for field in own_fields(kind):
        if field.related_model is Concept and getattr(row, field.attname):
            ConceptVersionFactory(concept=getattr(row, field.name), published=True)
    return version


def own_fields(kind):
    """The columns of a kind that not every kind has."""
    shared = {field.name for field in Statement._meta.get_fields()}
    return [f for f in kind._meta.concrete_fields if f.name not in {*shared, "id"}]


def own_texts(kind):
    """The names of its columns with words in them; a date is no text, nor a choice."""
    return [
        field.name
        for field in own_fields(kind)
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and not field.name.endswith("_label")
    ]


# The surfaces


def rights(kind):
    """Whoever may write may also delete: a statement goes with its version."""
    name = kind._meta.model_name
    wanted = {("concepts", f"{verb}_{name}") for verb in ("view", "add", "change", "delete")}

    assert wanted <= rights_of("redacteur")


def guard(kind):
    """The migration sets a trigger on its table and on each table of its links."""
    links = [link.remote_field.through for link in kind._meta.many_to_many]
    tables = {model._meta.db_table for model in [kind, *links]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'read_only'")
        guarded = {table for (table,) in cursor.fetchall()}

    assert tables <= guarded, "GuardStatement in its migration"


def history(kind):
    """What changes of it, and of its links, is kept by the database."""
    links = [link.remote_field.through for link in kind._meta.many_to_many]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_kept_%'"
        )
        kept = [table for (table,) in cursor.fetchall()]

    for model in [kind, *links]:
        assert kept.count(model._meta.db_table) == 3, f"makemigrations, for {model._meta.db_table}"
        assert table_of(model)


def factory(kind):
    assert kind.data_name in STATEMENT_FACTORIES
    assert STATEMENT_FACTORIES[kind.data_name]._meta.model is kind


def data(kind):
    """Data give its value; its place among the kinds is its own."""
    [version] = with_statements(version_with(kind).concept.versions.all())

    said = [
        row for row in record_data(version, str)["uitspraken"] if row["soort"] == kind.data_name
    ]

    assert len(said) == 1
    assert said[0]["waarde"]
    assert [each.data_place for each in STATEMENT_KINDS.values()].count(kind.data_place) == 1


def search(kind):
    """Search reads each of its texts, and each record that it points to."""
    row = kind.objects.whole().get(version=version_with(kind))
    for field in own_fields(kind):
        if field.related_model is Concept:  # by the name that it is published under
            setattr(row, f"{field.name}_name", WORD)
            assert WORD in texts_of(row), field.name
        elif field.is_relation:
            record = field.related_model()
            setattr(row, field.name, record)
            assert any(said is record for _, said in row.words()), field.name
    for name in own_texts(kind):
        if (kind.data_name, name) not in NOT_SEARCHED:
            setattr(row, name, WORD)
            assert WORD in texts_of(row), name
    assert set(kind.quoted) <= set(own_texts(kind))


def texts_of(row):
    return " ".join(said for _, said in row.words() if isinstance(said, str))


def copy(kind):
    """A working copy has it too, under the same key and with the same sources."""
    version = version_with(kind)
    make_public(version)

    row = kind.objects.get(version=working_copy(version.concept))

    before = kind.objects.get(version=version)
    assert row.key == before.key
    assert row.citations.get() == before.citations.get()


def files(kind):
    """It is written to the files of the content, and reads back from them as it was."""
    before = kind.objects.get(version=version_with(kind))
    with TemporaryDirectory() as folder, connection.cursor() as cursor:
        fixtures.write(folder)
        tables = ", ".join(model._meta.db_table for model in fixtures.models())
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        fixtures.read(folder)
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = ''")

    row = kind.objects.get(key=before.key)
    assert row.citations.count() == 1
    for field in own_fields(kind):
        if not field.is_relation:
            assert getattr(row, field.name) == getattr(before, field.name)


def desk(kind):
    """Editors find it under one tab; a new row gets a key of which they understand something."""
    groups = [group for group in GROUPS.values() if kind in group.models]
    guide = " ".join((DOCS / "redactie.md").read_text().split())

    assert len(groups) == 1
    assert groups[0].label in guide
    assert new_key(kind.objects.get(version=version_with(kind)).key_parts(), (), 60) != "rij"


def page(kind):
    """A chapter of the page of a concept shows it, with its sources beside it."""
    [version] = with_statements(version_with(kind).concept.versions.all())
    row = kind.objects.get(version=version)

    chapters = ConceptPage(version, Shared.read()).sections

    parts = [part for chapter in chapters for part in chapter.parts if row in part.statements]
    assert len(parts) == 1
    printer = parts[0].template
    assert callable(printer) or get_template(printer)


def hostile_texts(kind):
    """There is a row of it where hostile texts are tried: its factory is enough."""
    everything()

    assert kind.objects.exists()


def glossary(kind):
    words = re.findall(r"`(\w+)`", (DOCS / "glossary.md").read_text())

    assert kind.__name__ in words


FROM_THE_CLASS = (rights, data, search, copy, hostile_texts)
BY_HAND = (guard, history, factory, desk, page, glossary)
SURFACES = (*FROM_THE_CLASS, files, *BY_HAND)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.__name__)
@pytest.mark.parametrize("kind", STATEMENT_KINDS.values(), ids=STATEMENT_KINDS)
def test_a_kind_has_its_place(kind, surface):
    surface(kind)


# A kind that was only just written: its class, its table and a factory. What follows from the class
# works, and each of the others tells that it does not.


@pytest.fixture
def channel(monkeypatch):
    """The class is known to Django for the length of a test."""

    class Channel(Statement):
        data_name = "kanaal"
        data_place = 99
        searched = ("name",)

        name = models.CharField("naam", max_length=60)

        class Meta(Statement.Meta):
            app_label = "concepts"

        def as_data(self):
            return {"naam": self.name}

        def key_parts(self):
            return [self.name]

    class ChannelFactory(StatementFactory):
        class Meta:
            model = Channel

        name = WORD

    monkeypatch.setitem(STATEMENT_KINDS, "kanaal", Channel)
    monkeypatch.setitem(STATEMENT_FACTORIES, "kanaal", ChannelFactory)
    with connection.schema_editor() as editor:
        editor.create_model(Channel)
    yield Channel
    for name in ("channel", "channel_citations"):
        del apps.all_models["concepts"][name]
    for model, back in ((ConceptVersion, "channels"), (Citation, "cited_concepts_channel")):
        delattr(model, back)
    apps.clear_cache()


@pytest.mark.parametrize("surface", FROM_THE_CLASS, ids=lambda surface: surface.__name__)
def test_a_class_is_enough_for(channel, surface):
    surface(channel)


@pytest.mark.parametrize("surface", BY_HAND, ids=lambda surface: surface.__name__)
def test_what_is_forgotten_is_told_by(channel, surface, monkeypatch):
    if surface is factory:
        monkeypatch.delitem(STATEMENT_FACTORIES, "kanaal")

    with pytest.raises(AssertionError):
        surface(channel)


def test_a_new_kind_is_found_by_its_words(channel):
    version = version_with(channel)
    make_public(version)

    reindex_all()

    assert ConceptVersion.objects.get(has_words(WORD)) == version
