"""What the pages of concepts and of reference records say, and in which words."""

import re
from decimal import Decimal
from functools import partial

import pytest

from concepts.models import Alias, Claim, Discrepancy, Passage, Role
from concepts.search import index
from eerstelijn.templatetags.sources import citations_of
from governance import derived
from governance.models import Citation, DecreeDate, Source
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    KeyFigureFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    """What a page shows, from its context."""

    def page(address):
        return client.get(address).context["page"]

    return page


@pytest.fixture
def concept(page):
    """The page of one published concept that says these things."""

    def concept(*statements, **fields):
        ConceptVersionFactory(published=True, concept__slug="gbo", statements=statements, **fields)
        return page("/concepten/gbo/")

    return concept


def asked(name, role=Role.PARTICIPANT, partner=None):
    return partial(ParticipationFactory, partner=partner or PartnerFactory(name=name), role=role)


def cell(page, question):
    return next(cell for cell in page.factbox.cells if cell["question"].startswith(question))


class TestAConcept:
    def test_has_a_chapter_for_what_it_says_only_and_links_to_no_other(self, concept):
        page = concept(PassageFactory, asked("CAW"))

        assert [chapter.id for chapter in page.sections] == ["partners", "waarvoor", "verder"]
        assert [cell["url"] for cell in page.factbox.cells] == ["#waarvoor", "#partners", "", ""]

    def test_says_who_takes_part_with_the_role_after_the_last_that_has_it(self, concept):
        page = concept(
            asked("Lokaal bestuur", Role.DIRECTION),
            asked("OCMW", Role.REQUIRED),
            asked("CAW", Role.REQUIRED),
        )

        assert cell(page, "Wie")["answer"] == "Lokaal bestuur (regie); minstens OCMW en CAW"

    def test_names_a_partner_with_two_roles_once_and_counts_the_rest(self, concept):
        mayor = PartnerFactory(name="Lokaal bestuur")
        others = [asked(name) for name in ("A", "B", "C", "D", "E")]

        page = concept(asked("", Role.CHAIR, mayor), asked("", Role.DIRECTION, mayor), *others)

        assert cell(page, "Wie")["answer"] == (
            "Lokaal bestuur (regie en voorzitter), A, B, C en nog 2 andere"
        )

    def test_says_that_the_chapter_tells_how_it_is_organised_where_nobody_is_named(self, concept):
        organised = partial(PassageFactory, kind=Passage.Kind.ORGANISATION)

        silent = cell(concept(organised), "Wie")

        assert (silent["answer"], silent["url"]) == ("", "#organisatie")
        assert silent["note"] == "Ze zeggen wel hoe het georganiseerd is."

    def test_says_nothing_of_the_organisation_beside_who_takes_part(self, concept):
        organised = partial(PassageFactory, kind=Passage.Kind.ORGANISATION)

        assert not cell(concept(organised, asked("CAW")), "Wie").get("note")

    def test_supporters_do_not_take_part(self, concept):
        assert cell(concept(asked("SAM", Role.SUPPORTER)), "Wie")["answer"] == ""

    def test_names_the_owner_of_today_since_when_and_whom_the_sources_name(self, concept):
        was = AgencyFactory(name="Departement WVG", end="31 mei 2023")
        now = AgencyFactory(name="Departement Zorg", start="1 juni 2023")
        ChangeEventFactory(before=[was], after=[now])
        derived.rebuild()

        page = concept(partial(OwnershipFactory, agency=was))

        assert cell(page, "Van wie")["answer"] == "Departement Zorg"
        assert cell(page, "Van wie")["note"] == (
            "Sinds 1 juni 2023; daarvoor Departement WVG, zoals de bronnen nog zeggen."
        )
        assert page.owners[0]["today"] == now

    def test_cites_the_change_for_the_owner_of_today_and_not_what_was_said_before(self, client):
        was, between, now = (AgencyFactory(end=end) for end in ("2020", "31 mei 2023", ""))
        told = [CitationFactory(section=section) for section in ("4", "5", "6")]
        for sides, place in (((was, between), told[0]), ((between, now), told[1])):
            event = ChangeEventFactory(before=[sides[0]], after=[sides[1]])
            event.citations.set([place])
        ChangeEventFactory(kind="overdracht", before=[was], after=[now]).citations.set([told[2]])
        derived.rebuild()
        poster = CitationFactory(heading="Legende", section="")
        owner = partial(OwnershipFactory, agency=was, citations=[poster])
        ConceptVersionFactory(published=True, concept__slug="gbo", statements=[owner])

        response = client.get("/concepten/gbo/")

        page, notes = response.context["page"], response.context["notes"]
        assert set(citations_of(cell(page, "Van wie")["statements"])) == set(told[:2])
        assert set(citations_of(page.owners[0]["changes"])) == set(told[:2])
        chapter = next(part for part in page.sections if part.id == "eigenaar")
        assert set(citations_of(chapter.parts[0].statements)) == {poster, *told[:2]}
        assert told[2].pk not in notes.entries
        today = response.content.decode().partition("Vandaag</p>")[2].partition("</p>")[0]
        shown = re.findall(r'class="node"[^>]*>(\d+)<', today)
        assert set(shown) == {str(notes.number(place)) for place in told[:2]}

    def test_an_owner_that_is_still_there_is_cited_where_it_is_named(self, concept):
        page = concept(OwnershipFactory)

        assert cell(page, "Van wie")["statements"] == list(page.version.ownerships.all())

    def test_says_of_an_owner_without_a_name_what_the_source_says(self, concept):
        page = concept(partial(OwnershipFactory, agency=None, wording="besproken bij de regio’s"))

        assert cell(page, "Van wie")["answer"] == "Besproken bij de regio’s"

    @pytest.mark.parametrize(
        ("second", "note"),
        [(133, ""), (132, "Een andere bron telt er 132."), (None, "")],
    )
    def test_says_beside_a_number_of_places_what_another_source_counts(self, concept, second, note):
        counted = partial(CoverageFactory, scale=AreaKindFactory())

        page = concept(partial(counted, number=133), partial(counted, number=second))

        assert cell(page, "Waar geldt")["note"] == note

    def test_names_its_policy_domain(self, concept):
        domain = PolicyDomainFactory(name="Onderwijs")

        strip = concept(partial(OwnershipFactory, policy_domain=domain)).factbox.strip

        assert [row["value"] for row in strip if row["label"] == "Beleidsdomein"] == ["Onderwijs"]

    @pytest.mark.parametrize(
        ("kinds", "note"),
        [
            ([], ""),
            ([Passage.Kind.TASKS], "Ze noemen wel taken."),
            ([Passage.Kind.TASKS, Passage.Kind.GOAL], ""),
        ],
    )
    def test_without_a_goal_says_that_the_sources_name_tasks(self, concept, kinds, note):
        page = concept(*(partial(PassageFactory, kind=kind) for kind in kinds))

        assert cell(page, "Waarvoor")["note"] == note

    def test_draws_a_figure_that_two_others_add_up_to(self, concept):
        figures = [
            partial(KeyFigureFactory, value=Decimal(value), position=position)
            for position, value in enumerate((58, 27, 31, 7))
        ]

        dots = concept(*figures).dots

        assert (dots.whole.value, dots.full.value, dots.open.value) == (58, 27, 31)

    @pytest.mark.parametrize("values", [(), (58,), (58, 27), (4, 5, 6), (294, 293, 1)])
    def test_draws_no_other_figures(self, concept, values):
        figures = [partial(KeyFigureFactory, value=Decimal(value)) for value in values]

        assert concept(*figures).dots is None

    @pytest.mark.parametrize(
        ("value", "said"), [("7.50", "7,5"), ("58", "58"), ("5655", "5.655"), ("337500", "337.500")]
    )
    def test_writes_a_figure_as_dutch_does(self, concept, value, said):
        (figure,) = concept(
            partial(KeyFigureFactory, value=Decimal(value))
        ).version.key_figures.all()

        assert figure.amount == said

    def test_other_names_leave_out_ways_of_spelling(self, concept, page):
        version = concept(name="Zorgzame buurten", abbreviation="ZB").version
        for text in ("Zorgzame Buurten", "Z&B", "buurtgerichte zorg", "Buurtgerichte-zorg"):
            AliasFactory(text=text, concept=version.concept, kind=Alias.Kind.NAME)

        names = page("/concepten/gbo/").names
        assert [name.text.replace("\u2011", "-") for name in names] == ["Buurtgerichte-zorg"]

    def test_keeps_passages_of_a_chapter_apart_by_what_they_are_about(self, concept):
        goal = partial(PassageFactory, kind=Passage.Kind.GOAL)

        chapter = concept(PassageFactory, goal).sections[0]

        assert [part.label for part in chapter.parts] == ["", "Doelstelling"]


