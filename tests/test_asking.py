"""What is asked of who works in one place: what obliges first, and nothing added in silence."""

import csv
import datetime as dt
from functools import partial

import pytest

from concepts.models import Coverage, Role, Standing
from governance import derived
from governance.models import ChangeEvent, ChangeSubject, DecreeDate
from tests.asks import a_few_partners, a_town, asking_concepts, said
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    LegalBasisFactory,
    MilestoneFactory,
    OwnershipFactory,
    StandingFactory,
)

pytestmark = pytest.mark.django_db

HERE = {"extent": Coverage.Extent.ONLY_NAMED}
SOMEWHERE = {"extent": Coverage.Extent.UNLOCATED}
ENDED = {"end": "31 oktober 2023"}


@pytest.fixture
def town():
    return a_town()


@pytest.fixture
def partners():
    return a_few_partners()


@pytest.fixture
def concept(partners):
    return asking_concepts(partners)


@pytest.fixture
def integration(partners):
    """The change after which the OCMW works in the gemeente."""
    event = ChangeEventFactory(
        name="Het OCMW gaat naar de gemeente",
        status=ChangeEvent.Status.DONE,
        date="1 januari 2019",
    )
    event.citations.set([CitationFactory()])
    for side, who in (("voor", "ocmw"), ("na", "gemeente")):
        ChangeSubject.objects.create(event=event, key=who, side=side, partner=partners[who])
    return event


def rows(client, query):
    response = client.get(f"/gevraagd.json?{query}")
    assert response.status_code == 200
    return response.json()["resultaten"]


def test_what_obliges_comes_first_and_then_what_invites(client, concept):
    concept("a", ("ocmw", Role.PARTICIPANT, ""))
    concept("b", ("ocmw", Role.REQUIRED, ""))
    concept("c", ("ocmw", Role.REFERRER, ""))
    concept("d", ("ocmw", Role.PARTICIPANT, ""), ("ocmw", Role.CHAIR, ""))

    found = rows(client, "partner=ocmw")
    page = said(client, "partner=ocmw")

    assert [(row["slug"], row["verplicht"]) for row in found] == [
        ("b", True),
        ("d", True),
        ("a", False),
        ("c", False),
    ]
    assert "3 concepten vragen iets: 2 moeten, 1 nodigt uit. Bij 1 help of verwijs je." in page
    headings = ("Dit moet", "Hier nodigt men je uit", "Hier help je of verwijs je")
    assert sorted(headings, key=page.index) == list(headings)


def test_of_what_asks_equally_strongly_comes_first_what_is_sure_here(client, concept, town):
    here = partial(CoverageFactory, territory=[town], **HERE)
    somewhere = partial(CoverageFactory, wording="lokaal", **SOMEWHERE)
    concept("a", ("ocmw", Role.PARTICIPANT, ""), statements=[somewhere])
    concept("b", ("ocmw", Role.PARTICIPANT, ""), statements=[here])
    concept("c", ("ocmw", Role.REQUIRED, ""), statements=[somewhere])

    found = rows(client, "partner=ocmw&gemeente=24062")

    assert [(row["slug"], row["dekking"]) for row in found] == [
        ("c", "niet vermeld"),
        ("b", "ja"),
        ("a", "niet vermeld"),
    ]
    assert found[0]["dekking_reden"] == "lokaal"


def test_a_row_says_the_task_its_ground_and_whose_it_is(client, concept):
    act = DecreeFactory(short_title="decreet van toen", kind="decreet", status="geldend")
    concept(
        "a",
        ("ocmw", Role.DIRECTION, "de burgemeester"),
        ("ocmw", Role.PARTICIPANT, ""),
        statements=[
            partial(LegalBasisFactory, decree=act),
            partial(OwnershipFactory, agency=AgencyFactory(name="Departement Zon")),
        ],
    )

    (row,) = rows(client, "partner=ocmw")
    page = said(client, "partner=ocmw")

    assert row["taak"] == "Neem de regie: de burgemeester. Doe mee."
    assert row["rollen"] == ["regie", "deelnemer"]
    assert row["grond"]["titel"] == "decreet van toen"
    assert row["dienst"] == "Departement Zon"
    assert row["sinds"] is None
    assert all(place["bron"] and place["plaats"] for place in row["bronnen"])
    assert "Neem de regie: de burgemeester." in page
    assert "Sinds niet vermeld" not in page
    assert page.count("Sinds wanneer dit gevraagd wordt: niet vermeld") == 1


