"""Lists on a day: what was there, how it stood then, and what was not there, with why."""

import datetime as dt
from functools import partial

import pytest

from concepts.reference.acts import status_on, with_history
from concepts.reference.lifetimes import Lifetimes
from concepts.search import everywhere, index
from governance import derived
from governance.models import AreaName, ChangeEvent, ChangeSubject, Decree, DecreeDate, Source
from governance.models import DecreeRelation as Relation
from tests.answers import rows_of_csv, slugs, text
from tests.factories import (
    AgencyFactory,
    AreaKindFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    MilestoneFactory,
    OwnershipFactory,
    ParticipationFactory,
    PartnerFactory,
    PolicyDomainFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
DAY = "2020-06-01"
NEXT_YEAR = dt.date.today().year + 1


def act(slug, **dates):
    unknown = Decree.Status.UNKNOWN
    decree = DecreeFactory(slug=slug, short_title=slug, kind="decreet", status=unknown)
    for kind, label in dates.items():
        row = DecreeDate(decree=decree, kind=kind.replace("_", "-"), date_label=label)
        row.full_clean()
        row.save()
    return decree


def partner_of(slug, date, side):
    """A partner that a founding made, or an abolition ended."""
    partner = PartnerFactory(slug=slug, name=slug)
    kind = ChangeEvent.Kind.FOUNDING if side == "na" else ChangeEvent.Kind.ABOLITION
    event = ChangeEventFactory(kind=kind, status=ChangeEvent.Status.DONE, date=date)
    ChangeSubject.objects.create(event=event, key=slug, side=side, partner=partner)


def areas():
    kind = AreaKindFactory(slug="zone", name="zone", plural="zones", data_from="2019-01-01")
    for slug, first, last in (
        ("nieuw", "2023-06-01", None),
        ("oud", "2019-01-01", "2019-12-31"),
        ("er", "2019-01-01", None),
    ):
        CoverageAreaFactory(kind=kind, slug=slug, name=slug, valid_from=first, valid_until=last)


def bodies(factory):
    factory(slug="nieuw", name="nieuw", start="1 juni 2023")
    factory(slug="oud", name="oud", end="31 december 2019")
    factory(slug="er", name="er")


def partners():
    partner_of("nieuw", "1 juni 2023", "na")
    partner_of("oud", "1 januari 2020", "voor")
    PartnerFactory(slug="er", name="er", agency=AgencyFactory(start="2019"))


def acts():
    act("nieuw", bekrachtigd="1 juni 2023")
    act("er", bekrachtigd="2019", in_werking="1 juli 2023")


def sources():
    SourceFactory(slug="nieuw", name="nieuw", date="1 juni 2023")
    SourceFactory(slug="er", name="er", date="2019")


#: Each list with what makes its records, and which of them were not there that day.
LISTS = {
    "/diensten/": (partial(bodies, AgencyFactory), {"nieuw", "oud"}),
    "/beleidsdomeinen/": (partial(bodies, PolicyDomainFactory), {"nieuw", "oud"}),
    "/partners/": (partners, {"nieuw", "oud"}),
    "/regelgeving/": (acts, {"nieuw"}),
    "/gebieden/": (areas, {"nieuw", "oud"}),
    "/bronnen/": (sources, {"nieuw"}),
}
#: What makes another record of each list that was there, and one that was not.
MORE = {
    "/diensten/": lambda number: AgencyFactory.create_batch(2, start=f"{2018 + number}"),
    "/beleidsdomeinen/": lambda number: PolicyDomainFactory(start=f"{2018 + number}"),
    "/partners/": lambda number: partner_of(f"p-{number}", f"{2018 + number}", "na"),
    "/regelgeving/": lambda number: act(f"d-{number}", bekrachtigd=f"{2018 + number}"),
    "/gebieden/": lambda number: CoverageAreaFactory(valid_from=f"{2018 + number}-01-01"),
    "/bronnen/": lambda number: SourceFactory(date=f"{2018 + number}"),
}
EVERY_LIST = pytest.mark.parametrize("path", LISTS)


@EVERY_LIST
def test_what_was_not_there_is_named_with_why(client, path):
    make, absent = LISTS[path]
    make()

    page = client.get(f"{path}?peildatum={DAY}")
    data = client.get(f"{path.rstrip('/')}.json?peildatum={DAY}").json()

    said = {row["slug"]: row["waarom"] for row in data["niet_op_peildatum"]}
    assert said.keys() == absent
    assert said["nieuw"] == "Bestond nog niet, wel vanaf 1 juni 2023."
    if "oud" in absent:
        assert said["oud"] == "Bestond niet meer, wel tot en met 31 december 2019."
    found = {row["slug"]: row["bestond"] for row in data["resultaten"]}
    assert "er" in found
    assert not absent & found.keys()
    assert f"Toen nog niet, of niet meer: {len(absent)}" in text(page)
    assert "Nieuw . Bestond nog niet, wel vanaf 1 juni 2023." in text(page)
    assert "Deze lijst toont" in text(page)


@EVERY_LIST
def test_a_list_of_today_is_what_it_was(client, path):
    make, absent = LISTS[path]
    make()

    data = client.get(f"{path.rstrip('/')}.json").json()

    assert "niet_op_peildatum" not in data
    assert not any("bestond" in row for row in data["resultaten"])
    assert absent <= {row["slug"] for row in data["resultaten"]}
    assert "Toen nog niet" not in text(client.get(path))


@EVERY_LIST
def test_a_table_says_of_each_row_whether_it_was_there(client, path):
    make, _ = LISTS[path]
    make()

    table = client.get(f"{path.rstrip('/')}.csv?peildatum={DAY}")
    empty = client.get(f"{path.rstrip('/')}.csv?peildatum={DAY}&q=niemand")

    assert {row["slug"]: row["bestond"] for row in rows_of_csv(table)}["er"] in ("ja", "")
    header = table.content.decode().splitlines()[0]
    assert empty.content.decode().splitlines() == [header]


@EVERY_LIST
def test_a_list_holds_what_its_records_say(client, path):
    """Of every record the list on a day and its own page give one answer."""
    make, _ = LISTS[path]
    make()
    everything = slugs(client.get(f"{path.rstrip('/')}.json?per_pagina=100"))

    for day in ("2018-12-31", "2019-06-01", DAY, "2023-06-01"):
        data = client.get(f"{path.rstrip('/')}.json?per_pagina=100&peildatum={day}").json()
        there = {row["slug"] for row in data["resultaten"]}
        gone = {row["slug"] for row in data["niet_op_peildatum"]}
        assert there | gone == set(everything)
        assert not there & gone
        for slug in there | gone:
            record = client.get(f"{path}{slug}.json?peildatum={day}").json()
            if "bestond" in record:
                assert (record["bestond"] == "nee") is (slug in gone), (slug, day)


@EVERY_LIST
def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries, path):
    """Beside those of a list: what a partner was, or an act; and what was not there."""
    make, _ = LISTS[path]
    make()
    client.get(f"{path}?peildatum={DAY}")
    with django_assert_max_num_queries(10) as few:
        client.get(f"{path}?peildatum=2020-06-02")
        asked = len(few)
    for number in range(15):
        MORE[path](number)
    client.get(f"{path}?peildatum={DAY}")  # what is kept of the list is read anew

    with django_assert_max_num_queries(asked):
        client.get(f"{path}?peildatum=2020-06-02")


