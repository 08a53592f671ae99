"""A contradiction or a change says what its source does, no closer, and shows that source."""

import pytest
from django.utils import timezone

from concepts.models import Claim
from governance.models import ChangeEvent, Source

pytestmark = pytest.mark.usefixtures("only_reads")


def test_home_shows_what_happened_with_the_source_that_carries_its_date(client):
    entries = client.get("/").context["news"].entries

    days = [entry.day for entry in entries]
    assert days == sorted(days, reverse=True)
    assert not any(entry.is_announced for entry in entries)
    assert max(days) <= timezone.localdate()
    # What the poster and the tekst could say already, is no news.
    assert min(days) > Source.objects.get(slug="tekst").date_latest
    carried = {entry.title: entry.citations[0].source.slug for entry in entries}
    expected = {
        "De Vlaamse Regering keurt het actieplan dak- en thuisloosheid 2026-2029 goed": (
            "vvsg-actieplan-dak-en-thuisloosheid"
        ),
        "Een besluit regelt de erkenning van de geestelijke gezondheidsnetwerken": (
            "staatsblad-besluit-ggz-netwerken"
        ),
    }
    assert {title: carried.get(title) for title in expected} == expected


def test_the_sources_that_carry_the_dates_of_changes():
    carried = {
        event.slug: (event.carried_by.source.slug, event.carried_by.section)
        for event in ChangeEvent.objects.filter(status=ChangeEvent.Status.DONE)
    }
    expected = {
        "decentralisatie": ("tekst", "4.1.2"),
        "overdracht-armoedebestrijding": ("tekst", "2.1.2"),
        "fusie-departement-zorg": ("zorgneticuro-departement-zorg", ""),
        "hervorming-zorgraden": ("staatsblad-besluit-zorgraden-2024", ""),
    }
    assert {slug: carried.get(slug) for slug in expected} == expected


def test_a_transfer_that_nobody_announced_is_possible():
    event = ChangeEvent.objects.get(slug="mogelijke-overdracht-justitie")

    assert event.status == ChangeEvent.Status.POSSIBLE


def test_every_claim_shows_a_source_first():
    assert [str(claim) for claim in Claim.objects.all() if claim.carried_by is None] == []


def test_a_claim_shows_the_place_that_says_it():
    (claim,) = Claim.objects.filter(discrepancy__slug__startswith="x28-", is_preferred=True)

    assert (claim.carried_by.source.slug, claim.carried_by.section) == ("tekst", "3.1.2")


@pytest.mark.parametrize(
    ("number", "key", "said", "stronger"),
    [
        ("x21", "b2", "waren in maart 2023 nog in overgang", "zijn nog in overgang"),
        ("x32", "b2", "kunnen de 58 verbanden", "dekken de 58 verbanden"),
        ("x32", "b3", "In juli 2021 liep", "loopt"),
        ("x44", "b2", "zou er een centrum", "is er een centrum"),
        ("x59", "b3", "was er in maart 2023 nog geen FJC", "is er nog geen FJC"),
    ],
)
def test_a_claim_says_when_it_was_so_and_no_more_than_its_source(number, key, said, stronger):
    claim = Claim.objects.get(discrepancy__slug__startswith=f"{number}-", key=key)

    assert said in claim.text
    assert stronger not in claim.text


def test_a_merger_of_municipalities_rests_on_the_list_of_mergers():
    mergers = ChangeEvent.objects.filter(slug__startswith="fusie-", slug__endswith="-2025")

    assert mergers.count() == 13
    assert {event.carried_by.source.slug for event in mergers} == {"vvsg-fusies-2025"}


@pytest.mark.parametrize(
    ("slug", "source", "section"),
    [
        ("elz-van-gemeente-11035", "provincies-in-cijfers-gebiedsniveaus", ""),
        ("elz-oostende-bredene-heet-middenkust", "provincies-in-cijfers-gebiedsniveaus", ""),
        ("vijftien-referentieregios", "tekst", "4.1.2"),
        ("fusie-opgroeien", "tekst", "5"),
    ],
)
def test_a_change_shows_the_source_that_names_what_changed(slug, source, section):
    place = ChangeEvent.objects.get(slug=slug).carried_by

    assert (place.source.slug, place.section) == (source, section)


@pytest.mark.parametrize(
    ("slug", "date"),
    [
        ("elz-regio-kortrijk-heet-kortrijk-kuurne-harelbeke", "uiterlijk 1 januari 2025"),
        ("logos-worden-gezondheidsmakers", "tussen 2023 en 2025"),
    ],
)
def test_a_change_is_dated_no_closer_than_its_tables(slug, date):
    assert str(ChangeEvent.objects.get(slug=slug).date) == date


def test_no_change_says_what_nobody_did():
    """A source can say what it knows of a chance; that nobody announced it, no source says."""
    said = ChangeEvent.objects.filter(description__iregex=r"niemand|nooit")

    assert [event.slug for event in said] == []


def test_133_against_132_is_the_first_contradiction(client):
    rows = client.get("/tegenspraken.json").json()["resultaten"]

    assert rows[0]["slug"] == "x01-zorgzame-buurten-133-of-132"
    assert [row["soort"] for row in rows] == sorted(
        (row["soort"] for row in rows),
        key=["tegenspraak", "leemte", "verouderd", "nuance"].index,
    )
