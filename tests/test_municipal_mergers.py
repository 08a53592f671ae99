"""Municipalities that merge, in one form of the desk."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from concepts.models import Coverage, ToCheck
from governance.models import (
    AreaBorder,
    AreaKind,
    AreaLine,
    AreaMembership,
    ChangeEvent,
    CoverageArea,
)
from tests.desk import editor, fields_of, list_url, send
from tests.factories import (
    AreaBorderFactory,
    AreaKindFactory,
    AreaMembershipFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    MunicipalityFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

URL = "/beheer/governance/coveragearea/fusie/"
SINCE = dt.date(2019, 1, 1)
DAY, EVE = dt.date(2026, 1, 1), dt.date(2025, 12, 31)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: dt.date(2026, 11, 29))


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def area_of(slug, kind, *members, **fields):
    kinds = AreaKindFactory(slug=kind, name=kind, composition=AreaKind.Composition.KNOWN)
    area = CoverageAreaFactory(slug=slug, name=slug, kind=kinds, valid_from=SINCE, **fields)
    for member in members:
        row = AreaMembershipFactory(area=area, member=member, valid_from=SINCE)
        row.citations.add(CitationFactory())
    return area


@pytest.fixture
def towns():
    """Groot and Klein lie in one province and in two zones; Buur lies beside Klein."""
    large = MunicipalityFactory(
        nis="11001", name="Groot", postcodes=["2000"], x=152800, y=212000, surface=Decimal("50.5")
    )
    small = MunicipalityFactory(nis="11002", name="Klein", postcodes=["2150"], surface=Decimal("4"))
    beside = MunicipalityFactory(nis="11003", name="Buur")
    AreaBorderFactory(area=large, other=small, valid_from=SINCE)
    AreaBorderFactory(area=small, other=beside, valid_from=SINCE)
    area_of("provincie-a", "provincie", large, small, beside)
    area_of("zone-groot", "zone", large)
    area_of("zone-klein", "zone", small, beside)
    return large, small


def fill(client, towns, **changes):
    fields = {
        "old": [town.pk for town in towns],
        "name": "Groot-Klein",
        "nis": "11999",
        "day": "1/1/2026",
        "citations": [CitationFactory().pk],
    }
    return client.post(URL, fields | changes)


def carry_out(client, page, **changes):
    return send(client, URL, fields_of(page), **{"zeker": "ja"} | changes)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def lies_in(area, day=DAY):
    rows = AreaMembership.objects.filter(member=area, valid_from__lte=day)
    return {(row.area.slug, row.part) for row in rows if (row.valid_until or day) >= day}


def test_the_new_municipality_takes_over_what_is_known(desk, towns):
    page = fill(desk, towns)
    assert "Groot en Klein worden Groot-Klein (11999), vanaf 1 januari 2026." in text_of(page)
    assert not CoverageArea.objects.filter(nis="11999").exists()

    answer = carry_out(desk, page)

    new = CoverageArea.objects.get(nis="11999")
    assert answer.url == reverse("admin:governance_coveragearea_change", args=[new.pk])
    assert (new.name, new.valid_from, new.postcodes) == ("Groot-Klein", DAY, ["2000", "2150"])
    assert (new.x, new.y, new.surface) == (152800, 212000, Decimal("54.5"))
    assert lies_in(new) == {("provincie-a", ""), ("zone-groot", "")}
    border = AreaBorder.objects.get(valid_from=DAY)
    assert {border.area.name, border.other.name} == {"Groot-Klein", "Buur"}
    for town in towns:
        town.refresh_from_db()
        assert town.valid_until == EVE
        assert not lies_in(town)
        assert AreaLine.objects.filter(place=town, territory=new, valid_from=DAY).exists()


def test_its_source_may_be_typed_and_is_made_when_it_is_carried_out(desk, towns):
    source = SourceFactory(slug="ministerie", name="Een besluit", short_title="Besluit")

    page = fill(desk, towns, citations=[], new_source="Besluit", new_place="artikel 1")
    assert not source.places.exists()
    carry_out(desk, page)

    assert [event.carried_by for event in ChangeEvent.objects.all()] == [source.places.get()]


def test_the_event_and_the_log_tell_it(desk, towns):
    carry_out(desk, fill(desk, towns))

    event = ChangeEvent.objects.get()
    assert (event.slug, event.kind, event.status) == ("fusie-11999-2026", "fusie", "gebeurd")
    assert event.name == "Groot en Klein gaan op in Groot-Klein"
    assert event.carried_by == CitationFactory()
    logged = set(LogEntry.objects.values_list("object_repr", flat=True))
    assert logged == {event.name, "Groot-Klein", "Groot", "Klein"}


def test_where_they_lie_in_several_areas_the_editor_chooses(desk, towns):
    page = fill(desk, towns)
    zone = CoverageArea.objects.get(slug="zone-klein")

    carry_out(desk, page, **{"ligt-zone": str(zone.pk)})

    assert lies_in(CoverageArea.objects.get(nis="11999")) == {
        ("provincie-a", ""),
        ("zone-klein", ""),
    }
    # All that lay in the other zone left it: it is no longer there.
    assert CoverageArea.objects.get(slug="zone-groot").valid_until == EVE


def test_one_may_keep_its_code_and_take_the_other_in(desk, towns):
    large, small = towns

    carry_out(desk, fill(desk, towns, nis="11001", name="Groot"))

    large.refresh_from_db()
    small.refresh_from_db()
    assert (large.valid_until, small.valid_until) == (None, EVE)
    assert (large.postcodes, large.surface) == (["2000", "2150"], Decimal("54.5"))
    assert lies_in(large) == {("provincie-a", ""), ("zone-groot", "")}
    assert ChangeEvent.objects.get().name == "Klein gaat op in Groot"
    assert AreaBorder.objects.filter(area=large, other__name="Buur", valid_from=DAY).exists()


def test_one_that_keeps_its_code_may_get_another_name(desk, towns):
    carry_out(desk, fill(desk, towns, nis="11001", name="Groot-Klein"))

    large = CoverageArea.objects.get(nis="11001")
    assert (large.name, large.name_on(EVE)) == ("Groot-Klein", "Groot")


def test_what_lies_in_parts_stays_in_parts(desk, towns):
    large, _ = towns
    AreaMembership.objects.filter(area__slug="zone-groot").update(part="postcodes 2000")
    other = CoverageAreaFactory(
        slug="zone-derde", kind=AreaKind.objects.get(slug="zone"), valid_from=SINCE
    )
    AreaMembershipFactory(area=other, member=large, part="postcodes 2018", valid_from=SINCE)

    carry_out(desk, fill(desk, towns))

    assert lies_in(CoverageArea.objects.get(nis="11999")) == {
        ("provincie-a", ""),
        ("zone-groot", "postcodes 2000"),
        ("zone-derde", "postcodes 2018"),
        ("zone-klein", "postcodes 2150"),
    }


def test_what_becomes_a_part_may_go_to_another_area(desk, towns):
    large, _ = towns
    AreaMembership.objects.filter(area__slug="zone-groot").update(part="postcodes 2000")
    other = CoverageAreaFactory(
        slug="zone-derde", kind=AreaKind.objects.get(slug="zone"), valid_from=SINCE
    )
    AreaMembershipFactory(area=other, member=large, part="postcodes 2018", valid_from=SINCE)
    page = fill(desk, towns, nis="11001", name="Groot")
    assert "elk deel blijft waar het ligt" in text_of(page)

    carry_out(desk, page, **{"ligt-zone": str(other.pk)})

    assert lies_in(large) == {
        ("provincie-a", ""),
        ("zone-groot", "postcodes 2000"),
        ("zone-derde", "postcodes 2018, 2150"),
    }


def test_concepts_that_name_an_old_one_can_be_put_aside(desk, towns):
    version = ConceptVersionFactory(name="Ergens")
    CoverageFactory(version=version, territory=[towns[1]], extent=Coverage.Extent.ONLY_NAMED)
    version.__class__.objects.filter(pk=version.pk).update(
        status="gepubliceerd", published_at=timezone.now()
    )
    page = fill(desk, towns)
    assert "noemt ze als gebied" in text_of(page)

    carry_out(desk, page, raakt=[f"concept-{version.concept_id}"])

    assert ToCheck.objects.get().concept == version.concept


def test_a_day_to_come_is_announced(desk, towns):
    carry_out(desk, fill(desk, towns, day="1/1/2031"))

    assert ChangeEvent.objects.get().status == "aangekondigd"
    assert CoverageArea.objects.get(nis="11999").valid_from == dt.date(2031, 1, 1)


# What is refused


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"old": []}, "Dit veld is verplicht"),
        ({"name": ""}, "Dit veld is verplicht"),
        ({"name": "Buur"}, "Er is op die dag al een gemeente Buur (11003)"),
        ({"nis": "11003"}, "11003 is al de NIS-code van Buur"),
        ({"nis": "1199"}, "Een NIS-code heeft vijf cijfers"),
        ({"nis": "１１９９９"}, "Een NIS-code heeft vijf cijfers"),
        ({"day": "1/1/2019"}, "bestaat pas van 1 januari 2019"),
        ({"day": "31/2/2026"}, "Schrijf de dag als"),
        ({"day": "1/1/1500"}, "Dat jaar kan niet"),
        ({"citations": []}, "Zonder bron kan het niet"),
        ({"point": "1 2 3"}, "Schrijf x en y"),
        ({"surface": "-1"}, "Oppervlakte (km²)</a>:"),
    ],
)
def test_what_cannot_be_is_said_in_dutch(desk, towns, changes, said):
    answer = fill(desk, towns, **changes)

    assert answer.status_code == 200
    assert said in text_of(answer)
    assert not ChangeEvent.objects.exists()


def test_one_municipality_does_not_merge_alone(desk, towns):
    assert "Kies minstens twee gemeenten" in text_of(fill(desk, towns[:1]))


def test_another_province_must_be_said(desk, towns):
    AreaMembership.objects.filter(area__slug="provincie-a", member=towns[1]).delete()
    province = area_of("provincie-b", "provincie", towns[1])

    answer = fill(desk, towns)
    assert "Ze liggen in verschillende provincies" in text_of(answer)

    carry_out(desk, fill(desk, towns, province=province.pk))
    assert ("provincie-b", "") in lies_in(CoverageArea.objects.get(nis="11999"))


def test_what_is_known_of_later_is_not_overwritten(desk, towns):
    row = AreaMembership.objects.get(area__slug="zone-groot")
    row.valid_until = dt.date(2027, 12, 31)
    row.save()
    AreaMembershipFactory(area=row.area, member=row.member, valid_from=dt.date(2028, 1, 1))

    assert "zijn er al gegevens van na 1 januari 2026" in text_of(fill(desk, towns))


# Twice, rights, size


def test_a_form_that_is_sent_twice_does_it_once(desk, towns):
    page = fill(desk, towns)
    carry_out(desk, page)

    again = carry_out(desk, page)

    assert again.url == reverse(
        "admin:governance_changeevent_change", args=[ChangeEvent.objects.get().pk]
    )
    assert AreaBorder.objects.filter(valid_from=DAY).count() == 1


def test_a_redacteur_neither_sees_it_nor_does_it(client, towns):
    client.force_login(editor("redacteur"))

    assert client.get(URL).status_code == 403
    assert fill(client, towns).status_code == 403
    assert URL not in client.get(list_url(CoverageArea)).content.decode()


def test_the_list_of_areas_leads_to_it_and_going_back_keeps_what_was_typed(desk, towns):
    assert URL in desk.get(list_url(CoverageArea)).content.decode()

    form = send(desk, URL, fields_of(fill(desk, towns)), terug="1")

    assert dict(fields_of(form))["name"] == "Groot-Klein"


def test_the_number_of_queries_does_not_grow(desk, towns, django_assert_max_num_queries):
    fill(desk, towns)
    with django_assert_max_num_queries(45) as one:
        fill(desk, towns)
    for number in range(10):
        AreaBorderFactory(area=towns[0], valid_from=SINCE)
        area_of(f"regio-{number}", f"regio-{number}", *towns)

    with django_assert_max_num_queries(len(one)):
        fill(desk, towns)
