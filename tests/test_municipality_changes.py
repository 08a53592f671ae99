"""What changed in a municipality since a day, as its page and its data tell it."""

import datetime as dt
from functools import partial

import pytest

from concepts.models import Coverage, Standing
from concepts.places import changed
from governance import derived
from governance.models import ChangeSubject
from tests.answers import text
from tests.factories import (
    AreaKindFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    MilestoneFactory,
    SourceFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

PATH = "/gemeenten/24062-leuven/"


@pytest.fixture
def here():
    """A concept that works in Leuven, one that works elsewhere, and a change of Leuven itself."""
    SourceFactory(date="13 maart 2023")
    kind = AreaKindFactory(slug="gemeente", data_from=dt.date(2019, 1, 1))
    towns = {
        name: CoverageAreaFactory(kind=kind, slug=f"gemeente-{nis}", nis=nis, name=name)
        for nis, name in (("24062", "Leuven"), ("11002", "Antwerpen"))
    }
    for name, town in towns.items():
        ConceptVersionFactory(
            concept__slug=f"in-{name.lower()}",
            name=f"Werkt in {name}",
            published=True,
            statements=[
                partial(
                    CoverageFactory, extent=Coverage.Extent.ONLY_NAMED, territory=[town], key="1"
                ),
                partial(MilestoneFactory, title=f"{name} begon vroeg", date="2020"),
                partial(MilestoneFactory, title=f"{name} groeide", date="4 mei 2024"),
                partial(
                    MilestoneFactory,
                    title=f"{name} eindigt",
                    date="2031",
                    is_announced=True,
                    outcome="onbekend",
                ),
                partial(StandingFactory, state=Standing.State.RUNNING),
            ],
        )
    event = ChangeEventFactory(name="Leuven krijgt er een dorp bij", date="1 januari 2025")
    ChangeSubject.objects.create(event=event, side="na", key="na-24062", area=towns["Leuven"])
    derived.rebuild()
    return towns


def told(client, **query):
    data = client.get("/gemeenten/24062.json", query).json()["veranderd"]
    return data["sinds"], [row["wat"] for row in data["resultaten"]]


def test_what_concerns_it_is_told_since_the_poster_newest_first(client, here):
    since, rows = told(client)

    assert since == "2023-03-13"
    assert rows == ["Leuven eindigt", "Leuven krijgt er een dorp bij", "Leuven groeide"]


def test_the_page_says_what_is_announced(client, here):
    page = client.get(PATH).text

    assert "Wat hier veranderde" in page
    assert page.count('<li class="announced">') == 1
    assert "Antwerpen groeide" not in page


def test_a_reader_chooses_since_when(client, here):
    assert "Leuven begon vroeg" in told(client, sinds="2019-01-01")[1]
    assert told(client, sinds="2024-06-01")[1] == [
        "Leuven eindigt",
        "Leuven krijgt er een dorp bij",
    ]
    page = client.get(PATH, {"sinds": "2032-01-01"})
    assert "De bronnen vermelden geen verandering sinds 1 januari 2032" in text(page)
    assert 'content="noindex,follow"' in page.text


def test_on_a_day_what_came_later_is_not_told(client, here):
    rows = told(client, peildatum="2024-12-31")[1]

    assert "Leuven groeide" in rows
    assert "Leuven krijgt er een dorp bij" not in rows


def test_many_are_left_to_the_timeline(client, here, monkeypatch):
    monkeypatch.setattr(changed, "MOST_SHOWN", 1)

    page = client.get(PATH)

    assert "Er zijn nog 2. Lees verder op de tijdlijn" in text(page)
    assert 'href="/tijdlijn/?concept=in-leuven&amp;van=2023-03-13"' in page.text


@pytest.mark.parametrize(
    "query",
    ["sinds=nu", "sinds=2023-02-30", "sinds=1700-01-01", "sinds=2020-01-01&sinds=2021-01-01"],
)
def test_a_day_that_cannot_be_followed_is_named_and_refused_as_data(client, here, query):
    assert 'class="notice"' in client.get(f"{PATH}?{query}").text
    assert client.get(f"/gemeenten/24062.json?{query}").status_code == 400


def test_how_it_stands_is_said_of_today_only(client, here):
    assert 'class="stand stand-loopt"' in client.get(PATH).text
    assert 'class="stand' not in client.get(PATH, {"peildatum": "2023-03-13"}).text
