"""What needs attention: every queue finds its rows, shows them, and lets go of what is done."""

import datetime as dt
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concepts import elsewhere
from concepts.models import (
    Claim,
    ConceptVersion,
    Discrepancy,
    LostLink,
    Milestone,
    Review,
    Status,
    ToCheck,
)
from concepts.queues import QUEUES
from concepts.queues.old_sources import is_recent
from eerstelijn.links.models import CheckedLink
from eerstelijn.login.groups import EINDREDACTEUR, REDACTEUR
from eerstelijn.reports.models import Report
from governance.models import Agency, ChangeEvent, Citation, Decree, DecreeRelation
from tests.desk import change_url, editor, opened, send
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    LegalBasisFactory,
    MilestoneFactory,
    PassageFactory,
    ReviewFactory,
    SourceFactory,
    columns,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)
HOSTILE = '<script>alert("x")</script>'


def published(days_ago=0, **fields):
    """A version that came on the site so many days ago."""
    version = ConceptVersionFactory(**fields)
    if not version.passages.exists():
        PassageFactory(version=version)
    moment = timezone.now() - days_ago * DAY
    ConceptVersion.objects.filter(pk=version.pk).update(
        status=Status.PUBLISHED, published_at=moment
    )
    version.refresh_from_db()
    return version


def reviewed(version, days_ago, before):
    ReviewFactory(version=version, date=TODAY() - days_ago * DAY, review_before=TODAY() + before)


def on_an_ended_service(name):
    agency = AgencyFactory(name=name, **columns("end", f"{TODAY() - 10 * DAY:%d/%m/%Y}"))
    return published(30, name=name, agencies=[agency])


def contradiction(name):
    kind = Discrepancy.Kind.CONTRADICTION
    slug = f"t-{Discrepancy.objects.count()}"
    row = Discrepancy.objects.create(slug=slug, title=name, kind=kind)
    Claim.objects.create(discrepancy=row, key="a", value="132")
    Claim.objects.create(discrepancy=row, key="b", value="133")
    return row


def silent_link(name):
    slug = f"s-{CheckedLink.objects.count()}"
    source = SourceFactory(slug=slug, name=name, url=f"https://example.org/{slug}")
    return CheckedLink.objects.create(url=source.url, state="weg", status=404)


#: How each queue gets a row that is called so. A new queue has its line here.
WAITING = {
    "elders-veranderd": on_an_ended_service,
    "aangekondigde-data": lambda name: published(
        name=name,
        statements=[
            partial(MilestoneFactory, is_announced=True, outcome="onbekend", date="mei 2022")
        ],
    ),
    "na-te-kijken": lambda name: ToCheck.objects.create(
        concept=published(name=name).concept, event=ChangeEventFactory()
    ),
    "aangekondigde-veranderingen": lambda name: ChangeEventFactory(
        name=name, status=ChangeEvent.Status.ANNOUNCED, date="1 januari 2025"
    ),
    "nazicht-te-laat": lambda name: reviewed(published(name=name), 400, -DAY),
    "nooit-nagekeken": lambda name: published(name=name),
    "nazicht-binnenkort": lambda name: reviewed(published(name=name), 300, 90 * DAY),
    "oude-bronnen": lambda name: published(name=name),
    "tegenspraken": contradiction,
    "meldingen": lambda name: Report.objects.create(text=name, about="/over/"),
    "stille-links": silent_link,
    "verloren-links": lambda name: LostLink.objects.create(
        key=f"l-{LostLink.objects.count()}", text=name, concept=published().concept
    ),
}
EVERY = pytest.mark.parametrize("name", QUEUES)


@pytest.fixture
def desk(client):
    client.force_login(editor(EINDREDACTEUR))
    return client


def numbers(client):
    """What the start page counts."""
    work = client.get("/beheer/").context["work"]
    return {row.queue.name: row.number for _, rows in work.groups for row in rows}


def number_of(name):
    return QUEUES[name]().rows().count()


def test_every_queue_is_tried_here():
    assert WAITING.keys() == QUEUES.keys()


