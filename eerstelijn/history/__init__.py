"""Who did what: every change of a record as the database itself keeps it, read and undone."""
