"""Parts of a page: their lines, and those that are the same for many questions, printed once."""

from html import escape

from django import template
from django.template.loader import get_template
from django.utils.safestring import mark_safe

from eerstelijn.pages.printing import Printer

register = template.Library()


class Once(template.Node):
    """Prints a part of the page, or takes it as it was printed before."""

    def __init__(self, nodelist, part, values):
        self.nodelist = nodelist
        self.part = part
        self.values = values

    def render(self, context):
        if not (part := self.part.resolve(context, ignore_failures=True)):
            return self.nodelist.render(context)
        values = [value.resolve(context) for value in self.values]
        return part.text(lambda: self.nodelist.render(context), *values)


@register.tag
def once(parser, token):
    """Print a part that whoever made the page may keep.

    ``{% once footer sources_as_of %}...{% endonce %}``: ``footer`` is a `eerstelijn.kept.Part`,
    and the values are those that the part changes with. Without a Part it is printed each time.
    """
    _, part, *values = token.split_contents()
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist, parser.compile_filter(part), [*map(parser.compile_filter, values)])


@register.simple_tag(takes_context=True)
def lines(context, part):
    """Print the lines of a part (`eerstelijn.pages.parts.Part`): ``{% lines part %}``."""
    return mark_safe(_lines(context, Printer(context), part))  # noqa: S308 -- of a function, or a template


def _lines(context, to, part):
    """A function that prints lines escapes every text of a record."""
    if callable(part.template):
        return part.template(to, part)
    with context.push(part=part):
        return get_template(part.template).template.render(context)


@register.simple_tag(takes_context=True)
def folds(context, sections):
    """Print chapters that show title and gist until a reader opens them: ``{% folds all %}``."""
    to = Printer(context)
    return mark_safe("".join(_fold(context, to, each) for each in sections))  # noqa: S308 -- as lines


def _fold(context, to, section):
    title = f'<h3 id="{escape(section.id)}-kop">{to.name(section.title)}</h3>\n'
    gist = f'<span class="gist">{to.name(section.gist)}</span>' if section.gist else ""
    with context.push(section=section):
        parts = "".join(
            (f"<h4>{escape(part.label)}</h4>\n" if part.label else "") + _lines(context, to, part)
            for part in section.shown
        )
    return (
        f'<details class="fold" id="{escape(section.id)}">\n<summary>\n{title}{gist}</summary>\n'
        f"{parts}</details>\n"
    )