class TestEveryQueue:
    @EVERY
    def test_says_that_nothing_waits(self, desk, name):
        page = desk.get(f"/beheer/lijst/{name}/")

        assert "Hier wacht niets." in page.content.decode()
        assert name not in numbers(desk)

    @EVERY
    def test_is_counted_and_shown_with_the_way_to_its_form(self, desk, name):
        WAITING[name](HOSTILE)

        page = desk.get(f"/beheer/lijst/{name}/")

        (row,) = page.context["rows"]
        assert numbers(desk)[name] == 1
        assert row["line"].label == HOSTILE
        assert HOSTILE not in page.content.decode()
        assert desk.get(row["line"].url).status_code == 200
        assert f'href="{row["line"].url}"' in page.content.decode()

    @EVERY
    def test_asks_as_much_for_many_rows_as_for_one(self, desk, name):
        WAITING[name]("Eerste")
        desk.get(f"/beheer/lijst/{name}/")  # what a process asks once
        asked = []
        for number in (1, 4):
            with CaptureQueriesContext(connection) as queries:
                assert len(desk.get(f"/beheer/lijst/{name}/").context["rows"]) == number
            asked.append(len(queries))
            for each in ("Tweede", "Derde", "Vierde") if number == 1 else ():
                WAITING[name](each)

        assert asked[0] == asked[1]

    @EVERY
    def test_shows_fifty_rows_a_page(self, desk, name, monkeypatch):
        monkeypatch.setattr("concepts.work.queue_page.ROWS", 1)
        for each in ("Eerste", "Tweede"):
            WAITING[name](each)

        first, second, beyond = (
            desk.get(f"/beheer/lijst/{name}/", {"pagina": page}).context["rows"][0]["line"].pk
            for page in ("1", "2", "99")
        )

        assert first != second == beyond

    @EVERY
    def test_is_for_editors(self, client, name):
        address = f"/beheer/lijst/{name}/"

        assert client.get(address).status_code == 302
        client.force_login(editor())
        assert client.get(address).status_code == 403
        client.force_login(editor(REDACTEUR))
        assert client.get(address).status_code == 200


@pytest.mark.usefixtures("history")
def test_the_start_page_asks_as_much_for_much_work_as_for_little(desk):
    """Some 28: the session, the account, its second step and its rights (4), what kinds of record
    the log tells of, the versions in the making and who made them (2), when somebody last looked at
    what is public (2), what changed elsewhere: the history of six kinds of record and how those
    stand now (12), events, ends of services, domains and areas, acts and their dates, all counts at
    once, what came on the site last."""
    asked = []
    for round_ in ("een", "twee"):
        for name, make in WAITING.items():
            make(f"{name} {round_}")
        ConceptVersionFactory()
        desk.get("/beheer/")  # what a process asks once
        with CaptureQueriesContext(connection) as queries:
            desk.get("/beheer/")
        asked.append(len(queries))

    assert asked[0] == asked[1] < 30


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 30, "²"])
def test_any_page_is_answered(desk, page):
    assert desk.get("/beheer/lijst/tegenspraken/", {"pagina": page}).status_code == 200


def test_an_unknown_queue_is_not_found(desk):
    assert desk.get("/beheer/lijst/bestaat-niet/").status_code == 404


def test_drafts_wait_in_no_queue(desk):
    agency = AgencyFactory(end="1 januari 2020")
    version = ConceptVersionFactory(agencies=[agency])
    MilestoneFactory(version=version, is_announced=True, outcome="onbekend", date="mei 2022")

    assert numbers(desk) == {}


# What leaves a queue


@pytest.mark.parametrize("state", [LostLink.State.FOUND, LostLink.State.GONE])
def test_a_link_of_which_one_knows_what_became_of_it_waits_no_more(state):
    WAITING["verloren-links"]("leidraad")

    LostLink.objects.update(state=state)

    assert number_of("verloren-links") == 0


def test_a_contradiction_waits_until_a_claim_is_followed():
    row = contradiction("132 of 133?")

    row.claims.filter(key="a").update(is_preferred=True)

    assert number_of("tegenspraken") == 0


