"""Stand van de bronnen: asked of each version, proposed, warned about, and shown to readers."""

import datetime as dt
import re
from math import inf
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import DatabaseError

from concepts import sources_as_of
from concepts.models import Concept, ConceptVersion
from concepts.publishing import publish, withdraw, working_copy
from concepts.sources_as_of import cited_sources, in_words, newest, outdated
from eerstelijn.database import stamp
from tests.answers import text
from tests.desk import add_url, approve, change_url, editor, fields_of, opened, send, step_url
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    PassageFactory,
    SourceFactory,
    columns,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def dated(slug, date="", **fields):
    return SourceFactory(
        slug=slug, short_title=slug.capitalize(), **columns("date", date), **fields
    )


def place(slug, date="", **fields):
    return CitationFactory(source=dated(slug, date, **fields))


def citing(*places, **fields):
    """A working copy with a passage that cites these places, and the tekst."""
    source = dated("tekst", "13 maart 2023")
    version = ConceptVersionFactory(described_by=[source], **fields)
    PassageFactory(version=version, citations=[CitationFactory(source=source), *places])
    return version


# The newest source


@pytest.mark.parametrize("make", STATEMENT_FACTORIES.values())
def test_a_source_of_any_statement_counts(make):
    version = ConceptVersionFactory()
    make(version=version, citations=[place("krant", "mei 2026")])
    make(citations=[place("ander", "juni 2026")])  # of another version

    assert [source.slug for source in cited_sources(version)] == ["krant"]


def test_so_does_one_that_describes_it_and_one_of_an_outcome():
    version = ConceptVersionFactory(described_by=[dated("tekst")])
    row = MilestoneFactory(version=version, citations=[])
    row.outcome_citations.add(place("krant", "mei 2026"))

    assert {source.slug for source in cited_sources(version)} == {"tekst", "krant"}


@pytest.mark.parametrize(
    ("dates", "slug", "month"),
    [
        (["13 maart 2023", "20 mei 2026"], "bron-1", "mei 2026"),
        (["mei 2026", "2023"], "bron-0", "mei 2026"),
        (["2026", "eind 2025"], "bron-0", "2026"),
        (["na 2024", "2023"], "bron-0", ""),  # no month to propose
    ],
)
def test_the_newest_source_proposes_its_month(dates, slug, month):
    last = newest([dated(f"bron-{number}", date) for number, date in enumerate(dates)])

    assert (last.source.slug, last.month) == (slug, month)


def test_a_page_without_a_date_is_as_old_as_the_day_it_was_read():
    read = dated("pagina", consulted_on=dt.date(2026, 11, 22))

    last = newest([read, dated("poster"), dated("tekst", "13 maart 2023")])

    assert last.month == "november 2026"
    assert str(last) == "Pagina werd geraadpleegd op 22 november 2026"


def test_sources_without_any_date_have_no_newest():
    assert newest([dated("poster")]) is None
    assert newest([]) is None


# The warning


@pytest.mark.parametrize(
    ("as_of", "is_outdated"),
    [
        ("maart 2023", True),
        ("april 2026", True),
        ("mei 2026", False),
        ("2026", False),
        ("20 mei 2026", False),
        ("ooit", True),  # what a database of before may hold
    ],
)
def test_a_version_is_outdated_when_a_source_is_newer_for_sure(as_of, is_outdated):
    version = citing(place("krant", "mei 2026"), sources_as_of=as_of)

    assert bool(outdated(version)) == is_outdated


def test_the_version_and_the_question_before_publishing_warn(desk):
    version = citing(place("krant", "mei 2026"))
    warning = "Krant is van mei 2026, en er staat “maart 2023”."

    assert warning in text(desk.get(change_url(version)))
    assert warning in text(desk.post(step_url(version, "publiceer")))

    approve(desk, version)  # a warning stops nothing
    assert ConceptVersion.objects.published().get() == version


def test_nobody_is_warned_without_reason(desk):
    version = citing(place("krant", "juni 2022"))

    assert "jonger dan" not in text(desk.get(change_url(version)))
    assert "jonger dan" not in text(desk.post(step_url(version, "publiceer")))


def test_a_working_copy_keeps_what_was_said_and_warns_when_a_source_is_newer(desk):
    public = publish(citing())
    copy = working_copy(public.concept)
    PassageFactory(version=copy, kind="doelstelling", citations=[place("krant", "mei 2026")])

    page = text(desk.get(change_url(copy)))

    assert copy.sources_as_of == "maart 2023"
    assert "Krant is van mei 2026, en er staat “maart 2023”." in page


# Asked at the desk


def test_a_new_concept_is_asked_and_nothing_is_filled_in(desk):
    new = {"name": "Huis", "kind": "netwerk", "slug": "huis", "summary": "Eén zin."}
    response = send(desk, add_url(Concept), **new)
    version = ConceptVersion.objects.get()

    page = desk.get(response["Location"])

    assert dict(fields_of(page))["sources_as_of"] == ""
    assert "Zeg van wanneer de bronnen zijn" in text(page)
    refused = send(desk, change_url(version), name="Huis van het Kind")
    assert refused.context["adminform"].form.errors["sources_as_of"]
    version.refresh_from_db()
    assert (version.name, version.sources_as_of) == ("Huis", "")


