"""Areas of several kinds, some of one name, and concepts that reach them."""

from functools import partial

from concepts.models import Coverage
from governance import derived
from governance.models import MUNICIPALITY
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    ConceptVersionFactory,
    CoverageAreaFactory,
    CoverageFactory,
)


def make_areas_and_concepts():
    areas = make_areas()
    make_concepts(areas)
    return areas


def make_areas():
    kinds = {
        slug: AreaKindFactory(slug=slug, name=slug)
        for slug in (MUNICIPALITY, "eerstelijnszone", "referentieregio", "provincie", "logo")
    }
    town = partial(CoverageAreaFactory, kind=kinds[MUNICIPALITY])
    made = {
        "gent": town(slug="gemeente-44021", nis="44021", name="Gent", postcodes=["9000"]),
        "aalter": town(
            slug="gemeente-44084", nis="44084", name="Aalter", postcodes=["9880", "9881"]
        ),
        "elz-gent": CoverageAreaFactory(
            kind=kinds["eerstelijnszone"], slug="elz-gent", name="Gent"
        ),
        "elz-west": CoverageAreaFactory(
            kind=kinds["eerstelijnszone"], slug="elz-west", name="West"
        ),
        "regio-limburg": CoverageAreaFactory(
            kind=kinds["referentieregio"], slug="regio-limburg", name="Limburg"
        ),
        "provincie-limburg": CoverageAreaFactory(
            kind=kinds["provincie"], slug="provincie-limburg", name="Limburg"
        ),
        "logo-limburg": CoverageAreaFactory(
            kind=kinds["logo"], slug="logo-limburg", name="Limburg"
        ),
        "provincie-oost": CoverageAreaFactory(
            kind=kinds["provincie"], slug="provincie-oost", name="Oost-Vlaanderen"
        ),
    }
    for member, area, part in [
        ("gent", "elz-gent", ""),
        ("aalter", "elz-west", "een deel"),
        ("elz-gent", "provincie-oost", ""),
        ("elz-west", "provincie-oost", ""),
        ("regio-limburg", "provincie-limburg", ""),
    ]:
        AreaMembershipFactory(member=made[member], area=made[area], part=part)
    derived.rebuild()
    return made


def make_concepts(areas):
    named = partial(CoverageFactory, extent=Coverage.Extent.ONLY_NAMED)

    def concept(slug, *statements):
        ConceptVersionFactory(published=True, concept__slug=slug, name=slug, statements=statements)

    concept("zone", partial(named, territory=[areas["elz-gent"]], wording="de zone"))
    concept("oost", partial(named, territory=[areas["provincie-oost"]], wording="de provincie"))
    concept("west", partial(named, territory=[areas["elz-west"]]))
    concept("plan", partial(named, territory=[areas["elz-gent"]], status=Coverage.Status.PLANNED))
    concept("lokaal", partial(CoverageFactory, wording="zes huizen"))
    concept("zonder")