def test_what_is_announced_for_today_did_not_pass():
    day = f"{TODAY():%d/%m/%Y}"
    ChangeEventFactory(status=ChangeEvent.Status.ANNOUNCED, date=day)
    with_promise = published(
        statements=[partial(MilestoneFactory, is_announced=True, outcome="onbekend", date=day)]
    )

    assert number_of("aangekondigde-data") == number_of("aangekondigde-veranderingen") == 0
    assert Milestone.objects.filter(version=with_promise).exists()


@pytest.mark.parametrize(
    ("before", "queue"),
    [
        (-1, "nazicht-te-laat"),
        (0, "nazicht-binnenkort"),
        (90, "nazicht-binnenkort"),
        (91, None),
    ],
)
def test_the_next_review_comes_up_in_time(before, queue):
    reviewed(published(), 200, before * DAY)

    found = [name for name in ("nazicht-te-laat", "nazicht-binnenkort") if number_of(name)]

    assert found == ([queue] if queue else [])
    assert number_of("nooit-nagekeken") == 0


def test_the_last_review_counts():
    version = published()
    reviewed(version, 800, -400 * DAY)
    reviewed(version, 10, 300 * DAY)

    assert number_of("nazicht-te-laat") == number_of("nazicht-binnenkort") == 0


# Old sources


@pytest.mark.parametrize(
    ("fields", "is_new"),
    [
        ({}, False),
        (columns("date", "maart 2023"), False),
        ({"consulted_on": TODAY() - 3 * 365 * DAY}, False),
        ({"consulted_on": TODAY() - 300 * DAY}, True),
        (columns("date", f"{TODAY() - 300 * DAY:%d/%m/%Y}"), True),
    ],
)
def test_a_source_is_as_new_as_its_date_or_the_day_it_was_read(fields, is_new):
    CitationFactory(source=SourceFactory(slug="bron", **fields))

    assert Citation.objects.filter(is_recent()).exists() == is_new


def test_one_recent_source_is_enough_for_a_statement(desk):
    old, new = CitationFactory(), CitationFactory(source__slug="n", source__consulted_on=TODAY())
    published(
        statements=[
            partial(PassageFactory, key="a", citations=[old, new]),
            partial(PassageFactory, key="b", citations=[old]),
            partial(PassageFactory, key="c", citations=[old]),
        ]
    )

    (row,) = desk.get("/beheer/lijst/oude-bronnen/").context["rows"]

    assert dict(row["cells"])["Uitspraken"] == "2"


# What changed elsewhere


def causes(version):
    return [change.cause for change in elsewhere.touched().get(version.pk, [])]


def ago(days):
    return f"{TODAY() - days * DAY:%d/%m/%Y}"


