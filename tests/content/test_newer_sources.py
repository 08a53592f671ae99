"""Sources of after the poster: how they are cited, and how each concept stands by the newest."""

import datetime

import pytest
from django.db.models import Q

from concepts.models import ConceptVersion, LegalBasis, Milestone, Standing
from concepts.sources_as_of import outdated
from governance.models import Citation, Source
from tests.answers import text
from tests.content.checklist import BESIDE_THE_POSTER, ON_THE_POSTER

pytestmark = pytest.mark.usefixtures("only_reads")

POSTER = datetime.date(2023, 3, 13)
#: Its last day. What a source says in that month of a concept is no news since the poster.
MONTH_OF_THE_POSTER = datetime.date(2023, 3, 31)

#: With which an outside fact is told apart from what the poster and the tekst say.
OUTSIDE = "van buiten"


def outside(sources="citations"):
    return Q(**{f"{sources}__source__origin": Source.Origin.OUTSIDE})


# Sources


def test_every_outside_source_has_an_address_and_a_day():
    sources = Source.objects.filter(origin=Source.Origin.OUTSIDE)

    assert sources.count() >= 26
    assert [source.slug for source in sources if not source.url] == []
    assert [source.slug for source in sources if not source.consulted_on] == []


def test_no_outside_source_is_cited_as_a_whole():
    places = Citation.objects.filter(source__origin=Source.Origin.OUTSIDE)

    assert places.count() >= 26
    assert [str(place) for place in places if place.heading in ("", "hele pagina")] == []


def test_every_outside_source_is_cited_by_something():
    """A page that nothing rests on is no source of this site."""
    links = [field.name for field in Citation._meta.related_objects if field.many_to_many]
    cited = set()
    for link in links:
        cited |= set(Citation.objects.exclude(**{link: None}).values_list("source", flat=True))

    outside_ones = Source.objects.filter(origin=Source.Origin.OUTSIDE)
    assert [source.slug for source in outside_ones.exclude(pk__in=cited)] == []


def test_a_former_address_of_a_source_leads_on(client):
    for old, new in (
        ("veilig-huis-be", "kw-veilig-huis-kortrijk"),
        ("digitaal-vlaanderen-fusies-2025", "vvsg-fusies-2025"),
    ):
        response = client.get(f"/bronnen/{old}/")

        assert (response.status_code, response.url) == (301, f"/bronnen/{new}/")


def test_no_version_is_older_than_what_it_rests_on():
    assert list(filter(None, map(outdated, ConceptVersion.objects.published()))) == []


@pytest.mark.parametrize("kind", [Milestone, LegalBasis, Standing], ids=lambda kind: kind.__name__)
def test_what_only_an_outside_source_says_is_marked(kind):
    """A standing is marked by its date: that of its source, after the day of the tekst."""
    rows = kind.objects.filter(outside()).exclude(citations__source__origin=Source.Origin.OWN)

    assert rows.exists()
    if kind is Standing:
        unmarked = [row for row in rows if row.date.latest <= POSTER]
    else:
        unmarked = [row for row in rows if OUTSIDE not in row.note.lower()]
    assert [f"{row.version} {row.key}" for row in unmarked] == []


# How it stands


def test_every_concept_says_how_it_stands():
    said = Standing.objects.from_public().values_list("version__concept__slug", flat=True)

    assert set(said) >= ON_THE_POSTER | BESIDE_THE_POSTER


def test_every_record_has_one_standing_with_its_day_and_its_place():
    published = ConceptVersion.objects.published().prefetch_related("standings__citations")

    assert len(published) == 32
    for version in published:
        (row,) = version.standings.all()
        assert row.date.latest, version
        assert row.citations.all(), version


def test_what_runs_cites_a_source_of_the_day_that_it_says():
    """Its date is one that a cited source has, or that the source is said to be of."""
    for row in Standing.objects.filter(state=Standing.State.RUNNING):
        said = {str(place.source.date) for place in row.citations.all()}
        notes = " ".join(place.source.note for place in row.citations.all())
        assert str(row.date) in said or str(row.date) in notes, row.version


def test_no_development_that_ran_in_march_2023_reads_as_if_it_runs(client):
    page = text(client.get("/ontwikkelingen/"))

    assert "Decentralisatie Liep in maart 2023 sindsdien niets gevonden" in page
    assert "Vermaatschappelijking van de zorg Actueel in maart 2023 sindsdien" in page
    assert "Kwaliteitsdecreet Actueel volgens een bron van 3 mei 2024" in page


def test_nothing_runs_without_a_source_of_after_the_poster():
    running = Standing.objects.filter(state__in=[Standing.State.RUNNING, Standing.State.PILOT])

    assert running.exists()
    for row in running.prefetch_related("citations__source"):
        days = [
            source.date.latest or source.consulted_on
            for source in (place.source for place in row.citations.all())
        ]
        assert row.date.latest > MONTH_OF_THE_POSTER, row
        assert max(days) > MONTH_OF_THE_POSTER, row


def test_nothing_runs_as_of_the_day_that_a_page_was_read():
    """A page without a date dates what we know, and never that a concept still runs on that day."""
    for row in Standing.objects.filter(state__in=[Standing.State.RUNNING, Standing.State.PILOT]):
        assert all(row.date.latest < place.source.consulted_on for place in row.citations.all()), (
            row
        )


def test_what_is_silent_stands_as_of_the_documents():
    silent = Standing.objects.filter(state=Standing.State.SILENT)

    assert silent.exists()
    assert {str(row.date) for row in silent} == {"maart 2023"}
    assert not silent.filter(outside()).exists()


@pytest.mark.parametrize(
    ("concept", "state", "date"),
    [
        ("family-justice-centers", "loopt", "13 februari 2026"),
        ("vroeg-en-nabij", "loopt", "10 mei 2024"),
        ("regiovorming", "loopt", "13 mei 2024"),
        ("netwerken-dak-en-thuisloosheid", "stil", "maart 2023"),
        ("huizen-van-het-kind", "loopt", "1 februari 2024"),
        ("netwerken-ggz", "loopt", "24 mei 2024"),
        ("eerstelijnszones-en-zorgraden", "loopt", "12 maart 2026"),
        ("lokale-gezinscoaches", "afgelopen", "november 2026"),
        ("zorgzame-buurten", "stil", "maart 2023"),
        ("beleidsprioriteiten-lokaal-sociaal-beleid", "stil", "maart 2023"),
        ("beweging-op-de-eerste-lijn", "stil", "maart 2023"),
        ("decentralisatie", "stil", "maart 2023"),
        ("hertekening-vlaamse-administratie", "afgelopen", "1 juni 2023"),
        ("hervorming-zorgraden", "loopt", "26 april 2024"),
        ("infodeling-en-beroepsgeheim", "loopt", "29 maart 2024"),
        ("integratie-ocmw-gemeente", "stil", "maart 2023"),
        ("intersectoraal-kwaliteitskader", "gepland", "maart 2023"),
        ("kwaliteitsdecreet", "loopt", "3 mei 2024"),
        ("relanceplan-vlaamse-veerkracht", "stil", "maart 2023"),
        ("vermaatschappelijking-van-de-zorg", "stil", "maart 2023"),
    ],
)
def test_a_concept_stands_as_its_newest_source_says(concept, state, date):
    (row,) = Standing.objects.filter(version__concept__slug=concept)

    assert (row.state, str(row.date)) == (state, date)
