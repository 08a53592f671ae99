"""The fact box of a concept as HTML: the four questions, and below them what else is checked first.

An empty answer or value is said to be "niet vermeld in de bronnen".
"""

from html import escape
from typing import Any

from eerstelijn.pages.printing import Printer
from eerstelijn.templatetags.texts import breakable, unstated

UNSTATED = str(unstated())


def factbox(to: Printer, page: Any) -> str:
    """The box in the colour of the owner."""
    cells = "".join(_cell(to, cell) for cell in page.factbox.cells)
    facts = "".join(_fact(to, fact) for fact in page.factbox.strip)
    return (
        f'<div class="factbox tree-{escape(page.tree)}">\n<dl class="cells">\n{cells}</dl>\n'
        f'<dl class="strip">\n{facts}</dl>\n</div>\n'
    )


def _cell(to: Printer, cell: dict[str, Any]) -> str:
    """A question of the readers with its answer, and the way to the chapter that says more."""
    question = to.linked(cell["question"], cell["url"])
    if cell["answer"]:
        answer = to.said(cell["statements"], breakable(cell["answer"]))
    else:
        answer = f"{UNSTATED}{to.numbered(cell['statements'])}"
    note = f'<p class="note">{to.text(cell["note"])}</p>\n' if cell["note"] else ""
    return (
        f"<div>\n<dt>{question}</dt>\n<dd>\n"
        f'<p class="answer">\n{answer}\n</p>\n{note}</dd>\n</div>\n'
    )


def _fact(to: Printer, fact: dict[str, Any]) -> str:
    label = to.name(fact["label"])
    value = to.linked(fact["value"], fact.get("url", "")) if fact["value"] else UNSTATED
    note = f"\n<small>{to.text(fact['note'])}</small>" if fact.get("note") else ""
    sources = to.numbered(fact.get("statements"))
    return f"<div>\n<dt>{label}</dt>\n<dd>\n{value}{note}{sources}\n</dd>\n</div>\n"
