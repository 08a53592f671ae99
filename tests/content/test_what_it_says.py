"""What the content says of access, law and dates, as a reader meets it on a page."""

import re
from functools import cache

import pytest
from django.test import Client

from concepts.models import (
    Access,
    Concept,
    ConceptVersion,
    KeyFigure,
    LegalBasis,
    Ownership,
    Participation,
    Passage,
    Status,
)
from concepts.page.views import bodies
from governance.models import Decree
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
    "beleidsprioriteiten-lokaal-sociaal-beleid": {
        *("9 februari 2018", "26 oktober 2018", "7 december 2018"),
    },
    "hertekening-vlaamse-administratie": {"2019", "3 september 2021", "1 januari 2022"},
    "integratie-ocmw-gemeente": {"2015", "22 december 2017", "1 januari 2019"},
    "relanceplan-vlaamse-veerkracht": {"september 2020", "16 juli 2021"},
}

#: What the sources say in a chapter, so that the box above it answers too.
ANSWERED = {
    ("ontwikkelingen/beleidsprioriteiten-lokaal-sociaal-beleid", "Waarvoor dient het?"): "sterker",
    ("ontwikkelingen/vermaatschappelijking-van-de-zorg", "Waarvoor dient het?"): "zinvolle plek",
    ("ontwikkelingen/vermaatschappelijking-van-de-zorg", "Wie doet mee?"): "Alle overheden",
}

#: What only the documents tell of as going on "today": it was so in March 2023.
IN_MARCH_2023 = [
    ("decentralisatie", "doel-lokaal", "moest uitzoeken"),
    ("infodeling-en-beroepsgeheim", "kaders", "In maart 2023"),
    ("integratie-ocmw-gemeente", "in-transitie", "In maart 2023 waren"),
    ("intersectoraal-kwaliteitskader", "botsende-regels", "In maart 2023"),
    ("hertekening-vlaamse-administratie", "justitie-na-2024", "In maart 2023 was"),
    ("project-samen", "monitoring", "In maart 2023 werd"),
    ("family-justice-centers", "naar-ifg-centra", "zouden daarvoor verder ontwikkeld"),
    ("family-justice-centers", "verbeterpunten", "In maart 2023 kon"),
    ("gbo", "uitrol", "kregen 7,5 miljoen euro"),
    ("relanceplan-vlaamse-veerkracht", "gbo", "kregen daarvoor 7,5 miljoen euro"),
    ("zorgzame-buurten", "consortium", "In maart 2023 ondersteunde"),
    ("zorgzame-buurten", "ondersteuningsstructuur", "Er zou een eindsymposium komen"),
    ("zorgzame-buurten", "financiering", "zouden ze eindigen"),
    ("vroeg-en-nabij", "wie", "In maart 2023 trok"),
    ("vroeg-en-nabij", "cirkels", "moesten voorstellen doen"),
    ("vroeg-en-nabij", "decreet", "die daarna kwam, moest het uitvoeren"),
]

#: What a source asks, aims at or mentions, and does not state as the only way, as great or as done.
NOT_STRONGER = [
    ("beweging-op-de-eerste-lijn", "overheden-samen", "vraagt dat", "lukt enkel"),
    ("vermaatschappelijking-van-de-zorg", "samenwerking-gevraagd", "vraagt dat", "lukt enkel"),
    ("beweging-op-de-eerste-lijn", "niet-meekunnen", "Er zijn inspanningen", "veel inspanningen"),
    ("intersectoraal-kwaliteitskader", "een-decreet", "moet", "krijgt vorm"),
    ("intersectoraal-kwaliteitskader", "advies-vlaamse-raad", "moet een", "is een beleidspriorit"),
    ("hertekening-vlaamse-administratie", "justitie-na-2024", "kans", "Aangekondigd was"),
    ("hervorming-zorgraden", "democratische-controle", "moeten sterker", "zijn sterker"),
    ("hervorming-zorgraden", "meerjarenplannen", "moeten beter aansluiten", "sluiten beter"),
    ("regiovorming", "aanpak-2021", "moest uiterlijk begin 2024", "is uiterlijk begin 2024"),
    # No document says what the proof is of which "evidence based" speaks.
    ("gedetineerden-en-geinterneerden", "vijf-doelstellingen", "op bewijs", "wetenschappelijk"),
]

