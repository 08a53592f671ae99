"""Readers who come when they come: so many requests a second, whether or not the site keeps up.

    make load
    make load ARGS="--rate 200 --seconds 60 --publications 20"
    make load ARGS="--publications 20 --nginx"      with nginx in front, as in contrib/

The site runs with two processes on a throwaway database with today's content. Fifteen addresses
are asked for, compressed as browsers do. A time is counted from when a request was due, so that
waiting for one's turn counts too. Returns 1 when an answer was no 200, or when a publication did
not show at once on the site itself.
"""

import argparse
import gzip
import http.client
import os
import queue
import random
import shutil
import signal
import socket
import statistics
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field

#: As many readers as can wait at once; each holds a connection.
READERS = 48
CONCEPT = "/concepten/gbo/"
#: Fifteen addresses of every kind, in turn by chance.
ADDRESSES = (
    "/",
    "/concepten/",
    "/concepten/?partner=caw",
    "/concepten/?partner=caw&dienst=departement-zorg&soort=netwerk",
    "/concepten/?gemeente=44021",
    "/concepten/?q=welzijn",
    "/concepten.json",
    "/partners/",
    "/regelgeving/",
    "/gemeenten/",
    CONCEPT,
    "/concepten/family-justice-centers/",
    "/gemeenten/44021-gent/",
    "/partners/caw/",
    "/regelgeving/decreet-lokaal-sociaal-beleid/",
)


@dataclass
class Log:
    """What came back: milliseconds from when it was due, and what was no answer."""

    times: list = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)


class Reader:
    """One connection to the site, kept open as a browser does; made anew when it broke."""

    def __init__(self, port):
        self.port = port
        self.connection = None

    def get(self, path):
        """Status and body; status 0 where nothing came back."""
        for _ in range(2):  # a connection that was kept may have been closed meanwhile
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                headers = {"Host": "localhost", "Accept-Encoding": "gzip"}
                self.connection.request("GET", path, headers=headers)
                answer = self.connection.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self.connection.close()
                self.connection = None
                if fresh:
                    break
        return 0, b""


def ask(port, rate, seconds, log):
    """Ask at an even pace for so long."""
    due, chance = queue.Queue(), random.Random(1)  # noqa: S311 -- for a measurement

    def work():
        reader = Reader(port)
        while (job := due.get()) is not None:
            moment, path = job
            status, _ = reader.get(path)
            log.times.append(1000 * (time.monotonic() - moment))
            log.answers[status] += 1
            if status != 200:
                log.faults.append(f"{path}: {status or 'no answer'}")

    readers = [threading.Thread(target=work) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    start = time.monotonic()
    for number in range(int(rate * seconds)):
        moment = start + number / rate
        time.sleep(max(0, moment - time.monotonic()))
        due.put((moment, chance.choice(ADDRESSES)))
    for _ in readers:
        due.put(None)
    for reader in readers:
        reader.join()


def publish(port, times, seconds, log):
    """Publish at an even pace; each time the page must say it in the very next answer."""
    from django.db import connection

    from concepts.models import Concept
    from concepts.publishing import publish, working_copy

    reader = Reader(port)
    for number in range(1, times + 1):
        time.sleep(seconds / (times + 1))
        version = working_copy(Concept.objects.get(slug=CONCEPT.strip("/").rpartition("/")[2]))
        version.name = f"Proef {number}"
        version.reason = "proef"
        version.save()
        publish(version, "proef")
        status, body = reader.get(CONCEPT.removesuffix("/") + ".json")
        if status != 200 or f'"Proef {number}"' not in plain(body):
            log.faults.append(f"publication {number} did not show: {status}")
    connection.close()


def plain(body):
    return gzip.decompress(body).decode() if body[:2] == b"\x1f\x8b" else body.decode()


def report(log, rate, seconds, publications):
    """One line of what was measured; returns 0 when nothing was wrong."""
    ordered = sorted(log.times)

    def at(share):
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    print(
        f"{rate} requests a second for {seconds} s, {publications} publications: "
        f"{log.answers[200]} answered, {len(log.faults)} faults; ms from when due: "
        f"p50 {statistics.median(ordered):.1f}, p95 {at(0.95):.1f}, p99 {at(0.99):.1f}, "
        f"worst {ordered[-1]:.0f}; load of the machine {os.getloadavg()[0]:.1f}"
    )
    for fault in log.faults[:20]:
        print(f"! {fault}")
    return 1 if log.faults else 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(rate, seconds, publications, nginx):
    from eerstelijn.local.server import THROWAWAY, LocalServer
    from eerstelijn.local.testdb import new_home

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    home = new_home("eerstelijn-load-")
    server = LocalServer(home, settings=THROWAWAY)
    server.acquire()
    try:
        os.environ |= {
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
            "EERSTELIJN_DATA": str(home),
            "EERSTELIJN_OMGEVING": "demo",
        }
        return play(rate, seconds, publications, str(home) if nginx else None)
    finally:
        server.release()
        shutil.rmtree(home, ignore_errors=True)


def play(rate, seconds, publications, store):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import servers
    from concepts.management.commands.demo import collect_static, site

    call_command("migrate", verbosity=0)
    call_command("laad_gegevens", verbosity=0)
    collect_static(lambda: None)
    log, port = Log(), free_port()
    with ExitStack() as stack:
        stack.enter_context(site(port, workers=2))
        ask(port, 10, 6, Log())  # each process has loaded what it loads once
        asked = port
        if store:
            front = stack.enter_context(servers.in_front(free_port(), port, store))
            if front is None:
                raise SystemExit("Missing: nginx. On Debian: apt-get install nginx-light")
            asked = front.port
        editor = threading.Thread(target=publish, args=(port, publications, seconds, log))
        editor.start()
        ask(asked, rate, seconds, log)
        editor.join()
    connection.close_pool()
    return report(log, rate, seconds, publications)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--publications", type=int, default=0)
    parser.add_argument("--nginx", action="store_true", help="readers ask nginx, in front")
    given = parser.parse_args()
    sys.exit(main(given.rate, given.seconds, given.publications, given.nginx))
