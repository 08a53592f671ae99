"""A lezer of the desk: sees every record that a redacteur sees, and changes none."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.urls import reverse

from concepts.admin.steps import CONCEPT_STEPS, VERSION_STEPS
from concepts.models import Concept, ConceptVersion, Handover
from concepts.queues import QUEUES
from eerstelijn.database import stamp
from eerstelijn.login.models import LoginEvent
from eerstelijn.reports.models import Outcome, Report
from tests.desk import SURE, add_url, change_url, editor, list_url, step_url
from tests.everything import everything
from tests.factories import ConceptVersionFactory, PartnerFactory, PassageFactory, SourceFactory

pytestmark = pytest.mark.django_db

#: What only a beheerder sees.
ACCOUNTS = (User, Group, LoginEvent)
RECORDS = [model for model in admin.site._registry if model not in ACCOUNTS]
#: Where a decision on several records is taken, or a table brought in.
OWN_PAGES = ("agency_service_change", "coveragearea_merger")


@pytest.fixture
def lezer(client):
    client.force_login(editor("lezer"))
    return client


@pytest.fixture
def version():
    version = ConceptVersionFactory(described_by=[SourceFactory()])
    PassageFactory(version=version)
    return version


@pytest.fixture
def public():
    return ConceptVersionFactory(published=True)


@pytest.fixture
def unchanged():
    """Nothing was written: no content, nothing on record, no report answered."""

    def standing():
        rows = [
            list(model.objects.order_by("pk").values())
            for model in (*RECORDS, Handover, Outcome, LogEntry)
        ]
        return stamp.read(), rows

    before = []
    yield lambda: before.append(standing()) or before[0]
    assert standing() == before[0]


class TestSees:
    def test_every_list_and_every_record_without_a_button_that_saves(self, lezer):
        everything()
        Report.objects.create(text="Nee.", about="/over/")
        for model in RECORDS:
            assert lezer.get(list_url(model)).status_code == 200, model
            if record := model.objects.first():
                page = lezer.get(change_url(record))
                assert page.status_code == 200, model
                assert buttons(page) == [], model
        assert lezer.get("/beheer/").status_code == 200

    def test_no_account_and_nothing_of_who_logged_in(self, lezer):
        for model in ACCOUNTS:
            assert lezer.get(list_url(model)).status_code == 403

    def test_every_list_of_work_without_its_button(self, lezer, public):
        for name in QUEUES:
            page = lezer.get(reverse("admin:queue", args=[name]))
            assert page.status_code == 200, name
            assert buttons(page) == [], name

    def test_the_preview_of_a_version_and_what_differs(self, lezer, version):
        preview = lezer.get(reverse("admin:concepts_conceptversion_preview", args=[version.pk]))
        compared = lezer.get(reverse("admin:concepts_concept_compare", args=[version.concept_id]))

        assert (preview.status_code, compared.status_code) == (200, 200)

    def test_a_report_without_the_address_of_who_wrote_it(self, lezer):
        report = Report.objects.create(text="De rol klopt niet.", email="iemand@example.org")

        page = lezer.get(change_url(report)).content.decode()

        assert "De rol klopt niet." in page
        assert "iemand@example.org" not in page

    def test_tables_that_go_out_and_no_way_to_bring_one_in(self, lezer):
        PartnerFactory(name="Huis")
        table = reverse("admin:governance_partner_exchange")

        assert "Huis" in lezer.get(table, {"vorm": "csv"}).content.decode()
        assert buttons(lezer.get(table)) == []


class TestChanges:
    """Nothing, whatever is sent."""

    def test_no_record(self, lezer, unchanged):
        everything()
        Report.objects.create(text="Nee.", about="/over/")
        unchanged()
        for model in RECORDS:
            assert lezer.get(add_url(model)).status_code == 403, model
            assert lezer.post(add_url(model), {"name": "x"}).status_code == 403, model
            if record := model.objects.first():
                here = change_url(record)
                chosen = {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"}
                assert lezer.post(here, {"name": "x", "_save": ""}).status_code == 403, model
                gone = lezer.post(here.replace("/change/", "/delete/"), {"post": "yes"})
                assert gone.status_code == 403, model
                lezer.post(list_url(model), chosen)

    @pytest.mark.parametrize("step", VERSION_STEPS, ids=lambda step: step.name)
    def test_no_version_by_a_step(self, lezer, version, unchanged, step):
        unchanged()

        assert lezer.post(step_url(version, step.name), SURE).status_code == 403
        lezer.post(list_url(ConceptVersion), taken(step, version))

    @pytest.mark.parametrize("step", CONCEPT_STEPS, ids=lambda step: step.name)
    def test_no_concept_by_a_step(self, lezer, public, unchanged, step):
        unchanged()

        assert lezer.post(step_url(public.concept, step.name), SURE).status_code == 403
        lezer.post(list_url(Concept), taken(step, public.concept))

    def test_no_tab_of_a_version_and_sends_none_to_be_shown(self, lezer, version, unchanged):
        unchanged()
        args = [version.pk, "teksten"]

        for url in (
            change_url(version, "teksten"),
            reverse("admin:concepts_conceptversion_preview", args=args[:1]),
            reverse("admin:concepts_conceptversion_preview_group", args=args),
        ):
            assert lezer.post(url, {"name": "x", "_concept": version.concept_id}).status_code == 403

    def test_no_several_at_once(self, lezer, public, unchanged):
        unchanged()
        queue = reverse("admin:queue", args=["nooit-nagekeken"])
        table = reverse("admin:governance_partner_exchange")

        assert lezer.post(queue, {"rows": public.pk}).status_code == 403
        assert lezer.post(table, {"zeker": "ja"}).status_code == 403
        for name in OWN_PAGES:
            own = reverse(f"admin:governance_{name}")
            assert lezer.get(own).status_code == 403
            assert lezer.post(own, {"zeker": "ja"}).status_code == 403


def taken(step, record):
    return {"action": step.name, "_selected_action": record.pk, **SURE}


def buttons(page):
    """The buttons of forms that are sent to be kept; logging out and searching are no such."""
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", page.content.decode(), re.S)
    return [
        button
        for form in forms
        if 'id="logout-form"' not in form
        for button in re.findall(r"<(?:button|input)\b[^>]*type=\"submit\"[^>]*>", form)
    ]