#: How an act stands to a concept, where that was told otherwise than the sources do.
ROLES = [
    # An omzendbrief of October 2018 elaborates no priorities of December 2018.
    ("beleidsprioriteiten-lokaal-sociaal-beleid", "omzendbrief-wvg-2018", "beschreven-in"),
    ("beleidsprioriteiten-lokaal-sociaal-beleid", "bvr-beleidsprioriteiten-2018", "steunt-op"),
    # A footnote names the page of the nota, and not that it announces anything.
    ("intersectoraal-kwaliteitskader", "beleidsnota-wvg", "beschreven-in"),
    # The houses carry out actions of the plan: they rest on it, it does not rest on them.
    ("overkop", "relanceplan-vlaamse-veerkracht", "steunt-op"),
]

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
    """The page at a path, made anew; one that several tests look at is asked for once."""

    def ask(path):
        bodies.forget()  # what is kept was made in another request, and this one lacks its context
        return Client().get(f"/{path}/")

    return cache(ask)


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


#: A question of the fact box, which leads to its chapter, and the answer in the box.
QUESTION = re.compile(r"<dt><a [^>]*>([^<]+)</a></dt>\s*<dd>(.*?)</dd>", re.DOTALL)


@pytest.mark.parametrize(("path", "question"), ANSWERED)
def test_the_box_answers_what_its_chapter_tells(client, path, question):
    cells = dict(QUESTION.findall(client.get(f"/{path}/").content.decode()))
    answer = cells[question]

    assert ANSWERED[path, question] in answer


def test_an_owner_is_worded_as_the_source_has_it():
    """Under "zo staat het er" stand words of the source; where it tells of it is a note of ours."""
    worded = Ownership.objects.from_public().filter(wording__startswith="besproken")

    assert [f"{row.version}: {row.wording}" for row in worded] == []


def test_a_partner_is_not_worded_by_its_own_name():
    rows = Participation.objects.from_public().select_related("partner").exclude(wording="")

    assert [
        f"{row.version}: {row.wording}"
        for row in rows
        if row.wording.casefold() == row.partner.name.casefold()
    ] == []


@pytest.mark.parametrize(("slug", "key", "words"), IN_MARCH_2023)
def test_what_ran_in_march_2023_is_not_told_as_of_today(slug, key, words):
    assert words in version_of(slug).passages.get(key=key).text


@pytest.mark.parametrize(("slug", "key", "said", "stronger"), NOT_STRONGER)
def test_nothing_is_said_stronger_than_the_source_does(slug, key, said, stronger):
    text = version_of(slug).passages.get(key=key).text

    assert said in text
    assert stronger not in text


def test_no_note_of_a_passage_is_a_conclusion_of_the_redactie():
    notes = Passage.objects.from_public().filter(note__contains="redactie leidt af")

    assert [f"{row.version}: {row.note}" for row in notes] == []


@pytest.mark.parametrize(("slug", "act", "role"), ROLES)
def test_an_act_has_the_role_that_the_source_gives_it(slug, act, role):
    assert version_of(slug).legal_bases.get(decree__slug=act).role == role


@pytest.mark.parametrize(
    ("slug", "kind", "key", "section"),
    [
        ("integratie-ocmw-gemeente", "passages", "doel", "4.1.2"),
        ("intersectoraal-kwaliteitskader", "passages", "waarom", "2.4"),
        ("hertekening-vlaamse-administratie", "passages", "justitie-en-handhaving", "5.2.1"),
        ("hertekening-vlaamse-administratie", "passages", "doel", "5"),
        ("vermaatschappelijking-van-de-zorg", "passages", "geintegreerd", "1.1"),
        ("hertekening-vlaamse-administratie", "milestones", "opgroeien", "5"),
    ],
)
def test_the_first_source_carries_the_whole_statement(slug, kind, key, section):
    assert getattr(version_of(slug), kind).get(key=key).citations.first().section == section


def test_the_quality_framework_tells_that_its_decree_came(client):
    assert "dateert van 5 mei 2023" in text(
        client.get("/ontwikkelingen/intersectoraal-kwaliteitskader/")
    )
