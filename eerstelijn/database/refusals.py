"""What only the database can refuse, in words for who asked: an import, an editor, a reader."""

from django.apps import apps
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError

#: What the content of a change can provoke.
REFUSED = (IntegrityError, DataError)

#: What befalls a change, whatever its content: PostgreSQL's codes, with what to tell an editor.
COLLISION = (
    "Iemand anders bewaarde op hetzelfde ogenblik iets dat hiermee samenhangt. Jouw wijziging is "
    "niet bewaard. Probeer het nog eens."
)
FAILURES = {
    "40P01": COLLISION,
    "40001": COLLISION,
    "55P03": (
        "Iemand anders is nog aan het bewaren, of er loopt een import. Jouw wijziging is niet "
        "bewaard. Wacht een halve minuut en probeer het nog eens."
    ),
    "57014": (
        "De databank deed hier te lang over en stopte. Jouw wijziging is niet bewaard. Probeer het "
        "nog eens; lukt het weer niet, verwittig dan de beheerder."
    ),
    "53100": (
        "De schijf van de databank is vol. Jouw wijziging is niet bewaard. Verwittig de beheerder, "
        "laat deze pagina open en probeer het nog eens als er weer plaats is."
    ),
    "53200": (
        "De databank heeft geen geheugen meer. Jouw wijziging is niet bewaard. Verwittig de "
        "beheerder, laat deze pagina open en probeer het later nog eens."
    ),
    "25006": (
        "Op deze server kun je enkel lezen. Jouw wijziging is niet bewaard. Laat deze pagina open "
        "en vraag de beheerder waar het beheer nu staat."
    ),
}
LOST = (
    "De databank antwoordt niet, of de verbinding viel weg terwijl we bezig waren. Jouw wijziging "
    "is wellicht niet bewaard. Laat deze pagina open en probeer het over een minuut nog eens."
)


def in_words(error):
    """What a database that refuses or fails says, in Dutch."""
    if is_failure(error):
        return FAILURES.get(code_of(error), LOST)
    if isinstance(error, DataError):
        return "Een waarde is te lang of te groot."
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for constraint in _constraints(name):
        return str(constraint.get_violation_error_message())
    if diagnosis and not diagnosis.table_name:  # one of our own triggers: they speak Dutch
        said = diagnosis.message_primary
        return f"{said} ({diagnosis.message_detail})" if diagnosis.message_detail else said
    return f"De databank weigert dit ({name or error})."


def field_of(error):
    """The field of a form at which editors read a refusal; empty when it is about the whole.

    A constraint says so itself, as its `field`. For a trigger its model does, in `guarded`.
    """
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in _constraints(name):
        return getattr(constraint, "field", "")
    guarded = (getattr(model, "guarded", {}) for model in apps.get_models())
    return next((fields[name] for fields in guarded if name in fields), "")


def _constraints(name):
    """The constraints of our models with this name: one, or none when a trigger has it."""
    for model in apps.get_models():
        yield from (row for row in model._meta.constraints if row.name == name)


def code_of(error):
    """PostgreSQL's five letters for what went wrong; None when nobody answered."""
    return getattr(error.__cause__, "sqlstate", None)


def is_failure(error):
    """Whether the database could not do this now, whatever it was; later it may."""
    return isinstance(error, (OperationalError, InterfaceError)) or (
        isinstance(error, DatabaseError) and code_of(error) in FAILURES
    )


def is_collision(error):
    """Whether this was ended to let another one through: again, it will succeed."""
    return code_of(error) in ("40P01", "40001")


def is_lost(error):
    """Whether the connection is gone, or could not be made."""
    return is_failure(error) and code_of(error) not in FAILURES


def is_read_only(error):
    """Whether this server takes no changes: a standby, or one that was told so."""
    return code_of(error) == "25006"
