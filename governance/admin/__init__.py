"""The desks for who, where and on what ground, split by noun."""

from governance.admin import agencies, areas, decrees, events, partners, sources
from governance.admin.citing import CitingAdmin, CitingInline

__all__ = [
    "CitingAdmin",
    "CitingInline",
    "agencies",
    "areas",
    "decrees",
    "events",
    "partners",
    "sources",
]
