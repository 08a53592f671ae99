"""What follows from a save or a deletion at the desk, also when two editors are at it at once."""

import threading
import time

import pytest
from django.db import connection
from django.test import Client

from concepts.models import Alias, Concept, ConceptVersion, SearchEntry, Status
from eerstelijn.desk import merging
from governance import derived
from governance.models import (
    Agency,
    AgencyLine,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    Citation,
    OldSlug,
    Partner,
)
from tests.desk import add_row, add_url, change_url, editor, list_url, opened, seen, send
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    PartnerFactory,
    PassageFactory,
    SourceFactory,
)


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


# Two editors at once


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["", "teksten"])
def test_who_saves_second_is_told_and_overwrites_nothing(desk, group):
    row = PassageFactory(text="Van de eerste bron.")
    url = change_url(row.version, group)
    field = "passages-0-text" if group else "summary"
    mine = opened(desk, url)
    send(desk, url, **{field: "Van mijn collega."})

    response = send(desk, url, mine, **{field: "Van mij."})

    assert response.status_code == 200
    page = response.content.decode()
    assert "Kies welke van beide blijft." in page
    assert "Intussen bewaard door eindredacteur" in page
    assert "Van mij." in page  # what was typed is not lost either
    row.refresh_from_db()
    row.version.refresh_from_db()
    assert "Van mijn collega." in (row.text, row.version.summary)

    again = send(desk, url, [*mine], **{field: "Van mij."})

    assert again.status_code == 200


@pytest.mark.django_db
def test_editors_can_work_on_two_groups_at_once(desk):
    version = PassageFactory().version
    texts, partners = (opened(desk, change_url(version, g)) for g in ("teksten", "partners"))
    send(desk, change_url(version, "teksten"), texts, **{"passages-0-text": "Nieuw."})
    partners = add_row(partners, "participations", partner=PartnerFactory().pk, role="regie")

    response = send(desk, change_url(version, "partners"), partners)

    assert response.status_code == 302
    assert version.participations.count() == 1


@pytest.mark.django_db
def test_a_version_published_in_the_meantime_stays_as_it_was_published(desk):
    version = ConceptVersionFactory()
    mine = opened(desk, change_url(version))
    ConceptVersion.objects.filter(pk=version.pk).update(status=Status.IN_REVIEW)

    response = send(desk, change_url(version), mine, name="Anders")

    assert "Intussen" in response.content.decode()
    version.refresh_from_db()
    assert version.name != "Anders"


@pytest.mark.django_db
def test_a_form_that_says_nothing_of_what_it_saw_is_refused(desk):
    partner = PartnerFactory()
    fields = [(k, v) for k, v in opened(desk, change_url(partner)) if k != "_gezien"]

    assert send(desk, change_url(partner), fields, name="Blind").status_code == 200
    assert not Partner.objects.filter(name="Blind").exists()


def at_once(*calls):
    """The answers to calls that are made at the same time, each by an editor of its own."""
    answers, ready = [], threading.Barrier(len(calls))

    def run(call):
        ready.wait()
        try:
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


@pytest.fixture
def colleagues():
    """Two editors, each with a browser of their own."""
    clients = Client(), Client()
    for number, client in enumerate(clients):
        client.force_login(editor("eindredacteur", username=f"els-{number}"))
    return clients


def slowly(monkeypatch, module, name):
    """Make a function take its time, so that two who call it at once overlap for sure."""
    quick = getattr(module, name)

    def slow(*args, **kwargs):
        result = quick(*args, **kwargs)
        time.sleep(0.5)
        return result

    monkeypatch.setattr(module, name, slow)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("factory", [ConceptVersionFactory, PartnerFactory])
def test_of_two_saves_at_the_same_moment_one_wins(colleagues, factory, monkeypatch):
    url = change_url(factory())
    pages = [(client, opened(client, url)) for client in colleagues]
    slowly(monkeypatch, merging, "merge")

    answers = at_once(
        *(lambda c=c, f=f, n=n: send(c, url, f, name=f"Van {n}") for n, (c, f) in enumerate(pages))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [ChangeEvent, Agency])
def test_two_changes_at_the_same_moment_both_lay_their_lines(colleagues, model, monkeypatch):
    for _ in colleagues:
        ChangeEventFactory(before=[AgencyFactory(end="april 2023")], after=[AgencyFactory()])
    records = model.objects.all()[:2]
    pages = [(c, change_url(record)) for c, record in zip(colleagues, records, strict=True)]
    work = [(client, url, opened(client, url)) for client, url in pages]
    slowly(monkeypatch, derived, "successors")
    slowly(monkeypatch, derived, "rebuild_agency_lines")

    answers = at_once(*(lambda c=c, u=u, f=f: send(c, u, f) for c, u, f in work))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AgencyLine.objects.count() == 6  # four agencies, two of them with a successor


@pytest.mark.django_db(transaction=True)
def test_saving_while_a_colleague_publishes_is_no_error(colleagues):
    version = ConceptVersionFactory(described_by=[SourceFactory()])
    PassageFactory(version=version)
    writer, publisher = colleagues
    mine = opened(writer, change_url(version))
    ConceptVersion.objects.update(status=Status.IN_REVIEW)
    step = f"/beheer/concepts/conceptversion/{version.pk}/stap/publiceer/"
    read = seen(version)

    answers = at_once(
        lambda: send(writer, change_url(version), mine, name="Anders"),
        lambda: publisher.post(step, {"zeker": "ja", **read}),
    )

    assert all(answer.status_code in (200, 302, 403) for answer in answers)
    assert ConceptVersion.objects.published().count() == 1


# What follows from a save


