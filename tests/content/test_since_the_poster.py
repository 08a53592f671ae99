"""What happened after March 2023 stands in the content, each with its page, place and day."""

import datetime

import pytest
from django.db.models import Q

from concepts.models import (
    Access,
    ConceptVersion,
    Coverage,
    LegalBasis,
    Milestone,
    Participation,
    Passage,
    Standing,
    Term,
)
from concepts.sources_as_of import outdated
from governance.models import Agency, AgencyTask, ChangeEvent, Citation, Decree, DecreeDate, Source
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


# Acts


@pytest.mark.parametrize(
    ("act", "kind", "date"),
    [
        ("decreet-veilige-huizen", "bekrachtigd", "29 maart 2024"),
        ("decreet-kwaliteit-van-zorg", "aangenomen", "3 mei 2023"),
        ("decreet-kwaliteit-van-zorg", "bekrachtigd", "5 mei 2023"),
        ("besluit-belanghebbendenoverleg", "in-werking", "26 juli 2024"),
        ("actieplan-dak-en-thuisloosheid-2026-2029", "aangenomen", "13 februari 2026"),
        ("besluit-zorgraden-wijziging-2024", "bekrachtigd", "26 april 2024"),
        ("besluit-ggz-netwerken-2024", "bekrachtigd", "24 mei 2024"),
        ("verzameldecreet-regiovorming", "bekrachtigd", "3 mei 2024"),
        ("decreet-jeugd-en-gezinsbeleid", "aangenomen", "9 mei 2024"),
    ],
)
def test_an_act_of_after_the_poster_has_its_date(act, kind, date):
    (row,) = DecreeDate.objects.filter(decree__slug=act, kind=kind)

    assert str(row.date) == date


@pytest.mark.parametrize(
    ("concept", "act"),
    [
        ("family-justice-centers", "decreet-veilige-huizen"),
        ("kwaliteitsdecreet", "decreet-kwaliteit-van-zorg"),
        ("kwaliteitsdecreet", "besluit-belanghebbendenoverleg"),
        ("netwerken-dak-en-thuisloosheid", "actieplan-dak-en-thuisloosheid-2026-2029"),
        ("eerstelijnszones-en-zorgraden", "besluit-zorgraden-wijziging-2024"),
        ("hervorming-zorgraden", "besluit-zorgraden-wijziging-2024"),
        ("netwerken-ggz", "besluit-ggz-netwerken-2024"),
        ("regiovorming", "verzameldecreet-regiovorming"),
        ("vroeg-en-nabij", "decreet-jeugd-en-gezinsbeleid"),
    ],
)
def test_an_act_of_after_the_poster_is_linked_to_its_concept(concept, act):
    assert LegalBasis.objects.filter(version__concept__slug=concept, decree__slug=act).exists()


def test_an_act_of_2024_is_not_cited_from_an_older_one():
    acts = Decree.objects.filter(
        slug__in=["besluit-zorgraden-wijziging-2024", "besluit-ggz-netwerken-2024"]
    )

    for act in acts:
        assert {place.source.date.earliest.year for place in act.citations.all()} == {2024}


# Concepts


def test_departement_zorg_started_without_a_hedge():
    hedges = ("aankondiging", "konden we niet nagaan", "aangekondigd voor")
    agency = Agency.objects.get(slug="departement-zorg")
    event = ChangeEvent.objects.get(slug="fusie-departement-zorg")
    milestone = Milestone.objects.get(key="fusie-departement-zorg")

    for words in (agency.note, agency.description, event.description, milestone.note):
        assert not any(hedge in words for hedge in hedges)
    assert (milestone.outcome, str(milestone.outcome_date)) == ("gehaald", "1 juni 2023")
    for row in (agency, event):
        assert row.citations.first().source.slug == "zorgneticuro-departement-zorg"


def test_a_body_that_ended_does_nothing_today():
    """The two documents write in the present; a commission that reported has no task any more."""
    tasks = AgencyTask.objects.filter(
        Q(agency__end_latest__isnull=False) | Q(agency__slug="commissie-decentralisatie")
    )

    assert tasks.count() >= 8
    past = ("Gaf", "Moest", "Schreef", "Werkte", "Wilde")
    assert [task.text for task in tasks if not task.text.startswith(past)] == []


def test_ten_veilige_huizen_open_since_november_2023(client):
    page = text(client.get("/concepten/family-justice-centers/"))

    assert "Sinds 25 november 2023 heten de Family Justice Centers Veilig Huis" in page
    assert "Er zijn intussen tien Veilige Huizen" in page
    assert "vakmensen" not in page
    plan = Coverage.objects.filter(
        version__concept__slug="family-justice-centers", status=Coverage.Status.PLANNED
    )
    assert {row.end_latest for row in plan} == {datetime.date(2023, 11, 24)}


def test_leuven_has_a_working_center_and_no_planned_one():
    here = Coverage.objects.filter(
        version__concept__slug="family-justice-centers", territory__slug="fjc-leuven"
    )

    assert {row.status for row in here.filter(end_latest=None)} == {Coverage.Status.ACTIVE}


def test_the_day_that_the_centers_opened_is_carried_by_a_source_of_that_day():
    version = ConceptVersion.objects.published().get(concept__slug="family-justice-centers")
    passage = version.passages.get(key="veilig-huis")
    milestone = version.milestones.get(key="vijf-nieuwe-centra")
    coverage = version.coverages.get(key="centra-sinds-2023")

    for places in (passage.citations, coverage.citations, milestone.outcome_citations):
        assert places.first().source.date.earliest == datetime.date(2023, 11, 25)


