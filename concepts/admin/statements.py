"""The statements of a version, in the groups in which editors work on them.

Each group has a page of its own, so that no page sends more fields than Django takes from one
(1,000). A group stops taking rows before it comes near: see `max_num`, and the test that holds it.
"""

from dataclasses import dataclass

from concepts.models import (
    Access,
    Audience,
    ConceptRelation,
    Coverage,
    KeyFigure,
    LegalBasis,
    Milestone,
    Ownership,
    Participation,
    Passage,
)
from eerstelijn.desk.inlines import RowInline


class StatementInline(RowInline):
    #: The most rows of one kind on one page.
    max_num = 40


class PassageInline(StatementInline):
    model = Passage
    lines = ("kind",)

    def key_parts(self, row):
        return [row.kind]


class ParticipationInline(StatementInline):
    model = Participation
    lines = (("partner", "role"),)

    def key_parts(self, row):
        return [row.partner]


class CoverageInline(StatementInline):
    model = Coverage
    max_num = 15  # one row may name hundreds of areas, and each is a field
    lines = (("scale", "extent", "status"), "territory", ("number", "wording"), "expected_label")

    def key_parts(self, row):
        return [row.scale]


class OwnershipInline(StatementInline):
    model = Ownership
    max_num = 20
    lines = (("policy_domain", "agency"),)

    def key_parts(self, row):
        return [row.agency or row.policy_domain]


class LegalBasisInline(StatementInline):
    model = LegalBasis
    max_num = 26
    lines = (("role", "decree"),)

    def key_parts(self, row):
        return [row.decree]


class AudienceInline(StatementInline):
    model = Audience
    max_num = 30
    lines = (("target_group", "wording"),)

    def key_parts(self, row):
        return [row.target_group]


class AccessInline(StatementInline):
    model = Access
    max_num = 10
    lines = ("answer",)

    def key_parts(self, row):
        return [row.answer]


class KeyFigureInline(StatementInline):
    model = KeyFigure
    max_num = 17
    lines = ("label", ("value", "unit", "date_label"))

    def key_parts(self, row):
        return [row.label]


class MilestoneInline(StatementInline):
    model = Milestone
    max_num = 17
    lines = (
        ("date_label", "title"),
        ("is_announced", "outcome", "outcome_label"),
        "outcome_citations",
    )

    def key_parts(self, row):
        return [row.title]


class RelationInline(StatementInline):
    model = ConceptRelation
    lines = (("kind", "other"),)

    def key_parts(self, row):
        return [row.kind, row.other]


@dataclass(frozen=True)
class Group:
    """A page of statements that belong together."""

    name: str
    label: str
    inlines: tuple

    @property
    def models(self):
        return [inline.model for inline in self.inlines]


GROUPS = {
    group.name: group
    for group in (
        Group("teksten", "Teksten", (PassageInline,)),
        Group("partners", "Partners", (ParticipationInline,)),
        Group("werkingsgebied", "Werkingsgebied", (CoverageInline,)),
        Group("eigenaar", "Eigenaar en rechtsgrond", (OwnershipInline, LegalBasisInline)),
        Group("doelgroep", "Doelgroep en toegang", (AudienceInline, AccessInline)),
        Group("cijfers", "Cijfers en mijlpalen", (KeyFigureInline, MilestoneInline)),
        Group("verbanden", "Verbanden", (RelationInline,)),
    )
}
