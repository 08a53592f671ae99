"""Reference data that hold from a day up to and including a day."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value


def held_on(day, prefix=""):
    """The condition that a row of reference data held on a day, for use across a relation too."""
    return Q(
        Q(**{f"{prefix}valid_from__lte": day}) | Q(**{f"{prefix}valid_from": None}),
        Q(**{f"{prefix}valid_until__gte": day}) | Q(**{f"{prefix}valid_until": None}),
    )


def common_days(one, other):
    """The days that two validities have in common, as (from, until); None when there are none."""
    start = max(one[0] or dt.date.min, other[0] or dt.date.min)
    end = min(one[1] or dt.date.max, other[1] or dt.date.max)
    if start > end:
        return None
    return (
        start if start != dt.date.min else None,
        end if end != dt.date.max else None,
    )


def days_range(start, end):
    """The days of a validity as a database range, both ends included, for constraints."""
    return Func(F(start), F(end), Value("[]"), function="daterange")


class DatedByDay(models.Model):
    """A row of reference data that holds from a day up to and including a day."""

    valid_from = models.DateField("van", null=True, blank=True)
    valid_until = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")),
                name="%(app_label)s_%(class)s_from_until",
                violation_error_message="Het einde valt vóór het begin.",
            )
        ]

    def clean(self):
        super().clean()
        # Before the exclusion constraint: a reversed range would be a database error there.
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValidationError({"valid_until": "Het einde valt vóór het begin."})