def test_a_family_justice_center_is_not_said_to_need_a_referral():
    (row,) = Access.objects.filter(version__concept__slug="family-justice-centers")

    assert row.answer == "niet-rechtstreeks"


@pytest.mark.parametrize(
    ("concept", "date", "key"),
    [
        ("zorgzame-buurten", "30 april 2021", "goedkeuring"),
        ("zorgzame-buurten", "juni 2021", "projectoproep"),
        ("kwaliteitsdecreet", "3 mei 2023", "aangenomen"),
        ("netwerken-dak-en-thuisloosheid", "13 februari 2026", "actieplan-2026"),
        ("vroeg-en-nabij", "9 mei 2024", "decreet"),
        ("regiovorming", "19 maart 2023", "in-werking"),
    ],
)
def test_a_date_stands_in_the_timeline(concept, date, key):
    row = Milestone.objects.get(version__concept__slug=concept, key=key)

    assert str(row.date) == date


def test_the_zorgraden_page_names_the_money_of_the_reform_and_leads_there(client):
    page = client.get("/concepten/eerstelijnszones-en-zorgraden/").content.decode()

    assert "2,48" in page
    assert 'href="/ontwikkelingen/hervorming-zorgraden/"' in page


def test_beds_are_put_out_of_use_and_not_closed(client):
    for path in ("/concepten/netwerken-ggz/", "/partners/mobiele-teams/"):
        page = text(client.get(path))

        assert "bedden buiten gebruik" in page
        assert "sluiten" not in page.partition("Verder lezen")[0].replace("aansluiten", "")


# Guesses, and words that nobody explained


def test_no_text_guesses():
    from concepts.models import Claim, Discrepancy, Passage

    for model, fields in ((Discrepancy, ["note", "title"]), (Claim, ["text"]), (Passage, ["note"])):
        for row in model.objects.all():
            said = " ".join(getattr(row, field) for field in fields)
            assert "vermoed" not in said.lower(), row
            assert "Misschien" not in said, row


@pytest.mark.parametrize(
    ("discrepancy", "value"),
    [
        ("x01-", "132 projecten"),
        ("x41-", "twee zones en drie gemeenten"),
        ("x61-", "omzendbrief 2018/01, van 26 oktober 2018"),
        ("x65-", "omzendbrief 2018/01, van 26 oktober 2018"),
    ],
)
def test_a_page_settles_what_the_documents_left_open(discrepancy, value):
    from concepts.models import Claim

    (claim,) = Claim.objects.filter(discrepancy__slug__startswith=discrepancy, is_preferred=True)

    assert claim.value == value
    assert not claim.citations.filter(source__origin=Source.Origin.OWN).exists()


@pytest.mark.parametrize(
    "slug",
    ["mantelzorg", "empowerment", "respijtzorg", "regierol", "outreachend", "gdpr", "dpo"],
)
def test_a_word_that_nobody_explained_is_explained_from_outside(slug):
    term = Term.objects.get(slug=slug)

    assert "leggen de bronnen niet uit" not in term.definition
    assert "van buiten de poster en de tekst" in term.definition
    assert term.citations.first().source.origin == Source.Origin.OUTSIDE


@pytest.mark.parametrize("slug", ["ocmw", "caw", "dmw", "clb", "jac"])
def test_an_abbreviation_of_a_partner_is_written_out_from_a_source(slug):
    from governance.models import Partner

    partner = Partner.objects.get(slug=slug)

    assert partner.long_name
    assert partner.citations.filter(source__origin=Source.Origin.OUTSIDE).exists()


def test_company_data_are_no_word_of_the_field():
    assert not Term.objects.filter(slug="rpr").exists()
    assert "RPR" not in Source.objects.get(slug="tekst").note


# What a text says stands in what can be asked too


def test_the_core_partners_of_the_decree_are_told_and_not_counted(client):
    """Since when they must take part was not found, so nobody is said to be asked."""
    page = text(client.get("/concepten/family-justice-centers/"))
    _, _, told = page.partition("De kernpartners zijn:")

    for name in ("Justitie en Handhaving", "lokaal bestuur", "Opgroeien", "CAW", "vertrouwenscent"):
        assert name in told[:400]
    assert "Sinds wanneer het decreet geldt, vonden we niet" in told
    rows = Participation.objects.filter(version__concept__slug="family-justice-centers")
    assert not rows.filter(partner__slug__in=("caw", "lokaal-bestuur")).exists()


def test_the_arrondissements_of_the_decree_are_told_and_not_drawn():
    """Which areas those are, no source of ours says."""
    rows = Coverage.objects.filter(version__concept__slug="family-justice-centers")
    passage = Passage.objects.get(
        version__concept__slug="family-justice-centers", key="decreet-veilige-huizen"
    )

    assert "In elk gerechtelijk arrondissement komt er minstens één." in passage.text
    assert not rows.filter(wording__contains="arrondissement").exists()


def test_a_statement_does_not_begin_on_the_day_of_its_source():
    row = Participation.objects.get(
        version__concept__slug="netwerken-dak-en-thuisloosheid", partner__slug="sam"
    )

    assert not row.start_label
    assert "een bron van 21 maart 2023" in row.note


def test_figures_in_dots_have_their_date(client):
    html = client.get("/concepten/family-justice-centers/").content.decode()
    legend = html.partition('class="legend"')[2].partition("</ul>")[0]

    assert "maart 2023" in legend
    assert html.index("Veilige Huizen in Vlaanderen") < html.index("met de vijf nieuwe erbij")


def test_a_line_counts_the_networks_of_adults_and_of_children(client):
    found = text(client.get("/concepten/?q=GGZ"))

    assert "20 netwerken voor volwassenen, 11 voor kinderen" in found
