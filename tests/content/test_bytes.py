"""What a reader downloads, of today's content."""

import pytest

from bench.goals import LISTS

#: Bytes of a list as it goes out.
LARGEST = 10_000
#: What an answer says about itself when its reader has the page already. The server adds two lines.
KNOWN = 200


@pytest.fixture(autouse=True)
def _kept(pages_kept):
    """Pages as they go out."""


@pytest.mark.usefixtures("only_reads")
@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_small(client, address):
    response = client.get(address, headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) <= LARGEST


@pytest.mark.usefixtures("only_reads")
def test_a_later_visit_takes_no_page(client):
    tag = client.get("/concepten/")["ETag"]

    response = client.get("/concepten/", headers={"if-none-match": tag})

    assert (response.status_code, response.content) == (304, b"")
    assert sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items()) <= KNOWN
