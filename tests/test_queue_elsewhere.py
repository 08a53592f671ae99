"""The queue of what changed elsewhere: which concepts a change touches, and until when."""

from functools import partial

import pytest

from concepts import elsewhere
from governance.models import Agency, ChangeEvent, Decree, DecreeRelation
from tests import waiting
from tests.desk import change_url, send
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    CoverageAreaFactory,
    CoverageFactory,
    DecreeFactory,
    LegalBasisFactory,
    ReviewFactory,
    columns,
)
from tests.waiting import DAY, TODAY, on_an_ended_service, published

pytestmark = pytest.mark.django_db

desk = waiting.desk


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
