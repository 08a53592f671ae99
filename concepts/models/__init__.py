"""The models of concepts, split by noun."""

from concepts.models.concepts import (
    OPEN_STATUSES,
    Concept,
    ConceptVersion,
    IndexedWord,
    Review,
    SearchEntry,
    Status,
)
from concepts.models.discrepancies import Claim, Discrepancy
from concepts.models.handovers import Handover
from concepts.models.statements import STATEMENT_KINDS, Statement
from concepts.models.statements.accesses import Access
from concepts.models.statements.audiences import Audience
from concepts.models.statements.coverages import Coverage
from concepts.models.statements.key_figures import KeyFigure
from concepts.models.statements.legal_bases import LegalBasis
from concepts.models.statements.milestones import Milestone
from concepts.models.statements.ownerships import Ownership
from concepts.models.statements.participations import (
    ASKING_ROLES,
    OBLIGING_ROLES,
    Participation,
    Role,
)
from concepts.models.statements.passages import Passage
from concepts.models.statements.relations import ConceptRelation
from concepts.models.statements.standings import Standing
from concepts.models.tocheck import TO_CHECK, ToCheck
from concepts.models.vocabulary import NAMED, Alias, LostLink, TargetGroup, Term, WordPart

__all__ = [
    "ASKING_ROLES",
    "NAMED",
    "OBLIGING_ROLES",
    "OPEN_STATUSES",
    "STATEMENT_KINDS",
    "TO_CHECK",
    "Access",
    "Alias",
    "Audience",
    "Claim",
    "Concept",
    "ConceptRelation",
    "ConceptVersion",
    "Coverage",
    "Discrepancy",
    "Handover",
    "IndexedWord",
    "KeyFigure",
    "LegalBasis",
    "LostLink",
    "Milestone",
    "Ownership",
    "Participation",
    "Passage",
    "Review",
    "Role",
    "SearchEntry",
    "Standing",
    "Statement",
    "Status",
    "TargetGroup",
    "Term",
    "ToCheck",
    "WordPart",
]
