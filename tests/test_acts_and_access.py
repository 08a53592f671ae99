"""What a page says of access, of acts and of changes: once, with its date, and no more."""

import datetime as dt
import html
import re
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from concepts import publishing
from concepts.models import Concept, LegalBasis
from governance import derived
from governance.models import ChangeEvent, DecreeDate
from tests.factories import (
    AccessFactory,
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    DecreeFactory,
    LegalBasisFactory,
    OwnershipFactory,
    PassageFactory,
    SourceFactory,
    columns,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(client):
    """The page and the data of one published record that says these things."""

    def record(*statements, kind=Concept.RecordKind.CONCEPT, **fields):
        fields = {"concept__slug": "x", "concept__record_kind": kind, **fields}
        ConceptVersionFactory(published=True, statements=statements, **fields)
        folder = "concepten" if kind == Concept.RecordKind.CONCEPT else "ontwikkelingen"
        page = client.get(f"/{folder}/x/").context["page"]
        page.data = client.get(f"/{folder}/x.json").json()
        return page

    return record


def fact(page, label):
    return next((fact for fact in page.factbox.strip if fact["label"] == label), None)


def of_kind(page, kind):
    return [said for said in page.data["uitspraken"] if said["soort"] == kind]


def parts(page):
    return {part.label: part.items for chapter in page.sections for part in chapter.parts}


def act(kind="decreet", date="9 februari 2018", date_kind="bekrachtigd", **fields):
    decree = DecreeFactory(kind=kind, **fields)
    if date:
        DecreeDate.objects.create(decree=decree, kind=date_kind, **columns("date", date))
    return decree


class TestAccess:
    def test_the_box_gives_the_answer_and_the_words_of_the_chapter(self, record):
        page = record(partial(AccessFactory, answer="toegankelijk", wording="voor alle jongeren"))

        said = fact(page, "Rechtstreeks toegankelijk")
        assert said["value"] == "toegankelijk: voor alle jongeren"
        (row,) = next(c for c in page.sections if c.id == "toegankelijk").parts[0].items
        assert said["statements"] == [row]
        assert [u["waarde"]["verwoording"] for u in of_kind(page, "toegang")] == [
            "voor alle jongeren"
        ]

    def test_the_box_gives_every_answer_that_the_chapter_gives(self, record):
        page = record(
            partial(AccessFactory, answer="niet-rechtstreeks"),
            partial(AccessFactory, answer="gepland", wording="een aanbod voor slachtoffers"),
        )

        assert fact(page, "Rechtstreeks toegankelijk")["value"] == (
            "nee, niet rechtstreeks; gepland: een aanbod voor slachtoffers"
        )

    def test_no_answer_is_said_where_older_text_gives_one(self, record):
        page = record(partial(PassageFactory, kind="toegang", headline="", text="Iedereen mag."))

        said = fact(page, "Rechtstreeks toegankelijk")
        assert (said["value"], said["url"]) == ("lees hieronder", "#toegankelijk")

    def test_text_about_access_without_an_answer_is_not_published(self):
        version = ConceptVersionFactory(statements=[partial(PassageFactory, kind="toegang")])

        assert any("kader bovenaan" in problem for problem in publishing.missing(version))

        AccessFactory(version=version)
        assert not any("kader bovenaan" in problem for problem in publishing.missing(version))

    def test_nobody_goes_to_a_reform(self, record):
        page = record(PassageFactory, kind=Concept.RecordKind.DEVELOPMENT)

        assert fact(page, "Rechtstreeks toegankelijk") is None
        assert fact(page, "Rechtsgrond")["value"] == ""

    def test_a_concept_of_which_the_sources_say_nothing_says_so(self, record, client):
        page = record(PassageFactory)

        assert fact(page, "Rechtstreeks toegankelijk")["value"] == ""


class TestRechtsgrond:
    @pytest.mark.parametrize(
        "kind", ["decreet", "besluit", "wet", "verordening", "samenwerkingsakkoord"]
    )
    def test_law_is_what_a_concept_rests_on(self, record, kind):
        page = record(partial(LegalBasisFactory, decree=act(kind, short_title="regels")))

        assert fact(page, "Rechtsgrond")["value"] == "regels, 9 februari 2018"
        assert [row.decree.kind for row in parts(page)["Rechtsgrond"]] == [kind]
        assert "Plannen en documenten" not in parts(page)

    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            ("omzendbrief", "onbekend"),
            ("nota", "onbekend"),
            ("plan", "geldend"),
            ("leidraad", "onbekend"),
            ("advies", "onbekend"),
            ("akkoord", "onbekend"),
            ("beslissing", "onbekend"),
            ("decreet", "ontwerp"),
            ("besluit", "aangekondigd"),
        ],
    )
    def test_a_document_and_a_draft_are_no_law(self, record, kind, status):
        decree = act(kind, status=status)
        page = record(partial(LegalBasisFactory, decree=decree))

        assert fact(page, "Rechtsgrond")["value"] == ""
        assert [row.decree for row in parts(page)["Plannen en documenten"]] == [decree]
        assert "Rechtsgrond" not in parts(page)
        assert [u["waarde"]["is_wetgeving"] for u in of_kind(page, "rechtsgrond")] == [False]

    def test_the_box_names_the_first_law_past_a_plan_that_stands_before_it(self, record):
        page = record(
            partial(LegalBasisFactory, decree=act("plan", short_title="plan"), position=1),
            partial(LegalBasisFactory, decree=act("wet", short_title="wet"), position=2),
            partial(LegalBasisFactory, decree=act("besluit"), position=3),
        )

        box = fact(page, "Rechtsgrond")
        assert (box["value"], box["note"]) == ("wet, 9 februari 2018", "en nog 1")

    @pytest.mark.parametrize(
        "name", ["Relanceplan Vlaamse Veerkracht", "relanceplan  vlaamse-veerkracht"]
    )
    def test_nothing_rests_on_itself(self, name):
        version = ConceptVersionFactory(name="Relanceplan Vlaamse veerkracht")
        row = LegalBasisFactory(version=version, decree=DecreeFactory(short_title=name))

        with pytest.raises(ValidationError, match="niets steunt op zichzelf"):
            row.clean()
        assert any("niets steunt op zichzelf" in p for p in publishing.missing(version))

    def test_an_advice_prepares_and_does_not_elaborate(self):
        row = LegalBasisFactory(decree=act("advies"), role=LegalBasis.Role.ELABORATED_IN)

        with pytest.raises(ValidationError, match="advies: dat bereidt voor"):
            row.clean()

        row.role = LegalBasis.Role.PREPARED_IN
        row.clean()


