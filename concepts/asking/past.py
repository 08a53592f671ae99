"""A concept that asks nothing any more, or of which no word came after its end."""

from dataclasses import dataclass
from typing import Any

from concepts.asking.rows import PLACES_OF_A_FACT, AskRow, places_of
from concepts.finder.rows import StandingBadge


@dataclass
class PastRow:
    """What it asked, how it stands and until when it worked."""

    row: AskRow

    @property
    def roles(self) -> str:
        return ", ".join(role.label for role in self.row.roles)

    @property
    def standing(self) -> StandingBadge | None:
        found = next(iter(self.row.version.standings.all()), None)
        return found and StandingBadge(found.state, *found.in_short)

    @property
    def sources(self) -> list[Any]:
        """A place for each of what is said: that it is asked, how it stands, until when."""
        said = (self.row.asks, self.row.version.standings.all(), self._ended[:1])
        places = [place for rows in said for place in places_of(rows, PLACES_OF_A_FACT)]
        return list({place.pk: place for place in places}.values())

    @property
    def _ended(self) -> list[Any]:
        """What says where it worked, and until when; the last first."""
        rows = [row for row in self.row.version.coverages.all() if row.end]
        return sorted(rows, key=lambda row: str(row.end.latest), reverse=True)

    @property
    def until(self) -> str:
        """From when to when it worked, as the source says; empty where it says nothing."""
        if not self._ended:
            return ""
        row = self._ended[0]
        return f"van {row.start} tot en met {row.end}" if row.start else f"tot en met {row.end}"
