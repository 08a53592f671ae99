"""What `/vergelijk/` may ask: two to four concepts, or one on several days or in several versions.

`c` is a concept by its slug, in the order of the columns. One `c` with `op` (days) or `versie`
(numbers of versions that were public) puts that concept beside itself: one `op` beside today, one
`versie` beside what the public reads now. These are keys of their own, and not `c=gbo@2023-03-13`,
so that a form can ask for them without a script, and `c` is a slug as everywhere.
"""

import datetime as dt
from typing import Any

from eerstelijn.dates import PEILDATUM_FORM, read_peildatum
from eerstelijn.finder.problems import Excess, Problem, shorten
from eerstelijn.finder.question import DayQuestion, Flag, GivenValues, Key

#: How many columns stand beside each other.
LEAST, MOST = 2, 4
#: A number of a version has no more digits than that.
LONGEST_NUMBER = 6


class Several(Key):
    """Up to four values, in the order in which they are given, each once."""

    widget = GivenValues
    #: What a reader may give, in words.
    allowed = ""

    def clean(self, given: list[str]) -> list[Any]:
        self.problems: list[Problem] = []
        values: list[Any] = []
        for text in filter(None, map(str.strip, given)):
            self._take(text, values)
        return values

    def _take(self, text: str, values: list[Any]) -> None:
        try:
            value = self.read(text)
        except ValueError:
            self.problems.append(Problem(self.key, text, self.allowed))
            return
        if value in values:
            said = f"“{shorten(text)}” staat er twee keer. We tonen het één keer."
            self.problems.append(Problem(self.key, text, "elke waarde één keer", said))
        elif len(values) == MOST:
            self._leave_out()
        else:
            values.append(value)

    def _leave_out(self) -> None:
        """Say once that there are too many."""
        said = f"We zetten er hoogstens {MOST} naast elkaar. De rest lieten we weg."
        excess = Excess(self.key, "", f"hoogstens {MOST} waarden", said)
        if excess not in self.problems:
            self.problems.append(excess)

    def read(self, text: str) -> Any:
        return text

    def written(self, value: list[Any]) -> list[str]:
        return list(map(str, value))


class Concepts(Several):
    """Concepts by their slugs, which are in small letters."""

    def read(self, text: str) -> str:
        return text.lower()


class Days(Several):
    """Days on which a concept is looked at."""

    allowed = PEILDATUM_FORM

    def read(self, text: str) -> dt.date:
        return read_peildatum(text)


class Numbers(Several):
    """Numbers of versions."""

    allowed = "het nummer van een versie die op de site stond"

    def read(self, text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_NUMBER:
            raise ValueError(text)
        return int(text)


class VersusQuestion(DayQuestion):
    """What is put beside each other, and whether only what differs is shown."""

    c = Concepts()
    op = Days()
    versie = Numbers()
    verschillen = Flag("1")

    @property
    def robots(self) -> str:
        """The plain comparison of concepts is for indexes too; other views of it are not."""
        asked = self.cleaned_data
        is_other = any(asked[key] for key in ("op", "versie", "verschillen"))
        return "noindex,follow" if is_other or self.problems else super().robots