class TestADate:
    @pytest.mark.parametrize(
        ("dates", "title"),
        [
            ([], "decreet X"),
            ([("bekendgemaakt", "5 april 2018")], "decreet X, 5 april 2018"),
            (
                [("aangenomen", "7 februari 2018"), ("bekrachtigd", "9 februari 2018")],
                "decreet X, 9 februari 2018",
            ),
            ([("in-werking", "1 mei 2018"), ("vermeld", "mei 2018")], "decreet X, mei 2018"),
        ],
    )
    def test_an_act_is_known_by_the_date_of_its_title_else_by_the_next_best(self, dates, title):
        decree = DecreeFactory(short_title="decreet X")
        for kind, label in dates:
            DecreeDate.objects.create(decree=decree, kind=kind, date_label=label)

        assert decree.dated_title == title

    def test_a_date_that_stands_in_the_title_is_not_said_twice(self):
        decree = act(short_title="besluit van 17 mei 2019", date="17 mei 2019")

        assert decree.dated_title == "besluit van 17 mei 2019"

    def test_data_give_the_title_and_the_date(self, record):
        page = record(partial(LegalBasisFactory, decree=act(short_title="decreet X")))

        (said,) = of_kind(page, "rechtsgrond")
        assert said["waarde"]["titel"] == "decreet X, 9 februari 2018"
        assert said["waarde"]["datum"]["vroegst"] == "2018-02-09"

    def test_other_acts_and_changes_show_it_too(self, client):
        decree = act(slug="een", short_title="decreet een")
        other = act("besluit", "3 mei 2019", slug="twee", short_title="besluit twee")
        other.relations.create(kind="voert-uit", other=decree)
        agency = AgencyFactory(slug="dienst")
        ChangeEventFactory(after=[agency], decree=decree)

        assert "besluit twee, 3 mei 2019" in words(client.get("/regelgeving/een/"))
        assert "decreet een, 9 februari 2018" in words(client.get("/diensten/dienst/"))


