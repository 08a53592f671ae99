"""Which release of the site this is: what a former one made, this one does not show."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def release() -> str:
    """A hash of the code, the templates and the static files, as they were when it was asked."""
    return hash_of(ROOT)


def hash_of(root: Path) -> str:
    found = hashlib.blake2b(digest_size=8)
    for path in sorted(_files_of(root)):
        found.update(f"{path.relative_to(root)} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _files_of(root: Path) -> Iterator[Path]:
    yield root / "requirements-production.txt"  # in the container too
    for part in root.iterdir():
        if part.name == "templates" or (part / "apps.py").exists():
            yield from (path for path in part.rglob("*") if _says_something(path))


def _says_something(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"
