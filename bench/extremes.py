"""The processor time of the requests that cost a visitor least and the site most.

One process asks for them in turn, straight into the WSGI application, on the database in
DATABASE_URL. What a request costs is the processor time of this process and of the backends of
PostgreSQL that served it: neither waits for a busy core. The result is JSON on standard output.

The processor time of a backend is read from /proc, so PostgreSQL must run on this machine.
"""

import datetime as dt
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from itertools import count, islice
from pathlib import Path
from urllib.parse import quote, urlencode

WARM_UP = 2
NOTHING = "/bestaat-niet.json"
PLAIN = "/concepten/"
ZONES = "eerstelijnszone"
#: As many values as a facet takes at once.
MOST = 30
#: So many that their question is about the longest for which data give addresses of options.
LINKED = 20
#: About the longest question that a web server lets through.
LONGEST_ADDRESS = 7_500


@dataclass
class Request:
    """One request under measurement. `urls` is asked in turn, where each must be a new question."""

    name: str
    urls: list
    method: str = "GET"
    status: int = 200
    bytes: int = 0
    python: list = field(default_factory=list)
    database: list = field(default_factory=list)

    def url(self, number):
        return self.urls[number % len(self.urls)]


def ask(application, request, number):
    """The size of the answer; one that was not expected is an error."""
    from django.test import RequestFactory

    answer = {}
    url = request.url(number)
    environ = RequestFactory().generic(request.method, url, headers={"host": "localhost"}).environ
    response = application(environ, lambda status, headers: answer.update(status=status))
    try:
        size = sum(len(part) for part in response)
    finally:
        response.close()
    if int(answer["status"][:3]) != request.status:
        raise RuntimeError(f"{url[:200]} answers {answer['status']}, not {request.status}")
    return size


def backends():
    """The processes of PostgreSQL that serve our database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def on_core(pids):
    """The milliseconds that these processes were on a core."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e6


def all_of(facets, most=MOST, without=()):
    """A question with the first values of every facet."""
    return [
        (key, option["waarde"])
        for key, options in facets.items()
        if key not in without
        for option in options[:most]
    ]


def cut(pairs):
    """As much of a question as an address holds."""
    while len(address := urlencode(pairs)) > LONGEST_ADDRESS:
        pairs = pairs[:-1]
    return address


def days(path, **more):
    """The same question for another day each time: nothing that a process keeps helps."""
    first = dt.date(2020, 7, 1)
    asked = ({**more, "peildatum": first + dt.timedelta(days=n)} for n in range(1_500))
    return [f"{path}?{urlencode(question)}" for question in asked]