@pytest.mark.django_db
def test_search_has_one_entry_for_a_record_that_changes_its_address(desk):
    partner = PartnerFactory(slug="een")
    send(desk, change_url(partner), name="Eén")
    send(desk, change_url(partner), slug="twee")
    assert [entry.slug for entry in SearchEntry.objects.filter(model="partner")] == ["twee"]

    desk.post(f"{change_url(partner)[:-7]}delete/", {"post": "yes"})
    assert not SearchEntry.objects.filter(model="partner").exists()


@pytest.mark.django_db
def test_a_changed_address_leads_on_and_so_do_those_before_it(desk):
    partner = PartnerFactory(slug="een")
    send(desk, change_url(partner), slug="twee")
    send(desk, change_url(partner), slug="drie")

    assert set(OldSlug.objects.values_list("old", "current")) == {("een", "drie"), ("twee", "drie")}
    response = desk.get("/partners/een/")
    assert (response.status_code, response["Location"]) == (301, "/partners/drie/")


@pytest.mark.django_db
def test_the_address_of_a_concept_never_changes(desk):
    version = ConceptVersionFactory(concept__slug="gbo", published=True)

    send(desk, change_url(version.concept), slug="anders", record_kind="ontwikkeling")

    concept = Concept.objects.get()
    assert (concept.slug, concept.record_kind) == ("gbo", Concept.RecordKind.CONCEPT)


def found(client, text, prefix="/concepten.json"):
    return [row["slug"] for row in client.get(prefix, {"q": text}).json()["resultaten"]]


@pytest.mark.django_db
def test_search_follows_a_partner_that_gets_another_name(desk):
    caw = PartnerFactory(name="Oude Naam")
    ConceptVersionFactory(concept__slug="gbo", published=True, partners=[caw])

    send(desk, change_url(caw), name="Welzijnspunt")

    assert found(desk, "welzijnspunt") == ["gbo"]


@pytest.mark.django_db
def test_search_finds_a_concept_by_an_alias_as_soon_as_it_is_saved(desk):
    version = ConceptVersionFactory(concept__slug="1gezin1plan", published=True)

    send(desk, add_url(Alias), text="Zonnetje", kind="naam", concept=version.concept.pk)

    alias = Alias.objects.get()
    assert alias.key == "concept-1gezin1plan-zonnetje"
    assert found(desk, "zonnetje") == ["1gezin1plan"]


@pytest.mark.django_db
def test_an_alias_that_moves_is_forgotten_for_the_record_it_leaves(desk):
    before, after = (ConceptVersionFactory(concept__slug=s, published=True) for s in ("a", "b"))
    send(desk, add_url(Alias), text="Zonnetje", kind="naam", concept=before.concept.pk)

    send(desk, change_url(Alias.objects.get()), concept=after.concept.pk)
    assert found(desk, "zonnetje") == ["b"]

    desk.post(f"{change_url(Alias.objects.get())[:-7]}delete/", {"post": "yes"})
    assert found(desk, "zonnetje") == []


@pytest.mark.django_db
def test_an_alias_names_exactly_one_record(desk):
    version = ConceptVersionFactory()
    partner = PartnerFactory()

    response = send(
        desk, add_url(Alias), text="x", kind="naam", concept=version.concept.pk, partner=partner.pk
    )

    assert "Kies precies één record" in response.content.decode()
    assert not Alias.objects.exists()


@pytest.mark.django_db
def test_a_merger_carries_ownership_on_as_soon_as_it_is_saved(desk):
    old = AgencyFactory(slug="oud", end="april 2023")
    new = AgencyFactory(slug="nieuw")
    fields = opened(desk, add_url(ChangeEvent))
    for side, agency in (("voor", old), ("na", new)):
        fields = add_row(fields, "subjects", side=side, agency=agency.pk)

    send(
        desk,
        add_url(ChangeEvent),
        fields,
        name="Fusie",
        slug="fusie",
        kind="fusie",
        status="gebeurd",
        zeker="ja",
    )

    event = ChangeEvent.objects.get()
    assert set(event.subjects.values_list("key", flat=True)) == {"voor-oud", "na-nieuw"}
    assert AgencyLine.objects.filter(owner=old, present=new).exists()

    desk.post(f"{change_url(event)[:-7]}delete/", {"post": "yes"})
    assert not AgencyLine.objects.filter(owner=old, present=new).exists()


@pytest.mark.django_db
def test_a_new_membership_lays_its_lines(desk):
    zone, region = CoverageAreaFactory(), CoverageAreaFactory()

    send(desk, add_url(AreaMembership), member=zone.pk, area=region.pk)

    assert AreaLine.objects.filter(place=zone, territory=region, is_whole=True).exists()


# What must not go


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["page", "list"])
def test_what_is_still_used_cannot_be_deleted(desk, way):
    row = PassageFactory()
    place = row.citations.get()
    area = CoverageAreaFactory(kind=AreaKindFactory())
    CoverageFactory(version=row.version, territory=[area], extent="enkel-de-genoemde")
    ConceptVersionFactory(
        concept=ConceptFactory(slug="ander"), described_by=[SourceFactory(slug="x")]
    )

    for record in (place, area, SourceFactory(slug="x")):
        if way == "page":
            desk.post(f"{change_url(record)[:-7]}delete/", {"post": "yes"})
        else:
            chosen = {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"}
            desk.post(list_url(type(record)), chosen)
        assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.django_db
def test_what_nothing_uses_can_be_deleted(desk):
    place = CitationFactory()

    desk.post(f"{change_url(place)[:-7]}delete/", {"post": "yes"})

    assert not Citation.objects.exists()
