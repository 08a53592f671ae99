"""Parts of a page: their lines, and those that are the same for many questions, printed once."""

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
    if callable(part.template):
        # A function that prints lines escapes every text of a record.
        return mark_safe(part.template(Printer(context), part))  # noqa: S308
    with context.push(part=part):
        return get_template(part.template).template.render(context)
