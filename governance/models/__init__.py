"""The models of governance, split by noun."""

from governance.models.agencies import Agency, AgencyLine, AgencyTask, PolicyDomain, Tree
from governance.models.areas import (
    MUNICIPALITY,
    AreaKind,
    AreaName,
    AreaPart,
    CoverageArea,
    municipality_address,
    municipality_slug,
)
from governance.models.bases import (
    ExactlyOne,
    OldSlug,
    Page,
    Record,
    RecordQuerySet,
    Slugged,
    address_of,
    follow,
)
from governance.models.days import common_days, held_on
from governance.models.decrees import Decree, DecreeDate, DecreeRelation
from governance.models.events import ChangeEvent, ChangeSubject
from governance.models.memberships import AreaBorder, AreaLine, AreaMembership
from governance.models.partners import BROAD, Partner, PartnerType
from governance.models.sources import CITATIONS, Citation, Cited, Source, page_of_pdf

__all__ = [
    "BROAD",
    "CITATIONS",
    "MUNICIPALITY",
    "Agency",
    "AgencyLine",
    "AgencyTask",
    "AreaBorder",
    "AreaKind",
    "AreaLine",
    "AreaMembership",
    "AreaName",
    "AreaPart",
    "ChangeEvent",
    "ChangeSubject",
    "Citation",
    "Cited",
    "CoverageArea",
    "Decree",
    "DecreeDate",
    "DecreeRelation",
    "ExactlyOne",
    "OldSlug",
    "Page",
    "Partner",
    "PartnerType",
    "PolicyDomain",
    "Record",
    "RecordQuerySet",
    "Slugged",
    "Source",
    "Tree",
    "address_of",
    "common_days",
    "follow",
    "held_on",
    "municipality_address",
    "municipality_slug",
    "page_of_pdf",
]
