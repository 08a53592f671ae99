"""What a migration does with dates that a database of before kept without bounds.

Their labels are read again: more notations are read today. Where that gives no bounds, the label
is taken to have none, as the site has shown it until now. Not in a working copy: there its editor
is still asked.
"""

from eerstelijn.datelabels import UnreadDate, read
from eerstelijn.dates import edges_of, unexplained


def confirm(apps, schema_editor, app_label):
    """Give every date of an app that has a label and no bounds its bounds, or the word."""
    let_published_versions_change(schema_editor, "ja")
    for model in apps.get_app_config(app_label).get_models():
        edges = edges_of(model)
        for row in model._default_manager.filter(unexplained(model)) if edges else ():
            for edge in edges:
                _confirm_edge(row, edge)
            row.save(update_fields=[name for edge in edges for name in _columns(edge)])
    let_published_versions_change(schema_editor, "")


def _columns(edge):
    return f"{edge}_earliest", f"{edge}_latest", f"{edge}_unbounded"


def _confirm_edge(row, edge):
    label = getattr(row, f"{edge}_label")
    names = earliest_name, latest_name, unbounded_name = _columns(edge)
    if not label or any(getattr(row, name) for name in names):
        return
    try:
        _, earliest, latest = read(label, edge)
    except UnreadDate:
        setattr(row, unbounded_name, not _is_being_edited(row))
        return
    setattr(row, earliest_name, earliest)
    setattr(row, latest_name, latest)
    if edge in ("start", "end") and _ends_before_it_starts(row):
        setattr(row, earliest_name, None)
        setattr(row, latest_name, None)
        setattr(row, unbounded_name, not _is_being_edited(row))


def _is_being_edited(row):
    version = getattr(row, "version", None)
    return version is not None and version.status in ("werkversie", "ter-nazicht")


def _ends_before_it_starts(row):
    return bool(row.start_earliest and row.end_latest and row.start_earliest > row.end_latest)


def let_published_versions_change(schema_editor, answer):
    """The guards of published versions stand aside for the load of content, and so for this."""
    schema_editor.execute("SELECT set_config('eerstelijn.laadt_gegevens', %s, true)", [answer])