def test_a_filter_narrows_what_was_not_there_too(client):
    bodies(AgencyFactory)

    data = client.get(f"/diensten.json?q=nieuw&peildatum={DAY}").json()
    page = client.get(f"/diensten/?soort=raad&peildatum={DAY}")

    assert [row["slug"] for row in data["niet_op_peildatum"]] in ([], ["nieuw"])
    assert "Toen nog niet" not in text(page)


def test_a_vague_date_says_what_the_sources_give(client):
    AgencyFactory(name="Dienst", end="2020")

    page = text(client.get(f"/diensten/?peildatum={DAY}"))

    assert "Eindigde in de loop van 2020: de bronnen geven enkel het jaar." in page


def test_what_is_announced_is_told_as_announced(client):
    AgencyFactory(slug="straks", name="Straks", start=f"1 januari {NEXT_YEAR}")

    then = client.get(f"/diensten.json?peildatum={DAY}").json()["niet_op_peildatum"]
    ahead = text(client.get(f"/diensten/?peildatum={NEXT_YEAR + 1}-01-01"))
    record = text(client.get(f"/diensten/straks/?peildatum={DAY}"))

    said = f"Aangekondigd voor 1 januari {NEXT_YEAR}."
    assert [row["waarom"] for row in then] == [said]
    assert said in ahead
    assert "Die dag moet nog komen" in ahead
    assert f"maar is aangekondigd voor 1 januari {NEXT_YEAR}" in record


