"""Web addresses of records: http and https only, wherever one comes in or is printed."""

from copy import copy

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from concepts.fixtures import Reader
from concepts.models import LostLink
from eerstelijn.webaddress import MESSAGE, WebAddressField, let_go_of_others, link_to
from governance.models import Agency, Decree, Partner, Source
from tests.browser.reading import Page
from tests.factories import (
    AgencyFactory,
    ConceptVersionFactory,
    DecreeFactory,
    PartnerFactory,
    SourceFactory,
)

#: Everything that a browser might follow, or read as something else than it looks.
BAD = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox",
    "ftp://example.org/",
    "mailto:iemand@example.org",
    "//example.org/",
    "/concepten/",
    "https:/example.org",
    "https://exa mple.org/",
    "https://example.org/\njavascript:alert(1)",
]
GOOD = ["https://www.vlaanderen.be/", "http://example.org", "HTTPS://EXAMPLE.ORG/a?b=c#d"]


def web_fields():
    """Every field for an address but in what is kept of former rows: that is shown as text."""
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label != "history"
        for field in model._meta.fields
        if isinstance(field, models.URLField)
    ]


def test_every_field_for_an_address_is_one_for_the_web():
    """A new one takes part: its own kind of field, and a constraint with its name."""
    assert {model for model, _ in web_fields()} == {Agency, Decree, LostLink, Partner, Source}
    for model, field in web_fields():
        assert isinstance(field, WebAddressField)
        name = f"{model._meta.label_lower.replace('.', '_')}_{field.name}_on_the_web"
        assert name in {constraint.name for constraint in model._meta.constraints}


@pytest.mark.parametrize("address", BAD)
def test_of_another_kind_leads_nowhere(address):
    assert link_to(address) == ""


@pytest.mark.parametrize("address", GOOD)
def test_of_the_web_is_a_link(address):
    assert link_to(address) == address


@pytest.mark.django_db
class TestStored:
    @pytest.fixture
    def rows(self):
        return [
            AgencyFactory(),
            DecreeFactory(),
            LostLink.objects.create(key="leidraad", text="leidraad"),
            PartnerFactory(),
            SourceFactory(),
        ]

    def fields_of(self, rows):
        """Each web address of each row."""
        return [(row, field) for row in rows for model, field in web_fields() if model is type(row)]

    def test_the_database_refuses_any_other(self, rows, subtests):
        for row, field in self.fields_of(rows):
            for address in BAD:
                with (
                    subtests.test(f"{row._meta.model_name} {address!r}"),
                    pytest.raises(IntegrityError, match="_on_the_web"),
                    transaction.atomic(),
                ):
                    type(row).objects.filter(pk=row.pk).update(**{field.name: address})
            for address in [*GOOD, ""]:
                assert type(row).objects.filter(pk=row.pk).update(**{field.name: address})

    def test_a_form_says_why_beside_the_field(self, rows):
        for row, field in self.fields_of(rows):
            typed = copy(row)
            setattr(typed, field.name, "javascript:alert(1)")

            with pytest.raises(ValidationError) as refusal:
                typed.full_clean()

            assert refusal.value.message_dict == {field.name: [MESSAGE]}

    def test_a_file_is_refused_with_the_record_and_a_sentence(self):
        fields = {"slug": "kaart", "name": "Kaart", "url": "javascript:alert(1)"}

        with pytest.raises(ValueError, match=r"^bron kaart: webadres is “javascript") as refusal:
            Reader()._make(Source, [fields])

        assert "begint met https:// of http://" in str(refusal.value)


class TestPrinted:
    """What is stored all the same, by whatever way round the database, is no link."""

    ADDRESS = "javascript:alert(1)"

    @pytest.fixture
    def without_constraints(self, db):
        with connection.cursor() as cursor:
            for model, field in web_fields():
                name = f"{model._meta.label_lower.replace('.', '_')}_{field.name}_on_the_web"
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"')

    def test_it_is_text_on_every_page_that_shows_it(self, without_constraints, client):
        source = SourceFactory(slug="kwaad", url=self.ADDRESS)
        agency = AgencyFactory(website=self.ADDRESS)
        partner = PartnerFactory(website=self.ADDRESS)
        decree = DecreeFactory(url=self.ADDRESS)
        version = ConceptVersionFactory(published=True, described_by=[source])
        for record in ({"concept": version.concept}, {"decree": decree}):
            (key,) = record
            LostLink.objects.create(key=key, text="leidraad", url=self.ADDRESS, **record)

        for record in (source, agency, partner, decree, version.concept):
            url = record.get_absolute_url()
            response = client.get(url)
            page = Page(f"https://site.be{url}", response.status_code, response.content.decode())

            assert page.status == 200
            assert [link.url for link in page.links if "alert" in link.url] == []

    def test_a_migration_empties_it_and_says_so(self, without_constraints, capsys):
        bad = PartnerFactory(name="CAW", website="ftp://caw.example.org")
        good = PartnerFactory(website="https://example.org/")

        let_go_of_others(apps, "governance")

        bad.refresh_from_db()
        good.refresh_from_db()
        assert (bad.website, good.website) == ("", "https://example.org/")
        assert "partner CAW: ftp://caw.example.org" in capsys.readouterr().out
