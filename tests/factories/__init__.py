"""Small made-up records, one factory per model.

A statement gets a citation unless a test says otherwise, and dates are written as a source writes
them: `OwnershipFactory(version=v, start="mei 2022")`. A version starts as a working copy, because
the database refuses statements of a published one; `published=True` makes it public after
everything else was added. What it then lacks is the search index, which takes longer than all the
rest: a test that searches calls `reindex_all()`.

    ConceptVersionFactory(published=True, partners=[caw], agencies=[zorg])
    ConceptVersionFactory(
        published=True,
        concept__slug="gbo",
        statements=[partial(CoverageFactory, territory=[zone])],
    )
"""

from tests.factories.concepts import (
    STATEMENT_FACTORIES,
    AccessFactory,
    AliasFactory,
    AudienceFactory,
    ConceptFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageFactory,
    KeyFigureFactory,
    LegalBasisFactory,
    MilestoneFactory,
    OwnershipFactory,
    ParticipationFactory,
    PassageFactory,
    ReviewFactory,
    StandingFactory,
    StatementFactory,
    TargetGroupFactory,
    TermFactory,
    make_public,
    version_with_status,
)
from tests.factories.governance import (
    AgencyFactory,
    AreaBorderFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    AreaPartFactory,
    ChangeEventFactory,
    CitationFactory,
    CoverageAreaFactory,
    DecreeFactory,
    MunicipalityFactory,
    OldSlugFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PolicyDomainFactory,
    SourceFactory,
)
from tests.factories.rows import RecordFactory, columns

__all__ = [
    "STATEMENT_FACTORIES",
    "AccessFactory",
    "AgencyFactory",
    "AliasFactory",
    "AreaBorderFactory",
    "AreaKindFactory",
    "AreaMembershipFactory",
    "AreaPartFactory",
    "AudienceFactory",
    "ChangeEventFactory",
    "CitationFactory",
    "ConceptFactory",
    "ConceptRelationFactory",
    "ConceptVersionFactory",
    "CoverageAreaFactory",
    "CoverageFactory",
    "DecreeFactory",
    "KeyFigureFactory",
    "LegalBasisFactory",
    "MilestoneFactory",
    "MunicipalityFactory",
    "OldSlugFactory",
    "OwnershipFactory",
    "ParticipationFactory",
    "PartnerFactory",
    "PartnerTypeFactory",
    "PassageFactory",
    "PolicyDomainFactory",
    "RecordFactory",
    "ReviewFactory",
    "SourceFactory",
    "StandingFactory",
    "StatementFactory",
    "TargetGroupFactory",
    "TermFactory",
    "columns",
    "make_public",
    "version_with_status",
]
