"""What was deleted comes back: a working copy, a concept, a change; or says at its row why not."""

import pytest
from django.urls import reverse

from concepts.models import Concept, ConceptVersion, Status
from eerstelijn.history.reading import saves_of
from governance.models import Agency, AgencyLine, ChangeEvent, Partner
from tests.answers import text
from tests.desk import add_url, bring_back, change_url, editor, list_url, page_url, send, step_url
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)
from tests.test_exchange import PARTNERS, bring_in, look

# A change is told by its transaction: what a test does must be several.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("history")]


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur", username="els"))
    return client


def whole(version):
    """What a version says, with the places that each row cites."""
    return (
        version.name,
        [source.pk for source in version.described_by.all()],
        [
            (row.text, [*row.citations.values_list("pk", flat=True)])
            for row in version.passages.all()
        ],
        [(row.partner_id, row.role) for row in version.participations.all()],
    )


@pytest.fixture
def copy():
    """A working copy beside the version on the site."""
    concept = ConceptVersionFactory(published=True, statements=[PassageFactory]).concept
    version = ConceptVersionFactory(
        concept=concept, number=2, name="Huis", described_by=[SourceFactory()]
    )
    PassageFactory(version=version, text="Een zin.", citations=[CitationFactory(section="9")])
    ParticipationFactory(version=version, partner=PartnerFactory(name="CAW"))
    return version


def throw_away(client, version):
    client.post(reverse("admin:concepts_conceptversion_delete", args=[version.pk]), {"post": "yes"})
    assert not ConceptVersion.objects.filter(pk=version.pk).exists()


