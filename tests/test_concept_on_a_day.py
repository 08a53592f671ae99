"""The page of a concept, and its data, as of a day: what held, what came later, what is open."""

from functools import partial

import pytest

from concepts.page.views import bodies, bodies_of_days
from governance import derived
from tests.answers import rows_of_csv, text
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptRelationFactory,
    ConceptVersionFactory,
    CoverageFactory,
    DecreeFactory,
    KeyFigureFactory,
    LegalBasisFactory,
    MilestoneFactory,
    OwnershipFactory,
    ParticipationFactory,
    PassageFactory,
    SourceFactory,
    StandingFactory,
    columns,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/concepten/gbo/"


def concept(*statements, **fields):
    """A published concept that says this, beside what every one says."""
    return ConceptVersionFactory(
        published=True, concept__slug="gbo", statements=statements, **fields
    )


def on(day, address=ADDRESS):
    return f"{address}?peildatum={day}"


def parts(client, day):
    """What the page says, and what it folds at its end, as two texts."""
    page = text(client.get(on(day)))
    page = page.partition("Op datum")[2]
    main, _, folded = page.partition("Toon de lijst")
    return main, folded


def test_what_held_stands_there_and_what_came_later_or_was_over_is_folded(client):
    concept(
        partial(PassageFactory, text="Altijd waar."),
        partial(PassageFactory, text="Al voorbij.", end="2020"),
        partial(PassageFactory, text="Komt nog.", start="1 juni 2023"),
    )

    main, folded = parts(client, "2023-03-13")

    assert "Altijd waar." in main
    assert "Al voorbij." not in main
    assert "Komt nog." not in main
    assert "Na deze dag: 1 verandering" in main
    assert "1 juni 2023 : Wat het is: Komt nog." in folded
    assert "Op die dag voorbij: 1 uitspraak" in folded
    assert "tot en met 2020 : Wat het is: Al voorbij." in folded


def test_without_a_day_everything_stands_there(client):
    concept(partial(PassageFactory, text="Al voorbij.", end="2020"))

    page = text(client.get(ADDRESS))

    assert "Al voorbij." in page
    assert "Na deze dag" not in page
    assert "geven geen datum" not in page


def test_a_bound_that_is_known_as_a_year_only_is_told_in_words(client):
    concept(
        partial(PassageFactory, text="Begon ergens.", start="2019"),
        partial(ParticipationFactory, end="mei 2019"),
        partial(CoverageFactory, wording="in twee zones", start="2019"),
    )

    main, _ = parts(client, "2019-05-10")

    assert "Begon in de loop van 2019: de bronnen geven enkel het jaar." in main
    assert "Eindigde in de loop van mei 2019: de bronnen geven enkel de maand." in main
    assert main.count("Begon in de loop van 2019") == 3  # with the cell of the fact box
    assert "Begon in de loop" not in parts(client, "2020-05-10")[0]


def test_it_is_told_how_much_has_no_date(client):
    concept(PassageFactory, partial(PassageFactory, text="Sinds toen.", start="2020"))

    main, _ = parts(client, "2023-03-13")

    assert "geen datum bij 1 van de 2 uitspraken op deze pagina" in main


@pytest.fixture
def merged():
    old = AgencyFactory(slug="wvg", name="Departement WVG", end="31 mei 2023")
    new = AgencyFactory(slug="zorg", name="Departement Zorg", start="1 juni 2023")
    ChangeEventFactory(name="De fusie", date="1 juni 2023", before=[old], after=[new])
    derived.rebuild()
    return old, new


def test_the_owner_is_called_as_on_that_day(client, merged):
    concept(partial(OwnershipFactory, agency=merged[0]))

    before, folded = parts(client, "2023-03-13")
    after, _ = parts(client, "2023-06-01")

    assert "Na deze dag: 1 juni 2023, Departement Zorg." in before
    assert "Op die dag Departement" not in before
    assert "Vandaag" not in before
    assert "bestond tot en met" not in before  # nobody knew
    assert "1 juni 2023 : De fusie" in folded
    assert "Op die dag Departement Zorg" in after
    assert "Vandaag" not in after
    assert "Sinds 1 juni 2023; daarvoor Departement WVG, zoals de bronnen nog zeggen." in after


def test_an_owner_that_was_not_there_yet_names_what_there_was(client, merged):
    concept(partial(OwnershipFactory, agency=merged[1]))

    main, _ = parts(client, "2023-03-13")

    said = "Departement Zorg bestond op die dag nog niet. Ervoor was er Departement WVG."
    assert main.count(said) == 2  # in the fact box, and where it says whose it is


def test_a_standing_that_a_later_source_gives_says_nothing_of_the_day(client):
    concept(partial(StandingFactory, state="loopt", date="13 februari 2026"))

    assert "Stand op die dag" not in parts(client, "2023-03-13")[0]
    assert "Stand op die dag Loopt (13 februari 2026)" in parts(client, "2026-03-01")[0]
    assert "Stand vandaag Loopt" in text(client.get(ADDRESS))


def test_what_was_found_since_is_not_told_of_a_day(client):
    concept(partial(StandingFactory, state="stil", date="maart 2023"))

    main, _ = parts(client, "2023-03-13")

    assert "Liep in maart 2023" in main
    assert "sindsdien niets gevonden" not in main
    assert "sindsdien niets gevonden" in text(client.get(ADDRESS))


def test_figures_and_acts_go_by_their_date(client):
    decree = DecreeFactory()
    decree.dates.create(kind="bekrachtigd", **columns("date", "9 februari 2018"))
    concept(
        partial(LegalBasisFactory, decree=decree),
        partial(KeyFigureFactory, label="oude telling", date="2020"),
        partial(KeyFigureFactory, label="nieuwe telling", date="2025"),
    )

    main, folded = parts(client, "2023-03-13")

    assert "oude telling" in main
    assert decree.short_title in main
    assert "nieuwe telling" not in main
    assert "nieuwe telling" in folded
    assert decree.short_title not in parts(client, "2018-01-01")[0]