class TestElsewhere:
    def test_follows_every_link_of_a_statement_to_what_can_change(self):
        found = {(kind._meta.model_name, field.name) for kind, field in elsewhere.links()}

        assert found == {
            ("ownership", "agency"),
            ("ownership", "policy_domain"),
            ("participation", "partner"),
            ("coverage", "territory"),
            ("legalbasis", "decree"),
        }

    def test_a_service_that_merged_since(self):
        agency = AgencyFactory()
        version = published(30, agencies=[agency])
        ChangeEventFactory(name="A en B gaan samen", before=[agency], date=ago(5))

        (cause,) = causes(version)
        assert cause.startswith("A en B gaan samen")

    @pytest.mark.parametrize("days", [40, -5])
    def test_not_before_the_publication_nor_in_the_future(self, days):
        agency = AgencyFactory()
        version = published(30, agencies=[agency])
        ChangeEventFactory(before=[agency], date=ago(days))

        assert causes(version) == []

    def test_not_what_is_only_announced(self):
        agency = AgencyFactory()
        version = published(30, agencies=[agency])
        ChangeEventFactory(before=[agency], date=ago(5), status=ChangeEvent.Status.ANNOUNCED)

        assert causes(version) == []

    def test_a_review_since_settles_it(self):
        version = on_an_ended_service("Dienst")
        assert causes(version)

        ReviewFactory(version=version, date=TODAY())

        assert causes(version) == []

    def test_an_area_that_ended(self):
        area = CoverageAreaFactory(name="Hove", valid_until=TODAY() - 3 * DAY)
        version = published(30, statements=[partial(CoverageFactory, territory=[area])])

        (cause,) = causes(version)
        assert cause.startswith("Hove bestaat tot en met")

    def test_an_act_that_was_replaced(self):
        old, new = DecreeFactory(short_title="oud"), DecreeFactory(short_title="nieuw")
        new.dates.create(kind="bekrachtigd", **columns("date", ago(4)))
        DecreeRelation.objects.create(decree=new, kind="vervangt", other=old)
        version = published(30, statements=[partial(LegalBasisFactory, decree=old)])

        assert causes(version) == ["oud is vervangen door nieuw"]

    @pytest.mark.usefixtures("history")
    def test_what_an_editor_records_today_of_last_year_is_news(self, desk):
        agency = AgencyFactory(name="Dienst")
        version = published(30, agencies=[agency])

        send(desk, change_url(agency), end_label="31 december 2020")

        agency.refresh_from_db()
        assert agency.has_ended
        assert causes(version) == ["Dienst: einde 31 december 2020"]

    @pytest.mark.usefixtures("history")
    def test_a_new_name_is_news_and_a_better_description_is_not(self, desk):
        agency = AgencyFactory(name="Dienst")
        version = published(30, agencies=[agency])

        send(desk, change_url(agency), description="Helpt.")
        assert causes(version) == []
        send(desk, change_url(agency), name="Agentschap")

        assert causes(version) == ["heet nu Agentschap"]

    @pytest.mark.usefixtures("history")
    def test_a_new_name_that_came_in_by_no_form_is_news_too(self):
        agency = AgencyFactory(name="Dienst")
        version = published(30, agencies=[agency])

        Agency.objects.update(name="Agentschap")

        assert causes(version) == ["heet nu Agentschap"]

    @pytest.mark.usefixtures("history")
    def test_a_name_that_was_put_back_stays_news_of_when_that_was(self):
        agency = AgencyFactory(name="Dienst")
        version = published(30, agencies=[agency])

        for name in ("Agentschap", "Dienst"):
            Agency.objects.update(name=name)
        Agency.objects.update(description="Helpt.")

        assert causes(version) == ["heet nu Dienst"]

    @pytest.mark.usefixtures("history")
    def test_what_was_added_and_went_again_touches_nothing(self):
        agency = AgencyFactory(name="Dienst")
        version = published(30, agencies=[agency])
        AgencyFactory(slug="weg", name="Weg").delete()

        assert causes(version) == []

    @pytest.mark.usefixtures("history")
    def test_an_act_that_an_editor_calls_replaced(self, desk):
        decree = DecreeFactory(short_title="het decreet")
        version = published(30, statements=[partial(LegalBasisFactory, decree=decree)])

        send(desk, change_url(decree), status=Decree.Status.REPLACED)

        assert causes(version) == ["het decreet is vervangen"]


# "Nagekeken, niets gewijzigd"

QUEUE = "/beheer/lijst/nooit-nagekeken/"