class TestWorkingCopy:
    def test_comes_back_with_all_that_hung_on_it(self, desk, copy):
        before = whole(copy)
        throw_away(desk, copy)

        answer = bring_back(desk, ConceptVersion, copy.pk)

        back = ConceptVersion.objects.get(pk=copy.pk)
        assert "staat er opnieuw" in text(answer)
        assert answer.redirect_chain[0][0] == change_url(back)
        assert whole(back) == before
        assert back.status == Status.WORKING_COPY
        assert saves_of(back)[0].why.startswith("Teruggezet na het verwijderen op ")

    def test_the_page_that_asks_says_where_it_comes_back(self, desk, copy):
        asked = desk.get(page_url(ConceptVersion, "delete", copy.pk)).content.decode()

        assert f'href="{page_url(ConceptVersion, "deleted")}">Verwijderd</a>' in asked
        assert "niet ongedaan" not in asked

    def test_says_at_its_row_that_another_is_being_edited(self, desk, copy):
        throw_away(desk, copy)
        desk.post(step_url(copy.concept, "werkversie"))
        said = "Versie 2 van dit concept is in bewerking."

        assert said in text(desk.get(page_url(ConceptVersion, "deleted")))
        answer = bring_back(desk, ConceptVersion, copy.pk)

        assert answer.status_code == 422
        assert f'<a href="#weg-{copy.pk}">Dit kan niet teruggezet worden. {said}' in (
            answer.content.decode()
        )
        assert ConceptVersion.objects.filter(concept=copy.concept).count() == 2

    def test_says_that_its_number_was_given_away(self, desk, copy):
        throw_away(desk, copy)
        ConceptVersionFactory(concept=copy.concept, number=2, status=Status.FORMER)

        answer = bring_back(desk, ConceptVersion, copy.pk)

        assert "Intussen is er een andere versie 2." in text(answer)

    def test_says_that_its_partner_is_gone(self, desk, copy):
        partner = copy.participations.get().partner
        throw_away(desk, copy)
        partner.delete()

        answer = bring_back(desk, ConceptVersion, copy.pk)

        assert "Partner “CAW” bestaat niet meer. Zet dat eerst terug." in text(answer)
        assert not ConceptVersion.objects.filter(pk=copy.pk).exists()

    def test_what_never_was_public_stays_so(self, client, desk, copy):
        throw_away(desk, copy)
        bring_back(desk, ConceptVersion, copy.pk)
        desk.logout()

        assert "Een zin." not in client.get(copy.concept.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(("group", "status"), [("redacteur", 200), ("lezer", 403)])
    def test_comes_back_to_whoever_may_make_one(self, client, desk, copy, group, status):
        throw_away(desk, copy)
        client.force_login(editor(group))

        assert bring_back(client, ConceptVersion, copy.pk).status_code == status


class TestConcept:
    @pytest.fixture
    def concept(self, desk):
        """Made, handed in and deleted by mistake: it never was public."""
        version = ConceptVersionFactory(name="Vergissing", described_by=[SourceFactory()])
        PassageFactory(version=version, text="Een zin.")
        desk.post(step_url(version, "dien-in"))
        url = reverse("admin:concepts_concept_delete", args=[version.concept.pk])
        desk.post(url, {"post": "yes"})
        assert not Concept.objects.exists()
        return version.concept

    def test_comes_back_with_its_version_as_a_working_copy(self, desk, concept):
        answer = bring_back(desk, Concept, concept.pk)

        version = ConceptVersion.objects.get()
        assert "“Vergissing" in text(answer)
        assert (version.concept, version.status) == (concept, Status.WORKING_COPY)
        assert [row.text for row in version.passages.all()] == ["Een zin."]
        assert desk.get("/beheer/").status_code == 200

    def test_the_page_that_asks_says_where_it_comes_back(self, desk):
        concept = ConceptVersionFactory().concept

        asked = desk.get(page_url(Concept, "delete", concept.pk)).content.decode()

        assert f'href="{page_url(Concept, "deleted")}">Verwijderd</a>' in asked
        assert "niet ongedaan" not in asked

    def test_a_version_of_it_says_to_put_the_concept_back_first(self, desk, concept):
        page = text(desk.get(page_url(ConceptVersion, "deleted")))

        assert "Haar concept is ook verwijderd. Zet dat terug" in page

    def test_stays_away_when_its_address_was_given_away(self, desk, concept):
        ConceptVersionFactory(concept__slug=concept.slug)

        answer = bring_back(desk, Concept, concept.pk)

        assert "Dit kan niet teruggezet worden." in text(answer)
        assert Concept.objects.count() == 1

    def test_is_asked_as_much_for_many_versions_as_for_one(
        self, desk, concept, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(40) as one:
            desk.get(page_url(ConceptVersion, "deleted"))
        asked = len(one)
        for number in range(3):
            other = ConceptVersionFactory(concept__slug=f"ander-{number}")
            url = reverse("admin:concepts_concept_delete", args=[other.concept.pk])
            desk.post(url, {"post": "yes"})

        with django_assert_max_num_queries(asked):
            desk.get(page_url(ConceptVersion, "deleted"))


class TestChange:
    @pytest.fixture
    def services(self):
        return [
            AgencyFactory(slug="oud", name="Oud", end="31 mei 2023"),
            AgencyFactory(slug="nieuw", name="Nieuw"),
        ]

    def gone(self, event):
        number = event.pk
        event.delete()
        return number

    def test_that_moves_nothing_comes_back_with_who_it_is_about(self, desk, services):
        event = ChangeEventFactory(kind="oprichting", after=services[1:], date="1 juni 2023")
        number = self.gone(event)

        bring_back(desk, ChangeEvent, number)

        back = ChangeEvent.objects.get(pk=number)
        assert [row.agency for row in back.subjects.all()] == services[1:]

    def test_a_merger_is_shown_first_and_carried_out_when_confirmed(self, desk, services):
        old, new = services
        event = ChangeEventFactory(kind="fusie", before=[old], after=[new], date="1 juni 2023")
        number = self.gone(event)

        asked = bring_back(desk, ChangeEvent, number)

        assert "Nog niet bewaard." in text(asked)
        assert not ChangeEvent.objects.exists()
        assert not AgencyLine.objects.filter(owner=old, present=new).exists()

        bring_back(desk, ChangeEvent, number, zeker="ja")

        assert ChangeEvent.objects.get().subjects.count() == 2
        assert AgencyLine.objects.filter(owner=old, present=new).exists()

    def test_back_from_the_question_leads_to_the_list(self, desk, services):
        event = ChangeEventFactory(kind="fusie", before=services[:1], after=services[1:])
        number = self.gone(event)

        answer = bring_back(desk, ChangeEvent, number, _herstel="1")

        assert answer.redirect_chain == [(page_url(ChangeEvent, "deleted"), 302)]
        assert not ChangeEvent.objects.exists()

    def test_a_merger_is_no_decision_of_a_redacteur(self, client, services):
        event = ChangeEventFactory(kind="fusie", before=services[:1], after=services[1:])
        number = self.gone(event)
        client.force_login(editor("redacteur"))

        answer = bring_back(client, ChangeEvent, number, zeker="ja")

        assert "Een fusie of hernoeming van diensten bewaart een eindredacteur." in text(answer)
        assert not ChangeEvent.objects.exists()


class TestWhy:
    """Where several records change at once, history keeps the reason too."""

    def test_a_list_action_asks_and_its_question_keeps_it(self, desk):
        gone = [PartnerFactory(slug=slug).pk for slug in ("een", "twee")]
        chosen = {"action": "delete_selected", "_selected_action": gone}
        page = desk.get(list_url(Partner)).content.decode()
        asked = desk.post(list_url(Partner), {**chosen, "_waarom": "Dubbel."})

        assert 'name="_waarom"' in page
        assert 'value="Dubbel."' in asked.content.decode()

        desk.post(list_url(Partner), {**chosen, "post": "yes", "_waarom": "Dubbel."})

        assert text(desk.get(page_url(Partner, "deleted"))).count("Waarom: Dubbel.") == 1
        assert not Partner.objects.exists()

    def test_a_step_of_many_keeps_it_beside_its_name(self, desk):
        version = ConceptVersionFactory(described_by=[SourceFactory()])
        PassageFactory(version=version, citations=[CitationFactory()])
        chosen = {"action": "dien-in", "_selected_action": [version.pk]}

        desk.post(list_url(ConceptVersion), {**chosen, "_waarom": "Klaar."})

        assert saves_of(version)[0].why == "Dien in voor nazicht. Klaar."

    def test_a_change_of_services_asks_it_on_its_form_and_carries_it_on(self, desk):
        old = AgencyFactory(slug="oud", name="Oud")
        url = reverse("admin:governance_agency_service_change")
        typed = {
            "kind": "stopgezet",
            "before": [old.pk],
            "day": "1 juni 2023",
            "status": "gebeurd",
            "citations": [CitationFactory().pk],
            "_waarom": "Volgens het decreet.",
        }

        assert 'name="_waarom"' in desk.get(url).content.decode()
        preview = desk.post(url, typed).content.decode()
        assert 'name="_waarom" value="Volgens het decreet."' in preview
        back = desk.post(url, {**typed, "terug": "1"}).content.decode()
        assert 'value="Volgens het decreet."' in back
        desk.post(url, {**typed, "zeker": "ja"})

        assert Agency.objects.get().has_ended
        assert saves_of(old)[0].why == "Volgens het decreet."

    def test_a_table_that_comes_in_asks_it_too(self, desk):
        caw = PartnerFactory(slug="caw", name="CAW")
        page = look(desk, PARTNERS, "adres;naam\ncaw;CAW Nieuw\n")

        bring_in(desk, PARTNERS, page, _waarom="Nieuwe naam.")

        assert 'name="_waarom"' in page.content.decode()
        assert saves_of(caw)[0].why == "Nieuwe naam."

    def test_a_list_without_history_asks_nothing(self, client):
        client.force_login(editor("beheerder"))

        assert 'name="_waarom"' not in client.get("/beheer/auth/user/").content.decode()
        assert 'name="_waarom"' in client.get(add_url(Partner)).content.decode()


def test_nothing_is_sent_back_that_was_not_deleted(desk):
    partner = PartnerFactory()

    assert bring_back(desk, Partner, partner.pk).status_code == 404
    assert send(desk, change_url(partner)).status_code == 302
