"""Who did what: kept by the database, readable per record, and altered by nobody."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from concepts.models import STATEMENT_KINDS, ConceptVersion
from concepts.publishing import publish
from eerstelijn.history.models import kept_models, table_of
from eerstelijn.history.reading import saves_of
from eerstelijn.history.telling import Teller
from eerstelijn.login.groups import GROUPS
from governance.models import Partner
from tests.answers import text
from tests.desk import change_url, editor, page_url, send, step_url
from tests.factories import (
    STATEMENT_FACTORIES,
    CitationFactory,
    ConceptVersionFactory,
    ParticipationFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

# A change is told by its transaction: what a test does must be several.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("history")]


@pytest.fixture
def els(client):
    els = editor("eindredacteur", username="els", first_name="Els", last_name="Peeters")
    client.force_login(els)
    return els


@pytest.fixture
def caw():
    return PartnerFactory(slug="caw", name="CAW")


def told(record):
    """The saves of a record in words: who, why, and each entry with its fields."""
    saves = saves_of(record)
    return [
        (
            save.who,
            save.why,
            [
                (
                    entry.title,
                    entry.verb,
                    [(each.label, each.old, each.new) for each in entry.lines],
                )
                for entry in save.entries
            ],
        )
        for save in Teller(saves, lambda model: model._base_manager.all()).told(record)
    ]


class TestRecord:
    def test_tells_who_changed_what_from_what_to_what_and_why(self, client, els, caw):
        send(client, change_url(caw), name="CAW Vlaanderen", _waarom="Nieuwe naam sinds mei.")

        who, why, [entry] = told(caw)[0]
        assert (who, why) == ("Els Peeters (els)", "Nieuwe naam sinds mei.")
        assert entry == ("Partner", "gewijzigd", [("Naam", "CAW", "CAW Vlaanderen")])

    def test_tells_it_on_its_page(self, client, els, caw):
        send(client, change_url(caw), name="CAW Vlaanderen", _waarom="Nieuwe naam sinds mei.")

        page = text(client.get(page_url(caw, "history", caw.pk)))

        assert "door Els Peeters (els)" in page
        assert "Waarom: Nieuwe naam sinds mei." in page
        assert "Naam CAW CAW Vlaanderen" in page

    def test_tells_what_was_added_without_what_is_empty(self, caw):
        [(who, why, [(title, verb, lines)])] = told(caw)

        assert (title, verb, why) == ("Partner", "toegevoegd", "")
        assert who == "een opdracht, of iemand in de databank zelf"
        assert ("Naam", "", "CAW") in lines
        assert "(leeg)" not in {new for _, _, new in lines}

    def test_tells_relations_and_sources_by_name(self, client, els, caw):
        place = CitationFactory(source__name="Poster", section="2")

        send(client, change_url(caw), citations=[str(place.pk)])

        _, _, [(_, _, lines)] = told(caw)[0]
        assert [(label, new) for label, _, new in lines] == [("Bronnen", f"erbij: {place}")]

    def test_is_told_whole_when_it_came_from_files(self, caw):
        """Nothing is kept of what is loaded; the first change still tells what was there."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
            loaded = PartnerFactory(name="Huis")
        assert told(loaded) == []

        Partner.objects.filter(pk=loaded.pk).update(name="Sociaal Huis")

        [(_, _, [(_, _, lines)])] = told(loaded)
        assert lines == [("Naam", "Huis", "Sociaal Huis")]

    def test_keeps_what_happens_outside_the_desk(self, caw):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE governance_partner SET name = 'CAW!' WHERE id = %s", [caw.pk])

        assert told(caw)[0][2] == [("Partner", "gewijzigd", [("Naam", "CAW", "CAW!")])]

    def test_keeps_nothing_when_nothing_changed(self, client, els, caw):
        before = len(told(caw))

        send(client, change_url(caw))

        assert len(told(caw)) == before


class TestVersion:
    def test_tells_its_statements_and_their_sources(self, client, els, caw):
        row = ParticipationFactory(partner=caw, version__status="werkversie")
        place = CitationFactory()
        row.citations.set([place])
        row.note = "Nagevraagd."
        row.save()

        [(title, verb, lines)] = told(row.version)[0][2]
        assert (title, verb) == (f"Deelname “{row}”", "gewijzigd")
        assert lines == [("Toelichting van de redactie", "(leeg)", "Nagevraagd.")]
        assert told(row.version)[1][2][0][2] == [("Bronnen", "", f"erbij: {place}")]

    def test_tells_the_step_that_changed_its_status(self, client, els):
        version = ConceptVersionFactory(described_by=[SourceFactory()])
        PassageFactory(version=version)

        client.post(step_url(version, "dien-in"))

        who, why, entries = told(version)[0]
        assert (who, why) == ("Els Peeters (els)", "Dien in voor nazicht.")
        assert ("Status", "werkversie", "ter nazicht") in entries[0][2]

    def test_search_that_follows_is_no_change(self):
        version = ConceptVersionFactory(described_by=[SourceFactory()], statements=[PassageFactory])
        publish(version)
        before = len(told(version))

        call_command("herindexeer", verbosity=0)

        assert len(told(version)) == before


