"""Rows under a record are a list that is read: folded to a line each, open where there is work."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concepts.models import ConceptVersion, Status
from tests.desk import add_row, change_url, editor, opened, send
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return ConceptVersionFactory(name="Huis")


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def rows_of(response):
    """The rows on a page as pairs: whether each is open, and what its line says."""
    found = re.findall(
        r'<div class="inline-related row.*?<details( open)?>\s*<summary>(.*?)</summary>',
        response.content.decode(),
        re.S,
    )
    return [
        (bool(is_open), " ".join(re.sub("<.*?>", " ", line).split())) for is_open, line in found
    ]


def test_several_rows_are_folded_to_who_as_what_and_where_it_stands(desk, version):
    place = CitationFactory(section="2.1.1", heading="Sociaal Huis")
    for name, role, position in (("CAW", "deelnemer", 1), ("OCMW", "verplicht", 2)):
        partner = PartnerFactory(name=name)
        row = ParticipationFactory(
            version=version, partner=partner, role=role, position=position, citations=[place]
        )
    row.citations.set([])

    first, second, new = rows_of(desk.get(change_url(version, "partners")))

    assert first[0] is second[0] is False
    assert first[1].startswith(f"CAW deelnemer {place}")
    assert second[1].startswith("OCMW verplicht of minstens zonder bron")
    assert new == (True, "Partner #3 nieuw")


def test_a_row_that_is_alone_is_open(desk, version):
    ParticipationFactory(version=version)

    (only, _new) = rows_of(desk.get(change_url(version, "partners")))

    assert only[0] is True


def test_of_many_sources_the_line_names_the_first(desk, version):
    places = [CitationFactory(section=f"2.{number}") for number in range(3)]
    for number in range(2):
        ParticipationFactory(version=version, position=number, citations=places)

    lines = [line for _, line in rows_of(desk.get(change_url(version, "partners")))]

    assert f"{places[0]} en 2 andere" in lines[0]


def test_a_long_text_does_not_make_its_line_long(desk, version):
    for number in range(2):
        PassageFactory(version=version, key=f"p{number}", kind="wat", text="lang woord " * 90)

    for _, line in rows_of(desk.get(change_url(version, "teksten")))[:2]:
        assert line.startswith("Wat het is lang woord")
        assert len(line) < 300


def test_a_form_that_comes_back_opens_what_is_wrong_or_not_saved(desk, version):
    for number in range(3):
        PassageFactory(version=version, key=f"p{number}", position=number, kind="wat")
    url = change_url(version, "teksten")

    refused = send(desk, url, **{"passages-0-text": "", "passages-1-text": "Anders."})

    assert [is_open for is_open, _ in rows_of(refused)] == [True, True, False, True]


def test_a_row_that_was_only_added_is_open_when_the_form_comes_back(desk, version):
    for number in range(2):
        PassageFactory(version=version, key=f"p{number}", position=number, kind="wat")
    url = change_url(version, "teksten")

    refused = send(desk, url, add_row(opened(desk, url), "passages", kind="wat", text=""))

    assert [is_open for is_open, _ in rows_of(refused)] == [False, False, True, True]


def test_rows_that_can_only_be_read_are_folded_too(desk, version):
    for number in range(2):
        ParticipationFactory(version=version, position=number)
    ConceptVersion.objects.filter(pk=version.pk).update(status=Status.IN_REVIEW)
    ConceptVersion.objects.filter(pk=version.pk).update(
        status=Status.PUBLISHED, published_at=timezone.now()
    )

    rows = rows_of(desk.get(change_url(version, "partners")))

    assert [is_open for is_open, _ in rows] == [False, False]


def test_lines_ask_nothing_of_the_database(desk, version):
    """A row asks twice, for the two search lists of its form, and no more for its line."""

    def queries(count):
        for _ in range(count):
            ParticipationFactory(version=version, citations=[CitationFactory()])
        desk.get(change_url(version, "partners"))
        with CaptureQueriesContext(connection) as asked:
            desk.get(change_url(version, "partners"))
        return len(asked)

    assert queries(3) + 2 * 9 == queries(9)
