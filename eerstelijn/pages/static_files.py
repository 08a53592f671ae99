"""Static files as a server hands them out: our style sheets without what only we read in them.

Comments and layout weigh a fifth of a sheet, also compressed. The parser is that of the PDFs, which
knows layers and nesting; what it writes back are the same tokens in the same order.
"""

from functools import lru_cache

import tinycss2
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


@lru_cache(maxsize=64)  # of each the name follows from the same
def plain(sheet):
    """The same style sheet without comments, and with one space wherever there was room."""
    tokens = tinycss2.parse_component_value_list(sheet, skip_comments=True)
    _close_up(tokens)
    return tinycss2.serialize(tokens)


def _close_up(tokens):
    after_space = False
    for token in tokens:
        if token.type == "whitespace":
            token.value = "" if after_space else " "
        after_space = token.type == "whitespace"
        _close_up(getattr(token, "content", None) or getattr(token, "arguments", ()))


class PlainSheets(CompressedManifestStaticFilesStorage):
    """Compressed, under names that change with the content, and our style sheets plain."""

    def file_hash(self, name, content=None):
        return super().file_hash(name, content and _sent(name, content))

    def _save(self, name, content):
        return super()._save(name, _sent(name, content))


def _sent(name, content):
    """A file as it goes out."""
    if not (name and name.startswith("eerstelijn/") and name.endswith(".css")):
        return content
    written = b"".join(content.chunks()).decode()  # from its start, whoever read it before
    return ContentFile(plain(written).encode())
