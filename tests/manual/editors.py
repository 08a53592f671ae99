"""The editors who follow the guide, each in a window of their own: their names are their groups."""

import base64
import hashlib
import hmac
import time

from tests.manual.pictures import HEIGHT, SCALE, WIDTH

#: Milliseconds that a page may take: a table of areas takes seconds, more on a busy machine.
PATIENCE = 60_000


class Editors:
    """Opens windows; `passwords` change when a chapter says so, and `codes` are kept on paper."""

    def __init__(self, browser, home, passwords):
        self.browser, self.home, self.passwords = browser, home, passwords
        self.codes, self.pages = [], {}

    def stranger(self):
        """A window in which nobody is logged in."""
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=SCALE,
            locale="nl-BE",
            timezone_id="Europe/Brussels",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def redacteur(self):
        """The window of the redacteur, who needs no second step, on the start page."""
        if "redacteur" not in self.pages:
            page = self.pages["redacteur"] = self.stranger()
            page.goto(f"{self.home}/beheer/")
            page.fill("[name=login]", "redacteur")
            page.fill("[name=password]", self.passwords["redacteur"])
            page.get_by_role("button", name="Meld me aan").click()
        return self._at_the_start("redacteur")

    def eindredacteur(self):
        """The window in which the eindredacteur logged in, in the first chapter."""
        return self._at_the_start("eindredacteur")

    def beheerder(self):
        """The window of the beheerder, who links a phone first, as the first chapter tells."""
        if "beheerder" not in self.pages:
            page = self.pages["beheerder"] = self.stranger()
            page.goto(f"{self.home}/beheer/")
            page.fill("[name=login]", "beheerder")
            page.fill("[name=password]", self.passwords["beheerder"])
            page.get_by_role("button", name="Meld me aan").click()
            page.fill("[name=code]", code_of(page.locator(".sleutel").inner_text()))
            page.get_by_role("button", name="Koppel mijn telefoon").click()
            page.get_by_role("link", name="Ik heb de codes bewaard, ga verder").click()
        return self._at_the_start("beheerder")

    def _at_the_start(self, name):
        page = self.pages[name]
        page.goto(f"{self.home}/beheer/")
        return page


def code_of(secret):
    """What the app on a phone shows now for a secret (RFC 6238): six digits."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, int(time.time() // 30).to_bytes(8), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 10**6:06}"
