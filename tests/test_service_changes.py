"""A service that merges, is renamed, replaced or split, hands over tasks or stops, in one form."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from concepts.models import Alias, ConceptVersion, ToCheck
from governance.models import Agency, AgencyLine, AgencyTask, ChangeEvent
from tests import changing_services
from tests.changing_services import (
    URL,
    carry_out,
    fill,
    text_of,
)
from tests.desk import change_url, editor, fields_of, list_url, send
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    CitationFactory,
    ConceptVersionFactory,
    DecreeFactory,
    OwnershipFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


on_that_day, desk = changing_services.on_that_day, changing_services.desk
old, other = changing_services.old, changing_services.other
successor = changing_services.successor


# The main path


def test_its_source_may_be_typed_and_is_made_when_it_is_carried_out(desk, old, other, successor):
    source = SourceFactory(slug="besluit", name="Een besluit", short_title="Besluit")

    page = fill(
        desk,
        "samengevoegd",
        [old, other],
        [successor],
        citations=[],
        new_source="Besluit",
        new_place="GBO",
    )
    assert not source.places.exists()
    carry_out(desk, page)

    place = source.places.get()
    assert place.heading == "GBO"
    assert ChangeEvent.objects.get().carried_by == Agency.objects.get(pk=old.pk).carried_by == place


def test_a_source_that_is_unknown_is_told_at_its_field(desk, old, other, successor):
    answer = fill(
        desk, "samengevoegd", [old, other], [successor], new_source="Iets", new_place="GBO"
    )

    assert "We kennen geen bron “Iets”." in text_of(answer)
    assert ("new_place", "GBO") in fields_of(answer)


def test_two_services_become_one_in_two_pages(desk, old, other, successor):
    page = fill(desk, "samengevoegd", [old, other], [successor])
    assert "Dienst Ander en Dienst Oud worden Dienst Nieuw, vanaf 1 juni 2026." in text_of(page)
    assert not ChangeEvent.objects.exists()

    answer = carry_out(desk, page)

    event = ChangeEvent.objects.get()
    assert answer.url == reverse("admin:governance_changeevent_change", args=[event.pk])
    assert (event.kind, event.status, event.date_label) == ("fusie", "gebeurd", "1 juni 2026")
    assert event.carried_by == CitationFactory()
    old.refresh_from_db()
    assert (old.end_label, old.end_latest) == ("31 mei 2026", dt.date(2026, 5, 31))
    assert old.carried_by == CitationFactory()
    lines = AgencyLine.objects.filter(present=successor).values_list("owner__slug", flat=True)
    assert set(lines) == {"oud", "ander", "nieuw"}


def test_a_service_that_is_new_comes_with_the_change(desk, old, other):
    page = fill(desk, "samengevoegd", [old, other], new="Departement Zorg (DZ)")

    carry_out(desk, page)

    new = Agency.objects.get(slug="departement-zorg")
    assert (new.name, new.abbreviation, new.start_label) == (
        "Departement Zorg",
        "DZ",
        "1 juni 2026",
    )
    assert (new.kind, new.tree) == (old.kind, "linde")
    assert new.carried_by == CitationFactory()


def test_the_start_page_reads_what_the_log_says_of_it(desk, old, other):
    """What came and was changed by the same step is told in two parts."""
    ConceptVersionFactory(published=True)
    AliasFactory(text="Oudje", agency=old)
    AgencyFactory(name="Afdeling", parent=old)
    AgencyTask.objects.create(agency=old, key="taak", text="Doet iets.")
    PartnerFactory(name="Partner Oud", agency=old)

    carry_out(desk, fill(desk, "samengevoegd", [old, other], new="Departement Zorg (DZ)"))

    assert desk.get("/beheer/").status_code == 200


def test_what_is_ticked_goes_over_and_the_rest_stays(desk, old, successor):
    division = AgencyFactory(name="Afdeling", parent=old)
    stays = AgencyFactory(name="Bureau", parent=old)
    task = AgencyTask.objects.create(agency=old, key="taak", text="Doet iets.")
    AgencyTask.objects.create(agency=successor, key="taak", text="Deed al iets.")
    partner = PartnerFactory(name="Partner Oud", agency=old)
    alias = AliasFactory(text="Oudje", agency=old)
    page = fill(desk, "vervangen", [old], [successor])
    kept = [(name, value) for name, value in fields_of(page) if value != f"onderdeel-{stays.pk}-0"]

    send(desk, URL, kept, zeker="ja")

    for record in (division, stays, task, partner, alias):
        record.refresh_from_db()
    assert division.parent == successor
    assert stays.parent == old
    assert (task.agency, task.key) == (successor, "taak-2")
    assert partner.agency == successor
    assert alias.agency == successor
    logged = {entry.object_repr for entry in LogEntry.objects.all()}
    assert {"Afdeling", "Partner Oud", "Oudje", "Dienst Oud", "Dienst Nieuw"} <= logged
    assert "Bureau" not in logged


def test_a_task_that_moved_is_told_to_the_log_of_both(desk, old, successor):
    AgencyTask.objects.create(agency=old, key="taak", text="Doet iets.")

    carry_out(desk, fill(desk, "vervangen", [old], [successor]))

    told = dict(LogEntry.objects.values_list("object_repr", "change_message"))
    assert '"deleted": {"name": "taak", "object": "Doet iets."}' in told["Dienst Oud"]
    assert '"added": {"name": "taak", "object": "Doet iets."}' in told["Dienst Nieuw"]


def test_concepts_that_name_the_old_service_are_put_aside(desk, old, successor):
    owned = ConceptVersionFactory(name="Van de dienst")
    OwnershipFactory(version=owned, agency=old)
    naming = ConceptVersionFactory(name="Noemt de dienst")
    PassageFactory(version=naming, text="De DO helpt.")
    for version in (owned, naming):
        ConceptVersion.objects.filter(pk=version.pk).update(
            status="gepubliceerd", published_at=timezone.now()
        )
    DecreeFactory(name="Decreet over Dienst Oud")
    page = fill(desk, "vervangen", [old], [successor])
    assert "oude naam in 1 tekst" in text_of(page)
    assert "Regelgeving die ze noemt" in text_of(page)

    carry_out(desk, page)

    row = ToCheck.objects.get()
    assert (row.concept, row.event) == (naming.concept, ChangeEvent.objects.get())
    assert row.editor.username == "eindredacteur"


def test_concepts_do_not_follow_a_service_that_stops(desk, old):
    version = ConceptVersionFactory(name="Van de dienst")
    OwnershipFactory(version=version, agency=old)
    ConceptVersion.objects.filter(pk=version.pk).update(
        status="gepubliceerd", published_at=timezone.now()
    )

    carry_out(desk, fill(desk, "stopgezet", [old]))

    assert ChangeEvent.objects.get().kind == "opheffing"
    assert ToCheck.objects.get().concept == version.concept
    old.refresh_from_db()
    assert old.has_ended


def test_a_renamed_service_keeps_its_old_name_for_the_past(desk, old):
    carry_out(desk, fill(desk, "hernoemd", [old], new="Dienst Anders"))

    old.refresh_from_db()
    assert (old.name, old.end_label) == ("Dienst Oud", "31 mei 2026")
    assert ChangeEvent.objects.get().name == "Dienst Oud wordt Dienst Anders"
    assert AgencyLine.objects.filter(owner=old, present__slug="dienst-anders").exists()


def test_a_split_asks_of_each_thing_where_it_goes(desk, old, other, successor):
    division = AgencyFactory(name="Afdeling", parent=old)
    page = fill(desk, "gesplitst", [old], [other, successor])
    assert "naar Dienst Nieuw" in text_of(page)
    place = [agency.name for agency in (other, successor)]
    second = sorted(place).index("Dienst Nieuw")

    carry_out(desk, page, raakt=[f"onderdeel-{division.pk}-{second}"])

    division.refresh_from_db()
    assert division.parent == successor


def test_tasks_move_and_the_service_stays(desk, old, successor):
    task = AgencyTask.objects.create(agency=old, key="taak", text="Doet iets.")
    page = fill(desk, "taken", [old], [successor])

    carry_out(desk, page, raakt=[f"taak-{task.pk}-0"])

    old.refresh_from_db()
    task.refresh_from_db()
    assert not old.has_ended
    assert task.agency == successor
    assert ChangeEvent.objects.get().kind == "overdracht"


def test_what_is_announced_changes_nothing_until_it_happened(desk, old, successor):
    page = fill(desk, "vervangen", [old], [successor], day="1 januari 2027", status="aangekondigd")
    assert "tot dan verandert er niets" in text_of(page)
    carry_out(desk, page)
    old.refresh_from_db()
    assert not old.has_ended
    event = ChangeEvent.objects.get()

    link = f"{URL}?verandering={event.pk}"
    assert link in desk.get(change_url(event)).content.decode()

    again = desk.get(link)
    filled = dict(fields_of(again))
    assert (filled["day"], filled["announced"]) == ("1 januari 2027", str(event.pk))
    page = fill(desk, "vervangen", [old], [successor], day="2 juni 2026", announced=event.pk)
    carry_out(desk, page)

    event.refresh_from_db()
    assert (event.status, event.date_label) == ("gebeurd", "2 juni 2026")
    assert ChangeEvent.objects.count() == 1


# Rights and size


def test_a_redacteur_neither_sees_it_nor_does_it(client, old, successor):
    client.force_login(editor("redacteur"))

    assert client.get(URL).status_code == 403
    assert fill(client, "vervangen", [old], [successor]).status_code == 403
    assert URL not in client.get(list_url(Agency)).content.decode()


def test_the_list_of_services_leads_to_it(desk):
    assert URL in desk.get(list_url(Agency)).content.decode()


def test_the_number_of_queries_does_not_grow(desk, old, successor, django_assert_max_num_queries):
    def rows(number):
        for _ in range(number):
            AgencyFactory(parent=old)
            AgencyTask.objects.create(
                agency=old, key=f"taak-{AgencyTask.objects.count()}", text="Doet iets."
            )
            AliasFactory(agency=old, text=f"Naam {Alias.objects.count()}")
            ConceptVersionFactory(agencies=[old], published=True)

    rows(1)
    fill(desk, "vervangen", [old], [successor])
    with django_assert_max_num_queries(40) as one:
        fill(desk, "vervangen", [old], [successor])
    rows(10)

    with django_assert_max_num_queries(len(one)):
        fill(desk, "vervangen", [old], [successor])
