"""The models of governance, split by noun."""

from governance.models.agencies import Agency, AgencyLine, AgencyTask, PolicyDomain, Tree
from governance.models.areas import AreaKind, AreaLine, AreaMembership, AreaName, CoverageArea
from governance.models.decrees import Decree, DecreeDate, DecreeRelation
from governance.models.events import ChangeEvent, ChangeSubject
from governance.models.partners import Partner, PartnerType
from governance.models.sources import Citation, Cited, OldSlug, Source

__all__ = [
    "Agency",
    "AgencyLine",
    "AgencyTask",
    "AreaKind",
    "AreaLine",
    "AreaMembership",
    "AreaName",
    "ChangeEvent",
    "ChangeSubject",
    "Citation",
    "Cited",
    "CoverageArea",
    "Decree",
    "DecreeDate",
    "DecreeRelation",
    "OldSlug",
    "Partner",
    "PartnerType",
    "PolicyDomain",
    "Source",
    "Tree",
]
