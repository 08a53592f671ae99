"""A concept in the lists of a municipality."""

from dataclasses import dataclass

from concepts.finder.rows import StandingBadge
from concepts.places.asked import LOCATED


@dataclass
class ShownConcept:
    """A concept on the page: what links it to the municipality, and whose it is."""

    item: object
    tree: str
    #: The area that links the two, in words.
    link: str
    #: Whether it still runs; None on another day, since nobody can say how it stood then.
    standing: StandingBadge | None = None

    @property
    def version(self):
        return self.item.version

    @property
    def owner(self):
        """Whose it is today, and under which name the sources have it."""
        was = f" (was {self.item.owner_was})" if self.item.owner_was else ""
        return f"{self.item.owner}{was}" if self.item.owner else ""

    @property
    def is_located(self):
        """Whether the sources say that it works here: then owner and standing are shown."""
        return self.item.answer.reach in LOCATED

    @property
    def badge(self):
        """How it stands, where it works here; None where that is not said."""
        return self.standing if self.is_located else None


def standing_of(version):
    """Whether a version still runs, as a badge; None where nothing says so."""
    found = next(iter(version.standings.all()), None)
    return found and StandingBadge(found.state, *found.in_short)
