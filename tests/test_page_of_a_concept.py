"""What the page of a concept says: who takes part, whose it is, its figures and names."""

import re
from decimal import Decimal
from functools import partial

import pytest

from concepts.models import Alias, Passage, Role
from eerstelijn.templatetags.sources import citations_of
from governance import derived
from tests import page_shown
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaKindFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageFactory,
    KeyFigureFactory,
    OwnershipFactory,
    PartnerFactory,
    PassageFactory,
    PolicyDomainFactory,
)
from tests.page_shown import asked

pytestmark = pytest.mark.django_db

page = page_shown.page


@pytest.fixture
def concept(page):
    """The page of one published concept that says these things."""

    def concept(*statements, **fields):
        ConceptVersionFactory(published=True, concept__slug="gbo", statements=statements, **fields)
        return page("/concepten/gbo/")

    return concept


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
