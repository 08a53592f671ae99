"""What the content says of access, law, dates and sources, as a reader meets it on a page."""

import re
from functools import cache

import pytest
from django.test import Client
from django.utils import timezone

from concepts.models import Access, Claim, Concept, ConceptVersion, KeyFigure, LegalBasis, Status
from governance.models import ChangeEvent, Decree
from tests.answers import text

pytestmark = pytest.mark.usefixtures("only_reads")

#: The answer that the sources give, and words of theirs that stand beside it.
ACCESS = {
    "sociaal-huis": ("toegankelijk", "loket voor burgers"),
    "de-stek": ("ja", "makkelijk"),
    "huizen-van-het-kind": ("toegankelijk", "voor iedereen bereikbaar"),
    "1gezin1plan": ("toegankelijk", "aanspreekpunt"),
    "overkop": ("toegankelijk", "voor alle jongeren"),
    "lokale-gezinscoaches": ("komt-naar-je-toe", "outreachend"),
    "centra-ifg": ("gepland", "laagdrempelig aanbod"),
    "ketenaanpak-ifg": ("enkel-via-verwijzing", "politie of justitie"),
}

#: Acts by which a concept is known, each with its date.
ACTS = {
    "concepten/sociaal-huis": "decreet lokaal sociaal beleid, 9 februari 2018",
    "concepten/gbo": "decreet lokaal sociaal beleid, 9 februari 2018",
    "concepten/huizen-van-het-kind": "29 november 2013",
    "concepten/livc-r": "decreet LIVC R, 21 mei 2021",
    "concepten/gedetineerden-en-geinterneerden": "8 maart 2013",
    "ontwikkelingen/integratie-ocmw-gemeente": "decreet lokaal bestuur, 22 december 2017",
}

MILESTONES = {
    "gbo": {"30 november 2018", "16 juli 2021"},
    "gedetineerden-en-geinterneerden": {"8 maart 2013", "13 november 2020"},
    "huizen-van-het-kind": {"20 november 2013", "1 januari 2015"},
    "livc-r": {"21 mei 2021"},
    "beleidsprioriteiten-lokaal-sociaal-beleid": {"26 oktober 2018", "7 december 2018"},
}

#: What no act stands under in the sources: the box says so.
WITHOUT_LAW = [
    *("concepten/de-stek", "concepten/overkop", "concepten/lokale-gezinscoaches"),
    *("concepten/project-m", "concepten/project-samen"),
    *("ontwikkelingen/relanceplan-vlaamse-veerkracht", "ontwikkelingen/decentralisatie"),
]


def version_of(slug):
    return ConceptVersion.objects.get(concept__slug=slug, status=Status.PUBLISHED)


@pytest.fixture(scope="module")
def opened():
    """The page at a path; one that several tests look at is asked for once."""
    return cache(lambda path: Client().get(f"/{path}/"))


@pytest.fixture
def fact(opened):
    def fact(path, label):
        strip = opened(path).context["page"].factbox.strip
        return next((fact["value"] for fact in strip if fact["label"] == label), None)

    return fact


@pytest.mark.parametrize("slug", ACCESS)
def test_access_is_what_the_sources_say(fact, slug):
    answer, words = ACCESS[slug]

    (row,) = Access.objects.filter(version=version_of(slug))

    assert row.answer == answer
    assert words in row.wording
    assert fact(f"concepten/{slug}", "Rechtstreeks toegankelijk") == str(row)


def test_no_ontwikkeling_says_whether_you_can_go_there(fact):
    for concept in Concept.objects.filter(record_kind=Concept.RecordKind.DEVELOPMENT):
        path = f"ontwikkelingen/{concept.slug}"
        assert fact(path, "Rechtstreeks toegankelijk") is None, path


@pytest.mark.parametrize("path", ACTS)
def test_an_act_stands_on_the_page_with_its_date(opened, path):
    assert ACTS[path] in text(opened(path))


@pytest.mark.parametrize("slug", MILESTONES)
def test_what_the_sources_date_stands_in_the_timeline(slug):
    labels = set(version_of(slug).milestones.values_list("date_label", flat=True))

    assert labels >= MILESTONES[slug]


@pytest.mark.parametrize("path", WITHOUT_LAW)
def test_where_no_law_is_named_the_box_says_so(fact, path):
    assert fact(path, "Rechtsgrond") == ""


def test_no_plan_or_document_stands_under_rechtsgrond(opened):
    for concept in Concept.objects.all():
        folder = (
            "concepten" if concept.record_kind == concept.RecordKind.CONCEPT else "ontwikkelingen"
        )
        page = opened(f"{folder}/{concept.slug}").context["page"]
        shown = {part.label: part.items for chapter in page.sections for part in chapter.parts}
        assert all(row.decree.is_law for row in shown.get("Rechtsgrond", ())), concept.slug
        assert not any(row.decree.is_law for row in shown.get("Plannen en documenten", ()))


def test_nothing_rests_on_itself_and_no_advice_elaborates():
    rows = LegalBasis.objects.select_related("decree", "version__concept")

    assert [problem for row in rows for problem in row.problems()] == []


def test_the_omzendbrief_has_its_own_date():
    omzendbrief = Decree.objects.get(slug="omzendbrief-wvg-2018")

    assert omzendbrief.dated_title == "omzendbrief 2018/01 lokaal sociaal beleid, 26 oktober 2018"
    assert not omzendbrief.is_law


def test_gezinscoaches_of_leuven_work_in_the_zone():
    areas = {
        area.slug
        for row in version_of("lokale-gezinscoaches").coverages.all()
        for area in row.territory.all()
    }

    assert "elz-leuven" in areas
    assert "gemeente-24062" not in areas


def test_home_shows_what_happened_with_the_source_that_carries_its_date(client):
    changes = client.get("/").context["changes"]

    dates = [change.event.date_earliest for change in changes]
    assert dates == sorted(dates, reverse=True)
    assert {change.event.status for change in changes} == {ChangeEvent.Status.DONE}
    assert max(dates) <= timezone.localdate()
    carried = {
        change.event.slug: (change.event.carried_by.source.slug, change.event.carried_by.section)
        for change in changes
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


def test_no_count_of_list_items_is_a_key_figure():
    """What the sources count themselves, such as five doelstellingen, does stand there."""
    counted = KeyFigure.objects.from_public().filter(note__startswith="Geteld")

    assert [str(row) for row in counted] == []


def test_gedetineerden_names_all_five_domains():
    partners = set(
        version_of("gedetineerden-en-geinterneerden").participations.values_list(
            "partner__type__slug", flat=True
        )
    )

    assert partners >= {
        *("onderwijs", "werk", "welzijn-en-zorg-algemeen", "geestelijke-gezondheidszorg"),
        *("wonen", "overheid"),
    }


@pytest.mark.parametrize("slug", ["project-m", "project-samen"])
def test_faster_co_operation_is_an_aim(slug):
    version = version_of(slug)
    said = " ".join([version.summary, *version.passages.values_list("text", flat=True)])

    assert not re.search(r"werken (daarvoor )?sneller samen|sneller samenwerken", said)


def test_every_claim_shows_a_source_first():
    assert [str(claim) for claim in Claim.objects.all() if claim.carried_by is None] == []
