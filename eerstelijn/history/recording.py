"""What the database keeps of each change, as triggers of django-pghistory.

A row that is added is kept as it became; one that is changed or deleted as it was until then. What
a changed row became is what the next change finds, or the row itself: so a record that was loaded
from files, of which no addition is kept, has its old values too.
"""

import pghistory
import pgtrigger

#: Loading the content is no editor's work, and would leave a row for each of its rows: the same
#: word that lets the guards of the database by.
NOT_LOADING = "coalesce(current_setting('eerstelijn.laadt_gegevens', true), '') <> 'ja'"


class OfEditors(pgtrigger.Condition):
    """Whatever happens, but while the content is loaded."""

    sql = NOT_LOADING


class ChangedByEditors(pgtrigger.AnyChange):
    """A change of what is kept of a row; a search index that follows is none."""

    def resolve(self, model):
        return f"(({super().resolve(model)}) AND {NOT_LOADING})"


def trackers():
    """What is kept of a table, anew for each: a tracker remembers its own."""
    return (
        pghistory.InsertEvent("toegevoegd", condition=OfEditors(), trigger_name="kept_insert"),
        pghistory.UpdateEvent(
            "gewijzigd",
            condition=ChangedByEditors(),
            row=pghistory.Old,
            trigger_name="kept_update",
        ),
        pghistory.DeleteEvent("verwijderd", condition=OfEditors(), trigger_name="kept_delete"),
    )


ADDED, CHANGED, DELETED = "toegevoegd", "gewijzigd", "verwijderd"

#: What is kept stays as it is, for whoever asks the database.
READ_ONLY = pgtrigger.Trigger(
    name="read_only",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func="RAISE EXCEPTION 'Wat de geschiedenis bewaart, verandert niet en verdwijnt niet.';",
)
