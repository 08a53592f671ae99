"""Every kind of page, with the address of one of each: the heaviest where they differ."""

from typing import NamedTuple

#: What conftest.py adds to the content, because the content has none. That of gbo is a second
#: version, the same as its first.
DRAFT, WITHDRAWN, EDITOR = "kladversie", "weggehaald", "eindredacteur"


class Kind(NamedTuple):
    path: str
    status: int = 200


#: The four that most readers see.
MAIN = {
    "home": Kind("/"),
    "list": Kind("/concepten/"),
    "concept": Kind("/concepten/gbo/"),
    "search with hits": Kind("/zoeken/?q=1G1P"),
}
LISTS = {
    "list filtered": Kind("/concepten/?partner=caw&partner=ocmw&soort=samenwerkingsverband"),
    "list of a place": Kind("/concepten/?gebied=provincie-limburg&peildatum=2023-03-13"),
    "list of a municipality": Kind("/concepten/?gemeente=24062"),
    "list corrected": Kind("/concepten/?partner=niemand&kleur=groen&q=huisen"),
    "list with nothing": Kind("/concepten/?q=zeppelin&partner=caw&dienst=agentschap-opgroeien"),
    "developments": Kind("/ontwikkelingen/"),
    "domains": Kind("/beleidsdomeinen/"),
    "agencies": Kind("/diensten/"),
    "partners": Kind("/partners/"),
    "partners page 2": Kind("/partners/?pagina=2&per_pagina=20"),
    "decrees": Kind("/regelgeving/"),
    "areas": Kind("/gebieden/"),
    "sources": Kind("/bronnen/"),
    "terms": Kind("/begrippen/"),
}
RECORDS = {
    "concept with a timeline": Kind("/concepten/family-justice-centers/"),
    "versions": Kind("/concepten/gbo/versies/"),
    "concept on a day": Kind("/concepten/family-justice-centers/?peildatum=2023-03-13"),
    "former version": Kind("/concepten/gbo/versies/1/"),
    "development": Kind("/ontwikkelingen/regiovorming/"),
    "domain": Kind("/beleidsdomeinen/wvg/"),
    "agency": Kind("/diensten/departement-zorg/"),
    "partner": Kind("/partners/lokaal-bestuur/"),
    "decree": Kind("/regelgeving/regiodecreet/"),
    "area": Kind("/gebieden/provincie-limburg/"),
    "area on a day": Kind("/gebieden/elz-antwerpen-oost/?peildatum=2024-12-31"),
    "area that ended": Kind("/gebieden/logo-dender/"),
    "source": Kind("/bronnen/tekst/"),
    "outside source": Kind("/bronnen/statbel-gemeenten/"),
    "term": Kind("/begrippen/zorgraad/"),
}
PLACES = {
    "municipalities": Kind("/gemeenten/"),
    "municipalities found": Kind("/gemeenten/?q=sint"),
    "municipality not found": Kind("/gemeenten/?q=zeppelin&kleur=groen"),
    "municipality": Kind("/gemeenten/11002-antwerpen/"),
    "municipality on a day": Kind("/gemeenten/24062-leuven/?peildatum=2023-03-13"),
    "municipality with a long name": Kind("/gemeenten/46030-beveren-kruibeke-zwijndrecht/"),
    "municipality that merged": Kind("/gemeenten/73006-bilzen/"),
    "municipality before the data": Kind("/gemeenten/24062-leuven/?peildatum=2015-01-01"),
    "unknown municipality": Kind("/gemeenten/24063/", 404),
}
OTHERS = {
    "comparison of areas": Kind(
        "/gebieden/vergelijk/?a=eerstelijnszone&b=referentieregio&peildatum=2023-03-13"
    ),
    "comparison not asked": Kind("/gebieden/vergelijk/"),
    "comparison refused": Kind("/gebieden/vergelijk/?a=gemeente&b=gemeente&peildatum=nu"),
    "contradictions": Kind("/tegenspraken/"),
    "overlap": Kind("/overlap/"),
    "timeline": Kind("/tijdlijn/"),
    "promises": Kind("/tijdlijn/beloofd/"),
    "pressure": Kind("/druk/"),
    "asked": Kind("/gevraagd/?gemeente=73110&partner=ocmw"),
    "network": Kind("/netwerk/"),
    "versus": Kind("/vergelijk/?c=gbo&c=sociaal-huis"),
    "versus of four": Kind("/vergelijk/?c=overkop&c=1gezin1plan&c=gbo&c=livc-r&verschillen=1"),
    "versus not asked": Kind("/vergelijk/?c=gbo&c=niemand"),
    "search": Kind("/zoeken/"),
    "search without hits": Kind("/zoeken/?q=zeppelin"),
    "reference": Kind("/naslag/"),
    "about": Kind("/over/"),
    "accessibility": Kind("/toegankelijkheid/"),
    "privacy": Kind("/privacy/"),
    "report": Kind("/klopt-niet/?over=/concepten/gbo/%23partners"),
    "report sent": Kind("/klopt-niet/bedankt/"),
}
ERRORS = {
    "not found": Kind("/bestaat-niet/", 404),
    "page that does not exist": Kind("/concepten/?pagina=99", 404),
    "gone": Kind(f"/concepten/{WITHDRAWN}/", 410),
    "unreadable": Kind("/?q=%00", 400),
}
PUBLIC = MAIN | LISTS | RECORDS | PLACES | OTHERS | ERRORS
DESK = {
    "desk": Kind("/beheer/"),
    "desk list": Kind("/beheer/concepts/concept/"),
    "desk queue": Kind("/beheer/lijst/nooit-nagekeken/"),
    "desk form": Kind("/beheer/governance/agency/add/"),
    "desk form of a concept": Kind("/beheer/concepts/concept/add/"),
}
