"""docs/redactie.md as a script reads it: chapters, their steps, the names and pictures in them.

In a numbered step **bold** is what stands on the screen: a button, a link, a field, a choice. What
the screen says in return stands between “…” quotation marks.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
GUIDE = PROJECT / "docs" / "redactie.md"
PICTURES = PROJECT / "docs" / "beeld" / "redactie"

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
QUOTED = re.compile(r"“(.+?)”", re.DOTALL)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^##+ (.+)$", re.MULTILINE)
#: A numbered step, with the indented lines below it.
STEP = re.compile(r"^(\d+)\. (.+(?:\n(?: .*)?)*)", re.MULTILINE)
#: What one sees when it worked: one paragraph.
WORKED = re.compile(r"^\*Gelukt\?\* (.+(?:\n.+)*)", re.MULTILINE)


@dataclass
class Step:
    """What to do, or after the last step what one sees; `number` is 0 for that."""

    number: int
    text: str

    @property
    def names(self):
        """What is to be pressed, filled in or chosen, in the order of the text."""
        return [_in_one_line(name) for name in BOLD.findall(self._words)]

    @property
    def said(self):
        """What the screen is to say."""
        return [_in_one_line(said) for said in QUOTED.findall(self._words)]

    @property
    def pictures(self):
        """Its pictures, each by the name of its file."""
        return [Path(path).stem for _, path in PICTURE.findall(self.text)]

    @property
    def _words(self):
        return PICTURE.sub("", self.text)


@dataclass
class Chapter:
    """What stands under one heading."""

    title: str
    steps: list[Step] = field(default_factory=list)
    #: What one sees when it worked; None in chapters that only explain.
    worked: Step | None = None


def read(text=None):
    """The chapters of the guide by their title, those of any level."""
    _, *parts = HEADING.split(whole(text))
    return {
        title: _chapter(title, body) for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def pictures(text=None):
    """Every picture in the guide, as pairs of its alternative text and its path."""
    return PICTURE.findall(whole(text))


def whole(text=None):
    return GUIDE.read_text() if text is None else text


def _chapter(title, body):
    steps = [Step(int(number), text) for number, text in STEP.findall(body)]
    worked = WORKED.search(body)
    return Chapter(title, steps, Step(0, worked[1]) if worked else None)


def _in_one_line(text):
    return " ".join(text.split())
