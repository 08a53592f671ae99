"""What the public is told of reports: the one way to what a page for readers may show of them."""

from collections.abc import Sequence

from eerstelijn.reports.models import Outcome


def outcomes(most: int = 50, about: str = "") -> Sequence[Outcome]:
    """The last decisions on readers' reports, the newest first; with `about` of one page only.

    One query. `reports/_outcomes.html` shows them: `{% include %}` it with `outcomes`.
    """
    rows = Outcome.objects.all()
    if about:
        rows = rows.filter(about__regex=rf"^{_escaped(about)}(#|$)")
    return rows[:most]


def _escaped(path: str) -> str:
    """A path of ours as a regular expression of PostgreSQL."""
    return "".join(sign if sign.isalnum() or sign in "/-_" else f"\\{sign}" for sign in path)
