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
    Term,
)
from governance.models import Agency, AgencyTask, ChangeEvent, Decree, DecreeDate, Source
from tests.answers import text

pytestmark = pytest.mark.usefixtures("only_reads")


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
