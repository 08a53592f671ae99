"""What only the database can refuse, in words for who asked: an import, an editor."""

from django.apps import apps
from django.db import DataError


def in_words(error):
    """What an IntegrityError or a DataError says, in Dutch."""
    if isinstance(error, DataError):
        return "Een waarde is te lang of te groot."
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    if diagnosis and not diagnosis.table_name:  # one of our own triggers: they speak Dutch
        said = diagnosis.message_primary
        return f"{said} ({diagnosis.message_detail})" if diagnosis.message_detail else said
    return f"De databank weigert dit ({name or error})."
