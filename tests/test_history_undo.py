"""Putting back what was: an old value, a row, a deleted record; and who or what refuses it."""

import pytest

from concepts.models import Participation
from concepts.publishing import publish
from eerstelijn.history.reading import saves_of
from eerstelijn.history.telling import key_of
from eerstelijn.login.groups import EDITORS
from governance.models import ChangeEvent, Citation, Decree, DecreeDate, Partner, PartnerType
from tests.answers import text
from tests.desk import bring_back, change_url, editor, list_url, page_url, send
from tests.factories import (
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    DecreeFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PassageFactory,
    SourceFactory,
)

# A change is told by its transaction: what a test does must be several.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("history")]


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur", username="els"))
    return client


@pytest.fixture
def caw():
    return PartnerFactory(slug="caw", name="CAW")


def undo(client, record, row=None, number=0):
    """Press "Zet terug" beside what a save (0: the last) did to the record, or to a row of it."""
    row = row or record
    data = {
        "moment": key_of(saves_of(record)[number].moment),
        "wijziging": f"{row._meta.label_lower}:{row.pk}",
    }
    return client.post(page_url(record, "undo", record.pk), data, follow=True)


class TestOldValue:
    def test_comes_back_as_a_change_of_its_own(self, desk, caw):
        send(desk, change_url(caw), name="CAW Vlaanderen", _waarom="Nieuwe naam.")

        answer = undo(desk, caw)

        caw.refresh_from_db()
        assert caw.name == "CAW"
        assert "Partner: Naam teruggezet." in text(answer)
        last = saves_of(caw)[0]
        assert (last.user, last.why[:29]) == ("els", "Teruggezet naar hoe het was v")

    def test_leaves_what_changed_since_in_other_fields(self, desk, caw):
        send(desk, change_url(caw), name="CAW Vlaanderen")
        send(desk, change_url(caw), note="Nagevraagd.")

        undo(desk, caw, number=1)

        caw.refresh_from_db()
        assert (caw.name, caw.note) == ("CAW", "Nagevraagd.")

    def test_finds_its_way_into_search(self, desk, caw):
        send(desk, change_url(caw), name="Anders")

        undo(desk, caw)

        assert "CAW" in text(desk.get("/zoeken/?q=caw"))

    def test_of_sources_comes_back_too(self, desk, caw):
        first, second, third = (CitationFactory(section=number) for number in "123")
        caw.citations.set([first, second])
        caw.citations.set([third, first])

        undo(desk, caw)

        assert [*caw.citations.all()] == [first, second]

    def test_of_an_address_leads_on(self, desk, caw):
        send(desk, change_url(caw), slug="caw-vlaanderen")

        undo(desk, caw)

        answer = desk.get("/partners/caw-vlaanderen/")
        assert (answer.status_code, answer.url) == (301, "/partners/caw/")

    def test_that_is_there_already_is_said(self, desk, caw):
        send(desk, change_url(caw), name="Anders")
        send(desk, change_url(caw), name="CAW")

        assert "Dat stond er al zo." in text(undo(desk, caw, number=1))


class TestRefusal:
    def test_of_a_name_that_another_has_now(self, desk, caw):
        send(desk, change_url(caw), name="Anders")
        PartnerFactory(slug="caw-2", name="CAW")

        answer = undo(desk, caw)

        caw.refresh_from_db()
        assert caw.name == "Anders"
        assert "Dit kan niet teruggezet worden." in text(answer)

    def test_of_what_names_a_record_that_is_gone(self, desk, caw):
        old, new = caw.type, PartnerTypeFactory(slug="ander")
        Partner.objects.update(type=new)
        PartnerType.objects.filter(pk=old.pk).delete()

        answer = undo(desk, caw)

        assert f"“{old}” bestaat niet meer. Zet dat eerst terug." in text(answer)

    def test_of_what_is_published(self, desk):
        version = ConceptVersionFactory(described_by=[SourceFactory()], statements=[PassageFactory])
        version.summary = "Een andere zin."
        version.save()
        publish(version)

        assert undo(desk, version, number=1).status_code == 403

    def test_of_a_step(self, desk):
        """Only a step changes the status; what it did is undone by another step."""
        version = ConceptVersionFactory(status="werkversie")
        type(version).objects.filter(pk=version.pk).update(status="ter-nazicht")
        type(version).objects.filter(pk=version.pk).update(status="werkversie")

        assert undo(desk, version, number=1).status_code == 403

    def test_of_a_change_that_touches_others(self, desk):
        event = ChangeEventFactory()
        event.name = "Anders"
        event.save()

        assert undo(desk, event).status_code == 403
        assert "haar eigen formulier" in text(desk.get(page_url(event, "history", event.pk)))

    def test_of_what_did_not_happen_to_this_record(self, desk, caw):
        other = PartnerFactory(slug="huis", name="Huis")
        send(desk, change_url(other), name="Sociaal Huis")
        moment = key_of(saves_of(other)[0].moment)
        key = f"governance.partner:{other.pk}"

        answer = desk.post(page_url(caw, "undo", caw.pk), {"moment": moment, "wijziging": key})

        assert answer.status_code == 404

    @pytest.mark.parametrize("sent", [{}, {"moment": "\0", "wijziging": "x" * 9000}])
    def test_of_nonsense(self, desk, caw, sent):
        assert desk.post(page_url(caw, "undo", caw.pk), sent).status_code in (400, 404)
        assert desk.post(page_url(caw, "deleted"), {"nummer": "x"}).status_code == 404
        assert desk.get(page_url(caw, "undo", caw.pk)).status_code == 302


