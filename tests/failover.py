"""The primary dies while readers read and an editor publishes; its standby takes over.

    make failover

Two clusters, and two sites as docs/beheer.md puts them: one for readers, on the standby, and one
with the desk, on whichever server takes changes. Tried, in this order:

1. every page that the sitemap names says the same on both sites, and the desk of the first says
   where the desk is;
2. readers ask both without pause, and versions are published one after another, while the primary
   is killed (SIGKILL) and the standby promoted. No answer is older than what had been published
   when it was asked; nothing of which the publisher was told is gone;
3. a backup of the primary, restored in a new database, is exported byte for byte as it was.
"""

import filecmp
import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from eerstelijn.local.binaries import find
from tests.standby import both, kill, primary, promote, standby_of, wait_for_standby

CONCEPT = "gbo"
DESK = "https://beheer.example.be/beheer/"
#: A line that the publisher leaves in the summary; its number tells how new a page is.
MARK = re.compile(r"proefversie (\d+)")
#: Seconds before the primary is killed, and after the standby took over; longer where the machine
#: is slow, until so much was published in each.
BEFORE, AFTER = 10, 10
ENOUGH, LONGEST = 3, 120
READERS = 3


@dataclass
class Record:
    """What was published, what was read, and what went wrong."""

    told: int = 0  # the newest version of whose publication the publisher was told
    tried: int = 0
    answers: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


# Two sites


@contextmanager
def sites(first, second):
    """The ports of a site for readers and one with the desk, each with processes of its own."""
    from concepts.management.commands.demo import site
    from tests.fuzz.editors import free_port

    readers, desk = free_port(), free_port()
    place = {
        readers: {"DATABASE_URL": both(second, first, "any"), "EERSTELIJN_BEHEER_ADRES": DESK},
        desk: {"DATABASE_URL": both(first, second, "read-write")},
    }
    with ExitStack() as stack:
        for port, settings in place.items():
            before = {name: os.environ.get(name) for name in settings}
            os.environ |= settings
            stack.enter_context(site(port))
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
        yield readers, desk


