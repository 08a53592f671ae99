"""What keeps the content of published versions as it was, as operations for migrations."""

from django.db.migrations.operations.base import Operation, OperationCategory


class GuardStatement(Operation):
    """Refuse changes to the published statements of a kind, and to what they are linked to.

    Stands after the operation that makes the table, and guards its links of that moment. The
    functions behind the triggers find out for themselves which table they are in, so that renaming
    a kind or a link later asks nothing.
    """

    category = OperationCategory.SQL
    reduces_to_sql = True
    reversible = True

    def __init__(self, name):
        self.name = name

    def state_forwards(self, app_label, state):
        """Triggers are no part of what Django knows of a model."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for table, function in self._guarded(to_state.apps.get_model(app_label, self.name)):
            schema_editor.execute(
                "CREATE TRIGGER read_only BEFORE INSERT OR UPDATE OR DELETE "
                f"ON {schema_editor.quote_name(table)} FOR EACH ROW EXECUTE FUNCTION {function}()"
            )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for table, _ in self._guarded(to_state.apps.get_model(app_label, self.name)):
            schema_editor.execute(f"DROP TRIGGER read_only ON {schema_editor.quote_name(table)}")

    def describe(self):
        return f"Keep published statements of kind {self.name} as they are"

    @property
    def migration_name_fragment(self):
        return f"guard_{self.name.lower()}"

    def _guarded(self, model):
        """The tables of a kind, each with the function that guards it."""
        yield model._meta.db_table, "concepts_guard_statement"
        for link in model._meta.many_to_many:
            yield link.remote_field.through._meta.db_table, "concepts_guard_link"
