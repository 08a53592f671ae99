"""The desks for who, where and on what ground, split by noun."""

from governance.admin import agencies, areas, decrees, events, partners, sources

__all__ = ["agencies", "areas", "decrees", "events", "partners", "sources"]
