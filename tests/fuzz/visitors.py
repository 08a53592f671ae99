"""A visitor who asks anything of any public address, on content that tries to break the page.

First every page and format is opened once, then they are asked at random: with parameters, headers,
methods, bodies and paths that nobody means well with. What may not happen: an error of ours, markup
made by content or by the question, a cookie for a reader, an answer without our policy.
"""

import os
import random
import shutil
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus, urlencode

from tests import hostile

LISTS = [
    *("concepten", "ontwikkelingen", "beleidsdomeinen", "diensten", "partners", "regelgeving"),
    *("gebieden", "bronnen", "begrippen", "gemeenten"),
]
PLAIN = ["/", "/zoeken/", "/gebieden/vergelijk/", "/gemeenten/", "/over/", "/privacy/"]
PLAIN += ["/overlap/", "/druk/", "/gevraagd/", "/naslag/", "/tijdlijn/", "/tijdlijn/beloofd/"]
OTHERS_OF_RECORDS = ("pdf", "bib", "ris", "csl.json")
PLAIN += ["/tegenspraken/", "/wijzigingen/", "/klopt-niet/", "/klopt-niet/bedankt/"]
PLAIN += ["/vergelijk/", "/netwerk/"]
OTHERS = [
    *("/sitemap.xml", "/robots.txt", "/gezondheid/", "/toegankelijkheid/", "/static/x"),
    *("/gezondheid/?levend", "/bestaat-niet/", "/favicon.ico", "/.git/config"),
    *("/gemeenten/24062/", "/gemeenten/24062.json", "/gebieden/vergelijk.csv"),
    *("/gemeenten/namen.json", "/gemeenten/namen.json?v=x", "/gemeenten/Sint%20Niklaas.json"),
    "/gebieden/vergelijk.json?a=gemeente&b=eerstelijnszone",
    *("/overlap.json?op=gebieden", "/overlap.csv?op=regels&alles=1"),
    *("/concepten/gbo/versies/", "/concepten/gbo/versies/1/", "/concepten/gbo/versies.json"),
    *("/ontwikkelingen/regiovorming/versies.csv", "/tegenspraken.json", "/wijzigingen.json"),
    *("/tijdlijn.json", "/tijdlijn.csv", "/tijdlijn/beloofd.json", "/tijdlijn/beloofd.csv"),
    *(f"/concepten/gbo.{end}" for end in OTHERS_OF_RECORDS),
    *(f"/gemeenten/24062.{end}" for end in OTHERS_OF_RECORDS),
    *(f"/concepten/gbo/versies/1.{end}" for end in ("bib", "csl.json")),
    *(f"/ontwikkelingen/regiovorming/versies/1.{end}" for end in ("ris", "csl.json")),
    *("/poster.pdf", *(f"/{name}/x.csl.json" for name in LISTS)),
    *("/ontwikkelingen/regiovorming/versies/", "/ontwikkelingen/regiovorming/versies/1/"),
    *("/druk.json", "/druk.csv", "/druk/?per=partner"),
    *("/gevraagd/?partner=ocmw&gemeente=44021", "/gevraagd.json?partner=clb", "/gevraagd.csv"),
    *("/gevraagd/?wie=soort:onderwijs&waar=Bilzen", "/gevraagd.pdf?partner=clb"),
    "/gemeenten/24062-leuven/?sinds=2024-01-01",
    *("/concepten/gbo/versies/?op=2023-03-13", "/concepten/gbo/versies.json?op=2026-11-30"),
    *("/concepten/gbo/?peildatum=2023-03-13", "/concepten/gbo.csv?peildatum=2019-06-01"),
    *("/diensten/kind-en-gezin/?peildatum=2019-06-01", "/diensten/?peildatum=2018-12-31"),
    *("/vergelijk/?c=gbo&c=sociaal-huis", "/vergelijk.json?c=gbo&c=overkop&c=livc-r"),
    *("/netwerk/?focus=partner:caw", "/netwerk.json", "/netwerk.csv?focus=concept:gbo"),
    *("/vergelijk/?c=gbo&versie=1", "/vergelijk.csv?c=gbo&op=2023-03-13"),
]
#: What of the desk somebody without an account can ask for.
DESK = [
    *("/beheer/", "/beheer/login/", "/beheer/logout/", "/beheer/jsi18n/", "/beheer/autocomplete/"),
    *("/beheer/concepts/concept/", "/beheer/concepts/conceptversion/1/change/"),
    *("/beheer/account/password/reset/key/1-x/", "/beheer/account/onbekend/"),
    *(f"/beheer/account/{page}/" for page in ("login", "logout", "signup", "inactive", "2fa")),
    *(f"/beheer/account/password/{page}/" for page in ("change", "reset", "reset/done")),
    *("/beheer/account/", "/beheer/account/reauthenticate/", "/beheer/account/2fa/qr.svg"),
    *("/beheer/account/password/reset/key/done/", "/beheer/account/2fa/reauthenticate/"),
    *(f"/beheer/account/2fa/{page}/" for page in ("activate", "deactivate", "codes")),
    *("/beheer/account/2fa/codes/new/", "/beheer/account/2fa/codes/text/"),
]
KEYS = [
    *("q", "ruim", "pagina", "per_pagina", "sorteer", "peildatum", "excel"),
    *("partner", "partner_alle", "wie", "waar", "per", "op", "alles"),
    *("domein", "dienst", "partnertype", "rol", "gebied", "gemeente", "schaal", "doelgroep"),
    *("soort", "regelgeving", "toegang", "bron", "type", "status", "jaar", "herkomst", "a", "b"),
    *("concept", "van", "tot", "sinds"),
    *("c", "versie", "verschillen", "focus"),
]
METHODS = ["GET"] * 24 + ["HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]
#: Values that some layer might read as something else than text.
ODD = [
    *("", " ", "0", "-1", "1e9", "9" * 40, "None", "null", "true", "[]", "{}", "NaN", "٣", "1,5"),
    *("2023-03-13", "2023-02-30", "0000-00-00", "9999-12-31", "1800-01-01", "13/03/2023", "nu"),
    *("' OR 1=1 --", "a & !b | (c:*)", "100%", "\\", "../../etc/passwd", "%00", "%0d%0aX-A:b"),
    *(
        "\u0000",
        "\ud800",
        "a\r\nSet-Cookie: a=b",
        "${7*7}",
        "{{7*7}}",
        "🌲" * 30,
        "ﷺ" * 60,
        "ab" * 4_000,
    ),
    *("e\u0301" * 200, "zorg " * 300, "a b c d e f g h i j k l m n o p q r s t u v w x y z"),
]
HEADERS = [
    *("HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_COOKIE"),
    *("HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_X_FORWARDED_FOR"),
    *("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_HOST", "HTTP_ORIGIN"),
    *("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_ACCEPT_ENCODING", "HTTP_X_REQUESTED_WITH"),
]
TYPES = [
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"),
    *("text/plain; charset=bestaat-niet", "multipart/form-data", "", "x" * 500),
]
COOKIES = [
    *("beheer_sessie=%s", "beheer_formulier=%s", "messages=%s"),
    *("beheer_sessie=%s; messages=%s;=;;", "%s"),
]
SLOWEST = 5
MOST_FAULTS = 20


@dataclass
class Question:
    """One request, in a form that can be asked again."""

    path: str
    query: str = ""
    method: str = "GET"
    headers: dict = field(default_factory=dict)
    body: str = ""
    type: str = "application/x-www-form-urlencoded"

    def __str__(self):
        url = f"{self.path}?{self.query}" if self.query else self.path
        return f"{self.method} {url[:300]!r} {self.headers or ''}".strip()

    def ask(self, client):
        return client.generic(
            self.method,
            "/",
            self.body.encode("utf-8", "surrogatepass"),
            self.type,
            **{
                # As a server hands them over: bytes that are dressed as latin-1.
                "PATH_INFO": self.path.encode("utf-8", "surrogatepass").decode("latin-1"),
                "QUERY_STRING": self.query.encode("utf-8", "surrogatepass").decode("latin-1"),
                **self.headers,
            },
        )


class Mischief:
    """Makes questions up; the same seed makes the same ones."""

    def __init__(self, addresses, seed):
        self.random = random.Random(seed)  # noqa: S311 -- a repeatable one is the point
        self.addresses = addresses
        self.slugs = sorted({address.strip("/").rpartition("/")[2] for address in addresses})
        self.texts = [text[:8_000] for texts in hostile.KINDS.values() for text in texts]

    def one(self, choices):
        return self.random.choice(choices)

    def chance(self, part):
        return self.random.random() < part

    def value(self):
        kind = self.random.random()
        if kind < 0.35:
            return self.one(self.texts)
        if kind < 0.65:
            return self.one(self.slugs)
        if kind < 0.9:
            return self.one(ODD)
        return "".join(
            chr(self.random.randrange(0x110000)) for _ in range(self.random.randrange(9))
        )

    def query(self):
        if self.chance(0.02):
            return "&".join(f"{self.one(KEYS)}={number}" for number in range(1_500))
        if self.chance(0.05):
            return quote(self.value()[:2_000], errors="surrogatepass", safe="&=%;?#/")
        pairs = [
            (self.one(KEYS) if self.chance(0.9) else self.value()[:300], self.value())
            for _ in range(self.one([0, 1, 1, 1, 2, 2, 3, 5, 9]))
        ]
        return urlencode(pairs, errors="surrogatepass")

    def path(self):
        path = self.one(self.addresses)
        if self.chance(0.75):
            return path
        changes = [
            lambda: path.rstrip("/"),
            lambda: f"/{path}",
            lambda: f"{path.rstrip('/')}.{self.one(['json', 'csv', 'xml', 'JSON', 'pdf', ''])}",
            lambda: f"{path}{self.value()[:500]}/",
            lambda: f"/{self.one(LISTS)}/{self.value()[:500]}/",
            lambda: f"/{self.one(LISTS)}/{self.one(self.slugs)}/",
            lambda: path.upper(),
            lambda: path.replace("/", "/../", 1),
            lambda: f"/{self.value()}",
            lambda: path.replace("e", "\u0000", 1),
            lambda: path * 50,
        ]
        return self.one(changes)()

    def headers(self):
        if self.chance(0.6):
            return {}
        found = {}
        for _ in range(self.random.randrange(1, 4)):
            name = self.one(HEADERS)
            # A server lets no line end through in a header.
            text = "".join(self.value()[:2_000].splitlines()).replace("\0", "")
            text = text.encode("utf-8", "surrogatepass").decode("latin-1")
            if name == "HTTP_COOKIE":
                text = self.one(COOKIES).replace("%s", quote_plus(text[:500]) or "x")
            found[name] = text
        return found

    def question(self):
        method = self.one(METHODS)
        question = Question(self.path(), self.query(), method, self.headers())
        if method in ("POST", "PUT", "PATCH"):
            question.body, question.type = self.query(), self.one(TYPES)
        return question


@dataclass
class Report:
    """What happened, in figures."""

    statuses: Counter = field(default_factory=Counter)
    methods: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    broken: int = 0
    changed: int = 0
    times: list = field(default_factory=list)

    @property
    def requests(self):
        return sum(self.statuses.values())

    def lines(self):
        yield f"requests      {self.requests}"
        yield f"by status     {', '.join(f'{k}: {n}' for k, n in sorted(self.statuses.items()))}"
        yield f"by method     {', '.join(f'{k}: {n}' for k, n in self.methods.most_common())}"
        yield f"errors (5xx)  {self.broken}"
        yield f"reflections   {self.changed}"
        if self.times:
            middle = sorted(seconds for seconds, _ in self.times)[len(self.times) // 2]
            yield f"processor     {1000 * middle:.0f} ms in the middle; the slowest:"
        for seconds, question in sorted(self.times, key=lambda row: -row[0])[:SLOWEST]:
            yield f"  {1000 * seconds:6.0f} ms  {question[:150]}"
        for fault in self.faults[:MOST_FAULTS]:
            yield f"FAULT  {fault}"
        if len(self.faults) > MOST_FAULTS:
            yield f"... and {len(self.faults) - MOST_FAULTS} more"


class Visitor:
    """Asks, and notes what is wrong with the answer."""

    def __init__(self):
        from django.test import Client

        self.client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self.report = Report()

    def ask(self, question):
        report = self.report
        self.client.cookies.clear()
        start = time.process_time()
        try:
            response = question.ask(self.client)
        except Exception as error:  # the very thing that we look for
            report.broken += 1
            report.statuses["none"] += 1
            report.faults.append(f"{question}: no answer, {error!r}")
            return
        report.times.append((time.process_time() - start, str(question)))
        report.methods[question.method[:12]] += 1
        report.statuses[response.status_code] += 1
        if response.status_code >= 500 and not hostile.is_paper(response):
            report.broken += 1
            raised = response.exc_info[1] if response.exc_info else None
            report.faults.append(f"{question}: {response.status_code}, {raised!r}")
            return
        if found := self._wrong(question, response):
            report.changed += 1
            report.faults.append(f"{question}: {'; '.join(map(str, found))}"[:1_000])

    @staticmethod
    def _wrong(question, response):
        try:
            found = hostile.faults(response) if question.method != "HEAD" else []
        except Exception as error:  # an answer that its own reader cannot read
            return [f"unreadable: {error!r}"]
        if question.method == "HEAD" and response.content:
            found = [*found, "a body to a HEAD"]
        if response.cookies and not question.path.startswith("/beheer"):
            found = [*found, f"a cookie: {sorted(response.cookies)}"]
        if "Content-Security-Policy" not in response.headers:
            found = [*found, "no policy"]
        location = response.get("Location", "")
        if location.startswith(("//", "\\", "/\\")) or "://" in location.partition("?")[0]:
            found = [*found, f"leads away: {location[:100]}"]
        return found

    def play(self, number, seed):
        """Open everything once, then ask at random until so many requests were made."""
        addresses = all_addresses(self.client)
        for address in addresses[:number]:
            path, _, query = address.partition("?")
            self.ask(Question(path, query))
        paths = [address.partition("?")[0] for address in addresses]
        others = [address.partition("?")[0] for address in (*OTHERS * 10, *DESK * 5)]
        mischief = Mischief([*paths, *PLAIN * 40, *others], seed)
        while self.report.requests < number:
            self.ask(mischief.question())
            if self.report.requests % 1_000 == 0:
                faults = len(self.report.faults)
                print(f"{self.report.requests} requests, {faults} faults", file=sys.stderr)
        return self.report


def all_addresses(client):
    """Every public page, list and format, and what a visitor meets of the desk."""
    sitemap = client.get("/sitemap.xml").content.decode()
    pages = [
        part.partition("</loc>")[0].removeprefix("http://testserver")
        for part in sitemap.split("<loc>")[1:]
    ]
    records = tuple(f"/{name}/" for name in LISTS)
    data = [
        f"{page.rstrip('/')}.json"
        for page in pages
        if page.startswith(records) and page[1:-1].count("/")
    ]
    lists = [f"/{name}.{format}" for name in LISTS for format in ("json", "csv")]
    questions = [f"/zoeken/?q={word}" for word in ("zorg", "W", hostile.MARK, "%22", "CAW")]
    compared = ["/gebieden/vergelijk/?a=gemeente&b=eerstelijnszone"]
    parts = (PLAIN, pages, lists, questions, compared, data, OTHERS, DESK)
    return list(dict.fromkeys(address for part in parts for address in part))


# The database: the whole content, a part of it hostile


@contextmanager
def hostile_site():
    """Django on a throwaway database with the whole content, every third text of it hostile."""
    import django

    from eerstelijn.local.server import THROWAWAY, LocalServer
    from eerstelijn.local.testdb import new_home

    home = new_home("eerstelijn-fuzz-")
    server = LocalServer(home, settings=THROWAWAY)
    try:
        server.acquire()
        os.environ |= {
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
            "EERSTELIJN_DATA": str(home),
            "EERSTELIJN_OMGEVING": "ontwikkeling",
        }
        django.setup()
        from django.core.management import call_command
        from django.db import connection, transaction
        from django.test.utils import setup_test_environment

        setup_test_environment(debug=False)
        call_command("migrate", verbosity=0)
        call_command("laad_gegevens", stdout=sys.stderr)
        with transaction.atomic():
            hostile.fill(*hostile.KINDS, every=3)
            hostile.reindex()
        yield
        connection.close()
    finally:
        server.release()
        shutil.rmtree(home, ignore_errors=True)


def main(requests=20_000, seed=1):
    """Ask so many questions; prints what happened. Returns 0 when nothing broke."""
    with hostile_site():
        import logging

        logging.disable(logging.CRITICAL)  # each refusal would be a line
        visitor = Visitor()
        try:
            visitor.play(requests, seed)
        finally:  # also when somebody has waited long enough
            print("\n".join(visitor.report.lines()), flush=True)
    return 1 if visitor.report.faults else 0
