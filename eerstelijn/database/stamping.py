"""What moves the stamp of the content (`eerstelijn.database.stamp`), as operations for migrations.

Every table that a public page reads has one of these; `tests/test_stamp.py` looks for it.
"""

from django.db.migrations.operations.base import Operation, OperationCategory

TABLE = """
CREATE TABLE content_stamp (n bigint NOT NULL DEFAULT (random() * 1e15)::bigint);
INSERT INTO content_stamp DEFAULT VALUES;
CREATE FUNCTION move_content_stamp() RETURNS trigger AS $$
BEGIN
    INSERT INTO content_stamp DEFAULT VALUES;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;
"""
NO_TABLE = "DROP FUNCTION move_content_stamp(); DROP TABLE content_stamp"


class OnTables(Operation):
    """Make something in the database for the table of a model, and for those of its links."""

    category = OperationCategory.SQL
    reduces_to_sql = True
    reversible = True

    def __init__(self, name):
        self.name = name

    def state_forwards(self, app_label, state):
        """What is made is no part of what Django knows of a model."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in self.made(*self._tables(app_label, schema_editor, to_state)):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in self.taken_away(*self._tables(app_label, schema_editor, to_state)):
            schema_editor.execute(statement)

    def _tables(self, app_label, schema_editor, state):
        model = state.apps.get_model(app_label, self.name)
        links = [link.remote_field.through for link in model._meta.local_many_to_many]
        return [schema_editor.quote_name(each._meta.db_table) for each in (model, *links)]

    def made(self, table, *links):
        """The statements that make it."""
        raise NotImplementedError

    def taken_away(self, table, *links):
        """The statements that undo them."""
        raise NotImplementedError

    @property
    def migration_name_fragment(self):
        return f"{type(self).__name__}_{self.name}".lower()


class MoveStamp(OnTables):
    """Whatever is written to a model and to its links moves the stamp.

    Stands after the operations that make the tables. Once for each statement, however many rows
    it writes, and if it writes none.
    """

    def made(self, *tables):
        for table in tables:
            yield (
                "CREATE TRIGGER moves_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION move_content_stamp()"
            )

    def taken_away(self, *tables):
        for table in tables:
            yield f"DROP TRIGGER moves_stamp ON {table}"

    def describe(self):
        return f"Let changes of {self.name} move the stamp of the content"
