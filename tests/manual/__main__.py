"""Follow docs/redactie.md to the letter on a site to practise on, and take its pictures.

    .venv/bin/python -m tests.manual                 every chapter
    .venv/bin/python -m tests.manual --only tikfout  the first one, and those with this in the title
    .venv/bin/python -m tests.manual --no-pictures   only look whether the text is right

Ends with 1 and says where, when a name in the text does not stand on the screen.
"""

import argparse
import signal
import sys

from playwright.sync_api import sync_playwright

from tests import chromium
from tests.manual import guide
from tests.manual.chapters import CHAPTERS
from tests.manual.editors import Editors
from tests.manual.practice import practice_site
from tests.manual.walk import Stopped, Walk


def main():
    parser = argparse.ArgumentParser(
        prog="python -m tests.manual", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--only", default="", help="a part of the title of a chapter")
    parser.add_argument("--no-pictures", action="store_true", help="leave the pictures as they are")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    wanted = {
        title: follow
        for number, (title, follow) in enumerate(CHAPTERS.items())
        if not number or options.only.lower() in title.lower()
    }
    with practice_site() as (home, passwords), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=[*chromium.launch_arguments(), "--lang=nl"]
        )
        editors = Editors(browser, home, passwords)
        went = [
            _follow(title, follow, editors, not options.no_pictures)
            for title, follow in wanted.items()
        ]
        browser.close()
    sys.exit(not all(went))


def _follow(title, follow, editors, takes_pictures):
    """Whether a chapter could be followed to its end."""
    chapter = guide.read().get(title)
    if chapter is None:
        print(f"FOUT  De gids heeft geen hoofdstuk “{title}”.", flush=True)
        return False
    walk = Walk(chapter, None, editors.home, takes_pictures)
    try:
        follow(walk, editors)
    except Stopped as stopped:
        print(f"FOUT  {stopped}", flush=True)
        return False
    print(f"goed  {title}: {walk.clicks} keer klikken, {walk.fields} velden", flush=True)
    return True


if __name__ == "__main__":
    main()
