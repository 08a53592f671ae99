"""A link that stands alone is a target of 24 px, on every kind of page on a phone (WCAG 2.5.8).

In running text a link is as high as its line: there the rule makes an exception, and so does this.
"""

import pytest

from tests.browser.kinds import PUBLIC

pytestmark = pytest.mark.django_db

#: The links beside which their block says nothing: how high each line of one is, without what a
#: link that comes later lies over. The numbers of sources stand in running text.
LOW = r"""() => {
    const letters = text => text.replace(/[^\p{L}]/gu, "");
    const isInline = element => getComputedStyle(element).display === "inline";
    const links = [...document.querySelectorAll("a[href]")].filter(link =>
        link.checkVisibility({visibilityProperty: true}) && link.offsetWidth > 1
        && link.textContent.trim() && !link.matches(".node, .skip"));
    const isAlone = link => {
        let block = link.parentElement;
        while (isInline(block)) block = block.parentElement;
        const rest = block.cloneNode(true);
        rest.querySelectorAll(
            "a, button, summary, details, form, svg, ul, ol, table, section, .visually-hidden"
        ).forEach(part => part.remove());
        return !letters(rest.textContent);
    };
    const alone = links.filter(isAlone).map(link => [link, [...link.getClientRects()]]);
    return alone.flatMap(([link, lines], at) => {
        const later = alone.slice(at + 1).flatMap(([, boxes]) => boxes);
        const heights = lines.map(line => {
            const over = later.filter(box =>
                box.left < line.right && box.right > line.left && box.bottom > line.bottom);
            return Math.min(line.bottom, ...over.map(box => box.top)) - line.top;
        });
        const height = Math.min(...heights);
        return height < 23.5 ? [`${height.toFixed(1)} ${link.textContent.trim()}`] : [];
    });
}"""


@pytest.mark.parametrize("kind", PUBLIC.values(), ids=PUBLIC)
def test_a_link_that_stands_alone_can_be_hit(visit, kind):
    assert visit(kind.path, width=390).page.evaluate(LOW) == []


#: Signs that no line begins with, by what stands before them.
STRAY = r"""() => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        const sign = /^\s*[,.;:!?)]/.exec(text.data);
        if (!sign || !text.parentElement.checkVisibility()) continue;
        let before = text;
        while (before && !before.previousSibling && before.parentElement !== document.body
            && getComputedStyle(before.parentElement).display.startsWith("inline"))
            before = before.parentElement;
        before = before.previousSibling;
        while (before && !before.textContent.trim()) before = before.previousSibling;
        if (!before) continue;
        const [mark, last] = [document.createRange(), document.createRange()];
        mark.setStart(text, sign[0].length - 1);
        mark.setEnd(text, sign[0].length);
        last.selectNodeContents(before);
        const box = mark.getBoundingClientRect();
        const lines = [...last.getClientRects()].filter(line => line.width);
        if (box.width && lines.length && box.top >= lines.at(-1).bottom - 2)
            found.push(before.textContent.trim() + text.data.trim().slice(0, 1));
    }
    return found;
}"""


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize(
    "name", ["home", "concept", "municipality", "timeline", "asked", "versus", "partner", "source"]
)
def test_no_line_begins_with_a_comma(visit, name, width):
    assert visit(PUBLIC[name].path, width=width).page.evaluate(STRAY) == []


#: The notices, and how many letters their longest line has.
LINES = r"""() => [...document.querySelectorAll(".notice, .understood")].map(box => {
    const lines = new Map();
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        for (let at = 0; at < texts.currentNode.length; at++) {
            const letter = document.createRange();
            letter.setStart(texts.currentNode, at);
            letter.setEnd(texts.currentNode, at + 1);
            const {bottom, width} = letter.getBoundingClientRect();
            const line = Math.round(bottom / 8);
            if (width) lines.set(line, (lines.get(line) ?? 0) + 1);
        }
    }
    return Math.max(...lines.values());
})"""


@pytest.mark.parametrize(
    "path",
    [
        "/zoeken/?q=GBO",
        "/concepten/?kleur=rood&partner=niemand",
        "/concepten/gbo/?peildatum=2023-03-13",
        "/gemeenten/?q=Bilzen",
    ],
)
def test_a_notice_is_no_wider_than_what_is_read(visit, path):
    longest = visit(path).page.evaluate(LINES)

    assert longest
    assert max(longest) <= 80  # 34rem: about seventy, eighty in the narrowest font