class TestWhatIsKept:
    def test_stays_when_the_account_goes(self, client, els, caw):
        send(client, change_url(caw), name="CAW Vlaanderen")

        els.delete()

        assert not User.objects.filter(username="els").exists()
        assert told(caw)[0][0] == "Els Peeters (els)"

    def test_is_a_name_and_a_reason_and_nothing_else(self, client, els, caw):
        send(client, change_url(caw), name="CAW Vlaanderen", _waarom="Nieuwe naam.")

        said = table_of(Partner).objects.exclude(pgh_context=None).values_list("pgh_context")
        assert {key for (context,) in said for key in context} == {"user", "name", "why"}

    @pytest.mark.parametrize("sql", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
    def test_is_changed_by_nobody_not_even_at_the_database(self, caw, sql):
        table = table_of(Partner)._meta.db_table
        with pytest.raises(DatabaseError, match="verandert niet en verdwijnt niet"):  # noqa: SIM117
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql.format(table))

    def test_can_be_mended_by_the_owner_of_the_database_alone(self, caw):
        """As docs/beheer.md says it."""
        table = table_of(Partner)
        name = table._meta.db_table
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {name} SET description = 'weggelaten'")  # noqa: S608 -- ours
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")

        assert table.objects.get().description == "weggelaten"
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all().delete()

    def test_gives_nobody_a_right(self):
        assert not Permission.objects.filter(content_type__app_label="history").exists()

    def test_is_refused_where_it_is_loaded(self):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
            PartnerFactory()

        assert not table_of(Partner).objects.exists()


class TestEveryTable:
    def test_has_its_triggers(self):
        """Forgotten: `makemigrations` after a model, a field or a link was declared."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text, split_part(tgname, '_', 3) FROM pg_trigger "
                "WHERE tgname LIKE 'pgtrigger_kept_%' AND tgenabled = 'O'"
            )
            found = set(cursor.fetchall())
        wanted = {
            (model._meta.db_table, change)
            for model in kept_models()
            for change in ("insert", "update", "delete")
        }

        assert found == wanted

    def test_refuses_changes_of_what_it_keeps(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger "
                "WHERE tgname LIKE 'pgtrigger_read_%' AND tgenabled = 'O'"
            )
            found = {table for (table,) in cursor.fetchall()}

        assert found == {table_of(model)._meta.db_table for model in kept_models()}

    @pytest.mark.parametrize("kind", STATEMENT_KINDS.values(), ids=STATEMENT_KINDS)
    def test_of_a_kind_of_statement_keeps_all_three(self, kind):
        factory = next(f for f in STATEMENT_FACTORIES.values() if f._meta.model is kind)
        row = factory()
        row.note = "Anders."
        row.save()
        row.delete()

        labels = table_of(kind).objects.order_by("pgh_id").values_list("pgh_label", flat=True)

        assert [*labels][-2:] == ["gewijzigd", "verwijderd"]
        assert labels[0] == "toegevoegd"


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_reads_the_history(client, caw, group):
    client.force_login(editor(group))
    caw.name = "CAW Vlaanderen"
    caw.save()

    page = client.get(page_url(caw, "history", caw.pk))

    assert "CAW Vlaanderen" in text(page)
    assert ("Zet terug" in text(page)) == (group != "lezer")


def test_who_may_not_see_a_kind_of_row_does_not_read_of_it(client, caw):
    row = ParticipationFactory(partner=caw, note="Nagevraagd.")
    reader = editor()
    reader.user_permissions.add(Permission.objects.get(codename="view_conceptversion"))
    client.force_login(reader)

    page = text(client.get(page_url(row.version, "history", row.version.pk)))

    assert "Nagevraagd." not in page
    assert row.version.summary in page


def test_who_may_not_see_a_record_does_not_read_its_history(client, caw):
    client.force_login(editor())

    assert client.get(page_url(caw, "history", caw.pk)).status_code == 403


def test_a_history_asks_as_many_queries_however_much_happened(client, els):
    version = ConceptVersionFactory(statements=STATEMENT_FACTORIES.values())

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_url(version, "history", version.pk)).status_code == 200
        return len(queries)

    version.participations.update(note="Nagevraagd.")
    ConceptVersion.objects.update(summary="Een zin.")
    asked()  # rights and kinds of content are known from now on
    first = asked()
    for number in range(5):
        version.participations.update(note=f"Nagevraagd {number}.")
        ConceptVersion.objects.update(summary=f"Zin {number}.")

    assert asked() == first
