"""Where a record is edited at the desk."""

from django.db.models import Model
from django.urls import reverse


def desk_url(record: Model) -> str:
    """Where a record is edited."""
    return url_of(type(record), record.pk)


def url_of(model: type[Model], pk: int) -> str:
    """Where the record of a model with this primary key is edited."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
