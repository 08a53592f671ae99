"""What the page of a source says: its places, and what rests on each."""

import re
from functools import partial

import pytest

from concepts.models import Claim, Discrepancy
from governance.models import Citation, Source
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    DecreeFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def places(client):
    """The places of the source x, as its page has them."""
    (section,) = client.get("/bronnen/x/").context["page"].sections
    return section.items


def test_a_source_names_each_record_that_rests_on_a_place_once(client):
    place = CitationFactory(source=SourceFactory(slug="x"), section="2.1")
    ConceptVersionFactory(
        published=True,
        name="Breed onthaal",
        concept__slug="gbo",
        statements=[partial(PassageFactory, citations=[place])] * 3
        + [partial(ParticipationFactory, citations=[place])],
    )

    (cited,) = places(client)

    assert cited.place == place
    assert [(row.text, row.kind) for row in cited.records] == [
        ("Breed onthaal", "3 passages, deelname")
    ]


def test_a_source_has_them_by_kind_and_says_what_of_them_rests_on_it(client):
    place = CitationFactory(source=SourceFactory(slug="x"), section="2.1")
    statements = [partial(PassageFactory, citations=[place])] * 2
    ConceptVersionFactory(published=True, name="Onthaal", statements=statements)
    decree = DecreeFactory(short_title="decreet")
    for row in (decree, decree.dates.create(kind="vermeld", date_label="mei"), PartnerFactory()):
        row.citations.add(place)

    (cited,) = places(client)

    assert {kind.label: [row.kind for row in kind.items] for kind in cited.kinds} == {
        "Concepten en ontwikkelingen": ["2 passages"],
        "Regelgeving en beleidsdocumenten": ["datum"],
        "Partners": [""],
    }
    assert cited.kinds[0].label == "Concepten en ontwikkelingen"


@pytest.mark.parametrize(
    ("kind", "url"),
    [("tegenspraak", "/concepten/a/#tegenspraak"), ("nuance", "/concepten/a/#kanttekening")],
)
def test_a_source_leads_to_where_its_claim_is_shown(client, kind, url):
    place = CitationFactory(source=SourceFactory(slug="x"), section="2.1")
    public = ConceptVersionFactory(published=True, concept__slug="a").concept
    draft = ConceptVersionFactory(concept__slug="b").concept
    for title, concepts in [("Beide?", [public, draft]), ("Klad?", [draft]), ("Los?", [])]:
        row = Discrepancy.objects.create(slug=title[:-1].lower(), title=title, kind=kind)
        row.concepts.set(concepts)
        Claim.objects.create(discrepancy=row, key="k", value="132").citations.add(place)

    (cited,) = places(client)

    assert [(row.text, row.url) for row in cited.records] == [("Beide?", url), ("Los?", "")]


class TestThePlacesOfASource:
    @pytest.fixture
    def source(self):
        return SourceFactory(slug="x", short_title="Tekst", url="https://example.org/t.PDF?v=2#top")

    @pytest.fixture
    def chapters(self, client, source):
        def chapters(*rubrics):
            for position, (section, heading, more) in enumerate(rubrics):
                place = {"section": section, "heading": heading, "position": position, **more}
                CitationFactory(source=source, **place)
            (section,) = client.get("/bronnen/x/").context["page"].sections
            return section.parts[0].items

        return chapters

    def test_a_numbered_text_folds_by_section_under_its_own_heading(self, chapters):
        found = chapters(
            ("", "Colofon", {}),
            ("", "Inhoud", {}),
            ("2", "Welzijn", {"page": 9}),
            ("2.1.1", "Decreet", {}),
            ("2.1.1", "GBO", {}),
            ("2.1.1", "GBO", {"footnote": 2}),
            ("6", "", {}),
        )

        assert [(chapter.title, len(chapter.places), chapter.depth) for chapter in found] == [
            ("Colofon, Inhoud", 2, 1),
            ("2 Welzijn", 1, 1),
            ("2.1.1 Decreet", 3, 3),
            ("6", 1, 1),
        ]
        assert all(chapter.is_folded for chapter in found)
        assert found[2].places[2].heading == "2.1.1 GBO, voetnoot 2"
        assert found[2].said == "3 plaatsen, nog niet aangehaald"

    def test_of_a_text_without_numbers_each_place_is_a_fold(self, chapters):
        found = chapters(("", "Blok GBO", {}), ("", "Legende", {}))

        assert [(chapter.title, chapter.is_folded) for chapter in found] == [
            ("Blok GBO", True),
            ("Legende", True),
        ]

    def test_the_only_place_is_not_folded(self, client, chapters):
        (chapter,) = chapters(("", "hele pagina", {}))

        assert not chapter.is_folded
        assert '<details class="source-chapter"' not in client.get("/bronnen/x/").content.decode()

    def test_the_pdf_opens_on_the_page_of_the_place_or_of_its_section(self, client, chapters):
        *found, silent = chapters(
            ("2.1", "Departement", {"page": 9}),
            ("2.1", "Departement", {"footnote": 1}),
            ("2.1.2", "Start", {}),
        )

        pdf = "https://example.org/t.PDF?v=2#page="
        assert [(place.page_said, place.page_url) for place in found[0].places] == [
            ("Begint op p. 9", f"{pdf}9"),
            ("Rubriek 2.1 begint op p. 9", f"{pdf}9"),
        ]
        assert (silent.places[0].page_said, silent.places[0].page_url) == ("", "")
        assert client.get("/bronnen/x/").content.decode().count(f'href="{pdf}9"') == 2

    @pytest.mark.parametrize("url", ["", "https://example.org/pagina", "https://a.be/?f=x.pdf"])
    def test_what_is_no_pdf_has_no_page_to_open(self, source, url):
        Source.objects.update(url=url)
        source.refresh_from_db()

        assert CitationFactory(source=source, section="1", page=9).page_url == ""

    def test_an_id_says_the_place_and_stands_once(self, client, chapters, source):
        chapters(
            ("2.1.1", "Geïntegreerd onthaal (GBO)", {"footnote": 2}),
            ("", "Eén", {}),
            ("", "Één!", {}),
            ("", "…", {}),
        )

        html = client.get("/bronnen/x/").content.decode()

        silent = Citation.objects.get(heading="…")
        assert re.findall(r'id="(plaats-[^"]*)"', html) == [
            "plaats-2-1-1-geintegreerd-onthaal-gbo-voetnoot-2",
            "plaats-een",
            "plaats-een-2",
            f"plaats-{silent.pk}",
        ]

    def test_the_node_the_margin_and_the_list_lead_to_it(self, client, source):
        place = CitationFactory(source=source, section="2.1", heading="GBO", page=9)
        statement = partial(PassageFactory, citations=[place])
        ConceptVersionFactory(published=True, concept__slug="gbo", statements=[statement])

        html = client.get("/concepten/gbo/").content.decode()

        address = "/bronnen/x/#plaats-2-1-gbo"
        assert re.search(rf'class="node" id="v1" href="{address}"', html)
        margin = html.partition('class="margin-notes"')[2].partition("</div>")[0]
        listed = html.partition('<ol class="sources">')[2].partition("</ol>")[0]
        assert (margin.count(f'href="{address}"'), listed.count(f'href="{address}"')) == (1, 1)
        assert 'href="https://example.org/t.PDF?v=2#page=9"' in listed
        assert 'id="plaats-2-1-gbo"' in client.get("/bronnen/x/").content.decode()
