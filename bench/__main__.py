"""Measure the pages of the site at several sizes, and print the result as a Markdown table.

    .venv/bin/python -m bench                   the fixtures, and 10,000 concepts
    .venv/bin/python -m bench --sizes 0 100000  other sizes; 0 is the fixtures
    .venv/bin/python -m bench --keep            leave the scratch databases, and use those left
    .venv/bin/python -m bench --extremes        instead, what the costliest requests cost

Each size has a database of its own, eerstelijn_bench_<size>, on the server of DATABASE_URL or else
on the local one; no other database is touched. Every round is a new process per size, in turn.
"""

import argparse
import datetime as dt
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from eerstelijn.local import server

#: How many plain lists any request may cost: about 200 ms of processor time.
MOST_TIMES = 4
PROJECT = Path(__file__).resolve().parent.parent


class Scratch:
    """A database for one size. It is filled as a draft, so that a half-filled one is never kept."""

    def __init__(self, url, size):
        self.url = url
        self.size = size
        self.name = f"eerstelijn_bench_{size}"
        self.draft = f"{self.name}_draft"

    @property
    def address(self):
        """Where it is, in a form that DATABASE_URL takes."""
        return make_conninfo(self.url, dbname=self.name)

    def make(self, keep):
        with psycopg.connect(self.url, autocommit=True) as server:
            query = "SELECT FROM pg_database WHERE datname = %s"
            if keep and server.execute(query, [self.name]).rowcount:
                return
            self._drop(server)
            do(server, "CREATE DATABASE {} TEMPLATE template0", self.draft)
            number = self.run("bench.content", self.size, database=self.draft)
            do(server, "ALTER DATABASE {} RENAME TO {}", self.draft, self.name)
        print(f"{self.name}: {number} concepts", file=sys.stderr)

    def drop(self):
        with psycopg.connect(self.url, autocommit=True) as server:
            self._drop(server)

    def _drop(self, server):
        for name in (self.draft, self.name):
            do(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def run(self, module, *arguments, database=None):
        """What a module prints, run as the demo runs: DEBUG off, templates cached, pooled."""
        url = make_conninfo(self.url, dbname=database or self.name)
        ran = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": url},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return ran.stdout.strip()


def do(server, statement, *names):
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def collect_static():
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
        cwd=PROJECT,
        check=True,
    )


def measure(scratches, module, processes, rounds):
    """What a module finds by size, with the times of all processes together."""
    found = {}
    for number in range(processes):
        print(f"round {number + 1} of {processes}", file=sys.stderr)
        for scratch in scratches:
            pages = json.loads(scratch.run(module, rounds))
            for page, earlier in zip(pages, found.setdefault(scratch.size, pages), strict=True):
                if page is not earlier:
                    for times in {"times", "python", "database"} & page.keys():
                        earlier[times] += page[times]
    return found


def report(found):
    """The table, what the pages were, and a warning when a page costs more queries as it grows."""
    yield f"{dt.date.today()}, {machine()}"
    yield ""
    yield (
        "| Page | Concepts | Median ms | p95 ms | Python ms | x no page | x smallest | Queries "
        "| kB | kB gzip |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    smallest = next(iter(found.values()))
    for number, first in enumerate(smallest):
        for size, pages in found.items():
            yield row(pages[number], size, nothing=pages[0], first=first)
    yield ""
    for size, pages in found.items():
        yield f"{size or 'fixtures'}: {', '.join(page['url'] for page in pages)}"
    grown = [
        first["name"]
        for number, first in enumerate(smallest)
        if any(pages[number]["queries"] > first["queries"] for pages in found.values())
    ]
    if grown:
        yield f"\nMore queries with more concepts: {', '.join(grown)}"


def row(page, size, nothing, first):
    median = statistics.median(page["times"])
    cells = [
        page["name"],
        size or "fixtures",
        f"{median:.1f}",
        f"{statistics.quantiles(page['times'], n=20)[-1]:.1f}",
        f"{statistics.median(page['python']):.1f}",
        f"{median / statistics.median(nothing['times']):.0f}",
        f"{median / statistics.median(first['times']):.1f}",
        page["queries"],
        f"{page['bytes'] / 1000:.1f}",
        f"{page['gzip'] / 1000:.1f}",
    ]
    return f"| {' | '.join(map(str, cells))} |"


def report_extremes(found):
    """A table per size: the processor time of each request, beside that of a plain list."""
    yield f"{dt.date.today()}, {machine()}"
    for size, requests in found.items():
        costs = [
            tuple(statistics.median(request[part]) for part in ("python", "database"))
            for request in requests
        ]
        plain = next(sum(cost) for cost, each in zip(costs, requests, strict=True) if each["plain"])
        yield f"\n{size or 'fixtures'}:\n"
        yield "| Request | Python ms | PostgreSQL ms | Together | Most | x plain list | kB |"
        yield "|---|---|---|---|---|---|---|"
        for (python, database), request in zip(costs, requests, strict=True):
            times = (python + database) / plain
            most = max(map(sum, zip(request["python"], request["database"], strict=True)))
            mark = " **too much**" if times > MOST_TIMES else ""
            yield (
                f"| {request['name']} | {python:.1f} | {database:.1f} | {python + database:.1f} "
                f"| {most:.1f} | {times:.1f}{mark} | {request['bytes'] / 1000:.1f} |"
            )


def machine():
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def main():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", help="concepts; 0 is the fixtures")
    parser.add_argument("--processes", type=int, default=3, help="new processes per size")
    parser.add_argument("--rounds", type=int, default=30, help="requests per page and process")
    parser.add_argument("--keep", action="store_true", help="keep the scratch databases")
    parser.add_argument("--extremes", action="store_true", help="measure the costliest requests")
    options = parser.parse_args()
    sizes = options.sizes or ([0] if options.extremes else [0, 10_000])
    module = "bench.extremes" if options.extremes else "bench.measure"
    # A SIGTERM ends us like an exit does, so that the databases go and the server stops.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with server.session(), tempfile.TemporaryDirectory() as folder:
        url = os.environ["DATABASE_URL"]
        # From here on like the demo, with static files and a key of its own.
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
            "EERSTELIJN_OMGEVING": "demo",
            "EERSTELIJN_DATA": folder,
        }
        collect_static()
        scratches = [Scratch(url, size) for size in sizes]
        try:
            for scratch in scratches:
                scratch.make(options.keep)
            found = measure(scratches, module, options.processes, options.rounds)
        finally:
            if not options.keep:
                for scratch in scratches:
                    scratch.drop()
    print("\n".join(report_extremes(found) if options.extremes else report(found)))


if __name__ == "__main__":
    main()