def test_the_numbers_of_a_row_are_those_of_the_day_and_of_the_finder(client):
    caw, service = PartnerFactory(slug="caw", name="CAW"), AgencyFactory(slug="zon", name="Zon")
    for slug, edges in (("a", {"end": "2019"}), ("b", {"start": "2023"}), ("c", {})):
        ConceptVersionFactory(
            concept__slug=slug,
            published=True,
            statements=[
                partial(ParticipationFactory, partner=caw, **edges),
                partial(OwnershipFactory, agency=service, **edges),
            ],
        )
    derived.rebuild()

    for path, key, slug in (("/partners/", "partner", "caw"), ("/diensten/", "dienst", "zon")):
        for day, number in (("2018-01-01", 2), (DAY, 1), ("2023-06-01", 2)):
            page = text(client.get(f"{path}?peildatum={day}"))
            found = client.get(f"/concepten.json?{key}={slug}&peildatum={day}").json()["aantal"]
            assert found == number
            assert f"in {number} concept{'en' if number > 1 else ''}" in page, (path, day)


def test_an_area_has_its_name_of_then(client):
    areas()
    derived.rebuild()
    area = CoverageAreaFactory(kind=AreaKindFactory(slug="x"), slug="dorp", name="Nu")
    AreaName.objects.create(area=area, name="Toen", valid_until="2021-12-31")
    AreaName.objects.create(area=area, name="Nu", valid_from="2022-01-01")

    found = client.get(f"/gebieden.json?peildatum={DAY}").json()

    assert "Toen" in {row["naam"] for row in found["resultaten"]}


def test_before_our_data_of_areas_nobody_says_that_there_were_none(client):
    areas()

    found = client.get("/gebieden.json?peildatum=2018-01-01").json()["niet_op_peildatum"]

    said = {row["slug"]: row["waarom"] for row in found}
    assert said["er"] == "Onze gegevens beginnen op 1 januari 2019."


class TestStatus:
    """How an act stood on a day."""

    def status(self, decree, day=DAY, status=None):
        if status:
            Decree.objects.filter(pk=decree.pk).update(status=status)
        found = with_history(Decree.objects.filter(pk=decree.pk)).get()
        return status_on(found, dt.date.fromisoformat(day))

    def test_before_and_after_it_came_into_force(self):
        decree = act("a", bekrachtigd="2019", in_werking="1 juli 2020")

        assert self.status(decree) == "toen nog niet in werking, wel vanaf 1 juli 2020"
        assert self.status(decree, "2020-07-01") == "in werking sinds 1 juli 2020"

    def test_in_a_year_that_is_all_the_sources_give(self):
        decree = act("a", bekrachtigd="2019", in_werking="2020")

        assert self.status(decree) == "in werking sinds 2020 (de bronnen geven enkel het jaar)"

    def test_without_a_date_into_force_nothing_is_guessed(self):
        decree = act("a", bekrachtigd="2019")

        said = self.status(decree, status=Decree.Status.IN_FORCE)
        assert said == "vandaag geldend; sinds wanneer, zeggen de bronnen niet"
        assert self.status(decree, status=Decree.Status.DRAFT) == "ontwerp"
        unknown = self.status(decree, status=Decree.Status.UNKNOWN)
        assert unknown == "status niet vermeld in de bronnen"

    def test_what_was_replaced_later_was_not_yet(self):
        old, new = act("oud"), act("nieuw", bekrachtigd="1 juni 2022", in_werking="1 januari 2023")
        Decree.objects.filter(pk=old.pk).update(status=Decree.Status.REPLACED)
        Relation.objects.create(decree=new, kind=Relation.Kind.REPLACES, other=old)

        said = "door: nieuw, 1 juni 2022"
        assert self.status(old) == f"toen nog niet vervangen, later {said}"
        assert self.status(old, "2022-07-01") == f"toen nog niet vervangen, later {said}"
        assert self.status(old, "2023-01-01") == f"vervangen {said}"

    def test_when_it_was_replaced_is_not_guessed(self):
        old, new = act("oud"), act("nieuw", bekrachtigd="1 juni 2019")
        Relation.objects.create(decree=new, kind=Relation.Kind.REPLACES, other=old)

        said = self.status(old, status=Decree.Status.REPLACED)

        left_open = "sinds wanneer, zeggen de bronnen niet"
        assert said == f"vandaag vervangen door: nieuw, 1 juni 2019; {left_open}"

    def test_the_list_and_its_data_say_it(self, client):
        acts()

        page = text(client.get(f"/regelgeving/?peildatum={DAY}"))
        (row,) = client.get(f"/regelgeving.json?peildatum={DAY}").json()["resultaten"]

        said = "toen nog niet in werking, wel vanaf 1 juli 2023"
        assert said in page
        assert (row["status_op_peildatum"], row["bestond"]) == (said, "ja")
        assert "Status vandaag" in page
        assert "Status vandaag" not in text(client.get("/regelgeving/"))