def test_since_is_what_is_nearest_to_the_asking_and_says_what_began(client, concept):
    """The asking itself, the work, the act into force, the act as it is known, a milestone."""
    asked = {"start": "mei 2022"}
    works = partial(CoverageFactory, wording="lokaal", **SOMEWHERE, start="juni 2021")
    act = DecreeFactory(short_title="decreet van toen", kind="decreet", status="geldend")
    for kind, label in (("bekrachtigd", "9 februari 2018"), ("in-werking", "1 juli 2019")):
        row = DecreeDate(decree=act, kind=kind, date_label=label)
        row.full_clean()
        row.save()
    rests = partial(LegalBasisFactory, decree=act)
    began = partial(MilestoneFactory, title="De projecten starten.", date="2020")
    later = partial(MilestoneFactory, title="Later", date="2021")
    for slug, statements, ask in (
        ("a", [works, rests, began], asked),
        ("b", [works, rests, began], {}),
        ("c", [rests, began], {}),
        ("d", [later, began], {}),
    ):
        concept(slug, ("ocmw", Role.PARTICIPANT, ""), statements=statements, ask=ask)

    def since(query=""):
        found = rows(client, f"partner=ocmw{query}")
        return {r["slug"]: (r["sinds"] and r["sinds"]["label"], r["sinds_wat"]) for r in found}

    assert since() == {
        "a": ("mei 2022", None),
        "b": ("juni 2021", "start van de werking"),
        "c": ("1 juli 2019", "decreet van toen: in werking"),
        "d": ("2020", "concept, eerste mijlpaal: De projecten starten"),
    }
    # On a day before it came into force, the act is known by another date; the rest was to come.
    before = since("&peildatum=2019-01-01")
    assert before["c"] == ("9 februari 2018", "decreet van toen: bekrachtigd")
    assert before["d"] == (None, None)
    assert "concept, eerste mijlpaal: De projecten starten" in said(client, "partner=ocmw")


def test_who_names_a_type_or_two_partners_reads_whom_each_task_is_for(client, concept):
    concept("a", ("ocmw", Role.PARTICIPANT, ""), ("gemeente", Role.PARTICIPANT, ""))

    assert "OCMW:" not in said(client, "partner=ocmw")
    for query in ("partnertype=lokaal-bestuur", "partner=ocmw&partner=gemeente"):
        page = said(client, query)
        assert "Gemeente, OCMW: Doe mee." in page or "OCMW, Gemeente: Doe mee." in page


def test_a_role_that_was_chosen_is_the_only_one_told(client, concept):
    concept("a", ("ocmw", Role.PARTICIPANT, ""), ("ocmw", Role.CHAIR, ""))

    assert [row["rollen"] for row in rows(client, "partner=ocmw&rol=deelnemer")] == [["deelnemer"]]


def test_what_comes_through_another_stands_apart_with_what_made_it_so(client, concept, integration):
    concept("a", ("ocmw", Role.REQUIRED, ""), ("gemeente", Role.DIRECTION, ""))
    concept("b", ("gemeente", Role.PARTICIPANT, ""))

    data = client.get("/gevraagd.json?partner=ocmw").json()
    page = said(client, "partner=ocmw")

    assert [(row["slug"], row["via"]) for row in data["resultaten"]] == [
        ("a", None),
        ("a", "gemeente"),
        ("b", "gemeente"),
    ]
    assert data["moet"] == 1
    assert data["uitgenodigd"] == 0
    assert data["via"]["verandering"] == integration.slug
    assert data["via"]["bronnen"]
    assert "Ook via: gemeente 2, waarvan 1 dezelfde" in page
    assert "1 hiervan noemt OCMW niet bij naam." in page
    assert "Staat hierboven al, bij naam gevraagd: " in page
    assert "Het OCMW gaat naar de gemeente, op 1 januari 2019" in page
    assert "Nog één ander komt via: gemeente ." in page


def test_nothing_comes_through_another_before_the_change_or_the_other_way(
    client, concept, integration
):
    concept("a", ("ocmw", Role.REQUIRED, ""), ("gemeente", Role.DIRECTION, ""))

    for query in ("partner=ocmw&peildatum=2018-12-31", "partner=gemeente"):
        assert [row["via"] for row in rows(client, query)] == [None]
    assert len(rows(client, "partner=ocmw&peildatum=2019-01-01")) == 2


@pytest.mark.parametrize(
    ("state", "days", "is_over"),
    [
        (Standing.State.ENDED, {}, True),
        (Standing.State.SILENT, ENDED, True),
        (Standing.State.SILENT, {}, False),
        (Standing.State.RUNNING, ENDED, False),
    ],
)
def test_what_is_over_stands_apart(client, concept, state, days, is_over):
    standing = partial(StandingFactory, state=state, date="mei 2026")
    where = partial(CoverageFactory, wording="lokaal", **SOMEWHERE, **days)
    concept("a", ("ocmw", Role.DIRECTION, ""), statements=[standing, where])

    (row,) = rows(client, "partner=ocmw")
    page = said(client, "partner=ocmw")

    assert row["voorbij"] is is_over
    assert ("Voorbij, of geen bericht meer" in page) is is_over
    assert ("Dit moet" in page) is not is_over
    assert ("tot en met 31 oktober 2023" in page) is (is_over and bool(days))


