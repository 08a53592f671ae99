"""Two towns that merged, a town and a city in two zones, in a province."""

import datetime as dt
from functools import partial

from governance import derived
from governance.models import ChangeSubject
from tests.factories import (
    AreaKindFactory,
    AreaMembershipFactory,
    ChangeEventFactory,
    CitationFactory,
    CoverageAreaFactory,
)

LAST, FIRST = dt.date(2024, 12, 31), dt.date(2025, 1, 1)


def make_country():
    kinds = {
        slug: AreaKindFactory(slug=slug, position=position, composition=composition, data_from=day)
        for position, (slug, composition, day) in enumerate(
            [
                ("gemeente", "volledig", dt.date(2019, 1, 1)),
                ("eerstelijnszone", "volledig", dt.date(2020, 7, 1)),
                ("referentieregio", "volledig", dt.date(2023, 2, 1)),
                ("provincie", "volledig", None),
                ("gewest", "volledig", None),
                ("1gezin1plan-gebied", "onbekend", None),
            ]
        )
    }
    start = dt.date(2019, 1, 1)
    areas = {
        name: CoverageAreaFactory(
            kind=kinds["gemeente"],
            slug=f"gemeente-{nis}",
            nis=nis,
            name=name,
            postcodes=postcodes,
            valid_from=since,
            valid_until=until,
        )
        for nis, name, postcodes, since, until in [
            ("73006", "Bilzen", ["3740"], start, LAST),
            ("73032", "Hoeselt", ["3730"], start, LAST),
            ("73110", "Bilzen-Hoeselt", ["3730", "3740"], FIRST, None),
            ("24062", "Leuven", ["3000"], start, None),
            ("11002", "Antwerpen", ["2000", "2018"], start, None),
        ]
    }
    for kind, slug, name in [
        ("eerstelijnszone", "elz-zolim", "ZOLim"),
        ("eerstelijnszone", "elz-leuven", "Leuven"),
        ("eerstelijnszone", "elz-noord", "Antwerpen Noord"),
        ("eerstelijnszone", "elz-zuid", "Antwerpen Zuid"),
        ("provincie", "provincie-limburg", "Limburg"),
        ("gewest", "gewest-vlaanderen", "Vlaanderen"),
    ]:
        areas[slug] = CoverageAreaFactory(kind=kinds[kind], slug=slug, name=name)
    zones = dt.date(2020, 7, 1)
    lies = partial(_lies, areas)
    for name, until in [("Bilzen", LAST), ("Hoeselt", LAST)]:
        lies(name, "elz-zolim", zones, until)
        lies(name, "provincie-limburg", start, until)
    lies("Bilzen-Hoeselt", "elz-zolim", FIRST)
    lies("Bilzen-Hoeselt", "provincie-limburg", FIRST)
    lies("provincie-limburg", "gewest-vlaanderen")
    lies("Leuven", "elz-leuven", zones)
    lies("Leuven", "gewest-vlaanderen", start)
    lies("Antwerpen", "elz-noord", zones, part="postcode 2000")
    lies("Antwerpen", "elz-zuid", zones, part="postcode 2018")
    lies("Antwerpen", "gewest-vlaanderen", start)
    merger = ChangeEventFactory(name="Bilzen en Hoeselt gaan op", date="1 januari 2025")
    for side, names in (("voor", ["Bilzen", "Hoeselt"]), ("na", ["Bilzen-Hoeselt"])):
        for name in names:
            ChangeSubject.objects.create(
                event=merger, side=side, key=f"{side}-{areas[name].nis}", area=areas[name]
            )
    merger.citations.add(CitationFactory(section="9"))
    derived.rebuild()
    return areas


def _lies(areas, member, area, start=None, end=None, part=""):
    row = AreaMembershipFactory(
        member=areas[member], area=areas[area], part=part, valid_from=start, valid_until=end
    )
    row.citations.add(CitationFactory(section="1.1"))
