"""What readers get of our style sheets says the same as what we wrote, to a browser."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from eerstelijn.pages.static_files import plain

SHEETS = sorted(Path(finders.find("eerstelijn/site.css")).parent.glob("*.css"))
#: A sheet as the browser understood it; inside a value white space stays as it was written.
RULES = r"""sheet => {
    const read = new CSSStyleSheet();
    read.replaceSync(sheet);
    return [...read.cssRules].map(rule => rule.cssText.replaceAll(/\s+/g, " "));
}"""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_browser_reads_the_same_rules(page, sheet):
    written = sheet.read_text()

    rules = page.evaluate(RULES, written)
    assert rules
    assert len(plain(written)) < len(written)
    assert page.evaluate(RULES, plain(written)) == rules
