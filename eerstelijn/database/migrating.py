"""Migrations that change many models: their states are made once, and not after every change."""

from itertools import groupby

from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger

#: What needs of the states before and after it no more than the model and the field it names.
PLAIN = (AddField, AlterField, AddConstraint, AddIndex, AddTrigger)


def at_once(operations):
    """The operations of a migration, with neighbours taken together: plain changes, or new models.

    Django renders every related model anew after each change of one, and ours all hang together: a
    hundred changes took most of the time in which the tables were made. The end is the same.
    """
    taken = []
    for kind, group in groupby(operations, key=_kind):
        neighbours = list(group)
        taken += [Together(neighbours)] if kind else neighbours
    return taken


def _kind(operation):
    """What a neighbour of the same kind may be taken with; none for an operation by itself.

    A table is made as its model is in the end: a field that a change adds to it must wait.
    """
    return next((kind for kind in (PLAIN, CreateModel) if isinstance(operation, kind)), None)


class Together(Operation):
    """Operations between one state and another, without the states between them."""

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered when it is asked for, with all the changes
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)
