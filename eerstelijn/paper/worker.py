"""Turns HTML on standard input into a PDF on standard output; a program of its own.

It imports nothing of the site, reads no file of it and no address: the styles and drawings stand
in the HTML. It gets a text in one length or more, the longest first, and makes the first one that
fits. The status it ends with says how that went; why it failed stands on standard error.
"""

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint.document import Document, Page

#: Ends with this status where a library of the system is missing (Pango), or WeasyPrint itself.
LACKS_LIBRARY = 3
#: Whoever has an element of this name, has it on the first page when it fits.
ON_FIRST_PAGE = "eerste-blad"


def fits(pages: "list[Page]", most: int) -> bool:
    """Whether it takes no more pages than it may, and the first one stands alone."""
    behind = any(ON_FIRST_PAGE in page.anchors for page in pages[1:])
    return len(pages) <= most and not behind


def laid_out(asked: dict[str, Any]) -> "Document":
    """The first length that fits; where none does, the last."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):
        """Fetches nothing, from the network or from the disk."""

        def fetch(self, url: str, headers: object = None) -> None:
            raise ValueError(f"not fetched: {url[:200]}")

    for text in asked["lengths"]:
        document = HTML(string=text, base_url="about:blank", url_fetcher=Nothing()).render()
        if fits(document.pages, asked["most_pages"]):
            break
    return document


def main() -> int:
    try:  # before anything is read: meanwhile the site writes what the page says
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        print(error, file=sys.stderr)
        return LACKS_LIBRARY
    sys.stdout.buffer.write(laid_out(json.load(sys.stdin.buffer)).write_pdf())
    return 0


if __name__ == "__main__":
    sys.exit(main())