def test_the_newest_source_that_is_cited_proposes(desk):
    version = citing(place("krant", "20 mei 2026"), sources_as_of="")

    page = desk.get(change_url(version))

    assert dict(fields_of(page))["sources_as_of"] == "mei 2026"
    assert "De nieuwste die je citeert: Krant is van 20 mei 2026." in text(page)
    assert send(desk, change_url(version)).status_code == 302
    version.refresh_from_db()
    assert version.sources_as_of == "mei 2026"


def test_the_sources_that_are_being_chosen_propose_too(desk):
    version = ConceptVersionFactory(sources_as_of="")
    source = dated("krant", "20 mei 2026")

    response = send(desk, change_url(version), described_by=[source.pk])

    assert "De nieuwste bron die je koos: Krant is van 20 mei 2026." in text(response)


@pytest.mark.parametrize("typed", ["ooit", "13/03/23", "31/04/2026", "na 2024", "voor 2020"])
def test_what_is_no_month_or_day_is_refused(desk, typed):
    version = ConceptVersionFactory()

    response = send(desk, change_url(version), sources_as_of=typed)

    assert response.context["adminform"].form.errors["sources_as_of"]
    assert dict(fields_of(response))["sources_as_of"] == typed
    version.refresh_from_db()
    assert version.sources_as_of == "maart 2023"


def test_it_goes_on_with_its_month_as_a_word(desk):
    version = ConceptVersionFactory()

    send(desk, change_url(version), sources_as_of="05/2026")

    version.refresh_from_db()
    assert version.sources_as_of == "mei 2026"


def test_the_other_tabs_of_a_version_without_one_can_be_saved(desk):
    version = ConceptVersionFactory(sources_as_of="")

    assert send(desk, change_url(version, "teksten"), _save="").status_code == 302
    assert "sources_as_of" not in dict(opened(desk, change_url(version, "teksten")))


# Shown to readers


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([], ""),
        (["maart 2023"], "maart 2023"),
        (["mei 2026", "maart 2023", "december 2024"], "maart 2023 tot mei 2026"),
        (["ooit", "maart 2023"], "maart 2023"),
    ],
)
def test_several_standings_are_one_stretch(labels, words):
    assert in_words(labels) == words


def test_every_page_says_of_when_the_published_sources_are(client):
    publish(citing(concept__slug="gbo", sources_as_of="mei 2026"))
    publish(citing(sources_as_of="juni 2024"))
    ConceptVersionFactory(sources_as_of="juli 2027")  # nobody sees it yet

    for path in ("/", "/concepten/", "/partners/", "/over/"):
        assert "Stand van de bronnen: juni 2024 tot mei 2026." in text(client.get(path)), path
    own = text(client.get("/concepten/gbo/"))
    assert own.count("Stand van de bronnen: mei 2026.") == 3  # under the title, on paper, footer
    assert "juni 2024" not in own


def test_what_is_published_or_withdrawn_shows_at_once(client):
    version = publish(citing(sources_as_of="mei 2026"))
    assert "Stand van de bronnen: mei 2026." in text(client.get("/"))

    withdraw(version.concept)
    assert "Stand van de bronnen" not in text(client.get("/"))

    publish(citing(sources_as_of="juni 2024"))
    assert "Stand van de bronnen: juni 2024." in text(client.get("/"))


def test_it_is_read_once_for_many_pages(django_assert_num_queries):
    for _ in range(3):
        ConceptVersionFactory(published=True)
    with django_assert_num_queries(2), stamp.one_moment():  # the stamp; what is published
        assert [sources_as_of.of_the_site() for _ in range(5)] == ["maart 2023"] * 5


def test_a_database_that_goes_away_leaves_the_line_out_and_the_page_is_not_kept(
    client, monkeypatch
):
    publish(citing(sources_as_of="mei 2026"))
    with monkeypatch.context() as patch:
        patch.setattr(sources_as_of, "_read_all", Mock(side_effect=DatabaseError))
        assert "Stand van de bronnen" not in text(client.get("/over/"))

    assert "Stand van de bronnen: mei 2026." in text(client.get("/over/"))


def test_a_database_that_was_away_just_now_is_not_asked_for_it(client, monkeypatch):
    publish(citing(sources_as_of="mei 2026"))
    read = Mock()
    monkeypatch.setattr(sources_as_of, "_read_all", read)
    monkeypatch.setattr(stamp, "_silent_until", inf)

    assert "Stand van de bronnen" not in text(client.get("/over/"))
    assert not read.called


def test_a_page_of_what_went_wrong_asks_for_nothing(client, django_assert_num_queries):
    publish(citing(sources_as_of="mei 2026"))

    with django_assert_num_queries(0):
        response = client.get("/bestaat-niet/")

    assert response.status_code == 404
    assert "Stand van de bronnen" not in text(response)


def test_no_page_carries_a_month_of_its_own():
    """What a page says of its sources comes from the content; a declaration has its own date."""
    months = re.compile(rf"\b({'|'.join(sources_as_of.MONTHS)}) \d{{4}}\b")
    root = Path(settings.BASE_DIR)
    pages = set((root / "templates").rglob("*.html")) - {
        root / "templates/pages/accessibility.html"
    }

    assert len(pages) > 40
    assert [path.name for path in pages if months.search(path.read_text(encoding="utf-8"))] == []