def announced(**fields):
    given = {"is_announced": True, "outcome": "onbekend", "title": "De opening", **fields}
    return partial(MilestoneFactory, **given)


def test_milestones_after_the_day_are_left_out_unless_they_were_announced(client):
    early = CitationFactory(source=SourceFactory(slug="vroeg", date="13 maart 2023"), section="8")
    late = CitationFactory(source=SourceFactory(slug="laat", date="2025"), section="9")
    concept(
        partial(MilestoneFactory, title="Het vervolg", date="2024"),
        announced(title="Beloofd", date="eind 2023", citations=[early]),
        announced(title="Later beloofd", date="eind 2023", citations=[late]),
    )

    main, folded = parts(client, "2023-03-13")

    assert "Beloofd" in main
    assert "Aangekondigd. Op die dag was dit nog niet voorbij." in main
    assert "Het vervolg" not in main
    assert "Later beloofd" not in main
    assert "Het vervolg" in folded
    assert "Later beloofd" in folded


def test_an_outcome_that_came_later_is_told_as_later(client):
    source = CitationFactory(source=SourceFactory(slug="vroeg", date="13 maart 2023"), section="8")
    concept(
        announced(
            date="eind 2023",
            outcome="gehaald",
            outcome_label="25 november 2023",
            outcome_earliest="2023-11-25",
            outcome_latest="2023-11-25",
            citations=[source],
        ),
    )

    main, folded = parts(client, "2023-03-13")
    after, _ = parts(client, "2023-11-25")

    assert "Op die dag was dit nog niet voorbij." in main
    assert "gehaald" not in main
    assert "25 november 2023 : De opening: gehaald" in folded
    assert "Aangekondigd. Afloop: gehaald, 25 november 2023." in after


def test_a_relation_of_another_concept_goes_by_its_day_too(client):
    version = concept()
    ConceptVersionFactory(
        name="Een ander",
        published=True,
        statements=[partial(ConceptRelationFactory, other=version.concept, start="2025")],
    )

    assert "Verwante concepten" in text(client.get(ADDRESS))
    assert "Verwante concepten" not in text(client.get(on("2023-03-13")))


def test_data_give_what_held_and_say_whether_it_is_sure(client, merged):
    concept(
        partial(PassageFactory, key="later", start="2024"),
        partial(PassageFactory, key="gedateerd", start="2020"),
        partial(PassageFactory, key="misschien", start="2023"),
        partial(OwnershipFactory, key="eigenaar", agency=merged[0]),
    )

    data = client.get(on("2023-06-01", "/concepten/gbo.json")).json()

    said = {row["id"]: row for row in data["uitspraken"]}
    assert data["peildatum"] == "2023-06-01"
    assert "passage-later" not in said
    assert said["passage-gedateerd"]["geldt"] == "ja"
    assert said["passage-misschien"]["geldt"] == "mogelijk"
    assert said["eigenaar-eigenaar"]["geldt"] == "niet-gedateerd"
    assert said["eigenaar-eigenaar"]["dienst_op_peildatum"] == "zorg"
    assert said["eigenaar-eigenaar"]["waarde"]["dienst"] == "wvg"

    rows = rows_of_csv(client.get(on("2023-06-01", "/concepten/gbo.csv")))
    assert {row["peildatum"] for row in rows} == {"2023-06-01"}
    assert [row["geldt"] for row in rows] == [row["geldt"] for row in data["uitspraken"]]


def test_data_of_today_say_so(client):
    concept()

    data = client.get("/concepten/gbo.json").json()

    assert data["peildatum"] is None
    assert all("geldt" not in row for row in data["uitspraken"])
    assert "geldt" not in rows_of_csv(client.get("/concepten/gbo.csv"))[0]


def test_a_page_about_a_day_is_never_indexed_and_its_canonical_address_has_none(client):
    concept()

    response = client.get(on("2023-03-13"))

    html = response.content.decode()
    assert '<meta name="robots" content="noindex,follow">' in html
    assert '<link rel="canonical" href="http://testserver/concepten/gbo/">' in html
    assert '<section class="banner" aria-label="Op datum">' in html
    assert "peildatum" not in client.get("/sitemap.xml").content.decode()


def test_who_walks_through_the_days_fills_nothing(client, pages_kept):
    concept()
    client.get(ADDRESS)
    before = len(bodies)

    for year in range(1990, 2020):
        assert client.get(on(f"{year}-01-01")).status_code == 200

    assert len(bodies) == before
    assert len(bodies_of_days) <= 8


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "gisteren", "2023-02-30"])
def test_a_day_that_is_none_is_told_on_the_page_and_refused_in_data(client, day):
    concept()

    page = client.get(on(day))

    assert page.status_code == 200
    assert "niet als datum. Deze pagina toont vandaag." in text(page)
    for format in ("json", "csv"):
        refused = client.get(on(day, f"/concepten/gbo.{format}"))
        assert refused.status_code == 400
        assert refused["Content-Type"].startswith("application/problem+json")


def test_a_feed_knows_no_day(client):
    concept()

    assert client.get("/concepten/gbo.atom").status_code == 200
    assert client.get(on("2023-03-13", "/concepten/gbo.atom")).status_code == 400


def test_two_days_are_none(client):
    concept()

    page = client.get(f"{on('2023-03-13')}&peildatum=2024-01-01")

    assert page.status_code == 200
    data = client.get(f"{on('2023-03-13', '/concepten/gbo.json')}&peildatum=2024-01-01")
    assert data.status_code == 400
