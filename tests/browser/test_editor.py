"""An editor makes a concept in the browser and publishes it; every part of the site shows it."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scratch")]

NAME, SLUG = "Warme Wijken", "warme-wijken"
SUMMARY = "Buren en diensten zoeken samen wie hulp nodig heeft, zodat niemand uit beeld raakt."


class Desk:
    """The forms of the desk as an editor fills them in."""

    def __init__(self, window):
        self.page = window.page
        self.window = window

    def open(self, path):
        self.window.open(path)

    def go_to(self, group):
        self.page.get_by_role("link", name=group, exact=True).click()

    def choose(self, field, name):
        """Find a record by typing part of its name, and take the first that fits."""
        box = self.page.locator(f"#id_{field} + .select2").first
        box.click()
        self.page.locator(".select2-search__field").last.press_sequentially(name)
        self.page.locator(".select2-results__option", has_text=name).first.click()
        expect(self.page.locator(f"#id_{field} + .select2")).to_contain_text(name)

    def add_row(self, prefix):
        """One more row; returns the beginning of the names of its fields."""
        group = self.page.locator(f"#{prefix}-group")
        number = self.page.locator(f"#id_{prefix}-TOTAL_FORMS").input_value()
        group.locator(".add-row a").click()
        return f"{prefix}-{number}"

    def field(self, name):
        return self.page.locator(f"#id_{name}")

    def save(self):
        self.page.locator("[name=_save], [name=_continue]").last.click()
