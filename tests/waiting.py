"""Rows that wait for an editor: how each queue gets one."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from concepts.models import Claim, ConceptVersion, Discrepancy, LostLink, Status, ToCheck
from eerstelijn.links.models import CheckedLink
from eerstelijn.login.groups import EINDREDACTEUR
from eerstelijn.reports.models import Report
from governance.models import ChangeEvent
from tests.desk import editor
from tests.factories import (
    AgencyFactory,
    ChangeEventFactory,
    ConceptVersionFactory,
    MilestoneFactory,
    PassageFactory,
    ReviewFactory,
    SourceFactory,
    columns,
)

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


@pytest.fixture
def desk(client):
    client.force_login(editor(EINDREDACTEUR))
    return client
