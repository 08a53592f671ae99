"""What a process keeps over a publication is what one that knows nothing yet would read.

Every kind of page is asked for before a change and after it, and once more of a process that forgot
all that it kept: the last two say the same.
"""

import pytest

from concepts.models import Alias, Concept, Participation, Standing, Status, Term
from concepts.places.lookup import municipalities
from concepts.publishing import publish, withdraw, working_copy
from eerstelijn.database.ground import ground
from eerstelijn.kept import forget_all
from governance.models import (
    Agency,
    AreaName,
    ChangeEvent,
    Citation,
    CoverageArea,
    Decree,
    Partner,
)

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/?peildatum=2023-03-13",
    "/concepten/",
    "/concepten/?q=welzijn",
    "/concepten/?gemeente=44021",
    "/concepten.json",
    "/concepten.json?peildatum=2023-03-13",
    "/concepten.json?gemeente=44021",
    "/concepten/gbo/",
    "/concepten/overkop.json",
    "/partners/",
    "/partners/caw/",
    "/gemeenten/",
    "/gemeenten/44021-gent/",
    "/gemeenten/44021.json",
    "/gevraagd.json?partner=caw&gemeente=44021",
    "/druk.json",
    "/tijdlijn.json",
    "/tijdlijn/beloofd.json",
    "/diensten/departement-zorg/",
    "/begrippen/",
    "/regelgeving/",
    "/regelgeving/decreet-lokaal-sociaal-beleid/",
    "/diensten/",
    "/beleidsdomeinen/",
    "/concepten/?stand=opgegaan",
    "/concepten/?q=zevenkerken",
    "/zoeken/?q=caw",
)


def changed(model, field, **found):
    row = model.objects.filter(**found)[0]
    setattr(row, field, f"{getattr(row, field)} Zevenkerken")
    row.save()


def rename(model, **found):
    changed(model, "name", **found)


def republish(slug, change=lambda version: None):
    version = working_copy(Concept.objects.get(slug=slug))
    change(version)
    version.save()
    publish(version, "proef")


def renamed(version):
    version.name = "Zevenkerken"


def merged_into_overkop(version):
    into = Concept.objects.get(slug="overkop")
    version.standings.update(state=Standing.State.MERGED, into=into)


def cited_elsewhere(kind, **found):
    said = kind.objects.filter(version__status=Status.PUBLISHED, **found)
    place = Citation.objects.filter(pk__in=said.values("citations")).first()
    place.heading = "Zevenkerken"
    place.save()


CHANGES = {
    "a publication": lambda: republish("gbo"),
    "another name": lambda: republish("gbo", renamed),
    "nobody asked": lambda: republish("gbo", lambda v: v.participations.all().delete()),
    "no owner": lambda: republish("overkop", lambda v: v.ownerships.all().delete()),
    "no dates": lambda: republish("gbo", lambda v: v.milestones.all().delete()),
    "withdrawn": lambda: withdraw(Concept.objects.get(slug="gbo"), "proef", "proef"),
    "a partner": lambda: rename(Partner, slug="caw"),
    "a service": lambda: rename(Agency, slug="departement-zorg"),
    "an area": lambda: rename(CoverageArea, nis="44021", valid_until=None),
    "an act": lambda: changed(Decree, "short_title", slug="decreet-lokaal-sociaal-beleid"),
    "a term": lambda: rename(Term, slug="eerste-lijn"),
    "another name of a record": lambda: changed(Alias, "text", concept__slug="gbo"),
    "an event": lambda: rename(ChangeEvent, pk=ChangeEvent.objects.exclude(date_label="")[0].pk),
    "a place in a source": lambda: cited_elsewhere(Participation, partner__slug="caw"),
}


@pytest.fixture
def said(client):
    return lambda: {page: client.get(page).content for page in PAGES}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_pages_are_those_of_a_process_that_knows_nothing(said, change):
    before = said()

    change()

    after = said()
    forget_all()
    assert after == said()
    assert after != before


def test_a_publication_leaves_the_names_of_areas_and_another_name_does_not(client):
    client.get("/gemeenten/")
    known, on = municipalities(), ground()

    republish("gbo")
    assert ground() == on
    assert municipalities() is known

    AreaName.objects.filter(area__nis="44021").delete()
    rename(CoverageArea, nis="44021", valid_until=None)
    assert municipalities() is not known


def test_a_row_says_what_its_concept_went_on_in_as_that_is_called_now(client):
    republish("gbo", merged_into_overkop)
    pages = ("/concepten/", "/concepten/?stand=opgegaan")
    before = [client.get(page).content.decode() for page in pages]

    republish("overkop", renamed)

    after = [client.get(page).content.decode() for page in pages]
    assert not any("Opgegaan in Zevenkerken" in page for page in before)
    assert all("Opgegaan in Zevenkerken" in page for page in after)
