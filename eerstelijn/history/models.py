"""A table of changes for each table of the content.

Declaring a model in one of these apps is enough to give it one, and so are its links to many: the
next `makemigrations` brings both tables and triggers. A model that is derived from others, or is
no content, says `has_history = False`.
"""

import pghistory
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from eerstelijn.history.recording import READ_ONLY, trackers

#: Fields that follow from others: what search reads of a version, what readers are told of it.
DERIVED = (SearchVectorField, models.JSONField)


def kept_models():
    """The models of which changes are kept, each followed by its links to many."""
    for label in settings.APPS_WITH_HISTORY:
        for model in apps.all_models[label].values():
            if getattr(model, "has_history", True) and not model._meta.auto_created:
                yield model
                yield from links_of(model)


def links_of(model):
    """The tables between a model and what it is linked to."""
    return [field.remote_field.through for field in model._meta.local_many_to_many]


def _tracked(model):
    """The model to set triggers on: migrations know those between two others by a proxy only."""
    if not model._meta.auto_created:
        return model
    meta = {"proxy": True, "app_label": "history", "default_permissions": ()}
    attributes = {"__module__": __name__, "Meta": type("Meta", (), meta)}
    return type(f"{model.__name__}_link", (model,), attributes)


def _keep(model):
    """Make the table that keeps the changes of a model; nobody has a right to change it."""
    derived = [f.name for f in model._meta.local_fields if isinstance(f, DERIVED)]
    pghistory.create_event_model(
        _tracked(model),
        *trackers(),
        exclude=derived,
        obj_field=None,
        # Beside each change, and not in a row that changes share and that later ones would alter.
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,
        app_label="history",
        model_name=f"{model.__name__}_change",
        abstract=False,
        meta={
            "default_permissions": (),
            "triggers": [READ_ONLY],
            "indexes": [models.Index(fields=["id"], name=f"h_{model.__name__.lower()}"[:30])],
        },
    )


def table_of(model):
    """The model of the changes of a model, or of a table between two; None where none are kept."""
    return apps.all_models["history"].get(f"{model.__name__}_change".lower())


def kept_fields(model):
    """The fields of a model of which the values are kept."""
    names = {field.name for field in table_of(model)._meta.fields}
    return [field for field in model._meta.concrete_fields if field.name in names]


def parts_of(model):
    """What goes when a record of a model goes, as pairs of a kind of row and its way to it."""
    return [
        (kind, field)
        for kind in kept_models()
        if not kind._meta.auto_created
        for field in kind._meta.concrete_fields
        if field.related_model is model and field.remote_field.on_delete is models.CASCADE
    ]


for _model in [*kept_models()]:
    _keep(_model)
