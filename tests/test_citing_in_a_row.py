"""A place in a source is typed where it is cited: found again, or made with the row or record."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.urls import reverse

from concepts.admin.statements import GROUPS
from concepts.models import ConceptVersion, Milestone
from governance.models import Agency, ChangeEvent, Citation, Cited, Partner
from governance.typed_place import TypedPlace, read
from tests.desk import add_row, add_url, change_url, editor, fields_of, opened, send
from tests.factories import (
    AgencyFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    MilestoneFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

SUGGESTIONS = "admin:governance_citation_suggest"
HOSTILE = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2.1.1 Sociaal Huis", TypedPlace("2.1.1", "Sociaal Huis")),
        ("2.1.1", TypedPlace("2.1.1")),
        ("2.1.1. Sociaal Huis, voetnoot 3", TypedPlace("2.1.1", "Sociaal Huis", 3)),
        ("2.1.1 GBO, begint op p. 9, voetnoot 2", TypedPlace("2.1.1", "GBO", 2, 9)),
        ("voetnoot 2, p. 9", TypedPlace("", "", 2, 9)),
        ("blz. 12", TypedPlace(page=12)),
        ("hele pagina", TypedPlace(heading="hele pagina")),
        ("Zorg, welzijn en gezin", TypedPlace(heading="Zorg, welzijn en gezin")),
        ("1Gezin1Plan", TypedPlace(heading="1Gezin1Plan")),
        ('"10 jaar GBO"', TypedPlace(heading="10 jaar GBO")),
        ("  GBO , ", TypedPlace(heading="GBO")),
        ("« 10 jaar GBO »", TypedPlace(heading="10 jaar GBO")),
        ("“”", TypedPlace()),
        ("voetnoot 1, voetnoot 2", TypedPlace(heading="voetnoot 1", footnote=2)),
    ],
)
def test_a_place_is_read_as_the_site_prints_it(text, place):
    assert read(text) == place


@pytest.fixture
def version(db):
    return ConceptVersionFactory(name="Huis")


@pytest.fixture
def row(version):
    return PassageFactory(version=version, text="Een zin.", citations=[])


@pytest.fixture
def source(db):
    return SourceFactory(slug="tekst", name="Druk op de eerste lijn", short_title="Tekst")


@pytest.fixture
def desk(client, db):
    client.force_login(editor("redacteur"))
    return client


def cite(desk, row, source, place, **others):
    """Type a source and a place in the first row of the page."""
    typed = {"passages-0-new_source": source, "passages-0-new_place": place}
    return send(desk, change_url(row.version, "teksten"), **typed, **others)


def errors_of(response):
    [formset] = response.context["inline_admin_formsets"]
    return formset.formset.forms[0].errors


class TestMadeInTheRow:
    def test_a_new_place_is_saved_with_its_row(self, desk, row, source):
        CitationFactory(source=source, heading="Eerst", position=7)

        response = cite(desk, row, "tekst", "2.1.1 Sociaal Huis, voetnoot 3, p. 9")

        assert response.status_code == 302
        [place] = row.citations.all()
        assert (place.source, place.section, place.heading) == (source, "2.1.1", "Sociaal Huis")
        assert (place.footnote, place.page, place.position) == (3, 9, 8)

    def test_it_comes_behind_what_was_chosen_and_keeps_the_rest(self, desk, row, source):
        chosen = CitationFactory(source=source, heading="Poster")
        row.citations.set([chosen])

        cite(desk, row, "Tekst", "GBO", **{"passages-0-text": "Een andere zin."})

        row.refresh_from_db()
        assert [place.heading for place in row.citations.all()] == ["Poster", "GBO"]
        assert row.text == "Een andere zin."

    def test_two_new_rows_that_type_the_same_place_share_it(self, desk, version, source):
        fields = opened(desk, change_url(version, "partners"))
        for name in ("CAW", "OCMW"):
            partner = PartnerFactory(name=name).pk
            fields = add_row(
                fields,
                "participations",
                partner=str(partner),
                role="deelnemer",
                new_source="Tekst",
                new_place="2.2 Partners",
            )

        assert send(desk, change_url(version, "partners"), fields).status_code == 302

        place = Citation.objects.get()
        assert [list(row.citations.all()) for row in version.participations.all()] == [[place]] * 2

    @pytest.mark.usefixtures("history")
    def test_who_changed_it_is_kept(self, desk, row, source):
        cite(desk, row, "Tekst", "GBO", _waarom="Nagelezen.")

        page = desk.get(reverse("admin:governance_citation_history", args=[row.citations.get().pk]))

        assert "Nagelezen." in page.content.decode()

    def test_a_claim_of_a_contradiction_has_it_too(self, client, source):
        from concepts.models import Claim, Discrepancy

        client.force_login(editor("redacteur"))
        point = Discrepancy.objects.create(slug="t", title="Hoeveel?", kind="tegenspraak")
        claim = Claim.objects.create(discrepancy=point, key="a", value="132")

        send(
            client, change_url(point), **{"claims-0-new_source": "Tekst", "claims-0-new_place": "7"}
        )

        assert claim.citations.get().section == "7"


class TestFoundAgain:
    @pytest.mark.parametrize(
        "typed",
        [
            "2.1.1 Sociaal Huis",
            "2.1.1 sociaal huis",
            "2.1.1",
            "Sociaal Huis",
            "Tekst, 2.1.1 Sociaal Huis",
        ],
    )
    def test_a_place_that_exists_is_used(self, desk, row, source, typed):
        place = CitationFactory(source=source, section="2.1.1", heading="Sociaal Huis")
        CitationFactory(source=source, section="2.1.1", heading="Sociaal Huis", footnote=4)
        CitationFactory(source=source, section="2.2", heading="Partners")

        cite(desk, row, "Tekst", typed)

        assert list(row.citations.all()) == [place]
        assert Citation.objects.count() == 3

    def test_a_place_that_was_chosen_already_does_not_come_twice(self, desk, row, source):
        place = CitationFactory(source=source, heading="GBO")
        row.citations.set([place])

        cite(desk, row, "Tekst", "GBO")

        assert list(row.citations.all()) == [place]

    def test_a_heading_that_begins_with_a_number_is_found(self, desk, row, source):
        place = CitationFactory(source=source, section="", heading="6 zorgzame buurten in Brussel")

        cite(desk, row, "Tekst", "6 zorgzame buurten in Brussel")

        assert list(row.citations.all()) == [place]

    def test_a_source_is_found_by_its_title_and_by_a_part_of_it(self, desk, row, source):
        SourceFactory(slug="p", name="Een poster", short_title="Poster")

        cite(desk, row, "druk op de", "GBO")

        assert row.citations.get().source == source


class TestRefused:
    @pytest.mark.parametrize(
        ("typed", "name", "said"),
        [
            (("", "GBO"), "new_source", "Typ ook in welke bron deze plaats staat."),
            (("Tekst", ""), "new_place", "Typ ook waar in “Tekst” het staat."),
            (("Tekts", "GBO"), "new_source", "Bedoel je “Tekst”?"),
            (("Onbestaand", "GBO"), "new_source", "We kennen geen bron “Onbestaand”."),
            (("Tekst", "p. 9"), "new_place", "Zeg waar het staat"),
            (("Tekst", "“”"), "new_place", "Zeg waar het staat"),
            (("Tekst", "GBO, voetnoot 0"), "new_place", "Een voetnoot 0 is er niet."),
            (("Tekst", "GBO, p. 0"), "new_place", "Een pagina 0 is er niet."),
            (("Tekst", "x" * 130), "new_place", "120"),
            ((HOSTILE, "GBO"), "new_source", "We kennen geen bron"),
        ],
    )
    def test_is_told_at_the_row_and_nothing_is_lost(self, desk, row, source, typed, name, said):
        others = {"passages-0-text": "Wat ik typte."}

        response = cite(desk, row, *typed, **others)

        assert response.status_code == 200
        assert said in " ".join(errors_of(response)[name])
        back = dict(fields_of(response))
        assert (back["passages-0-new_source"], back["passages-0-new_place"]) == typed
        assert back["passages-0-text"] == "Wat ik typte."
        assert HOSTILE not in response.content.decode()
        assert not Citation.objects.exists()

    def test_a_section_with_several_places_is_asked(self, desk, row, source):
        for heading in ("GBO", "STEK"):
            CitationFactory(source=source, section="2.1.2", heading=heading)

        response = cite(desk, row, "Tekst", "2.1.2")

        assert "Zo zijn er 2. Typ er meer bij" in errors_of(response)["new_place"][0]

    def test_two_sources_that_are_called_so_are_asked(self, desk, row, source):
        SourceFactory(slug="t2", name="Een andere tekst", short_title="Tekst")

        response = cite(desk, row, "Tekst", "GBO")

        assert "Zo heten 2 bronnen" in errors_of(response)["new_source"][0]

    def test_an_error_elsewhere_keeps_what_was_understood_in_sight(self, desk, row, source):
        response = cite(desk, row, "Tekst", "2.1.1 GBO", **{"passages-0-text": ""})

        said = "Je bedoelt: Tekst, rubriek 2.1.1, tussentitel of blok “GBO”."
        assert said in response.content.decode()
        assert not Citation.objects.exists()

    def test_a_version_that_is_public_offers_no_place(self, desk):
        public = ConceptVersionFactory(published=True, statements=[PassageFactory])

        page = desk.get(change_url(public, "teksten")).content.decode()

        assert 'name="passages-0-new_place"' not in page


class TestOfARecord:
    """Of a record that cites by itself the two fields stand below its sources."""

    def test_a_new_place_is_saved_with_a_new_record(self, desk, source):
        typed = {"new_source": "Tekst", "new_place": "2.1.1 Sociaal Huis"}
        kind = PartnerFactory().type_id

        send(desk, add_url(Partner), name="CAW", slug="caw", type=kind, **typed)

        assert [str(place) for place in Partner.objects.get(slug="caw").citations.all()] == [
            "Tekst, 2.1.1 Sociaal Huis"
        ]

    def test_it_comes_behind_what_was_chosen(self, desk, source):
        agency = AgencyFactory()
        agency.citations.set([CitationFactory(source=source, heading="Poster")])

        send(desk, change_url(agency), new_source="Tekst", new_place="GBO")

        assert [place.heading for place in agency.citations.all()] == ["Poster", "GBO"]

    def test_an_error_stands_at_its_field_and_nothing_is_lost(self, desk, source):
        partner = PartnerFactory(name="CAW")

        response = send(
            desk, change_url(partner), name="Wat ik typte", new_source="Tekts", new_place="GBO"
        )

        form = response.context["adminform"].form
        assert "Bedoel je “Tekst”?" in form.errors["new_source"][0]
        assert (form["name"].value(), form["new_place"].value()) == ("Wat ik typte", "GBO")
        assert not Citation.objects.exists()

    def test_an_error_elsewhere_keeps_what_was_understood_in_sight(self, desk, source):
        response = send(
            desk, change_url(PartnerFactory()), name="", new_source="Tekst", new_place="GBO"
        )

        assert "Je bedoelt: Tekst, tussentitel of blok “GBO”." in response.content.decode()
        assert not Citation.objects.exists()

    def test_every_list_of_places_of_the_desk_has_the_two_fields(self, desk, rf):
        """One who only reads is not asked to type."""
        request, reader = rf.get("/"), rf.get("/")
        request.user, reader.user = editor("eindredacteur", username="e"), editor(username="l")
        desks = [*admin.site._registry.values()]
        desks += [row(each.model, admin.site) for each in desks for row in each.inlines]
        groups = [row for group in GROUPS.values() for row in group.inlines]
        desks += [row(ConceptVersion, admin.site) for row in groups]
        citing = [each for each in desks if issubclass(each.model, Cited)]
        assert {Partner, Agency, ChangeEvent, Milestone} < {each.model for each in citing}
        for each in citing:
            fields = flatten(flatten_fieldsets(each.get_fieldsets(request, None)))
            for name in each.model.citing_fields():
                stem = name.removesuffix("citations")
                assert {f"{stem}new_source", f"{stem}new_place"} < set(fields), each
            assert "new_place" not in flatten_fieldsets(each.get_fieldsets(reader, None))

    def test_a_record_has_no_pop_up_for_a_place(self, desk):
        page = desk.get(change_url(AgencyFactory())).content.decode()

        assert 'id="add_id_citations"' not in page
        assert 'id="add_id_parent"' in page

    def test_an_area_and_its_rows_have_them_too(self, desk, source):
        area = CoverageAreaFactory()
        fields = opened(desk, change_url(area))
        fields = add_row(fields, "names", name="Oud", new_source="Tekst", new_place="Kaart")

        send(desk, change_url(area), fields, new_source="Tekst", new_place="Kaart")

        place = Citation.objects.get()
        assert list(area.citations.all()) == list(area.names.get().citations.all()) == [place]


class TestOfAnOutcome:
    """What came of a promise has sources of its own."""

    def test_each_list_gets_what_was_typed_for_it(self, desk, version, source):
        row = MilestoneFactory(version=version, is_announced=True, outcome="gehaald", citations=[])

        send(
            desk,
            change_url(version, "cijfers"),
            **{
                "milestones-0-new_source": "Tekst",
                "milestones-0-new_place": "3.1",
                "milestones-0-outcome_new_source": "Tekst",
                "milestones-0-outcome_new_place": "GBO",
            },
        )

        assert [place.place for place in row.citations.all()] == ["3.1"]
        assert [place.place for place in row.outcome_citations.all()] == ["GBO"]

    def test_an_error_is_told_at_the_field_of_its_list(self, desk, version, source):
        MilestoneFactory(version=version, is_announced=True, outcome="gehaald")

        typed = {"milestones-0-outcome_new_source": "Tekst"}
        response = send(desk, change_url(version, "cijfers"), **typed)

        rows = response.context["inline_admin_formsets"][1].formset
        assert "Typ ook waar in “Tekst”" in rows.forms[0].errors["outcome_new_place"][0]
        assert "new_place" not in rows.forms[0].errors


class TestSuggestions:
    def test_are_the_sources_and_the_places_of_the_one_that_is_meant(self, desk, source):
        SourceFactory(slug="p", name="Een poster", short_title="Poster")
        CitationFactory(source=source, section="2.1.1", heading="Sociaal Huis")

        found = desk.get(reverse(SUGGESTIONS), {"bron": "teks"}).json()

        assert found["sources"] == [{"value": "Tekst", "label": "Druk op de eerste lijn"}]
        assert found["places"] == ["2.1.1 Sociaal Huis"]
        assert found["said"] == ""

    @pytest.mark.parametrize(
        ("place", "said", "is_read"),
        [
            ("2.1.1", "Deze plaats bestaat al, we gebruiken ze: Tekst, 2.1.1 Sociaal Huis.", True),
            ("STEK", "Je bedoelt: Tekst, tussentitel of blok “STEK”. Ze komt erbij", True),
            ("p. 3", "Zeg waar het staat", False),
        ],
    )
    def test_say_what_saving_would_do(self, desk, source, place, said, is_read):
        CitationFactory(source=source, section="2.1.1", heading="Sociaal Huis")

        found = desk.get(reverse(SUGGESTIONS), {"bron": "Tekst", "plaats": place}).json()

        assert said in found["said"]
        assert found["is_read"] is is_read
        assert Citation.objects.count() == 1

    @pytest.mark.parametrize("question", [{}, {"bron": "²"}, {"bron": "x" * 5000, "plaats": "y"}])
    def test_any_question_is_answered(self, desk, question):
        assert desk.get(reverse(SUGGESTIONS), question).status_code == 200

    def test_are_for_editors(self, client, db):
        assert client.get(reverse(SUGGESTIONS)).status_code == 302
        client.force_login(editor())
        assert client.get(reverse(SUGGESTIONS)).status_code == 403
