"""A small row of every model, tied together so that every kind of page has all that it can show."""

import datetime as dt
from functools import partial

from concepts.models import Claim, Coverage, Discrepancy, Handover, LostLink, Passage, WordPart
from eerstelijn.login.models import LoginEvent
from governance.models import AgencyTask, AreaName, DecreeDate, DecreeRelation
from tests import factories


def everything():
    """Make them. Returns the open version of a concept that has a published one too."""
    source = factories.SourceFactory(slug="blad", url="https://example.org/", note="Toelichting.")
    factories.SourceFactory(slug="tekst")
    place = factories.CitationFactory(source=source, heading="Blok", section="", page=3)
    domain = factories.PolicyDomainFactory(slug="wvg", abbreviation="WVG", tree="linde")
    old = factories.AgencyFactory(slug="oud", policy_domain=domain, website="https://example.org/")
    new = factories.AgencyFactory(slug="nieuw", policy_domain=domain, abbreviation="NW")
    factories.AgencyFactory(slug="deel", policy_domain=domain, parent=new)
    AgencyTask.objects.create(agency=new, key="taak", text="Doet iets.").citations.add(place)
    event = factories.ChangeEventFactory(before=[old], after=[new], date="mei 2022")
    event.citations.add(place)
    partner = factories.PartnerFactory(slug="caw", long_name="Centrum", type__slug="welzijn")
    decree = factories.DecreeFactory(slug="decreet", url="https://example.org/", codex_id="1029068")
    other = factories.DecreeFactory(slug="besluit")
    DecreeRelation.objects.create(decree=decree, kind="vervangt", other=other).citations.add(place)
    DecreeDate.objects.create(
        decree=decree, kind="bekrachtigd", **factories.columns("date", "9 februari 2018")
    ).citations.add(place)
    town, next_town = factories.MunicipalityFactory.create_batch(2)
    factories.AreaBorderFactory(area=town, other=next_town)
    factories.AreaPartFactory(area=town).citations.add(place)
    zone = factories.CoverageAreaFactory(slug="elz-zone", kind__slug="eerstelijnszone")
    for member in (town, next_town):
        factories.AreaMembershipFactory(
            member=member, area=zone, valid_from=dt.date(2020, 1, 1), part="een deel"
        )
    AreaName.objects.create(area=zone, name="Zone", valid_from=dt.date(2020, 1, 1))
    factories.OldSlugFactory(kind="partner", old="vroeger", current="caw")
    group = factories.TargetGroupFactory()
    term = factories.TermFactory(slug="zorgraad", abbreviation="ZR", language="fr")
    term.citations.add(place)
    WordPart.objects.create(text="zorg")
    development = factories.ConceptVersionFactory(
        published=True, concept__slug="hervorming", concept__record_kind="ontwikkeling"
    )
    special = {
        "eigenaar": {"agency": old, "policy_domain": domain, "wording": "de dienst"},
        "deelname": {"partner": partner, "wording": "het centrum"},
        "dekking": {"territory": [zone], "extent": Coverage.Extent.ONLY_NAMED},
        "doelgroep": {"target_group": group},
        "rechtsgrond": {"decree": decree},
        "mijlpaal": {"is_announced": True, "outcome": "later"},
        "relatie": {"other": development.concept},
    }
    statements = [
        *(
            partial(factories.PassageFactory, kind=kind, key=f"p-{kind}", headline="Kop")
            for kind in Passage.Kind.values
        ),
        *(
            partial(make, **special.get(kind, {}))
            for kind, make in factories.STATEMENT_FACTORIES.items()
            if kind != "passage"
        ),
    ]
    version = factories.ConceptVersionFactory(
        published=True,
        concept__slug="gbo",
        abbreviation="GBO",
        described_by=[source],
        statements=statements,
    )
    draft = factories.ConceptVersionFactory(concept=version.concept, statements=statements)
    factories.ReviewFactory(version=version, note="Nagekeken.")
    for row, kind in ((version, Handover.Kind.APPROVED), (draft, Handover.Kind.SENT_BACK)):
        row.handovers.create(kind=kind, by="An", note="Alleen.")
    for kind in ("afkorting", "schrijfwijze", "naam"):
        for name, record in {
            "concept": version.concept,
            "agency": new,
            "partner": partner,
            "area": zone,
            "decree": decree,
        }.items():
            factories.AliasFactory(key=f"{kind}-{name}", kind=kind, text=kind, **{name: record})
    for kind in Discrepancy.Kind.values:
        row = Discrepancy.objects.create(slug=kind, title="132 of 133?", kind=kind, note="Nota.")
        row.concepts.add(version.concept)
        for key in ("a", "b"):
            Claim.objects.create(discrepancy=row, key=key, value="132").citations.add(place)
    for name, record in {"concept": version.concept, "decree": decree}.items():
        link = LostLink.objects.create(
            key=name, text="leidraad", url="https://example.org/", note="Weg.", **{name: record}
        )
        link.citations.add(place)
    LoginEvent.objects.create(kind=LoginEvent.Kind.RIGHTS, account="an", by="els", detail="Meer.")
    return draft
