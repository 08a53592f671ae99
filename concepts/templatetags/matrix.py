"""The cells of a matrix, written as strings: by a template, hundreds would take most of a page."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()

#: On the left of a column that starts a group.
EDGE = format_html(' class="{}"', "first")


@register.simple_tag
def matrix_cells(row):
    """Print a cell under each column of a row (`concepts.pressure.matrix.Row`).

    A filled one is a link to what the concept's page says of it.
    """
    return format_html_join(
        "",
        "<td{}>{}</td>",
        (
            (EDGE if column.is_first else "", filled(cell) if cell else "")
            for column, cell in row.line
        ),
    )


def filled(cell):
    """The letter of the strongest role with its word; the title says all of it."""
    return format_html(
        '<a class="cell cell-{}{}" href="{}" title="{}"><b>{}{}</b> {}</a>',
        cell.sign.strength,
        " cell-over" if cell.is_over else "",
        cell.url,
        cell.title,
        cell.sign.letter,
        "+" if cell.has_more else "",
        cell.sign.word,
    )