def words(response):
    """The text of a page with plain spaces."""
    text = re.sub(r"<[^>]+>", "", html.unescape(response.content.decode()))
    return " ".join(re.sub("[\u00ad\u2060]", "", text).split())


class TestAMergedService:
    def test_since_when_it_is_there_carries_the_source_of_the_merger(self, client):
        was = AgencyFactory(name="Departement WVG", end="31 mei 2023")
        now = AgencyFactory(name="Departement Zorg", start="1 juni 2023")
        event = ChangeEventFactory(kind="fusie", before=[was], after=[now], date="1 juni 2023")
        place = CitationFactory(source=SourceFactory(slug="zorgnet"))
        event.citations.set([place])
        derived.rebuild_agency_lines()
        own = partial(OwnershipFactory, agency=was)
        ConceptVersionFactory(published=True, concept__slug="x", statements=[own])

        page = client.get("/concepten/x/").context["page"]

        cell = page.factbox.cells[3]
        assert cell["note"].startswith("Sinds 1 juni 2023")
        assert [list(each.citations.all()) for each in cell["statements"]] == [[place]]
        (chapter,) = [chapter for chapter in page.sections if chapter.id == "eigenaar"]
        assert event in chapter.parts[0].statements


class TestChanges:
    @pytest.fixture
    def changed(self):
        def changed(name, date, status=ChangeEvent.Status.DONE, places=("Bron",)):
            event = ChangeEventFactory(name=name, date=date, status=status, after=[AgencyFactory()])
            event.citations.set(
                CitationFactory(
                    source=SourceFactory(slug=each.lower(), short_title=each), section="4.1"
                )
                for each in places
            )

        return changed

    def news(self, client):
        return [entry.title for entry in client.get("/").context["news"].entries]

    def test_home_shows_what_happened_newest_first(self, client, changed):
        tomorrow = dt.date.today() + dt.timedelta(days=40)
        changed("Oud", "mei 2022")
        changed("Nieuw", "1 juni 2023")
        changed("Aangekondigd en voorbij", "1 januari 2025", ChangeEvent.Status.ANNOUNCED)
        changed("Mogelijk", "", ChangeEvent.Status.POSSIBLE)
        changed("Straks", f"{tomorrow:%d/%m/%Y}", ChangeEvent.Status.ANNOUNCED)

        assert self.news(client) == ["Nieuw", "Oud"]

    def test_home_names_the_source_that_carries_the_date(self, client, changed):
        changed("Fusie", "1 juni 2023", places=("Zorgnet", "Artsenkrant"))

        page = words(client.get("/"))

        assert "Zorgnet, 4.1." in page
        assert "Artsenkrant" not in page

    def test_what_nobody_announced_is_called_possible(self, client):
        agency = AgencyFactory(slug="dienst")
        ChangeEventFactory(before=[agency], status=ChangeEvent.Status.POSSIBLE, kind="overdracht")

        page = client.get("/diensten/dienst/").content.decode()

        assert "overdracht, mogelijk (niet aangekondigd)" in " ".join(page.split())
