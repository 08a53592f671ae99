"""What all records share: natural keys, slugs that are never given away, exactly one target."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F

from concepts import fixtures
from concepts.models import Alias, ConceptVersion, Discrepancy, Participation
from governance.models import ChangeSubject, Citation, Partner
from governance.models.bases import Page
from tests.factories import (
    AgencyFactory,
    AliasFactory,
    AreaKindFactory,
    ChangeEventFactory,
    CitationFactory,
    ConceptFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    DecreeFactory,
    OldSlugFactory,
    ParticipationFactory,
    PartnerFactory,
    PartnerTypeFactory,
    PolicyDomainFactory,
    SourceFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


def fields_in(expressions):
    """The fields that expressions read; a name alone is one."""
    nodes = [
        node
        for part in expressions
        for node in (part.flatten() if hasattr(part, "flatten") else [part])
    ]
    return {getattr(node, "name", node) for node in nodes if isinstance(node, F | str)}


class TestNaturalKeys:
    def test_a_record_is_found_by_its_slug(self):
        partner = PartnerFactory(slug="caw")

        assert partner.natural_key() == ("caw",)
        assert Partner.objects.get_by_natural_key("caw") == partner

    def test_a_statement_is_found_by_its_concept_version_and_key(self):
        version = ConceptVersionFactory(concept__slug="gbo")
        row = ParticipationFactory(version=version, key="caw")

        assert row.natural_key() == ("gbo", 1, "caw")
        assert Participation.objects.get_by_natural_key("gbo", 1, "caw") == row

    def test_a_place_without_a_footnote_is_found_too(self):
        place = CitationFactory(section="2.1.1")

        assert place.natural_key() == ("tekst", "2.1.1", "", None)
        assert Citation.objects.get(source__slug="tekst", footnote=None) == place

    @pytest.mark.parametrize("model", fixtures.models(), ids=lambda model: model.__name__)
    def test_every_record_has_one_that_the_database_guards(self, model):
        fields = {path.partition("__")[0] for path in model.key_fields}
        unique = [set(rule.fields) for rule in model._meta.total_unique_constraints]
        unique += [{field.name} for field in model._meta.fields if field.unique]
        # What is unique after a function, such as one for small letters, is unique before it.
        rules = [rule for rule in model._meta.constraints if getattr(rule, "expressions", None)]
        for rule in rules:
            if isinstance(rule, models.UniqueConstraint):
                unique.append(fields_in(rule.expressions))
            else:
                equal = [part for part, operator in rule.expressions if operator == "="]
                unique.append(fields_in(equal))

        assert any(key and key <= fields for key in unique)


class TestSlugs:
    def test_a_slug_that_once_led_elsewhere_is_not_given_away(self):
        OldSlugFactory(kind="partner", old="jac", current="caw")

        with pytest.raises(ValidationError) as refusal:
            PartnerFactory(slug="jac").clean()

        assert "ander record" in refusal.value.message_dict["slug"][0]

    def test_the_same_slug_is_free_for_another_kind_of_record(self):
        OldSlugFactory(kind="partner", old="jac", current="caw")

        AgencyFactory(slug="jac").clean()

    def test_two_records_never_share_one(self):
        PartnerFactory(slug="caw")

        with pytest.raises(IntegrityError), transaction.atomic():
            PartnerFactory(slug="caw", name="Een ander")

    def test_an_old_slug_leads_somewhere_else(self):
        with (
            pytest.raises(IntegrityError, match="governance_oldslug_leads_elsewhere"),
            transaction.atomic(),
        ):
            OldSlugFactory(kind="partner", old="caw", current="caw")

    def test_an_old_slug_leads_to_one_place(self):
        OldSlugFactory(kind="partner", old="jac", current="caw")

        with pytest.raises(IntegrityError, match="governance_oldslug_unique"), transaction.atomic():
            OldSlugFactory(kind="partner", old="jac", current="clb")


class TestNames:
    @pytest.mark.parametrize(
        ("make", "field"),
        [
            (AgencyFactory, "name"),
            (AreaKindFactory, "name"),
            (CoverageAreaFactory, "name"),
            (DecreeFactory, "short_title"),
            (PartnerFactory, "name"),
            (PartnerTypeFactory, "name"),
            (PolicyDomainFactory, "name"),
            (SourceFactory, "name"),
            (TermFactory, "name"),
        ],
    )
    def test_a_record_is_called_by_its_name(self, make, field):
        record = make()

        assert str(record) == getattr(record, field)

    def test_a_discrepancy_is_called_by_its_title(self):
        assert str(Discrepancy(title="133 buurten, of 132?")) == "133 buurten, of 132?"

    @pytest.mark.parametrize("model", [m for m in fixtures.models() if issubclass(m, Page)])
    def test_every_page_has_an_address_that_ends_in_its_slug(self, model):
        assert model(slug="een-adres").get_absolute_url().endswith("/een-adres/")


class TestExactlyOne:
    def test_an_alias_names_the_one_record_that_it_points_to(self):
        partner = PartnerFactory()

        alias = AliasFactory(text="CAW-groep", partner=partner)

        alias.clean()
        assert alias.target == partner

    @pytest.mark.parametrize("targets", [(), ("partner", "agency")])
    def test_an_alias_of_none_or_two_is_refused_in_dutch(self, targets):
        records = {"partner": PartnerFactory(), "agency": AgencyFactory()}
        alias = Alias(text="CAW-groep", **{name: records[name] for name in targets})

        with pytest.raises(ValidationError, match="precies één record"):
            alias.clean()

    @pytest.mark.parametrize("targets", [(), ("partner", "concept")])
    def test_the_database_refuses_it_too(self, targets):
        records = {"partner": PartnerFactory(), "concept": ConceptFactory()}

        with (
            pytest.raises(IntegrityError, match="concepts_alias_exactly_one"),
            transaction.atomic(),
        ):
            AliasFactory(text="CAW-groep", **{name: records[name] for name in targets})

    def test_a_change_is_about_exactly_one_record_a_row(self):
        event = ChangeEventFactory()

        with (
            pytest.raises(IntegrityError, match="governance_changesubject_exactly_one"),
            transaction.atomic(),
        ):
            event.subjects.create(
                key="beide", side="voor", agency=AgencyFactory(), partner=PartnerFactory()
            )

    def test_an_empty_row_has_no_target_yet(self):
        assert Alias().target is None
        assert ChangeSubject().subject is None


class TestVersions:
    def test_a_concept_has_at_most_one_open_version(self):
        version = ConceptVersionFactory()

        with (
            pytest.raises(IntegrityError, match="concepts_conceptversion_one_open"),
            transaction.atomic(),
        ):
            ConceptVersionFactory(concept=version.concept, status="ter-nazicht")

    def test_a_concept_has_at_most_one_published_version(self):
        version = ConceptVersionFactory(published=True)

        with (
            pytest.raises(IntegrityError, match="concepts_conceptversion_one_published"),
            transaction.atomic(),
        ):
            ConceptVersionFactory(concept=version.concept, published=True)

    def test_a_published_version_knows_since_when(self):
        version = ConceptVersionFactory()

        with (
            pytest.raises(IntegrityError, match="concepts_conceptversion_published_has_date"),
            transaction.atomic(),
        ):
            ConceptVersion.objects.filter(pk=version.pk).update(status="gepubliceerd")

    def test_a_concept_that_was_described_is_never_deleted(self):
        version = ConceptVersionFactory()

        with pytest.raises(models.ProtectedError):
            version.concept.delete()

    def test_what_a_statement_points_to_is_never_deleted(self):
        row = ParticipationFactory()

        with pytest.raises(models.ProtectedError):
            row.partner.delete()


def test_terms_stand_on_one_page_with_a_way_to_the_first_of_each_letter(client):
    for slug, name in (("a", "aanbod"), ("b", "actor"), ("c", "Éénloket"), ("d", "zorgraad")):
        TermFactory(slug=slug, name=name)

    response = client.get("/begrippen/")
    page, sorted_by_hand = response.content.decode(), client.get("/begrippen/?q=zorgraad")

    letters = response.context["finder"].rows.letters
    assert letters == [("A", "begrip-a"), ("E", "begrip-c"), ("Z", "begrip-d")]
    assert [page.count(f'id="{place}"') for _, place in letters] == [1, 1, 1]
    assert sorted_by_hand.context["finder"].rows.letters == []
