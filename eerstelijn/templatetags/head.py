"""The head of a page: what search engines and shared links read."""

import json
from html import unescape

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe

register = template.Library()

# A "</script>" in a name must not end the block of data.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def block(data):
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(ESCAPES)),  # noqa: S308 -- as django.utils.html.json_script does
    )


class Keep(template.Node):
    """Keeps plain text: whoever prints it escapes it for the place where it stands."""

    def __init__(self, nodelist, name):
        self.nodelist = nodelist
        self.name = name

    def render(self, context):
        text = strip_tags(self.nodelist.render(context))
        context[self.name] = " ".join(unescape(text).split())
        return ""


@register.tag
def keep(parser, token):
    """Keep the text of a part of the page, to print it more than once.

    ``{% keep head_title %}{% block title %}...{% endblock %}{% endkeep %}``.
    """
    _, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(nodelist, name)


@register.simple_tag(takes_context=True)
def breadcrumb_data(context):
    """Print the way up from this page as a BreadcrumbList (schema.org)."""
    crumbs = context.get("breadcrumbs")
    request = context.get("request")
    if not crumbs or not request:
        return ""
    items = []
    for position, crumb in enumerate(crumbs, start=1):
        item = {"@type": "ListItem", "position": position, "name": str(crumb["label"])}
        if crumb.get("url"):
            item["item"] = request.build_absolute_uri(crumb["url"])
        items.append(item)
    return block({"@type": "BreadcrumbList", "itemListElement": items})


@register.simple_tag(takes_context=True)
def term_data(context, name, definition, abbreviation="", term_set="/begrippen/"):
    """Print what this page explains as a DefinedTerm (schema.org)."""
    request = context.get("request")
    if not request:
        return ""
    data = {
        "@type": "DefinedTerm",
        "name": str(name),
        "description": " ".join(str(definition).split()),
        "url": context.get("canonical_url") or request.build_absolute_uri(),
        "inDefinedTermSet": request.build_absolute_uri(term_set),
        "inLanguage": "nl-BE",
    }
    if abbreviation:
        data["alternateName"] = str(abbreviation)
    return block(data)