class TestHome:
    @pytest.fixture
    def merged(self):
        old = AgencyFactory(name="Departement Oud", end="31 mei 2023")
        new = AgencyFactory(name="Departement Nieuw", start="1 juni 2023")
        event = ChangeEventFactory(
            name="Oud wordt nieuw",
            kind=ChangeEvent.Kind.MERGER,
            status=ChangeEvent.Status.DONE,
            date="1 juni 2023",
            before=[old],
            after=[new],
        )
        started = partial(MilestoneFactory, title="Het begon", date="1 mei 2019")
        ConceptVersionFactory(published=True, name="GBO", agencies=[old], statements=[started])
        derived.rebuild()
        return event

    def owners(self, client, day):
        page = client.get("/", {"peildatum": day} if day else {})
        return [(owner.name, owner.note) for owner in page.context["owners"]]

    def test_owners_are_called_as_on_the_day(self, client, merged):
        assert self.owners(client, "") == [("Departement Nieuw", "was Departement Oud")]
        assert self.owners(client, DAY) == [("Departement Oud", "")]
        assert self.owners(client, "2024-01-01") == [("Departement Oud", "toen Departement Nieuw")]

    def test_an_owner_that_was_not_there_yet_says_so(self, client):
        later = AgencyFactory(name="Later", start="1 juni 2023")
        ConceptVersionFactory(published=True, agencies=[later])
        derived.rebuild()

        assert self.owners(client, DAY) == [("Later", "bestond toen nog niet")]

    def test_what_came_later_is_not_told(self, client, merged):
        def news(query):
            return [entry.title for entry in client.get(f"/{query}").context["news"].entries]

        assert "Oud wordt nieuw" in news("")
        assert news(f"?peildatum={DAY}") == ["Het begon"]

    def test_before_the_poster_it_tells_what_came_before(self, client, merged):
        SourceFactory(slug="poster", origin=Source.Origin.OWN, date="13 maart 2023")

        page = text(client.get(f"/?peildatum={DAY}"))

        assert "Wat er tot die dag veranderde" in page
        assert "Het begon" in page
        assert "Wat veranderde sinds de poster" in text(client.get("/"))


class TestSearch:
    def test_a_hit_that_was_not_there_says_so(self, client):
        AgencyFactory(slug="vroeg", name="Dienst vlieger", end="31 december 2019")
        PartnerFactory(name="Vlieger", agency=AgencyFactory(name="X", start="1 juni 2023"))
        act("vlieger", bekrachtigd="2020")
        index.reindex_all()
        everywhere.reindex_all()

        page = text(client.get(f"/zoeken/?q=vlieger&peildatum={DAY}"))

        assert "Dienst vlieger Bestond niet meer, wel tot en met 31 december 2019." in page
        assert "Bestond nog niet, wel vanaf 1 juni 2023." in page
        assert "In de loop van 2020" in page or "Begon in de loop van 2020" in page
        assert "Bestond" not in text(client.get("/zoeken/?q=vlieger"))


def test_of_what_the_sources_do_not_date_nobody_says_that_it_was_there(client):
    PartnerFactory(slug="caw")

    (row,) = client.get(f"/partners.json?peildatum={DAY}").json()["resultaten"]

    assert row["bestond"] is None
    assert Lifetimes().said(PartnerFactory(), dt.date(2020, 6, 1)) == ""
