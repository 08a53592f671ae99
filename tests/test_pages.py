"""What the pages of reference records say, and in which words."""

from functools import partial

import pytest

from concepts.models import Role
from concepts.search import index
from governance import derived
from governance.models import DecreeDate
from tests import page_shown
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    OwnershipFactory,
    PartnerFactory,
    PassageFactory,
    PolicyDomainFactory,
    TermFactory,
)
from tests.page_shown import asked

pytestmark = pytest.mark.django_db

page = page_shown.page


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


def test_a_browser_finds_the_picture_of_a_text_too(client):
    """Without it each look at robots.txt or a CSV ends in a 404."""
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert answer["Location"].endswith(".svg")
