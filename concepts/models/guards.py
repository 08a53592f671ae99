"""What the database itself does when a version or a statement is written, as operations for
migrations: it refuses changes of what was published, and moves the stamp of the content.

The functions behind the triggers find out for themselves which table they are in, so that renaming
a kind or a link later asks nothing.
"""

from eerstelijn.database.stamping import OnTables

#: What the trigger that moves the stamp sees of a change.
SEEN = {
    "INSERT": "REFERENCING NEW TABLE AS entered",
    "UPDATE": "REFERENCING OLD TABLE AS gone NEW TABLE AS entered",
    "DELETE": "REFERENCING OLD TABLE AS gone",
}


class StampPublished(OnTables):
    """Whatever is written to versions, or to a kind of statement, and to its links moves the stamp.

    Save in working copies: nobody but an editor reads those.
    """

    def made(self, *tables):
        for table in tables:
            for change, seen in SEEN.items():
                yield (
                    f"CREATE TRIGGER moves_stamp_{change.lower()} AFTER {change} ON {table} {seen} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION concepts_move_stamp()"
                )
            yield (
                f"CREATE TRIGGER moves_stamp_truncate AFTER TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION move_content_stamp()"
            )

    def taken_away(self, *tables):
        for table in tables:
            for change in (*SEEN, "TRUNCATE"):
                yield f"DROP TRIGGER moves_stamp_{change.lower()} ON {table}"

    def describe(self):
        return f"Let changes of what is published of {self.name} move the stamp of the content"


class KeepPublished(OnTables):
    """Refuse changes to the published statements of a kind, and to what they are linked to."""

    def made(self, statement, *links):
        functions = {statement: "statement"} | dict.fromkeys(links, "link")
        for table, function in functions.items():
            yield (
                f"CREATE TRIGGER read_only BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION concepts_guard_{function}()"
            )

    def taken_away(self, *tables):
        for table in tables:
            yield f"DROP TRIGGER read_only ON {table}"

    def describe(self):
        return f"Keep published statements of kind {self.name} as they are"


class GuardStatement(KeepPublished):
    """All of that for a new kind of statement.

    Stands after the operation that makes the table, and guards its links of that moment.
    """

    def made(self, *tables):
        yield from super().made(*tables)
        yield from StampPublished(self.name).made(*tables)

    def taken_away(self, *tables):
        yield from super().taken_away(*tables)
        yield from StampPublished(self.name).taken_away(*tables)