class TestReviewing:
    def test_is_filled_in_for_today_and_a_year_on(self, desk):
        published()

        fields = dict(opened(desk, QUEUE))

        today = TODAY()
        assert fields["date"] == f"{today:%d/%m/%Y}"
        assert fields["review_before"].endswith(f"/{today.year + 1}")
        assert fields["reviewer"] == EINDREDACTEUR

    def test_notes_many_at_once_and_says_it_on_their_pages(self, desk):
        one, other, left = (published() for _ in range(3))

        send(desk, QUEUE, rows=[str(one.pk), str(other.pk)])

        assert set(Review.objects.values_list("version", flat=True)) == {one.pk, other.pk}
        assert [row["line"].pk for row in desk.get(QUEUE).context["rows"]] == [left.pk]
        assert "Nagekeken op" in desk.get(one.get_absolute_url()).content.decode()

    def test_sent_twice_is_noted_once(self, desk):
        version = published()
        fields = opened(desk, QUEUE)

        for _ in range(2):
            response = send(desk, QUEUE, fields, rows=[str(version.pk)])

        assert response.status_code == 302
        assert Review.objects.count() == 1
        said = desk.get(QUEUE).content.decode()
        assert "al nagekeken" in said

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"rows": []}, "Vink eerst aan wat je nakeek."),
            ({"date": "01/01/2999", "review_before": "01/01/3000"}, "niet nakijken in de toekomst"),
            ({"review_before": "01/01/2020"}, "Opnieuw nakijken komt na het nazicht."),
            ({"date": "gisteren"}, "Nagekeken op"),
            ({"reviewer": "x" * 151}, "150"),
            ({"reviewer": "\x00"}, "Door"),
            ({"rows": ["999999"]}, "Niets genoteerd"),
            ({"rows": ["9" * 40]}, "Niets genoteerd"),
            ({"rows": ["9" * 5000]}, "Niets genoteerd"),
            ({"rows": ["²"]}, "Niets genoteerd"),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_the_choice(self, desk, changes, said):
        version = published()

        response = send(desk, QUEUE, **{"rows": [str(version.pk)]} | changes)

        assert response.status_code == 422
        assert said in response.content.decode()
        assert not Review.objects.exists()
        if "rows" not in changes:
            assert f'id="rij-{version.pk}" checked' in response.content.decode()

    def test_leaves_alone_what_is_not_on_the_site_any_more(self, desk):
        version, draft = published(), ConceptVersionFactory()

        send(desk, QUEUE, rows=[str(version.pk), str(draft.pk)])

        assert [review.version for review in Review.objects.all()] == [version]
        assert "niet meer zo op de site" in desk.get(QUEUE).content.decode()

    def test_is_a_decision(self, client):
        client.force_login(editor(REDACTEUR))
        version = published()

        assert "Nagekeken, niets gewijzigd" not in client.get(QUEUE).content.decode()
        assert client.post(QUEUE, {"rows": [version.pk]}).status_code == 403
        assert not Review.objects.exists()

    def test_not_in_a_queue_of_something_else(self, desk):
        contradiction("132 of 133?")

        assert desk.post("/beheer/lijst/tegenspraken/", {"rows": ["1"]}).status_code == 403

    @pytest.mark.parametrize("of", ["version", "concept"])
    def test_is_a_step_on_the_page_too(self, desk, of):
        version = published()
        record = version if of == "version" else version.concept
        address = f"{change_url(record).removesuffix('change/')}stap/nagekeken/"

        for _ in range(2):
            desk.post(address)

        (review,) = Review.objects.all()
        assert (review.version, review.date) == (version, TODAY())
        assert "nagekeken" not in {step.name for step in steps_on(desk, record)}

    def test_a_working_copy_is_not_reviewed(self, desk):
        version = ConceptVersionFactory()

        desk.post(f"{change_url(version).removesuffix('change/')}stap/nagekeken/")

        assert not Review.objects.exists()


def steps_on(client, record):
    context = client.get(change_url(record)).context
    return [*(context.get("steps") or ()), *(context.get("saving_steps") or ())]


def test_a_review_by_hand_is_never_of_tomorrow(desk):
    version = published()
    address = f"/beheer/concepts/review/add/?version={version.pk}"
    fields = opened(desk, address)

    refused = send(desk, address, fields, date="01/01/2999", review_before="01/01/3000")
    send(desk, address, fields)

    assert "Je kunt niet nakijken in de toekomst." in refused.content.decode()
    assert Review.objects.get().date == TODAY()


def test_the_public_page_says_that_its_review_is_late(client):
    version = published()
    review = ReviewFactory(
        version=version, date=dt.date(2024, 6, 1), review_before=dt.date(2025, 6, 1)
    )

    page = client.get(version.get_absolute_url()).content.decode()
    assert "1 juni 2024. Het volgende nazicht was gepland vóór 1 juni 2025 en is te laat." in page

    Review.objects.filter(pk=review.pk).update(review_before=TODAY() + DAY)
    assert "is te laat" not in client.get(version.get_absolute_url()).content.decode()