class TestRow:
    def test_of_a_working_copy_comes_back_with_its_sources(self, desk, caw):
        row = ParticipationFactory(partner=caw)
        place = CitationFactory()
        row.citations.set([place])
        number, version = row.pk, row.version
        Participation.objects.get(pk=number).delete()

        undo(desk, version, Participation(pk=number))

        row = version.participations.get()
        assert (row.pk, row.partner, [*row.citations.all()]) == (number, caw, [place])

    def test_that_changed_says_again_what_it_said(self, desk, caw):
        row = ParticipationFactory(partner=caw, note="Eerst.")
        row.note = "Daarna."
        row.save()

        undo(desk, row.version, row)

        row.refresh_from_db()
        assert row.note == "Eerst."


class TestDeletedRecord:
    def test_comes_back_with_its_parts_and_sources_under_its_own_number(self, desk):
        decree = DecreeFactory(slug="decreet")
        DecreeDate.objects.create(decree=decree, kind=DecreeDate.Kind.values[0], date_label="2019")
        place = CitationFactory()
        decree.citations.set([place])
        number = decree.pk
        desk.post(page_url(Decree, "delete", number), {"post": "yes", "_waarom": "Dubbel."})
        assert not Decree.objects.exists()
        page = text(desk.get(page_url(Decree, "deleted")))
        assert "Waarom: Dubbel." in page

        bring_back(desk, Decree, number)

        decree = Decree.objects.get()
        assert (decree.pk, decree.slug) == (number, "decreet")
        assert [*decree.citations.all()] == [place]
        assert decree.dates.get().date_label == "2019"
        assert "Zet terug" not in text(desk.get(page_url(Decree, "deleted")))

    def test_is_found_from_the_list(self, desk):
        assert (
            f'href="{page_url(Partner, "deleted")}"' in desk.get(list_url(Partner)).content.decode()
        )

    def test_stays_away_when_another_has_its_address(self, desk, caw):
        number = caw.pk
        caw.delete()
        PartnerFactory(slug="caw", name="Een ander")

        answer = bring_back(desk, Partner, number)

        assert "Dit kan niet teruggezet worden. Adres:" in text(answer)
        assert Partner.objects.get().name == "Een ander"

    def test_stays_away_while_what_it_names_is_gone(self, desk):
        place = CitationFactory(section="9")
        number, source = place.pk, place.source
        place.delete()
        source.delete()

        answer = bring_back(desk, Citation, number)

        assert f"“{source}” bestaat niet meer. Zet dat eerst terug." in text(answer)

    def test_that_is_a_change_comes_back_too(self, desk):
        event = ChangeEventFactory()
        number = event.pk
        event.delete()

        assert bring_back(desk, ChangeEvent, number).status_code == 200
        assert ChangeEvent.objects.filter(pk=number).exists()


class TestRights:
    @pytest.mark.parametrize("group", EDITORS)
    def test_every_editor_puts_back(self, client, caw, group):
        client.force_login(editor(group))
        Partner.objects.update(name="Anders")
        gone = PartnerFactory(slug="weg")
        number = gone.pk
        gone.delete()

        undo(client, caw)
        bring_back(client, Partner, number)

        assert {*Partner.objects.values_list("slug", "name")} >= {("caw", "CAW")}
        assert Partner.objects.filter(pk=number).exists()

    def test_a_lezer_reads_and_puts_nothing_back(self, client, caw):
        client.force_login(editor("lezer"))
        Partner.objects.update(name="Anders")
        gone = PartnerFactory(slug="weg")
        number = gone.pk
        gone.delete()
        page = client.get(page_url(Partner, "deleted"))

        assert (page.status_code, "Zet terug" in text(page)) == (200, False)
        assert undo(client, caw).status_code == 403
        assert bring_back(client, Partner, number).status_code == 403

    def test_who_has_no_right_sees_nothing(self, client, caw):
        client.force_login(editor())

        assert client.get(page_url(Partner, "deleted")).status_code == 403
        assert client.post(page_url(caw, "undo", caw.pk)).status_code == 403

    def test_a_reader_of_the_site_is_sent_to_the_login(self, client, caw):
        for address in (page_url(Partner, "deleted"), page_url(caw, "undo", caw.pk)):
            assert client.get(address).status_code == 302
