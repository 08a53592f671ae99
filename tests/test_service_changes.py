"""A service that merges, is renamed, replaced or split, hands over tasks or stops, in one form."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from concepts.models import Alias, ConceptVersion, ToCheck
from governance.models import Agency, AgencyLine, AgencyTask, ChangeEvent, Partner
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

URL = "/beheer/governance/agency/verandering/"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: dt.date(2026, 11, 29))


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


@pytest.fixture
def old():
    return AgencyFactory(name="Dienst Oud", abbreviation="DO", slug="oud", tree="linde")


@pytest.fixture
def other():
    return AgencyFactory(name="Dienst Ander", slug="ander", tree="linde")


@pytest.fixture
def successor():
    return AgencyFactory(name="Dienst Nieuw", slug="nieuw")


def fill(client, kind, before, after=(), **changes):
    """The page that shows what a change touches, or the form with what is wrong with it."""
    fields = {
        "kind": kind,
        "before": [agency.pk for agency in before],
        "after": [agency.pk for agency in after],
        "day": "1 juni 2026",
        "status": "gebeurd",
        "citations": [CitationFactory().pk],
    }
    return client.post(URL, fields | changes)


def carry_out(client, page, **changes):
    return send(client, URL, fields_of(page), **{"zeker": "ja"} | changes)


def text_of(answer):
    return " ".join(answer.content.decode().split())


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


# What is refused


@pytest.mark.parametrize(
    ("kind", "before", "after", "said"),
    [
        ("samengevoegd", 1, 1, "vraagt hier minstens twee diensten; je koos er 1."),
        ("samengevoegd", 2, 2, "vraagt hier precies één dienst; je koos er 2."),
        ("vervangen", 1, 0, "vraagt hier precies één dienst; je koos er geen."),
        ("gesplitst", 1, 1, "vraagt hier minstens twee diensten; je koos er 1."),
        ("stopgezet", 1, 1, "vraagt hier geen enkele dienst; je koos er 1."),
        ("taken", 1, 0, "vraagt hier minstens één dienst; je koos er geen."),
    ],
)
def test_each_kind_has_its_numbers(desk, kind, before, after, said):
    agencies = AgencyFactory.create_batch(4)

    answer = fill(desk, kind, agencies[:before], agencies[2 : 2 + after])

    assert said in text_of(answer)
    assert "Er is niets bewaard" in text_of(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "1 januari 2027"}, "Deze dag moet nog komen"),
        ({"status": "aangekondigd"}, "Deze dag is voorbij"),
        ({"day": "ooit"}, "Schrijf bijvoorbeeld 1 juni 2023"),
        ({"day": "na 2020"}, "Geef een dag, een maand of een jaar"),
        ({"citations": []}, "Zonder bron kan het niet"),
        ({"new": "X (a) (b)"}, "is geen naam met hoogstens één afkorting"),
        ({"new": "Dienst Oud"}, "vraagt hier precies één dienst"),
        ({"args": ("onzin", [])}, "geldige keuze"),
        ({"args": ("vervangen", [])}, "Dit veld is verplicht"),
        ({"announced": "999"}, "geldige keuze"),
    ],
)
def test_what_cannot_be_is_said_in_dutch(desk, old, successor, changes, said):
    answer = fill(desk, *changes.pop("args", ("vervangen", [old], [successor])), **changes)

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert not ChangeEvent.objects.exists()


def test_a_name_that_is_there_is_not_made_again(desk, old):
    AgencyFactory(name="Dienst Bezet")

    answer = fill(desk, "hernoemd", [old], new="dienst bezet")

    assert "dienst bezet:" in text_of(answer)


def test_no_service_goes_on_in_its_own_past(desk, old, successor):
    carry_out(desk, fill(desk, "vervangen", [old], [successor]))

    back = fill(desk, "vervangen", [successor], [old], day="2 juni 2026")

    assert "dat is een kring" in text_of(back)
    assert "Dienst Oud is al geëindigd: 31 mei 2026" in text_of(back)


def test_a_service_does_not_end_before_it_began(desk, successor):
    late = AgencyFactory(name="Dienst Laat", start="2026")
    late.start_earliest = dt.date(2026, 8, 1)
    late.save()

    assert "bestaat pas van 2026" in text_of(fill(desk, "vervangen", [late], [successor]))


# Twice, and two editors


def test_a_form_that_is_sent_twice_does_it_once(desk, old, successor):
    page = fill(desk, "vervangen", [old], [successor])
    first = carry_out(desk, page)

    second = carry_out(desk, page)

    assert second.url == first.url
    assert ChangeEvent.objects.count() == 1
    assert LogEntry.objects.filter(object_repr="Dienst Oud").count() == 1


def test_a_transfer_that_is_sent_twice_does_it_once(desk, old, successor):
    page = fill(desk, "taken", [old], [successor])
    carry_out(desk, page)

    carry_out(desk, page)

    assert ChangeEvent.objects.count() == 1


def test_what_came_meanwhile_is_shown_before_anything_is_done(desk, old, successor):
    page = fill(desk, "vervangen", [old], [successor])
    AgencyFactory(name="Afdeling van een collega", parent=old)

    again = carry_out(desk, page)

    assert "Intussen kwam er iets bij" in text_of(again)
    assert not ChangeEvent.objects.exists()
    carry_out(desk, again)
    assert ChangeEvent.objects.exists()


def test_what_went_meanwhile_is_shown_too_and_then_left_alone(desk, old, successor):
    AliasFactory(text="Oudje", agency=old)
    page = fill(desk, "vervangen", [old], [successor])
    Alias.objects.all().delete()

    page = carry_out(desk, page)

    assert "Intussen wijzigde hier iets" in text_of(page)
    assert not ChangeEvent.objects.exists()
    carry_out(desk, page)
    assert ChangeEvent.objects.exists()


def test_going_back_keeps_what_was_typed(desk, old, successor):
    page = fill(desk, "vervangen", [old], [successor])

    form = send(desk, URL, fields_of(page), terug="1")

    assert dict(fields_of(form))["day"] == "1 juni 2026"
    assert "Er is niets bewaard" not in text_of(form)


def test_two_partners_are_not_one_service(desk, old, other, successor):
    first, second = PartnerFactory(agency=old), PartnerFactory(agency=other)
    page = fill(desk, "samengevoegd", [old, other], [successor])

    carry_out(desk, page, raakt=[f"partner-{first.pk}-0", f"partner-{second.pk}-0"])

    assert Partner.objects.filter(agency=successor).count() == 1


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
