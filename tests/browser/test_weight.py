"""How much a visit weighs, and that a page asks the database the same number of times."""

import gzip
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.contrib.staticfiles import finders

from eerstelijn.pages.static_files import plain
from tests.browser.kinds import MAIN
from tests.browser.reading import Page

pytestmark = pytest.mark.django_db

KB = 1000


def compressed(content):
    """The size as a server sends it, at the usual middle level."""
    return len(gzip.compress(content, 6, mtime=0))


def get(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content


def files_of(path, html):
    """The bytes of the style sheets, scripts and pictures that a page brings."""
    urls = {urljoin("/", url) for url in Page(path, 200, html.decode()).files}
    found = [finders.find(url.removeprefix("/static/")) for url in urls]
    assert len(found) >= 3
    assert all(found)
    return [sent(Path(name)) for name in found]


def sent(path):
    """A static file as a server hands it out."""
    content = path.read_bytes()
    return plain(content.decode()).encode() if path.suffix == ".css" else content


@pytest.mark.parametrize(
    "path", ["/concepten/", "/concepten/?partner=caw&soort=samenwerkingsverband", "/zoeken/?q=CAW"]
)
def test_a_list_is_light(client, path):
    assert compressed(get(client, path)) < 11.5 * KB


@pytest.mark.parametrize("kind", MAIN.values(), ids=MAIN)
def test_a_first_visit_is_light(client, kind):
    html = get(client, kind.path)

    total = sum(map(compressed, [html, *files_of(kind.path, html)]))

    assert total < 35 * KB