def requests(application):
    """The worst that we know, with values that the content has."""
    facets = data(application, "/concepten.json")["facetten"]
    municipalities = [("gemeente", o["waarde"]) for o in facets["gemeente"]]
    areas = [("gebied", o["waarde"]) for o in facets["gebied"]]
    partners = [("partner", o["waarde"]) for o in facets["partner"]]
    everything = urlencode(all_of(facets))
    letters = " ".join("abcdefghijklmnopqrstuvwxyz")
    nonsense = (
        "verzorginx onderstex samenwerx begeleidx gemeentx ontwikkex organisax voorziex netwerkx "
        "lokaalx welzijnx beleidx partnerx bestuurx hulpverx kinderex gezinnx dienstx"
    )
    pairs = " ".join(a + b for a in "bcdfg" for b in "aeiou")
    together = urlencode([*partners[:MOST], ("partner_alle", "1")])

    def get(name, *urls, **more):
        return Request(name, list(urls), **more)

    def q(path, text):
        return f"{path}?q={quote(text)}"

    return [
        get("no page (404)", NOTHING, status=404),
        get("no page, many dots", f"/{'.' * 8_000}x", status=404),
        get("plain list", PLAIN),
        get("home", "/"),
        get("list, 100 on a page", "/concepten/?per_pagina=100"),
        get("list, all facets at once", f"/concepten/?{everything}"),
        get("list, all facets and a word", f"/concepten/?q=zorg&{everything}"),
        get("list, all facets, all partners", f"/concepten/?partner_alle=1&{everything}"),
        get("list, 30 partners together", f"/concepten/?{together}"),
        get("list, areas beyond the limit", f"/concepten/?{cut(areas)}"),
        get(
            "list, 30 places of both kinds",
            f"/concepten/?{urlencode([*areas[:MOST], *municipalities[:MOST]])}",
        ),
        get("list, each time another day", *days(PLAIN)),
        get("list, another day, a place", *days(PLAIN, gemeente="24062", gebied="elz-leuven")),
        get("list, another day, JSON", *days("/concepten.json")),
        get("list, one-letter words", q(PLAIN, letters)),
        get("list, misspelled words", q(PLAIN, nonsense)),
        get("list, a word of 200 letters", q(PLAIN, "zorg" * 50)),
        get("list, ligatures", q(PLAIN, "\ufdfa" * 200)),
        get("list, 1000 unknown keys", f"{PLAIN}?{'&'.join(f'k{n}=1' for n in range(1000))}"),
        get(
            "list, 900 unknown values",
            f"{PLAIN}?{'&'.join(f'partner=x{n}' for n in range(900))}",
        ),
        get("list, JSON", "/concepten.json"),
        get("list, JSON, all facets", f"/concepten.json?per_pagina=100&{everything}"),
        get(
            "list, JSON, with addresses",
            f"/concepten.json?opties=1&per_pagina=100&{urlencode(areas[:LINKED])}",
        ),
        get(
            "list, JSON, too many values",
            f"/concepten.json?{cut([*municipalities, *areas])}",
            status=400,
        ),
        get("list, CSV", "/concepten.csv"),
        get("list, CSV, all facets", f"/concepten.csv?q=zorg&{everything}"),
        get("partners, 100 on a page", "/partners/?per_pagina=100"),
        get("acts, one-letter words", q("/regelgeving/", letters)),
        get("areas, 100 on a page", "/gebieden/?per_pagina=100"),
        get("areas, one-letter words", q("/gebieden/", letters)),
        get("areas, CSV", "/gebieden.csv"),
        get("terms, 100 on a page", "/begrippen/?per_pagina=100"),
        get("search, a word", "/zoeken/?q=caw"),
        get("search, a common word", "/zoeken/?q=zorg"),
        get("search, one-letter words", q("/zoeken/", letters)),
        get("search, two-letter words", q("/zoeken/", pairs)),
        get("search, misspelled words", q("/zoeken/", nonsense)),
        get("search, a word of 200 letters", q("/zoeken/", "zorg" * 50)),
        get("search, no vowels", q("/zoeken/", "xzqw" * 50)),
        get("search, ligatures", q("/zoeken/", "\ufdfa" * 200)),
        get("search, common words", q("/zoeken/", "zorg welzijn lokaal bestuur netwerk gemeente")),
        get("look up, all municipalities", "/gemeenten/"),
        get("look up, nonsense", q("/gemeenten/", "xqzjkw" * 6)),
        get("look up, 200 letters", q("/gemeenten/", "sint" * 50)),
        get("look up, another day", *days("/gemeenten/", q="sint")),
        get("municipality", "/gemeenten/24062-leuven/"),
        get("municipality, another day", *days("/gemeenten/24062-leuven/")),
        get("municipality, unknown", "/gemeenten/99999/", status=404),
        get("area, another day", *days("/gebieden/elz-leuven/")),
        get("area of all municipalities", "/gebieden/gewest-vlaanderen/"),
        get("comparison", f"/gebieden/vergelijk/?a={ZONES}&b=referentieregio"),
        get("comparison, small in large", "/gebieden/vergelijk/?a=gemeente&b=politiezone"),
        get("comparison, another day", *days("/gebieden/vergelijk/", a=ZONES, b="provincie")),
        # Of each kind the page that was dearest when every address of the sitemap was asked.
        get("zone", "/gebieden/elz-oostende-bredene/"),
        get("region", "/gebieden/regio-halle-vilvoorde/"),
        get("police zone", "/gebieden/politiezone-bredene-de-haan/"),
        get("municipality of many zones", "/gemeenten/11002-antwerpen/"),
        get("municipality, JSON", "/gemeenten/23023.json"),
        get("longest source", "/bronnen/provincies-in-cijfers-gebiedsniveaus/"),
        get("source of all", "/bronnen/tekst/"),
        get("longest concept", "/concepten/eerstelijnszones-en-zorgraden/"),
        get("concept of many relations", "/concepten/zorgzame-buurten/"),
        get("concept, JSON", "/concepten/huizen-van-het-kind.json"),
        get("development", "/ontwikkelingen/regiovorming/"),
        get("partner", "/partners/lokaal-bestuur/"),
        get("service", "/diensten/departement-wvg/"),
        get("domain", "/beleidsdomeinen/wvg/"),
        get("act", "/regelgeving/decreet-eerstelijnszorg/"),
        get("term", "/begrippen/vermaatschappelijking-van-de-zorg/"),
        get("sitemap", "/sitemap.xml"),
        get("method not allowed", PLAIN, method="POST", status=405),
        get("page out of range", f"{PLAIN}?pagina=9999999", status=404),
    ]


def data(application, url):
    from django.test import RequestFactory

    environ = RequestFactory().get(url, headers={"host": "localhost"}).environ
    response = application(environ, lambda status, headers: None)
    return json.loads(b"".join(response))


def measure(application, found, rounds):
    """Ask for all in turn, so that a slow moment of the machine falls on all of them."""
    asked = count()
    for request in found:
        for number in islice(asked, WARM_UP):
            request.bytes = ask(application, request, number)
    for number in islice(asked, rounds):
        for request in found:
            pids = backends()  # each time: the pool closes what is idle for long
            own, theirs = time.process_time(), on_core(pids)
            ask(application, request, number)
            request.python.append(1000 * (time.process_time() - own))
            request.database.append(on_core(pids) - theirs)


def main(rounds):
    from django.conf import settings

    from eerstelijn.wsgi import application

    settings.PAGES_ARE_KEPT = False  # each is made anew

    found = requests(application)
    measure(application, found, rounds)
    rows = (
        {**asdict(each), "urls": each.urls[:1], "plain": each.urls == [PLAIN]} for each in found
    )
    print(json.dumps(list(rows)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
