"""What lies in what, what borders on what, and since when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from eerstelijn.dates import long_date
from governance.models.areas import CoverageArea
from governance.models.bases import Record
from governance.models.days import DatedByDay, common_days, days_range
from governance.models.sources import Cited


class AreaMembership(DatedByDay, Cited, Record):
    """An area lies in another for some time, wholly or for the part that is named."""

    key_fields = ("area__slug", "member__slug", "part", "valid_from")

    area = models.ForeignKey(
        CoverageArea, models.PROTECT, related_name="memberships", verbose_name="gebied"
    )
    member = models.ForeignKey(
        CoverageArea, models.PROTECT, related_name="containers", verbose_name="onderdeel"
    )
    part = models.CharField(
        "welk deel",
        max_length=200,
        blank=True,
        help_text="Leeg als het helemaal in het gebied ligt. Bijvoorbeeld: postcodes 2000, 2018.",
    )

    class Meta(DatedByDay.Meta):
        verbose_name = "ligging"
        verbose_name_plural = "liggingen"
        ordering = ["area__slug", "member__slug", "part", "valid_from"]
        constraints = [
            *DatedByDay.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(area=F("member")),
                name="governance_areamembership_not_itself",
                violation_error_message="Een gebied ligt niet in zichzelf.",
            ),
            ExclusionConstraint(
                name="governance_areamembership_no_overlap",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("part", RangeOperators.EQUAL),
                    (days_range("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze ligging staat er al voor een deel van die tijd.",
            ),
        ]

    def __str__(self):
        return f"{self.member} in {self.area}"

    def clean(self):
        """The life of both areas; the database's trigger refuses it too, less kindly."""
        super().clean()
        if not (self.area_id and self.member_id):
            return
        for area in (self.area, self.member):
            if area.valid_from and (self.valid_from is None or self.valid_from < area.valid_from):
                raise ValidationError(
                    {"valid_from": f"{area} bestaat pas van {long_date(area.valid_from)}."}
                )
            if area.valid_until and (
                self.valid_until is None or self.valid_until > area.valid_until
            ):
                raise ValidationError(
                    {"valid_until": f"{area} bestaat tot en met {long_date(area.valid_until)}."}
                )

    def validate_constraints(self, exclude=None):
        """No circle; a trigger of the database holds that too, for every row as it is stored.

        It takes a question for each step outwards. So it stands with what a form asks before it
        saves, and not in `clean`, which is also asked of thousands of rows that are stored already.
        """
        super().validate_constraints(exclude)
        if self.area_id and self.member_id and self._would_lie_in_itself():
            raise ValidationError(f"{self.area} ligt zelf al in {self.member}.")

    def _would_lie_in_itself(self):
        """Whether the area around lies in the member, over any number of steps on some day."""
        rows = AreaMembership.objects.order_by().exclude(pk=self.pk)
        todo, seen = {(self.area_id, self.valid_from, self.valid_until)}, set()
        while todo:
            seen |= todo
            inner = {area for area, _, _ in todo}
            if self.member_id in inner:
                return True
            steps = rows.filter(member__in=inner).values_list(
                "member", "area", "valid_from", "valid_until"
            )
            todo = {
                (outer, *common)
                for member, outer, *days in steps
                for area, *held in todo
                if area == member and (common := common_days(held, days))
            } - seen
        return False


class AreaBorder(DatedByDay, Record):
    """Two municipalities that share a border for some time. Each pair has one row."""

    key_fields = ("area__slug", "other__slug", "valid_from")

    area = models.ForeignKey(
        CoverageArea, models.CASCADE, related_name="borders", verbose_name="gebied"
    )
    other = models.ForeignKey(
        CoverageArea, models.CASCADE, related_name="borders_from", verbose_name="buur"
    )

    class Meta(DatedByDay.Meta):
        verbose_name = "grens"
        verbose_name_plural = "grenzen"
        ordering = ["area__slug", "other__slug", "valid_from"]
        constraints = [
            *DatedByDay.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(area=F("other")),
                name="governance_areaborder_not_itself",
                violation_error_message="Een gebied grenst niet aan zichzelf.",
            ),
            ExclusionConstraint(
                name="governance_areaborder_no_overlap",
                expressions=[
                    (Func(F("area"), F("other"), function="LEAST"), RangeOperators.EQUAL),
                    (Func(F("area"), F("other"), function="GREATEST"), RangeOperators.EQUAL),
                    (days_range("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze grens staat er al voor een deel van die tijd.",
            ),
        ]

    def __str__(self):
        return f"{self.area} en {self.other}"


class AreaLine(models.Model):
    """Whether what holds in a territory says something of a place, flattened over every step.

    `is_whole`: all of the place lies in the territory. Otherwise only a part does, or the place is
    the larger of the two and the territory is only a part of it. Every area has a whole line to
    itself. Derived from the memberships (see `governance.derived`); never edited by hand.
    """

    has_history = False

    place = models.ForeignKey(CoverageArea, models.CASCADE, related_name="lines_to_territory")
    territory = models.ForeignKey(CoverageArea, models.CASCADE, related_name="lines_to_place")
    is_whole = models.BooleanField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        verbose_name = "liggingslijn"
        verbose_name_plural = "liggingslijnen"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "territory", "is_whole", "valid_from", "valid_until"],
                name="governance_arealine_unique",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.place} / {self.territory}"
