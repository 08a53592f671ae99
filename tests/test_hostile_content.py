"""No page falls over by the content of a record, and no content becomes markup.

Every text field of every model is filled with what could break a page, and every page and format is
opened, those of the desk too. The fields are found by themselves; a new model must be among the
records that `everything` makes.
"""

import datetime as dt
from collections import deque
from functools import partial
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.apps import apps

from concepts.models import Claim, Discrepancy, LostLink, WordPart
from governance.models import AgencyTask, AreaName, DecreeDate, DecreeRelation
from tests import factories, hostile
from tests.desk import editor

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
LISTS = [
    *("concepten", "ontwikkelingen", "beleidsdomeinen", "diensten", "partners", "regelgeving"),
    *("gebieden", "bronnen", "begrippen"),
]


def everything():
    """A row of every model at least, tied together so that the pages show all of them."""
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
    statements = [
        *(
            partial(factories.PassageFactory, kind=kind, key=f"p-{kind}", headline="Kop")
            for kind in apps.get_model("concepts.passage").Kind.values
        ),
        partial(factories.OwnershipFactory, agency=old, policy_domain=domain, wording="de dienst"),
        partial(factories.ParticipationFactory, partner=partner, wording="het centrum"),
        partial(factories.CoverageFactory, territory=[zone], extent="enkel-genoemde"),
        partial(factories.AccessFactory),
        partial(factories.AudienceFactory, target_group=group),
        partial(factories.LegalBasisFactory, decree=decree),
        partial(factories.KeyFigureFactory),
        partial(factories.MilestoneFactory, is_announced=True, outcome="later"),
    ]
    development = factories.ConceptVersionFactory(
        published=True, concept__slug="hervorming", concept__record_kind="ontwikkeling"
    )
    version = factories.ConceptVersionFactory(
        published=True,
        concept__slug="gbo",
        abbreviation="GBO",
        described_by=[source],
        statements=[
            *statements,
            partial(factories.ConceptRelationFactory, other=development.concept),
        ],
    )
    draft = factories.ConceptVersionFactory(concept=version.concept, statements=statements)
    factories.ReviewFactory(version=version, note="Nagekeken.")
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
    return draft


@pytest.fixture
def records(settings):
    draft = everything()
    editor("beheerder", username="iemand", first_name="An", last_name="Peeters")
    return draft


def visit(client, start, *, within="/", leave=()):
    """Every page that links lead to from these addresses, with what is wrong, by address."""
    waiting, seen, wrong, opened = deque(start), set(start), {}, []
    while waiting:
        url = waiting.popleft()
        response = client.get(url)
        opened.append(url)
        if found := hostile.faults(response):
            wrong[url] = found
            continue
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        if urlsplit(url).query and within == "/":
            continue  # questions about questions have no end
        for link in hostile.read(response.content.decode()).links:
            target = urldefrag(urljoin(f"{SITE}{url}", link))[0].removeprefix(SITE)
            if target.startswith(within) and not target.startswith(("//", *leave)):
                key = form_of(target)
                if key not in seen:
                    seen |= {key, target}
                    waiting.append(target)
    return wrong, opened


def form_of(url):
    """Questions to a page that ask the same of it are one."""
    parts = urlsplit(url)
    return f"{parts.path}?{'&'.join(sorted(part.partition('=')[0] for part in parts.query.split('&')))}"


def public_addresses(client):
    sitemap = client.get("/sitemap.xml").content.decode()
    pages = [part.partition("</loc>")[0] for part in sitemap.split("<loc>")[1:]]
    lists = [f"/{name}.{format}" for name in LISTS for format in ("json", "csv", "csv?excel=1")]
    return [
        *("/sitemap.xml", "/robots.txt", "/zoeken/?q=zorg", "/zoeken/?q=W", "/gemeenten/?q=W"),
        *lists,
        *(page.removeprefix(SITE) for page in pages),
    ]


def test_the_records_are_of_every_model(records):
    """Guards the tests around this one: a model without a row is not tried."""
    models = {model for model, _ in hostile.text_fields()}

    assert {model.__name__ for model in models if not model._default_manager.exists()} == set()


def test_every_text_takes_part(records):
    """But for codes, which the database holds to their form."""
    refused = hostile.fill("markup")

    assert refused == {"agency.ovo_code", "coveragearea.nis", "decree.numac"}


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_no_public_page_or_format_falls_over_or_is_changed(records, client, kind):
    hostile.fill(kind, whole=True)
    hostile.reindex()

    wrong, opened = visit(client, public_addresses(client), leave=("/beheer/",))

    assert wrong == {}
    assert len(opened) > 60


def test_no_address_is_too_odd_to_have_a_page(records, client):
    hostile.fill_slugs()
    hostile.reindex()

    wrong, opened = visit(client, public_addresses(client), leave=("/beheer/",))

    assert wrong == {}
    assert len(opened) > 60
