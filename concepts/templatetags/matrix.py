"""The cells of a matrix, written as strings: by a template, hundreds would take most of a page."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from eerstelijn.templatetags.texts import breakable, role_tile
from governance.models import BROAD

register = template.Library()


@register.simple_tag
def matrix_cells(row):
    """Print a cell under each column of a row (`concepts.pressure.matrix.Row`).

    A filled one is a link to what the concept's page says of it.
    """
    return mark_safe("".join(_cell(column, cell) for column, cell in row.line))  # noqa: S308 -- below


def _cell(column, cell):
    edge = ' class="first"' if column.is_first else ""  # a group starts here
    return f"<td{edge}>{filled(cell) if cell else ''}</td>"


def filled(cell):
    """The letter of the strongest role with its word; the title says all of it."""
    sign = cell.sign
    over, more = " cell-over" if cell.is_over else "", "+" if cell.has_more else ""
    return (
        f'<a class="cell cell-{escape(sign.strength)}{over}" href="{escape(cell.url)}"'
        f' title="{escape(cell.title)}"><b>{escape(sign.letter)}{more}</b> {escape(sign.word)}</a>'
    )


@register.simple_tag
def matrix_bar(row):
    """Print how often a row is asked as a bar, the dark part where it leads or must."""
    return mark_safe(_bar(row))  # noqa: S308 -- numbers of ours


def _bar(row):
    must = f'<rect class="press-must" width="{row.must_width}" height="10"/>\n'
    return (
        '<svg class="press-bar" viewBox="0 0 100 10" preserveAspectRatio="none"'
        ' aria-hidden="true">\n'
        f"{must if row.must_width else ''}"
        f'<rect x="{row.must_width}" width="{row.rest_width}" height="10"/>\n</svg>\n'
    )


@register.simple_tag
def matrix_list(page):
    """Print the rows of a page below each other, where a matrix does not fit; each with its number,
    and its concepts folded.
    """
    lines = "".join(
        _line(row, page.is_matrix, is_open=not number) for number, row in enumerate(page.often)
    )
    return mark_safe(f"<ul>\n{lines}</ul>\n")  # noqa: S308 -- each text is escaped


def _line(row, has_cells, is_open):
    name = escape(breakable(row.name))
    broad = f" <small>{escape(BROAD)}</small>" if row.pressed.is_broad else ""
    must = f"in {row.must} leidt of moet het" if row.must else "moet nergens"
    said = f"{escape(row.over_said)}; {must}" if row.over_said else must
    return (
        f'<li>\n<a class="press-name" href="{escape(row.url)}">{name}</a>{broad}\n'
        f'<p class="press-numbers">\n{_bar(row)}<b>{row.number}</b>\n{said}\n</p>\n'
        f"{_concepts(row, is_open) if has_cells else ''}</li>\n"
    )


def _concepts(row, is_open):
    """The concepts that ask a row, the strongest role first."""
    cells = "".join(
        f"<li>\n{role_tile(cell.role.value)}\n<span>\n"
        f'<a href="{escape(cell.url)}">{escape(cell.column.name)}</a>\n'
        f"<small>{escape(cell.roles_said)}{_mark(cell)}</small>\n</span>\n</li>\n"
        for cell in row.in_order
    )
    return (
        f'<details class="more"{" open" if is_open else ""}>\n'
        f"<summary>{escape(row.summary)}</summary>\n<ul>\n{cells}</ul>\n</details>\n"
    )


def _mark(cell):
    return f", {escape(cell.mark)}" if cell.mark else ""
