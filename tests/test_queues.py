"""What needs attention: every queue finds its rows, shows them, and lets go of what is done."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concepts.models import LostLink, Milestone
from concepts.queues import QUEUES
from concepts.queues.old_sources import is_recent
from eerstelijn.login.groups import REDACTEUR
from governance.models import ChangeEvent, Citation
from tests import waiting
from tests.desk import editor
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    PassageFactory,
    SourceFactory,
    columns,
)
from tests.waiting import DAY, HOSTILE, TODAY, WAITING, contradiction, published, reviewed

pytestmark = pytest.mark.django_db

desk = waiting.desk


EVERY = pytest.mark.parametrize("name", QUEUES)


def numbers(client):
    """What the start page counts."""
    work = client.get("/beheer/").context["work"]
    return {row.queue.name: row.number for _, rows in work.groups for row in rows}


def number_of(name):
    return QUEUES[name]().rows().count()


def test_every_queue_is_tried_here():
    assert WAITING.keys() == QUEUES.keys()


class TestEveryQueue:
    @EVERY
    def test_says_that_nothing_waits(self, desk, name):
        page = desk.get(f"/beheer/lijst/{name}/")

        assert "Hier wacht niets." in page.content.decode()
        assert name not in numbers(desk)

    @EVERY
    def test_is_counted_and_shown_with_the_way_to_its_form(self, desk, name):
        WAITING[name](HOSTILE)

        page = desk.get(f"/beheer/lijst/{name}/")

        (row,) = page.context["rows"]
        assert numbers(desk)[name] == 1
        assert row["line"].label == HOSTILE
        assert HOSTILE not in page.content.decode()
        assert desk.get(row["line"].url).status_code == 200
        assert f'href="{row["line"].url}"' in page.content.decode()

    @EVERY
    def test_asks_as_much_for_many_rows_as_for_one(self, desk, name):
        WAITING[name]("Eerste")
        desk.get(f"/beheer/lijst/{name}/")  # what a process asks once
        asked = []
        for number in (1, 4):
            with CaptureQueriesContext(connection) as queries:
                assert len(desk.get(f"/beheer/lijst/{name}/").context["rows"]) == number
            asked.append(len(queries))
            for each in ("Tweede", "Derde", "Vierde") if number == 1 else ():
                WAITING[name](each)

        assert asked[0] == asked[1]

    @EVERY
    def test_shows_fifty_rows_a_page(self, desk, name, monkeypatch):
        monkeypatch.setattr("concepts.work.queue_page.ROWS", 1)
        for each in ("Eerste", "Tweede"):
            WAITING[name](each)

        first, second, beyond = (
            desk.get(f"/beheer/lijst/{name}/", {"pagina": page}).context["rows"][0]["line"].pk
            for page in ("1", "2", "99")
        )

        assert first != second == beyond

    @EVERY
    def test_is_for_editors(self, client, name):
        address = f"/beheer/lijst/{name}/"

        assert client.get(address).status_code == 302
        client.force_login(editor())
        assert client.get(address).status_code == 403
        client.force_login(editor(REDACTEUR))
        assert client.get(address).status_code == 200


@pytest.mark.usefixtures("history")
def test_the_start_page_asks_as_much_for_much_work_as_for_little(desk):
    """Some 28: the session, the account, its second step and its rights (4), what kinds of record
    the log tells of, the versions in the making and who made them (2), when somebody last looked at
    what is public (2), what changed elsewhere: the history of six kinds of record and how those
    stand now (12), events, ends of services, domains and areas, acts and their dates, all counts at
    once, what came on the site last."""
    asked = []
    for round_ in ("een", "twee"):
        for name, make in WAITING.items():
            make(f"{name} {round_}")
        ConceptVersionFactory()
        desk.get("/beheer/")  # what a process asks once
        with CaptureQueriesContext(connection) as queries:
            desk.get("/beheer/")
        asked.append(len(queries))

    assert asked[0] == asked[1] < 30


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 30, "²"])
def test_any_page_is_answered(desk, page):
    assert desk.get("/beheer/lijst/tegenspraken/", {"pagina": page}).status_code == 200


def test_an_unknown_queue_is_not_found(desk):
    assert desk.get("/beheer/lijst/bestaat-niet/").status_code == 404


def test_drafts_wait_in_no_queue(desk):
    agency = AgencyFactory(end="1 januari 2020")
    version = ConceptVersionFactory(agencies=[agency])
    MilestoneFactory(version=version, is_announced=True, outcome="onbekend", date="mei 2022")

    assert numbers(desk) == {}


# What leaves a queue


@pytest.mark.parametrize("state", [LostLink.State.FOUND, LostLink.State.GONE])
def test_a_link_of_which_one_knows_what_became_of_it_waits_no_more(state):
    WAITING["verloren-links"]("leidraad")

    LostLink.objects.update(state=state)

    assert number_of("verloren-links") == 0


def test_a_contradiction_waits_until_a_claim_is_followed():
    row = contradiction("132 of 133?")

    row.claims.filter(key="a").update(is_preferred=True)

    assert number_of("tegenspraken") == 0


def test_what_is_announced_for_today_did_not_pass():
    day = f"{TODAY():%d/%m/%Y}"
    ChangeEventFactory(status=ChangeEvent.Status.ANNOUNCED, date=day)
    with_promise = published(
        statements=[partial(MilestoneFactory, is_announced=True, outcome="onbekend", date=day)]
    )

    assert number_of("aangekondigde-data") == number_of("aangekondigde-veranderingen") == 0
    assert Milestone.objects.filter(version=with_promise).exists()


@pytest.mark.parametrize(
    ("before", "queue"),
    [
        (-1, "nazicht-te-laat"),
        (0, "nazicht-binnenkort"),
        (90, "nazicht-binnenkort"),
        (91, None),
    ],
)
def test_the_next_review_comes_up_in_time(before, queue):
    reviewed(published(), 200, before * DAY)

    found = [name for name in ("nazicht-te-laat", "nazicht-binnenkort") if number_of(name)]

    assert found == ([queue] if queue else [])
    assert number_of("nooit-nagekeken") == 0


def test_the_last_review_counts():
    version = published()
    reviewed(version, 800, -400 * DAY)
    reviewed(version, 10, 300 * DAY)

    assert number_of("nazicht-te-laat") == number_of("nazicht-binnenkort") == 0


# Old sources


@pytest.mark.parametrize(
    ("fields", "is_new"),
    [
        ({}, False),
        (columns("date", "maart 2023"), False),
        ({"consulted_on": TODAY() - 3 * 365 * DAY}, False),
        ({"consulted_on": TODAY() - 300 * DAY}, True),
        (columns("date", f"{TODAY() - 300 * DAY:%d/%m/%Y}"), True),
    ],
)
def test_a_source_is_as_new_as_its_date_or_the_day_it_was_read(fields, is_new):
    CitationFactory(source=SourceFactory(slug="bron", **fields))

    assert Citation.objects.filter(is_recent()).exists() == is_new


def test_one_recent_source_is_enough_for_a_statement(desk):
    old, new = CitationFactory(), CitationFactory(source__slug="n", source__consulted_on=TODAY())
    published(
        statements=[
            partial(PassageFactory, key="a", citations=[old, new]),
            partial(PassageFactory, key="b", citations=[old]),
            partial(PassageFactory, key="c", citations=[old]),
        ]
    )

    (row,) = desk.get("/beheer/lijst/oude-bronnen/").context["rows"]

    assert dict(row["cells"])["Uitspraken"] == "2"
