"""What the pages of reference records show: their facts, and everywhere they are used.

A page is a list of facts and of sections of items; each fact and item carries what cites its
source. Concepts are reached through reverse relations, and only through what is published.
"""

from governance.pages.areas import areas_by_kind, existence, period
from governance.pages.changes import SUBJECTS, changes_of, changes_section
from governance.pages.parts import (
    CITATIONS,
    Item,
    RecordPage,
    Section,
    cited,
    concepts_of,
    in_finder,
    names_of,
)
from governance.pages.records import agency_page, decree_page, domain_page, partner_page
from governance.pages.sources import places_of, source_page

__all__ = [
    "CITATIONS",
    "SUBJECTS",
    "Item",
    "RecordPage",
    "Section",
    "agency_page",
    "areas_by_kind",
    "changes_of",
    "changes_section",
    "cited",
    "concepts_of",
    "decree_page",
    "domain_page",
    "existence",
    "in_finder",
    "names_of",
    "partner_page",
    "period",
    "places_of",
    "source_page",
]
