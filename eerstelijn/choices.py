"""Words of a fixed list, such as the kind of an act: the list is the database's rule too.

Pages look such a word up, for a title or a picture. A form refuses any other; one that came round
the forms would leave a page without an answer.
"""

from django.db import models
from django.db.models import Q


class OneOf(models.CheckConstraint):
    """The rule that a field holds one of its choices."""

    def validate(self, *args, **kwargs):
        """The field says so itself, without asking the database."""


def held_to_choices(model):
    """Decorate a model: the database takes nothing but their choices in its fields."""
    meta = model._meta
    for field in meta.local_fields:
        if field.choices:
            values = [value for value, _ in field.flatchoices] + [""] * field.blank
            rule = OneOf(
                condition=Q(**{f"{field.name}__in": values}),
                name=f"{meta.app_label}_{meta.model_name}_{field.name}_of_list",
                violation_error_message=f"Kies bij “{field.verbose_name}” een woord uit de lijst.",
            )
            meta.constraints.append(rule)
    meta.original_attrs["constraints"] = meta.constraints  # or migrations do not see them
    return model
