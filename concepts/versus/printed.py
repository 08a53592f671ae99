"""The rows of a comparison as HTML: one of four concepts has hundreds of cells."""

from html import escape

from django.template.loader import get_template

from concepts.versus.points import Value
from concepts.versus.rows import Cell, Row
from eerstelijn.pages.printing import Printer
from eerstelijn.templatetags.texts import breakable, markdown, role_tile, unstated

#: A text of which words changed: of one concept in two versions, so that there are few.
CHANGES = "versus/_changes.html"
UNSTATED = str(unstated())
#: At a point that is the name of a record, silence is a dash.
DASH = (
    '<span class="vs-none" aria-hidden="true">–</span>'
    '<span class="visually-hidden">niet vermeld</span>\n'
)


def printed_row(to: Printer, row: Row) -> str:
    """A point, with what each column says of it."""
    about = f"<small>{escape(row.about)}</small>" if row.about else ""
    label, sign = to.linked(breakable(row.point.label), row.point.url), escape(row.sign)
    cells = "".join(_cell(to, row, cell) for cell in row.cells)
    return (
        f'<tr class="vs-row vs-{sign}">\n<th scope="row">\n{about}'
        f'<span class="vs-label">{label}</span>\n'
        f'<span class="mark mark-{sign}"><svg viewBox="0 0 16 16" width="16" height="16"'
        f' aria-hidden="true">\n<use href="#mark-{sign}"/></svg>{escape(row.label)}</span>\n'
        f"</th>\n{cells}</tr>\n"
    )


def _cell(to: Printer, row: Row, cell: Cell) -> str:
    span = f' colspan="{cell.span}"' if cell.spans_all else ""
    name = f'<span class="vs-who">{escape(cell.name)}</span>' if cell.name else ""
    if not cell.values:
        said = DASH if row.point.about else f"{UNSTATED}\n"
    else:
        values = "".join(_value(to, value, is_common) for value, is_common in cell.told)
        said = f'<ul class="vs-values">\n{values}</ul>\n'
        if cell.is_folded:
            summary = f"<summary>{escape(cell.folded_label)}</summary>"
            said = f'<details class="more vs-more">{summary}{said}</details>'
    return f"<td{span}>\n{name}{said}</td>\n"


def _value(to: Printer, value: Value, is_common: bool) -> str:
    """One thing that a column says; of a long text its beginning, and the whole behind it."""
    role = role_tile(value.role) if value.role else ""
    common = '<small class="vs-common">gelijk</small>' if is_common else ""
    if value.changes:
        with to.context.push(value=value):
            said = get_template(CHANGES).template.render(to.context)
        return f"<li>\n{role}<div>{said}\n{common}</div>\n</li>\n"
    said = to.numbered(value.cited, to.linked(value.text, value.url))
    note = f"<small>{to.text(value.note)}</small>" if value.note else ""
    whole = ""
    if value.whole:
        whole = (
            '<details class="more">\n<summary>Lees meer</summary>\n'
            f'<div class="prose">{markdown(value.whole, to.words)}</div>\n</details>\n'
        )
    return f"<li>\n{role}<div>{said}\n{common}{note}{whole}</div>\n</li>\n"
