"""Following a chapter of the guide in a browser, by the names that its text gives.

Each name that is pressed, filled in or chosen must stand in bold in the step where we are, and
each name in the step must be used before the next one: so the script does what the text says, and
the text says all that the script does. Whatever goes wrong names the chapter and the step.
"""

import re
from contextlib import contextmanager

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.manual import pictures

#: Milliseconds that something may take to appear.
PATIENCE = 20_000
#: What can be pressed besides buttons and links.
ALSO_PRESSED = "summary, label, .kinds b"


class Stopped(Exception):
    """The text and the screen differ."""


class Walk:
    """One chapter on its way, in the window of one editor after another (`page`).

    `clicks` and `fields` count what the editors do.
    """

    def __init__(self, chapter, page, home, takes_pictures=True):
        self.chapter, self.page, self.home = chapter, page, home
        self.takes_pictures = takes_pictures
        self.step = None
        self.unused, self.untaken = [], []
        self.clicks = self.fields = 0

    # From step to step

    @contextmanager
    def at(self, number):
        """Do what a numbered step says."""
        if number > len(self.chapter.steps):
            raise Stopped(f"{self.chapter.title}: de tekst heeft geen stap {number}")
        with self._at(self.chapter.steps[number - 1]):
            yield

    @contextmanager
    def worked(self):
        """Look at what “Gelukt?” promises, after the last step."""
        if self.step.number != len(self.chapter.steps):
            raise self.stop(f"de tekst heeft {len(self.chapter.steps)} stappen")
        with self._at(self.chapter.worked):
            yield
            for name in list(self.unused):
                self.see(name)

    @contextmanager
    def _at(self, step):
        self.step = step
        self.unused = [*step.names, *step.said]
        self.untaken = list(step.pictures)
        try:
            yield
            for said in step.said:
                if said in self.unused:
                    self.see(said)
        except PlaywrightError as error:
            raise self.stop(str(error).splitlines()[0]) from error
        for left in (*self.unused, *(f"beeld {name}" for name in self.untaken)):
            raise self.stop(f"“{left}” staat in de tekst, en het script doet er niets mee")

    def stop(self, why):
        place = f"stap {self.step.number}" if self.step.number else "Gelukt?"
        return Stopped(f"{self.chapter.title}, {place}: {why}")

    def _use(self, name):
        if name not in (*self.step.names, *self.step.said):
            raise self.stop(f"“{name}” staat niet in de tekst")
        if name in self.unused:
            self.unused.remove(name)

    # What an editor does

    def visit(self, path):
        """Type an address that the text gives."""
        if f"`{path}`" not in self.step.text:
            raise self.stop(f"`{path}` staat niet in de tekst")
        self.page.goto(self.home + path)

    def press(self, name, *, within="body", picture="", around="main", more=(), height=0):
        """Press a button or a link, or open what is folded; with a picture of it just before.

        `more` are fields to mark in that picture too.
        """
        self._use(name)
        found = self.pressed(name, within)
        if picture:
            self.picture(
                picture, around=around, marks=[*map(self.field, more), found], height=height
            )
        found.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def press_at(self, selector):
        """Press what the text points at in other words: a row, a name from our own example."""
        self._there(self.page.locator(selector).filter(visible=True).first, selector).click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def fill(self, name, text, *, within="body"):
        """Type in the field with this label."""
        self._use(name)
        self.field(name, within).fill(text)
        self.fields += 1

    def select(self, name, option, *, within="body"):
        """Choose from the list of a field; the choice stands in bold too."""
        self._use(name)
        self._use(option)
        self.field(name, within).select_option(label=option)
        self.fields += 1

    def search(self, name, typed, found="", *, within="body"):
        """Type in a field that searches, and take what it finds first."""
        self._use(name)
        row = self._label(name, within).locator(
            "xpath=ancestor::*[descendant::*[contains(@class, 'select2-selection')]][1]"
        )
        row.locator(".select2-selection").first.click()
        self.page.keyboard.type(typed)
        hits = self.page.locator(".select2-results__option--highlighted")
        self._there(hits.filter(has_text=found or typed), found or typed)
        self.page.keyboard.press("Enter")
        self.fields += 1

    def attach(self, name, file):
        """Choose a file, a dict of .name .mimeType .buffer."""
        self._use(name)
        self.field(name).set_input_files(file)
        self.fields += 1

    def tick(self, name, *, within="body"):
        self._use(name)
        self.field(name, within).check()
        self.fields += 1

    def see(self, said):
        """Read what the text says that stands there."""
        self._use(said)
        words = re.compile(re.escape(said).replace(r"\ ", r"\s+").replace("…", ".*"))
        self._there(self.page.get_by_text(words).filter(visible=True).first, said)

    # Where it stands

    def field(self, name, within="body"):
        """The field that a label names, the first in sight."""
        label = self._label(name, within)
        target = label.get_attribute("for")
        if target:
            return self.page.locator(f"[id='{target}']")
        return label.locator("input, select, textarea").first

    def pressed(self, name, within="body"):
        words = re.compile(rf"^\s*{re.escape(name)}(\s+\d+|\s*\(nieuw tabblad\)|\s*:.*)?\s*$")
        inside = self.page.locator(within)
        found = (
            inside.get_by_role("button", name=words)
            .or_(inside.get_by_role("link", name=words))
            .or_(inside.locator(ALSO_PRESSED).filter(has_text=words))
        )
        return self._there(found.filter(visible=True).first, name)

    def _label(self, name, within):
        words = re.compile(rf"^\s*{re.escape(name)}\s*:?\s*$")
        found = self.page.locator(within).locator("label, legend").filter(has_text=words)
        return self._there(found.filter(visible=True).first, name)

    def _there(self, found, name):
        try:
            found.wait_for(timeout=PATIENCE)
        except PlaywrightTimeout:
            address = self.page.url.removeprefix(self.home)
            raise self.stop(f"op {address} staat geen “{name}”") from None
        return found

    # Pictures

    def picture(self, name, *, around="main", marks=(), height=0):
        """Take one of the part of the page around which it goes, with marks around some of it."""
        if name not in self.untaken:
            raise self.stop(f"het beeld {name} staat niet in de tekst")
        self.untaken.remove(name)
        if self.takes_pictures:
            pictures.take(self.page, name, around, marks, height)
