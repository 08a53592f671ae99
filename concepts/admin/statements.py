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
    Standing,
)
from eerstelijn.desk.inlines import RowInline


class StatementInline(RowInline):
    #: The most rows of one kind on one page.
    max_num = 40

    def key_parts(self, row):
        return row.key_parts()


class PassageInline(StatementInline):
    model = Passage
    lines = ("kind",)


class ParticipationInline(StatementInline):
    model = Participation
    lines = (("partner", "role"),)


class CoverageInline(StatementInline):
    model = Coverage
    max_num = 15  # one row may name hundreds of areas, and each is a field
    lines = (("scale", "extent", "status"), "territory", ("number", "wording"), "expected_label")


class OwnershipInline(StatementInline):
    model = Ownership
    max_num = 20
    lines = (("policy_domain", "agency"),)


class LegalBasisInline(StatementInline):
    model = LegalBasis
    max_num = 26
    lines = (("role", "decree"),)


class AudienceInline(StatementInline):
    model = Audience
    max_num = 30
    lines = (("target_group", "wording"),)


class AccessInline(StatementInline):
    model = Access
    max_num = 10
    lines = (("answer", "wording"), "explanation")


class StandingInline(StatementInline):
    model = Standing
    max_num = 10
    lines = (("state", "into", "date_label"),)


class KeyFigureInline(StatementInline):
    model = KeyFigure
    max_num = 17
    lines = ("label", ("value", "unit", "date_label"))


class MilestoneInline(StatementInline):
    model = Milestone
    max_num = 17
    lines = (
        ("date_label", "title"),
        ("is_announced", "outcome", "outcome_label"),
        "outcome_citations",
    )


class RelationInline(StatementInline):
    model = ConceptRelation
    lines = (("kind", "other"),)


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
        Group("gebieden", "Gebieden", (CoverageInline,)),
        Group("eigenaar", "Eigenaar en rechtsgrond", (OwnershipInline, LegalBasisInline)),
        Group("doelgroep", "Doelgroep en toegang", (AudienceInline, AccessInline)),
        Group("stand", "Stand vandaag", (StandingInline,)),
        Group("cijfers", "Cijfers en mijlpalen", (KeyFigureInline, MilestoneInline)),
        Group("verbanden", "Verbanden", (RelationInline,)),
    )
}