def test_what_is_over_in_another_place_is_not_told(client, concept, town):
    other = CoverageAreaFactory(kind=town.kind, slug="gemeente-11002", nis="11002", name="Anders")
    derived.rebuild()
    standing = partial(StandingFactory, state=Standing.State.ENDED, date="mei 2026")
    where = partial(CoverageFactory, territory=[town], **HERE, **ENDED)
    concept("a", ("ocmw", Role.DIRECTION, ""), statements=[standing, where])

    assert [row["slug"] for row in rows(client, "partner=ocmw&gemeente=24062")] == ["a"]
    assert rows(client, f"partner=ocmw&gemeente={other.nis}") == []


def test_an_ask_that_ended_is_over(client, concept):
    concept("a", ("ocmw", Role.PARTICIPANT, ""), ask=ENDED)

    assert [row["voorbij"] for row in rows(client, "partner=ocmw")] == [True]
    assert rows(client, "partner=ocmw&peildatum=2023-01-01")[0]["voorbij"] is False


def test_who_is_not_named_reads_what_is_asked_of_its_kind(client, concept):
    concept("a", ("gemeente", Role.PARTICIPANT, ""))

    page = said(client, "partner=ocmw")

    assert "Geen concept vraagt bij naam iets aan: OCMW ." in page
    assert "Ook gevraagd als lokaal bestuur: 1 concept" in page


def test_without_a_partner_the_page_says_who_is_asked_most(client, concept):
    concept("a", ("gemeente", Role.CHAIR, ""), ("clb", Role.SUPPORTER, ""))
    concept("b", ("gemeente", Role.PARTICIPANT, ""), ("ocmw", Role.PARTICIPANT, ""))

    partners = client.get("/gevraagd.json").json()["partners"]
    page = said(client, "")

    assert [(row["partner"], row["aantal"], row["moet"]) for row in partners] == [
        ("gemeente", 2, 1),
        ("ocmw", 1, 0),
    ]
    assert "Gemeente 2 in 1 leidt of moet het" in page
    assert "OCMW 1 moet nergens" in page


def test_a_table_has_the_rows_of_the_data(client, concept, integration):
    concept("a", ("ocmw", Role.REQUIRED, ""), ("gemeente", Role.DIRECTION, ""))

    answer = client.get("/gevraagd.csv?partner=ocmw").content.decode().splitlines()

    table = list(csv.DictReader(answer))
    assert [(row["slug"], row["via"], row["verplicht"]) for row in table] == [
        ("a", "", "ja"),
        ("a", "gemeente", "ja"),
    ]


@pytest.mark.parametrize("number", [1, 15])
def test_the_number_of_queries_does_not_grow(
    client, concept, integration, town, number, django_assert_num_queries
):
    here = partial(CoverageFactory, territory=[town], **HERE)
    for each in range(number):
        act = partial(LegalBasisFactory, decree__kind="decreet")
        concept(
            f"c{each}",
            ("ocmw", Role.PARTICIPANT, ""),
            ("gemeente", Role.CHAIR, ""),
            statements=[here, act, OwnershipFactory],
        )
    address = "/gevraagd/?partner=ocmw&gemeente=24062"
    client.get(address)

    with django_assert_num_queries(16):  # the last reads what began, where nothing else has a date
        client.get(address)


@pytest.mark.parametrize("day", ["1800-01-01", "2199-12-31", dt.date.today().isoformat()])
def test_any_day_has_an_answer(client, concept, integration, town, day):
    concept("a", ("ocmw", Role.PARTICIPANT, ""))

    for query in (f"partner=ocmw&gemeente=24062&peildatum={day}", f"peildatum={day}"):
        assert client.get(f"/gevraagd/?{query}").status_code == 200
        assert client.get(f"/gevraagd.json?{query}").status_code in (200, 400)


def test_a_place_that_was_not_there_that_day_is_told(client, concept, town):
    concept("a", ("ocmw", Role.PARTICIPANT, ""))
    town.valid_from = dt.date(2025, 1, 1)
    town.save()

    page = said(client, "partner=ocmw&gemeente=24062&peildatum=2023-03-13")

    assert "Leuven bestaat pas sinds 1 januari 2025." in page
