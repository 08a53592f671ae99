"""A window of the browser that notes what no visitor should meet, and that axe can look into."""

from pathlib import Path

import axe_playwright_python

# axe reads the background of every element under every text anew, and spends a third of its time on
# the same dozen colours written as text: what such a text means, it has to find once in a page.
EACH_COLOUR_ONCE = """(() => {
    const {prototype} = axe.commons.color.Color, {parseString} = prototype, known = new Map();
    prototype.parseString = function (text) {
        if (known.has(text)) {
            const {r, g, b, alpha} = known.get(text);
            return Object.assign(this, {r, g, b, alpha});
        }
        parseString.call(this, text);
        known.set(text, new axe.commons.color.Color(this));
        return this;
    };
})();"""
AXE = "".join(
    [
        (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(),
        EACH_COLOUR_ONCE,
        (Path(__file__).parent / "looks.js").read_text(),
    ]
)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
RULES = [*WCAG["runOnly"], "best-practice"]
#: The rules whose answer follows from colours.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
LOOK = """([options, fine]) => axe.looks.run(options, fine.split("\\n")).then(
    ({violations, found}) => [found, violations.flatMap(({id, nodes}) =>
        nodes.map(({target, html, any, all}) => `${id}: ${target} ${html.slice(0, 120)} ` +
            [...any, ...all].map(({message}) => message).join("; ")))])
"""
#: The looks of texts (looks.js) that axe found fine in any page. The colours of a text are all that
#: its contrast follows from, so whoever met them first, the answer is the same.
FINE = set()
#: What sticks out to the right, the innermost only; empty when nothing makes the page scroll.
STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter(
        element => element.getBoundingClientRect().right > width + 1);
    const inner = out.filter(
        element => !out.some(other => element !== other && element.contains(other)));
    const named = inner.map(element => element.outerHTML.slice(0, 120));
    return named.length ? named : ["the page scrolls"];
}
"""


def violations(page, options):
    """What axe finds wrong in a page of the browser as it is now: a rule, the place and why, each.

    Only what is wrong is described: to describe all that is right takes axe longer than to look.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found, wrong = page.evaluate(LOOK, [options, "\n".join(FINE)])
    FINE.update(found)
    return wrong


def in_sight(found):
    """How many of what was found are visible, asked at once: one by one takes a message each."""
    return found.filter(visible=True).count()


class Window:
    """One page of the browser, at one site."""

    def __init__(self, page, site):
        self.page, self.site = page, site
        #: What the console said, and what was asked of another site.
        self.complaints = []
        page.set_default_timeout(10_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._asked)

    def open(self, path):
        """Go to an address of the site; returns the response."""
        return self.page.goto(self.site + path)

    def resize(self, width, height=900):
        self.page.set_viewport_size({"width": width, "height": height})

    def violations(self, rules=RULES):
        """What axe finds wrong in the page as it is now, by all rules or some."""
        return violations(self.page, {"runOnly": rules, "preload": False})

    def sticking_out(self):
        """What makes the page scroll sideways."""
        return self.page.evaluate(STICKING_OUT)

    @property
    def address(self):
        """Where we are, without the name of the site."""
        return self.page.url.removeprefix(self.site)

    def _heard(self, message):
        # The browser says of every error page that it is one.
        is_page = message.location["url"] == self.page.url
        if not (is_page and message.text.startswith("Failed to load resource")):
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.site + "/", "data:")):
            self.complaints.append(f"elsewhere: {request.url}")
