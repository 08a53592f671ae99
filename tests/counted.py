"""Rows by the number, and how many queries a page asks for them."""

from functools import partial

import pytest

from tests.factories import CitationFactory

ROWS = pytest.mark.parametrize("rows", [1, 15])


@pytest.fixture
def queries(client, django_assert_num_queries):
    """Expect a number of queries for an address, besides the stamp that every page asks first.

    It was asked for once before, as by an earlier visitor.
    """

    def queries(number, address):
        assert client.get(address).status_code == 200
        with django_assert_num_queries(1 + number):
            client.get(address)

    return queries


def place(number):
    return CitationFactory(section=f"2.{number}")


def numbered(rows, make, **fields):
    """Makers of statements that each cite a place of their own."""
    return [partial(make, citations=[place(n)], **fields) for n in range(rows)]
