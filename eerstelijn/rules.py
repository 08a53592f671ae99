"""Rules of the database on names and addresses, said in a form at the field that breaks them.

Two names are the same when nobody hears a difference: capitals, spaces, what has no width, and
letters in two pieces do not count. The functions of the database that say so stand in a migration
of `governance`; `eerstelijn.one_form` brings text in one form before it comes there.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Func, Q


class SameName(Func):
    """A name in the form in which names are compared; spaces do not count."""

    function = "eerstelijn_naam"
    arity = 1
    output_field = models.TextField()


class SameLine(Func):
    """A line in the form in which spellings are compared; how many spaces does not count."""

    function = "eerstelijn_regel"
    arity = 1
    output_field = models.TextField()


class EachOnce(Func):
    """Whether no value of an array stands in it twice."""

    function = "eerstelijn_elk_een_keer"
    arity = 1
    output_field = models.BooleanField()


class _AtField:
    """A constraint whose violation is said at a field of a form, instead of above it."""

    def __init__(self, *args, field, **kwargs):
        super().__init__(*args, **kwargs)
        self.field = field

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """Whatever else a form leaves out, such as the concept of a version, the row knows."""
        if self.field in (exclude or ()):
            return
        try:
            super().validate(model, instance, using=using)
        except ValidationError as error:
            raise ValidationError({self.field: error.messages}) from None


class UniqueAtField(_AtField, models.UniqueConstraint):
    """No two rows have the same here."""


class CheckAtField(_AtField, models.CheckConstraint):
    """A row is of one form here."""


class ExclusionAtField(_AtField, ExclusionConstraint):
    """No two rows have these things in common."""


#: What an editor reads beside a name that another record of the kind has.
TAKEN = "Er is al een {} met deze naam. Hoofdletters en spaties maken geen verschil."


def one_name(kind, name, field="name"):
    """The rule that no two records of a kind are called the same; `name` is that of the rule.

    `kind` is what editors call a record, in the singular.
    """
    return UniqueAtField(
        SameName(field), name=name, field=field, violation_error_message=TAKEN.format(kind)
    )


SMALL_LETTERS = "Een adres heeft enkel kleine letters, cijfers en streepjes. Bijvoorbeeld: caw."


def small_letters(field, name):
    """The rule that an address has no capitals; `name` is that of the rule."""
    return CheckAtField(
        condition=Q(**{f"{field}__regex": r"^[a-z0-9_-]*$"}),
        name=name,
        field=field,
        violation_error_message=SMALL_LETTERS,
    )
