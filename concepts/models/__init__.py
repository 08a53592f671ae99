"""The models of concepts, split by noun."""

from concepts.models.concepts import (
    OPEN_STATUSES,
    Concept,
    ConceptVersion,
    IndexedWord,
    Review,
    Status,
)
from concepts.models.discrepancies import Claim, Discrepancy
from concepts.models.statements import (
    ASKING_ROLES,
    STATEMENT_KINDS,
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
    Role,
    Statement,
)
from concepts.models.vocabulary import Alias, LostLink, TargetGroup, Term, WordPart

__all__ = [
    "ASKING_ROLES",
    "OPEN_STATUSES",
    "STATEMENT_KINDS",
    "Access",
    "Alias",
    "Audience",
    "Claim",
    "Concept",
    "ConceptRelation",
    "ConceptVersion",
    "Coverage",
    "Discrepancy",
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
    "Statement",
    "Status",
    "TargetGroup",
    "Term",
    "WordPart",
]