def ask(port, path):
    """Status and text of an answer; status 0 where the site itself did not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


# 1. The same pages


def same_pages(readers, desk, every=7):
    """What differs between the two sites, as sentences."""
    _, sitemap = ask(desk, "/sitemap.xml")
    paths = [
        re.sub(r"^https?://[^/]+", "", url) for url in re.findall(r"<loc>(.+?)</loc>", sitemap)
    ]
    paths = ["/", "/concepten/", "/concepten.json", "/gemeenten.csv", *paths[::every]]
    for path in paths:
        there, here = ask(desk, path), ask(readers, path)
        if there != here or here[0] != 200:
            yield f"{path}: {there[0]} bij het beheer, {here[0]} op de standby, of andere inhoud"
    status, page = ask(readers, "/beheer/")
    if DESK not in page:
        yield f"/beheer/ op de standby antwoordt {status} en noemt {DESK} niet"
    print(f"{len(paths)} adressen vergeleken")


# 2. The failover


def publish_on(record):
    """Publish one version after another, and go on after each refusal of the database."""
    from django.db import Error, connection

    from concepts.models import Concept
    from concepts.publishing import publish, working_copy

    while not record.over.is_set():
        number = record.tried = record.told + 1
        try:
            version = working_copy(Concept.objects.get(slug=CONCEPT))
            version.summary = f"{MARK.sub('', version.summary).strip()} proefversie {number}"
            version.reason = f"proef {number}"
            version.save()
            publish(version, "proef")
            record.told = number
        except Error:
            record.answers["publicatie geweigerd: de databank is weg"] += 1
            connection.close()
            time.sleep(0.2)
        time.sleep(0.1)
    connection.close()


def read_on(record, name, port):
    """Ask a page without pause: 200 and new enough, or an honest 503."""
    path = f"/concepten/{CONCEPT}/"
    while not record.over.is_set():
        known = record.told
        status, page = ask(port, path)
        record.answers[f"{name}: {status or 'geen antwoord'}"] += 1
        if status == 200:
            found = MARK.search(page)
            shown = int(found[1]) if found else 0
            if not known <= shown <= record.tried:
                record.faults.append(f"{name}: versie {shown} terwijl {known} er al stond")
        elif status != 503:
            record.faults.append(f"{name}: {status}")
        if status != 200:
            time.sleep(0.05)


def wait_for_more(record, seconds):
    """So many seconds, and until enough was published meanwhile, though not for ever."""
    before, since = record.told, time.monotonic()
    time.sleep(seconds)
    while record.told < before + ENOUGH and time.monotonic() - since < LONGEST:
        time.sleep(0.1)


def fail_over(first, second, readers, desk):
    """Kill and promote under load. Returns what happened."""
    record = Record()
    threads = [threading.Thread(target=publish_on, args=[record])]
    for name, port in (("lezers", readers), ("beheer", desk)):
        threads += [
            threading.Thread(target=read_on, args=[record, name, port]) for _ in range(READERS)
        ]
    for thread in threads:
        thread.start()
    wait_for_more(record, BEFORE)
    before = record.told
    since = time.monotonic()
    kill(first)
    promote(second)
    while ask(desk, "/gezondheid/")[0] != 200:
        if time.monotonic() - since > LONGEST:
            record.faults.append(f"het beheer nam niet over binnen {LONGEST} s")
            break
        time.sleep(0.05)
    print(f"het beheer nam over na {time.monotonic() - since:.1f} s")
    wait_for_more(record, AFTER)
    record.over.set()
    for thread in threads:
        thread.join()
    for what, number in sorted(record.answers.items()):
        print(f"  {number:>6}  {what}")
    print(f"  {before:>6}  publicaties voor, {record.told - before} na")
    if min(before, record.told - before) < ENOUGH:
        record.faults.append("er werd te weinig gepubliceerd, voor of na: deze proef zegt niets")
    return record


def lost(record):
    """Publications of which the publisher was told and that are on record no more."""
    from concepts.models import ConceptVersion

    versions = ConceptVersion.objects.filter(concept__slug=CONCEPT, published_at__isnull=False)
    known = {int(found[1]) for row in versions if (found := MARK.search(row.summary))}
    for number in range(1, record.told + 1):
        if number not in known:
            yield f"publicatie {number} was bevestigd en is weg"


# 3. Backup and restore


def restored(server, folder):
    """What a backup, restored, exports differently; nothing when all is as it was."""
    programs = find(server.account, _major(server))
    dump, name = folder / "kopie.dump", "terug"
    for program, *arguments in (
        ("pg_dump", "--format=custom", "--file", dump, server.url),
        ("createdb", "--template=template0", "--maintenance-db", _named(server, "postgres"), name),
        ("pg_restore", "--no-owner", "--exit-on-error", "--dbname", _named(server, name), dump),
    ):
        done = subprocess.run(
            [programs / program, *arguments], capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield f"{program}: {done.stderr}"
            return
    for url, to in ((server.url, "eerst"), (_named(server, name), "terug")):
        subprocess.run(
            [sys.executable, "manage.py", "exporteer_gegevens", "--map", folder / to],
            env=os.environ | {"DATABASE_URL": url},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    files = sorted(
        str(path.relative_to(folder / "eerst"))
        for path in (folder / "eerst").rglob("*")
        if path.is_file()
    )
    if len(files) != sum(path.is_file() for path in (folder / "terug").rglob("*")):
        yield "na herstel zijn er meer bestanden"
    _, differ, missing = filecmp.cmpfiles(folder / "eerst", folder / "terug", files, shallow=False)
    yield from (f"anders na herstel: {file}" for file in [*differ, *missing])
    print(f"{len(files)} bestanden vergeleken na herstel van een kopie")


def _named(server, database):
    return make_conninfo(**(conninfo_to_dict(server.url) | {"dbname": database}))


def _major(server):
    with psycopg.connect(server.url) as connection:
        return connection.info.server_version // 10_000


# All of it


def main():
    """Returns 0 when no answer was wrong and nothing was lost."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o711)
        first = stack.enter_context(primary())
        os.environ |= {
            "DATABASE_URL": first.url,
            "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
            "EERSTELIJN_DATA": str(first.home),
            "EERSTELIJN_OMGEVING": "demo",
        }
        for command in ("migrate", "laad_gegevens"):
            subprocess.run([sys.executable, "manage.py", command, "--verbosity=0"], check=True)
        faults = list(restored(first, folder))
        second = stack.enter_context(standby_of(first))
        wait_for_standby(first)
        os.environ["DATABASE_URL"] = both(first, second, "read-write")
        import django

        django.setup()
        from django.db import connection

        from concepts.management.commands.demo import collect_static

        collect_static(lambda: None)
        with sites(first, second) as (readers, desk):
            faults += same_pages(readers, desk)
            record = fail_over(first, second, readers, desk)
            faults += [*record.faults, *lost(record)]
            if DESK in ask(readers, "/beheer/")[1]:
                faults.append("het beheer bleef dicht op de nieuwe hoofdserver")
        connection.close_pool()
    for fault in faults[:50]:
        print(f"! {fault}")
    print("Er ging niets verloren." if not faults else f"{len(faults)} fouten")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
