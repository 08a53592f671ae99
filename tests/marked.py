"""What differs between two texts, as one line that a test can read."""

from concepts.versions.words import Mark


def marked(pieces):
    """Pieces as one line: [-gone-] and {+new+}."""
    signs = {Mark.SAME: "{}", Mark.GONE: "[-{}-]", Mark.NEW: "{{+{}+}}"}
    return "".join(signs[piece.mark].format(piece.text) for piece in pieces)
