"""Templates as they go out: their layout is for who reads them, not for who reads a page.

A list would weigh a tenth more with it.
"""

import re

from django.template.loaders.filesystem import Loader as FilesystemLoader

COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}\n?", re.DOTALL)
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
#: A line that only says what to print: the line break before it is the white space that counts,
#: and what it includes ends with one of its own. So does a facet.
_TAGS = (
    "if|elif|else|endif|for|empty|endfor|with|endwith|block|endblock|load|once|endonce"
    "|include|fieldset"
)
CONTROL = re.compile(rf"^((?:\{{% (?:{_TAGS})\b[^%]*%\}})+)\n", re.MULTILINE)


def without_layout(contents):
    """A template without comments and indentation, and without the breaks of control lines."""
    return CONTROL.sub(r"\1", INDENTATION.sub("", COMMENT.sub("", contents)))


class Loader(FilesystemLoader):
    """Our own templates, without their layout."""

    def get_contents(self, origin):
        contents = super().get_contents(origin)
        return without_layout(contents) if origin.name.endswith(".html") else contents
