"""The page before a record is deleted: what it says, and what it costs."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.answers import text
from tests.desk import change_url, editor, page_url
from tests.factories import (
    AreaMembershipFactory,
    CoverageAreaFactory,
    MunicipalityFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db

SINCE = dt.date(2019, 1, 1)


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def zone(members):
    area = CoverageAreaFactory(name="Zone", valid_from=SINCE)
    for _ in range(members):
        AreaMembershipFactory(area=area, member=MunicipalityFactory(), valid_from=SINCE)
    return area


def queries(desk, record):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert desk.get(page_url(record, "delete", record.pk)).status_code == 200
    return len(asked)


def test_what_stands_in_the_way_is_read_at_once(desk):
    """Each row names two areas: read one by one, a province asked 1,371 questions."""
    one, fifteen = zone(1), zone(15)
    queries(desk, one)  # what every page keeps

    assert queries(desk, fifteen) == queries(desk, one)


def test_what_stands_in_the_way_is_said_in_our_words(desk):
    area = zone(2)

    page = desk.get(page_url(area, "delete", area.pk))

    assert "“Zone” kan niet weg: dit verwijst er nog naar." in text(page)
    assert "objecten" not in text(page)
    assert f'href="{change_url(area)}">Terug</a>' in page.content.decode()


def test_a_record_alone_is_not_summed_up(desk):
    term = TermFactory(name="Zorgraad")

    page = text(desk.get(page_url(term, "delete", term.pk)))

    assert "Je verwijdert begrip “Zorgraad”" in page
    assert "Samenvatting" not in page
