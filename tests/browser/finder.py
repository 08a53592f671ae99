"""A list as a visitor handles it, with the script and without it."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

CAW = ["1Gezin1Plan", "Geïntegreerd breed onthaal", "Ketenaanpak", "OverKop"]

with_and_without_script = pytest.mark.parametrize(
    "script", [True, False], ids=["with the script", "without"]
)


def asks(url):
    """What an address asks; an empty value asks nothing."""
    parts = urlsplit(url)
    return parts.path, sorted(parse_qsl(parts.query))


class Finder:
    """A list as a visitor handles it."""

    def __init__(self, window):
        self.window, self.page = window, window.page
        self.form = self.page.locator("#finder")
        self.sentence = self.page.locator("#sentence")
        self.rows = self.page.locator("#results .rows h3")
        self.chips = self.page.get_by_role("list", name="Gekozen filters").get_by_role("link")
        self.word = self.form.get_by_role("searchbox")

    def box(self, key, value):
        return self.form.locator(f"input[name={key}][value='{value}']")

    def ask_for_all(self, key):
        """Have the page give every choice of a group."""
        self.form.locator(f"button.more[value={key}]").click()
        expect(self.form.locator(f"#more-{key}")).to_be_visible()

    def reveal(self, control):
        """Unfold whatever hides a control."""
        folded = control.locator("xpath=ancestor::details[not(@open)]/summary")
        while not control.is_visible():
            folded.filter(visible=True).first.click()

    def tick(self, key, value):
        box = self.box(key, value)
        if not box.count():
            self.ask_for_all(key)
        self.reveal(box)
        box.check()

    def apply(self):
        self.form.get_by_role("button", name="Filter toepassen").click()

    def is_at(self, address):
        """Wait until we are at an address, whatever the order of its parts."""
        self.page.wait_for_url(lambda url: asks(url) == asks(address))

    def names(self):
        return sorted(self.rows.all_inner_texts())


def assert_found(finder, names):
    expect(finder.rows).to_have_count(len(names))
    for found, name in zip(finder.names(), sorted(names), strict=True):
        assert found.startswith(name)