class TestAnAct:
    def test_shows_its_four_dates_also_those_that_no_source_gives(self, page):
        decree = DecreeFactory(slug="x", kind="decreet")
        DecreeDate.objects.create(decree=decree, kind="bekrachtigd", date_label="9 februari 2018")

        (section,) = page("/regelgeving/x/").sections

        assert [bool(step.date) for step in section.items] == [False, True, False, False]

    def test_a_note_shows_the_dates_that_are_known(self, page):
        note = DecreeFactory(slug="x", kind="nota")
        DecreeDate.objects.create(decree=note, kind="vermeld", date_label="mei 2022")

        (section,) = page("/regelgeving/x/").sections

        assert [str(step.date) for step in section.items] == ["mei 2022"]

    def test_links_to_the_vlaamse_codex(self, page):
        DecreeFactory(slug="x", codex_id="1038101")

        urls = [fact.url for fact in page("/regelgeving/x/").facts if fact.kind == "Vlaamse Codex"]

        assert urls == ["https://codex.vlaanderen.be/Zoeken/Document.aspx?DID=1038101"]


def test_a_domain_says_until_when_a_concept_was_its_own(page):
    domain = PolicyDomainFactory(slug="x")
    for name, dates in [
        ("A", {"start": "mei 2022"}),
        ("B", {"end": "mei 2022"}),
        ("C", {"start": "2020", "end": "2021"}),
    ]:
        statement = partial(OwnershipFactory, policy_domain=domain, **dates)
        ConceptVersionFactory(published=True, name=name, statements=[statement])

    (section,) = page("/beleidsdomeinen/x/").sections

    assert [(item.text, item.kind) for item in section.items] == [
        ("A", ""),
        ("B", "tot en met mei 2022"),
        ("C", "van 2020 tot en met 2021"),
    ]


