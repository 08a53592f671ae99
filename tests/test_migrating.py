"""Migrations that change many models take their changes together, and end where they did."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from eerstelijn.database.migrating import Together, at_once

pytestmark = pytest.mark.django_db

CHANGES = [
    migrations.AddField("tree", "height", models.IntegerField(default=1)),
    migrations.AlterField("tree", "name", models.CharField(max_length=40)),
    migrations.AddConstraint(
        "tree", models.CheckConstraint(condition=models.Q(height__gt=0), name="tree_is_high")
    ),
]


@pytest.fixture
def before():
    """A state with one model, and its table."""
    fields = [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
    state = ProjectState()
    state.add_model(ModelState("forest", "Tree", fields))
    with connection.schema_editor() as editor:
        editor.create_model(state.apps.get_model("forest", "tree"))
    return state


def columns():
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, "forest_tree")
        rules = connection.introspection.get_constraints(cursor, "forest_tree")
    return {column.name: column.display_size for column in table}, "tree_is_high" in rules


def test_neighbours_that_are_plain_changes_are_taken_together():
    between = migrations.RunPython(migrations.RunPython.noop)

    first, same, last = at_once([*CHANGES, between, *CHANGES[:1]])

    assert isinstance(first, Together)
    assert first.operations == CHANGES
    assert same is between
    assert last.operations == CHANGES[:1]


def test_new_models_are_taken_together_and_what_changes_them_waits():
    trees, nests = (
        migrations.CreateModel(name, [("id", models.AutoField(primary_key=True))])
        for name in ("Tree", "Nest")
    )
    height = CHANGES[0]

    assert [each.operations for each in at_once([trees, nests, height])] == [
        [trees, nests],
        [height],
    ]


def test_the_way_up_and_back_is_that_of_the_changes_one_by_one(before):
    was, after = columns(), before.clone()
    (together,) = at_once(CHANGES)

    together.state_forwards("forest", after)
    with connection.schema_editor() as editor:
        together.database_forwards("forest", editor, before, after)

    sizes, is_ruled = columns()
    assert (sizes.keys(), sizes["name"], is_ruled) == ({"id", "name", "height"}, 40, True)
    one_by_one = before.clone()
    for change in CHANGES:
        change.state_forwards("forest", one_by_one)
    assert after == one_by_one

    with connection.schema_editor() as editor:
        together.database_backwards("forest", editor, after, before)

    assert columns() == was


def test_a_state_is_rendered_once_for_all_changes(before):
    after = before.clone()
    assert "apps" in after.__dict__  # as in a migration, where every change would renew it

    at_once(CHANGES)[0].state_forwards("forest", after)

    assert "apps" not in after.__dict__
    assert after.apps.get_model("forest", "tree")._meta.get_field("height")
