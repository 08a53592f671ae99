"""Two editors at one page of the desk: who they are, what they type, and a record of each kind."""

import datetime as dt
import html

import pytest
from django.contrib.auth.models import Group, User
from django.db import models

from concepts import models as concepts
from concepts.models import Concept, ConceptVersion
from concepts.publishing import publish, working_copy
from eerstelijn.desk.shown import CHANGED
from eerstelijn.login.models import LoginEvent
from eerstelijn.reports.models import Report
from governance import models as governance
from tests import factories
from tests.desk import (
    editor,
)

SINCE = dt.date(2019, 1, 1)
#: What two editors write in one field; also good for an address.
MINE, THEIRS = "mijn-woord", "hun-woord"


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur", username="els"))
    return client


@pytest.fixture
def keeper(client):
    """Whoever may do everything, accounts too."""
    client.force_login(editor(is_superuser=True, username="ria"))
    return client


def text_of(answer):
    return html.unescape(" ".join(answer.content.decode().split()))


def shown_again(answer, *typed):
    """Whether the page came back, says why, and holds all that was typed."""
    page = text_of(answer)
    return CHANGED in page and all(each in page for each in typed)


# A record of each kind that nobody uses


def public_version():
    version = factories.ConceptVersionFactory(described_by=[factories.SourceFactory()])
    factories.PassageFactory(version=version)
    return publish(version)


def open_report():
    return Report.objects.create(about="/concepten/gbo/", text="Dit klopt niet.")


def a_discrepancy():
    return concepts.Discrepancy.objects.create(slug="punt", title="132 of 133?", kind="tegenspraak")


FRESH = {
    **{
        model: getattr(factories, f"{model.__name__}Factory")
        for model in (
            *(governance.ChangeEvent, governance.PolicyDomain, governance.Agency),
            *(governance.AreaKind, governance.CoverageArea),
            *(governance.Decree, governance.PartnerType, governance.Partner, governance.Source),
            *(governance.Citation, concepts.TargetGroup, concepts.Term),
        )
    },
    governance.OldSlug: lambda: factories.OldSlugFactory(
        kind="partner", old="vroeger", current=factories.PartnerFactory().slug
    ),
    concepts.Concept: lambda: factories.ConceptVersionFactory().concept,
    concepts.ConceptVersion: lambda: working_copy(public_version().concept),
    concepts.Review: lambda: factories.ReviewFactory(version=public_version()),
    concepts.ToCheck: lambda: concepts.ToCheck.objects.create(
        concept=public_version().concept, event=factories.ChangeEventFactory()
    ),
    concepts.Alias: lambda: factories.AliasFactory(partner=factories.PartnerFactory()),
    governance.AreaMembership: lambda: factories.AreaMembershipFactory(
        area=factories.CoverageAreaFactory(valid_from=SINCE),
        member=factories.MunicipalityFactory(valid_from=SINCE),
        valid_from=SINCE,
    ),
    concepts.WordPart: lambda: concepts.WordPart.objects.create(text="zorg"),
    concepts.LostLink: lambda: concepts.LostLink.objects.create(
        key="weg", text="leidraad", url="https://example.org/", concept=public_version().concept
    ),
    concepts.Discrepancy: a_discrepancy,
    Report: open_report,
    User: lambda: editor("redacteur", username="nora"),
    Group: lambda: Group.objects.create(name="Meelezers"),
}
#: What the page shows of a record that is to go, where that is not its first text.
SHOWN_OF = {User: "email", Report: "text", concepts.ToCheck: "done_on"}
#: What two editors give where a form has no words: as typed, as kept, and as it is shown.
DAYS = "1/11/2026", dt.date(2026, 10, 1), "01/10/2026"
#: What nobody changes or deletes at the desk.
ONLY_READ = {LoginEvent}


def values_of(model):
    """What one types, what a colleague saved, and how that is shown."""
    return DAYS if model is concepts.ToCheck else (MINE, THEIRS, THEIRS)


def text_field(record, fields):
    """The first field of a form in which an editor types words; of what has none, a day."""
    if isinstance(record, concepts.ToCheck):
        return "done_on"
    sent = [name for name, _ in fields]
    for field in record._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if is_text and field.name in sent and not isinstance(field, models.URLField):
            return field.name
    raise AssertionError(f"the form of {record} has no text")


def changed_by_a_colleague(record, name=None):
    """Change the first text of a record that its deletion page shows."""
    if isinstance(record, Concept) and not name:
        return ConceptVersion.objects.filter(concept=record).update(name=THEIRS)
    texts, (_, theirs, _) = (models.CharField, models.TextField), values_of(type(record))
    name = name or SHOWN_OF.get(type(record)) or next(
        each.name for each in record._meta.concrete_fields
        if isinstance(each, texts) and not each.choices and each.editable
    )  # fmt: skip
    return type(record).objects.filter(pk=record.pk).update(**{name: theirs})