class TestATerm:
    @pytest.fixture
    def users(self, client):
        """The names of the concepts that use a term."""

        def users(**term):
            TermFactory(slug="x", **term)
            index.reindex_all()
            sections = client.get("/begrippen/x/").context["page"].sections
            return [item.text for section in sections for item in section.items]

        return users

    def test_names_the_concepts_that_use_it_in_any_form(self, users):
        for name, text in [
            ("A", "De zorgraad beslist."),
            ("B", "Alle Zorgraden samen."),
            ("C", "Een zorgraadslid."),
            ("D", "Iets anders."),
        ]:
            passage = partial(PassageFactory, text=text)
            ConceptVersionFactory(published=True, name=name, statements=[passage])
        ConceptVersionFactory(published=True, name="E", summary="Over de zorgraad.")

        assert users(name="zorgraad") == ["A", "B", "E"]

    def test_words_apart_are_not_the_term(self, users):
        ConceptVersionFactory(published=True, name="A", summary="Sociale hulp en bescherming.")
        ConceptVersionFactory(published=True, name="B", summary="Recht op sociale bescherming.")

        assert users(name="sociale bescherming") == ["B"]

    def test_shows_no_draft(self, users):
        ConceptVersionFactory(name="A", summary="Over de zorgraad.")

        assert users(name="zorgraad") == []

    def test_may_hold_signs_that_a_pattern_would_read(self, users):
        assert users(name="zorg (en (") == []


def test_a_change_shows_what_was_before_and_after_and_marks_the_record_itself(page):
    was, now = AgencyFactory(slug="was"), AgencyFactory(slug="nu")
    ChangeEventFactory(before=[was, AgencyFactory()], after=[now])

    (section,) = page("/diensten/nu/").sections
    (change,) = section.items

    assert [item.is_self for item in change.before] == [False, False]
    assert [item.is_self for item in change.after] == [True]
    assert "/diensten/was/" in [item.url for item in change.before]


def test_a_partner_has_its_concepts_by_role_strongest_first(page):
    partner = PartnerFactory(slug="caw")
    for name, role in (("A", Role.SUPPORTER), ("B", Role.REQUIRED), ("C", Role.REQUIRED)):
        ConceptVersionFactory(published=True, name=name, statements=[asked("", role, partner)])
    ConceptVersionFactory(name="Werkversie", statements=[asked("", Role.CHAIR, partner)])

    (section,) = page("/partners/caw/").sections

    assert [(group.key, [item.text for item in group.items]) for group in section.items] == [
        ("verplicht", ["B", "C"]),
        ("ondersteuner", ["A"]),
    ]


def test_what_a_concept_states_twice_in_the_same_words_is_one_line(page):
    agency = AgencyFactory(slug="x")
    ConceptVersionFactory(published=True, statements=[partial(OwnershipFactory, agency=agency)] * 2)
    derived.rebuild()

    (section,) = page("/diensten/x/").sections

    assert len(section.items) == 1
    assert len(section.items[0].statement) == 2


class TestAreasInside:
    @pytest.fixture
    def group(self, page):
        """The areas of one kind inside an area, each with its own part and source."""

        def group(*members):
            area, kind = CoverageAreaFactory(slug="x"), AreaKindFactory()
            for part, citation in members:
                membership = AreaMembershipFactory(
                    area=area, member=CoverageAreaFactory(kind=kind), part=part
                )
                membership.citations.add(citation)
            (section,) = page("/gebieden/x/").sections
            (group,) = section.items
            return group

        return group

    def test_say_once_what_they_have_in_common(self, group):
        source = CitationFactory()

        zones = group(("een deel", source), ("een deel", source))

        assert zones.note == "een deel"
        assert zones.statement is not None

    def test_say_each_for_itself_what_differs(self, group):
        one, other = CitationFactory(section="2.1"), CitationFactory(section="2.2")

        zones = group(("", one), ("een deel", other))

        assert zones.note == ""
        assert zones.statement is None


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


def test_a_browser_finds_the_picture_of_a_text_too(client):
    """Without it each look at robots.txt or a CSV ends in a 404."""
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert answer["Location"].endswith(".svg")
