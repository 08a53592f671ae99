"""Made-up sources, and who, where and on what ground: the records that concepts point to."""

import datetime as dt

import factory

from governance import models as governance
from tests.factories.rows import RecordFactory

# Sources


class SourceFactory(RecordFactory):
    class Meta:
        model = governance.Source
        django_get_or_create = ("slug",)

    slug = "tekst"
    name = factory.LazyAttribute(lambda source: f"Bron {source.slug}")
    short_title = factory.LazyAttribute(lambda source: source.slug.capitalize())
    kind = governance.Source.Kind.REPORT
    origin = governance.Source.Origin.OWN


class CitationFactory(RecordFactory):
    class Meta:
        model = governance.Citation
        django_get_or_create = ("source", "section", "heading", "footnote")

    source = factory.SubFactory(SourceFactory)
    section = "2.1"
    heading = ""
    footnote = None


class OldSlugFactory(RecordFactory):
    class Meta:
        model = governance.OldSlug


# Who, where and on what ground


class PolicyDomainFactory(RecordFactory):
    class Meta:
        model = governance.PolicyDomain

    slug = factory.Sequence(lambda n: f"domein-{n}")
    name = factory.LazyAttribute(lambda domain: f"Domein {domain.slug}")


class AgencyFactory(RecordFactory):
    class Meta:
        model = governance.Agency

    slug = factory.Sequence(lambda n: f"dienst-{n}")
    name = factory.LazyAttribute(lambda agency: f"Dienst {agency.slug}")
    kind = governance.Agency.Kind.AGENCY


class PartnerTypeFactory(RecordFactory):
    class Meta:
        model = governance.PartnerType

    slug = factory.Sequence(lambda n: f"type-{n}")
    name = factory.LazyAttribute(lambda type_: f"Type {type_.slug}")


class PartnerFactory(RecordFactory):
    class Meta:
        model = governance.Partner

    slug = factory.Sequence(lambda n: f"partner-{n}")
    name = factory.LazyAttribute(lambda partner: f"Partner {partner.slug}")
    type = factory.SubFactory(PartnerTypeFactory)


class DecreeFactory(RecordFactory):
    class Meta:
        model = governance.Decree

    slug = factory.Sequence(lambda n: f"akte-{n}")
    name = factory.LazyAttribute(lambda decree: f"Decreet over {decree.slug}")
    short_title = factory.LazyAttribute(lambda decree: f"decreet {decree.slug}")
    kind = governance.Decree.Kind.DECREE


class AreaKindFactory(RecordFactory):
    class Meta:
        model = governance.AreaKind
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"schaal-{n}")
    name = factory.LazyAttribute(lambda kind: kind.slug)
    plural = factory.LazyAttribute(lambda kind: f"{kind.slug}s")


class CoverageAreaFactory(RecordFactory):
    class Meta:
        model = governance.CoverageArea

    slug = factory.Sequence(lambda n: f"gebied-{n}")
    name = factory.LazyAttribute(lambda area: f"Gebied {area.slug}")
    kind = factory.SubFactory(AreaKindFactory)


class MunicipalityFactory(CoverageAreaFactory):
    """A municipality of 2019; say `nis` when it matters, and `kind` never."""

    kind = factory.SubFactory(
        AreaKindFactory,
        slug=governance.MUNICIPALITY,
        composition=governance.AreaKind.Composition.KNOWN,
    )
    nis = factory.Sequence(lambda n: f"{10000 + n}")
    slug = factory.LazyAttribute(lambda area: governance.municipality_slug(area.nis))
    name = factory.LazyAttribute(lambda area: f"Gemeente {area.nis}")
    valid_from = dt.date(2019, 1, 1)


class AreaPartFactory(RecordFactory):
    class Meta:
        model = governance.AreaPart

    area = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Deel {n}")
    postcode = "3001"


class AreaMembershipFactory(RecordFactory):
    class Meta:
        model = governance.AreaMembership


class AreaBorderFactory(RecordFactory):
    class Meta:
        model = governance.AreaBorder

    area = factory.SubFactory(MunicipalityFactory)
    other = factory.SubFactory(MunicipalityFactory)


class ChangeEventFactory(RecordFactory):
    """A change; `before` and `after` are the agencies on each side."""

    class Meta:
        model = governance.ChangeEvent
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"verandering-{n}")
    name = factory.LazyAttribute(lambda event: f"Verandering {event.slug}")
    kind = governance.ChangeEvent.Kind.MERGER
    status = governance.ChangeEvent.Status.DONE

    @factory.post_generation
    def before(self, create, agencies, **kwargs):
        _add_subjects(self, governance.ChangeSubject.Side.BEFORE, agencies)

    @factory.post_generation
    def after(self, create, agencies, **kwargs):
        _add_subjects(self, governance.ChangeSubject.Side.AFTER, agencies)


def _add_subjects(event, side, agencies):
    for agency in agencies or ():
        event.subjects.create(side=side, key=f"{side}-{agency.slug}", agency=agency)
