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
from governance.admin import CitingInline


class StatementInline(CitingInline):
    #: The most rows of one kind on one page.
    max_num = 40

    def key_parts(self, row):
        return row.key_parts()


class PassageInline(StatementInline):
    model = Passage
    verbose_name, verbose_name_plural = "tekst", "teksten"
    lines = ("kind",)

    def line_parts(self, row):
        return row.get_kind_display(), row.text


class ParticipationInline(StatementInline):
    model = Participation
    verbose_name, verbose_name_plural = "partner", "partners"
    lines = (("partner", "role"),)

    def line_parts(self, row):
        return row.partner, row.get_role_display()


class CoverageInline(StatementInline):
    model = Coverage
    max_num = 15  # one row may name hundreds of areas, and each is a field
    lines = (("scale", "extent", "status"), "territory", ("number", "wording"), "expected_label")

    def line_parts(self, row):
        return row.wording, row.get_status_display()


class OwnershipInline(StatementInline):
    model = Ownership
    max_num = 17
    lines = (("policy_domain", "agency"),)

    def line_parts(self, row):
        return row.agency or row.policy_domain, (row.policy_domain or "") if row.agency else ""


class LegalBasisInline(StatementInline):
    model = LegalBasis
    max_num = 24
    lines = (("role", "decree"),)

    def line_parts(self, row):
        return row.decree, row.get_role_display()


class AudienceInline(StatementInline):
    model = Audience
    max_num = 30
    lines = (("target_group", "wording"),)

    def line_parts(self, row):
        return row.wording, row.target_group


class AccessInline(StatementInline):
    model = Access
    max_num = 10
    lines = (("answer", "wording"), "explanation")

    def line_parts(self, row):
        return row.get_answer_display(), row.wording


class StandingInline(StatementInline):
    model = Standing
    max_num = 10
    lines = (("state", "into", "date_label"),)

    def line_parts(self, row):
        return row.get_state_display(), row.date


class KeyFigureInline(StatementInline):
    model = KeyFigure
    max_num = 16
    lines = ("label", ("value", "unit", "date_label"))

    def line_parts(self, row):
        return row.label, f"{row.amount} {row.unit}"


class MilestoneInline(StatementInline):
    model = Milestone
    max_num = 14
    lines = (
        ("date_label", "title"),
        ("is_announced", "outcome", "outcome_label"),
        "outcome_citations",
    )

    def line_parts(self, row):
        return row.title, row.date


class RelationInline(StatementInline):
    model = ConceptRelation
    lines = (("kind", "other"),)

    def line_parts(self, row):
        return row.other, row.get_kind_display()


@dataclass(frozen=True)
class StatementTab:
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
        StatementTab("teksten", "Teksten", (PassageInline,)),
        StatementTab("partners", "Partners", (ParticipationInline,)),
        StatementTab("gebieden", "Gebieden", (CoverageInline,)),
        StatementTab("eigenaar", "Eigenaar en rechtsgrond", (OwnershipInline, LegalBasisInline)),
        StatementTab("doelgroep", "Doelgroep en toegang", (AudienceInline, AccessInline)),
        StatementTab("stand", "Stand vandaag", (StandingInline,)),
        StatementTab("cijfers", "Cijfers en mijlpalen", (KeyFigureInline, MilestoneInline)),
        StatementTab("verbanden", "Verbanden", (RelationInline,)),
    )
}
