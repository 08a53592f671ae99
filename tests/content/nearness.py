"""What the texts of the content share with the two documents of SAM, word for word.

The documents are not in the project. Of each run of `RUN` words in them it holds a digest, in
`nearness.bin`. To make that file anew, with the text of the documents as files:

    python -m tests.content.nearness poster.txt tekst.txt
"""

import re
import sys
from hashlib import blake2b
from pathlib import Path

FILE = Path(__file__).with_name("nearness.bin")
RUN = 6
SIZE = 5  # bytes of a digest: one text in many thousands looks alike by chance
#: Terms of the law and of policy, which have no other words.
TERMS = (
    "de fysieke en psychische integriteit van personen",
    "hulp- en dienstverlening",
    "Titel I ter van Boek II",
)


def shared(text, names):
    """The runs of words within a sentence that a document has as well, names and terms apart."""
    documents = _known()
    return [
        " ".join(run)
        for phrase in _phrases(text, names)
        for run in _runs(phrase)
        if _digest(run) in documents
    ]


def _known():
    kept = FILE.read_bytes()
    return {kept[start : start + SIZE] for start in range(0, len(kept), SIZE)}


def _phrases(text, names):
    """The words of a text up to each comma, stop, line end, number, name or term."""
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text.casefold())
    for name in sorted((*names, *TERMS), key=len, reverse=True):
        bare = bare.replace(name.casefold(), "\n")
    return map(_words, re.split(r"[.,;:!?\n\d]", bare))


def _words(text):
    return re.findall(r"[^\W\d_]+", text.casefold())


def _runs(words):
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def _digest(run):
    return blake2b(" ".join(run).encode(), digest_size=SIZE).digest()


def write(paths):
    """Keep the digests of documents, given as text files; a word cut at a line end is one word."""
    digests = set()
    for path in paths:
        text = Path(path).read_text(encoding="utf-8").replace("\u00ad", "").replace("*", "")
        whole = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text)
        digests |= set(map(_digest, _runs(_words(whole))))
    FILE.write_bytes(b"".join(sorted(digests)))


if __name__ == "__main__":
    write(sys.argv[1:])
