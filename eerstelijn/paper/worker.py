"""Turns HTML on standard input into a PDF on standard output; a program of its own.

It imports nothing of the site, reads no file of it and no address: the styles and drawings stand
in the HTML. The status it ends with says how that went; why it failed stands on standard error.
"""

import resource
import sys

#: Bytes of memory of its own, and seconds of processor. A PDF of ours needs a third of either.
MOST_MEMORY, MOST_SECONDS = 300 * 2**20, 5
#: Ends with this status where a library of the system is missing (Pango), or WeasyPrint itself.
LACKS_LIBRARY = 3


def limit() -> None:
    """Hold this process to what a PDF may cost; where the system does not know how, time does."""
    for what, most in (
        (resource.RLIMIT_DATA, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def main() -> int:
    limit()
    html = sys.stdin.buffer.read().decode()
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        print(error, file=sys.stderr)
        return LACKS_LIBRARY

    class Nothing(URLFetcher):
        """Fetches nothing, from the network or from the disk."""

        def fetch(self, url: str, headers: object = None) -> None:
            raise ValueError(f"not fetched: {url[:200]}")

    document = HTML(string=html, base_url="about:blank", url_fetcher=Nothing())
    sys.stdout.buffer.write(document.write_pdf())
    return 0


if __name__ == "__main__":
    sys.exit(main())
