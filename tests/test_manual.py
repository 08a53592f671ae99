"""The guide for editors: its pictures are there and explained, and its names stand on the screen.

`python -m tests.manual` follows it in a browser and takes the pictures; this looks without one.
"""

import re
from functools import cache

import pytest

from tests.manual.guide import GUIDE, PICTURES, PROJECT, pictures, read

#: The pictures of all chapters together, in bytes.
MOST = 2_500_000
#: Chapters of the guide that are followed, by their steps.
TASKS = {title: chapter for title, chapter in read().items() if chapter.worked}
NAMES = sorted(
    {
        name
        for chapter in TASKS.values()
        for step in (*chapter.steps, chapter.worked)
        for name in (*step.names, *step.said)
    }
)
#: What the practice makes up, or the browser adds, and no file of ours says.
MADE_UP = {"worden Oefenafdeling"}


@cache
def on_the_screen():
    """All that the code may show: templates, code and scripts, as one text in small letters."""
    folders = ("templates", "concepts", "governance", "eerstelijn")
    files = [
        path
        for folder in folders
        for path in sorted((PROJECT / folder).rglob("*"))
        if path.suffix in (".py", ".html", ".js", ".txt")
    ]
    return " ".join(" ".join(path.read_text() for path in files).split()).lower()


def test_the_guide_has_its_tasks():
    from tests.manual.chapters import CHAPTERS

    assert list(TASKS) == list(CHAPTERS)


@pytest.mark.parametrize("title", TASKS)
def test_a_task_is_complete(title):
    """What one wants and needs, steps in order, what one sees then, and what to do if not."""
    text = GUIDE.read_text().partition(f"## {title}\n")[2].partition("\n## ")[0]

    for part in ("*Je wil*", "*Je hebt nodig:*", "*Gelukt?*", "*Niet gelukt?*"):
        assert part in text
    assert [step.number for step in TASKS[title].steps] == [
        *range(1, len(TASKS[title].steps) + 1),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_step_names_stands_on_the_screen(name):
    """Numbers differ from version to version; the words around them stand in a file of ours."""
    own = name.removesuffix(" toevoegen")  # which is Django's
    for part in filter(str.strip, re.split(r"\d+|[“”]", own)):
        assert part.strip().lower() in on_the_screen() or name in MADE_UP


def test_every_picture_is_there_and_used_once():
    named = [path for _, path in pictures()]

    assert len(named) == len(set(named))
    assert {GUIDE.parent / path for path in named} == set(PICTURES.iterdir())


def test_every_picture_says_in_dutch_what_it_shows():
    for said, path in pictures():
        assert re.match(r"(Het|De|Een|Wat|Mijn|Tien|Per) .{15,}\.$", said), path
    assert len({said for said, _ in pictures()}) == len(pictures())


def test_the_pictures_are_small():
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST
    for path in PICTURES.iterdir():
        head = path.read_bytes()[:12]
        assert (head[:4], head[8:]) == (b"RIFF", b"WEBP"), path.name
