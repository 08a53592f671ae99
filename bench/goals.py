"""Every goal of the site in one run, as ratios beside the floor of Django, Datasette and nginx.

    make goals                                    measure, and write the table into bench/README.md
    make goals ARGS="--out now.json"              and keep the figures
    make goals ARGS="--compare then.json"         and show those of an earlier run beside them
    make goals ARGS="--datasette .venv-datasette/bin/datasette"
    make goals ARGS="--sizes 0 --seconds 5"       a look: today's content, and a short load

All run at once and are asked in turn, so that a slow moment of the machine falls on all of them.
What is not installed (nginx, Datasette 0.65) is left out, and the table says so.
"""

import argparse
import csv
import datetime as dt
import gzip
import io
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench import datasette, load, servers
from bench.__main__ import Scratch, collect_static, machine

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- goals -->", "<!-- end of goals -->"
MANY = 10_000
MUNICIPALITY = "/concepten/?gemeente=24062"
#: Ten lists, of which the largest counts.
LISTS = (
    *("/concepten/", "/ontwikkelingen/", "/partners/", "/regelgeving/", "/gebieden/"),
    *("/bronnen/", "/begrippen/", "/gemeenten/", "/diensten/", MUNICIPALITY),
)


@dataclass(frozen=True)
class Goal:
    """A figure, what it must be and what is aimed at; `size` is the number of concepts."""

    name: str
    size: int
    must: float
    aim: float
    unit: str = ""
    more_is_better: bool = False

    def is_met(self, figure):
        return figure >= self.must if self.more_is_better else figure <= self.must


FASTER = "x Datasette"
GOALS = (
    Goal("list", MANY, 30, 50, FASTER, more_is_better=True),
    Goal("three filters", MANY, 8, 16, FASTER, more_is_better=True),
    Goal("a search word", MANY, 2, 4, FASTER, more_is_better=True),
    Goal("list", 0, 3, 6, FASTER, more_is_better=True),
    Goal("concept, not asked for yet", MANY, 150, 60, "x no-op"),
    Goal("list of a municipality", MANY, 1.5, 1.2, "x list"),
    Goal("kept list", 0, 9, 8, "x no-op"),
    Goal("kept list, known to the reader (304)", 0, 9, 8, "x no-op"),
    Goal("kept list, nginx in front", 0, 1.2, 0.6, "x no-op"),
    Goal("the same, known to the reader (304)", 0, 1.2, 0.5, "x no-op"),
    Goal("largest of ten lists, as it goes out", 0, 10, 7, "kB"),
    Goal("first visit: page, style, script, icon", 0, 35, 20, "kB"),
    Goal("later visit, head included", 0, 0.3, 0.2, "kB"),
    Goal("200 requests a second: faults", 0, 0, 0),
    Goal("200 requests a second: p95", 0, 50, 10, "ms"),
    Goal("the same with 20 publications a minute: faults", 0, 0, 0),
    Goal("the same with 20 publications a minute: p95", 0, 200, 50, "ms"),
    Goal("those publications, nginx in front: faults", 0, 0, 0),
    Goal("those publications, nginx in front: p95", 0, 200, 50, "ms"),
    Goal("memory: two processes and PostgreSQL", 0, 220, 180, "MB"),
    Goal("memory: two processes and PostgreSQL", MANY, 260, 200, "MB"),
    Goal("list: 10,000 concepts against today's", MANY, 1.5, 1.2, "x"),
)


class Question:
    """What is asked of the site and of Datasette alike, chosen from the content itself."""

    def __init__(self, concepts):
        rows = list(csv.DictReader(io.StringIO(concepts.lstrip("\ufeff"))))
        self.slugs = [row["slug"] for row in rows]
        values = {key: Counter() for key in datasette.SEVERAL}
        words = Counter()
        for row in rows:
            for key, counter in values.items():
                counter.update({part.partition(":")[0] for part in row[key].split("|") if part})
            words.update(set(re.findall(r"[a-z]{6,}", row["samenvatting"])))
        self.filters = [(key, counter.most_common(1)[0][0]) for key, counter in values.items()]
        wanted = max(3, len(rows) / 100)
        self.word = min(words, key=lambda word: (abs(words[word] - wanted), word))

    def pages(self):
        keys = dict(zip(datasette.SEVERAL, ("domein", "dienst", "partner"), strict=True))
        narrowed = urlencode([(keys[key], value) for key, value in self.filters])
        return {
            "list": "/concepten/?",
            "filters": f"/concepten/?{narrowed}",
            "word": f"/concepten/?{urlencode([('q', self.word)])}",
            "municipality": MUNICIPALITY,
        }


def median_times(jobs, rounds):
    """The median milliseconds of each job, all in turn; a job is asked the number of its round."""
    times = {name: [] for name in jobs}
    for number in range(rounds + 3):
        for name, job in jobs.items():
            milliseconds, status, _, _ = job(number)
            expected = 304 if "304" in name else 200
            if status != expected:
                raise RuntimeError(f"{name} answers {status}")
            if number >= 3:  # the first rounds warm what is warm ever after
                times[name].append(milliseconds)
    return {name: statistics.median(found) for name, found in times.items()}


def anew(site, page):
    """A page that no store has: signs that say nothing make another address of it."""
    return lambda number: site.get(f"{page}{'&' * (number + 1)}")


def at_size(stack, size, rounds, options, folder):
    """What is measured of one size; figures by the name of a goal."""
    site = stack.enter_context(running_site())
    plain = site.get("/concepten.csv")[3]
    concepts = (gzip.decompress(plain) if plain[:2] == b"\x1f\x8b" else plain).decode()
    question = Question(concepts)
    noop = stack.enter_context(servers.floor(free_port()))
    tag = site.get("/concepten/")[2]["ETag"]
    jobs = {
        "no-op": lambda number: noop.get("/niets"),
        "kept": lambda number: site.get("/concepten/"),
        "kept 304": lambda number: site.get("/concepten/", If_None_Match=tag),
    }
    slugs = iter(question.slugs)
    jobs["concept"] = lambda number: site.get(f"/concepten/{next(slugs)}/")
    jobs |= {name: anew(site, page) for name, page in question.pages().items()}
    if front := stack.enter_context(servers.in_front(free_port(), site.port, folder)):
        jobs["nginx"] = lambda number: front.get("/concepten/")
        jobs["nginx 304"] = lambda number: front.get("/concepten/", If_None_Match=tag)
    if options.datasette:
        file = Path(folder) / f"{size}" / "kb.db"
        file.parent.mkdir()
        datasette.fill(file, concepts)
        words = file.with_name("metadata.json")
        words.write_text(datasette.metadata())
        port = free_port()
        command = [options.datasette, "serve", "-i", str(file), "-p", str(port), "-m", str(words)]
        other = stack.enter_context(
            servers.running([*command, *datasette.OPTIONS], port, stderr=subprocess.DEVNULL)
        )
        for name, page in datasette.pages(question.word, question.filters).items():
            jobs[f"datasette {name}"] = lambda number, page=page: other.get(page)
    rounds = min(rounds, len(question.slugs) - 3)
    times = median_times(jobs, rounds)
    return site, times


def figures_of(times, size):
    """Ratios by name and unit, of those that were measured."""
    found = {
        "concept, not asked for yet": times["concept"] / times["no-op"],
        "list of a municipality": times["municipality"] / times["list"],
        "kept list": times["kept"] / times["no-op"],
        "kept list, known to the reader (304)": times["kept 304"] / times["no-op"],
    }
    if "nginx" in times:
        found["kept list, nginx in front"] = times["nginx"] / times["no-op"]
        found["the same, known to the reader (304)"] = times["nginx 304"] / times["no-op"]
    for name, job in (("list", "list"), ("three filters", "filters"), ("a search word", "word")):
        if f"datasette {job}" in times:
            found[name] = times[f"datasette {job}"] / times[job]
    return {f"{name}|{size}": figure for name, figure in found.items()}


def bytes_of(site):
    """What goes over the wire, in kB."""
    largest = max(len(site.get(page)[3]) for page in LISTS)
    _, _, headers, page = site.get("/concepten/")
    whole = gzip.decompress(page).decode()
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg|ico|png))"', whole))
    first = len(page) + sum(len(site.get(part)[3]) for part in parts)
    known = site.get("/concepten/", If_None_Match=headers["ETag"])[2]
    head = len("HTTP/1.1 304 Not Modified\r\n\r\n")
    # What every answer says about rights stays with the page; it is counted all the same.
    later = head + sum(len(f"{name}: {value}\r\n") for name, value in known.items())
    return {
        "largest of ten lists, as it goes out|0": largest / 1000,
        "first visit: page, style, script, icon|0": first / 1000,
        "later visit, head included|0": later / 1000,
    }


def visit(site):
    """Sixty pages of every kind, after which memory is looked at."""
    plain = site.get("/sitemap.xml")[3]
    told = (gzip.decompress(plain) if plain[:2] == b"\x1f\x8b" else plain).decode()
    addresses = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", told)
    for address in (*load.ADDRESSES, *addresses[:: max(1, len(addresses) // 60)]):
        for _ in range(4):
            servers.Server(site.port).get(address)  # anew: so that each process is asked


def under_load(port, front, seconds):
    """Readers for so long: without publications, with 20 a minute, and with nginx in front too."""
    import threading

    found, some = {}, max(1, round(20 * seconds / 60))
    rounds = [
        (port, 0, "200 requests a second"),
        (port, some, "the same with 20 publications a minute"),
    ]
    if front:
        rounds.append((front.port, some, "those publications, nginx in front"))
    for asked, publications, name in rounds:
        log = load.Log()
        # The site itself says at once what was published; a server in front within two seconds.
        told = (port, publications, seconds, log)
        editor = threading.Thread(target=load.publish, args=told)
        editor.start()
        load.ask(asked, 200, seconds, log)
        editor.join()
        for fault in log.faults[:5]:
            print(f"! {fault}", file=sys.stderr)
        found[f"{name}: faults|0"] = len(log.faults)
        found[f"{name}: p95|0"] = statistics.quantiles(log.times, n=20)[-1]
    return found


def running_site():
    from concepts.management.commands.demo import site

    port = free_port()

    class Site(ExitStack):
        def __enter__(self):
            super().__enter__()
            return servers.Server(port, self.enter_context(site(port, workers=2)))

    return Site()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def measure(postmaster, scratches, options, folder):
    """All figures, by name and size."""
    figures, lists = {}, {}
    for scratch in scratches:
        size = scratch.size
        os.environ["DATABASE_URL"] = scratch.address
        print(f"{size or 'fixtures'} concepts ...", file=sys.stderr)
        with ExitStack() as stack:
            site, times = at_size(stack, size, options.rounds, options, folder)
            figures |= figures_of(times, size)
            lists[size] = times["list"]
            if not size:
                figures |= bytes_of(site)
        with running_site() as site:  # anew: what was measured above is no visit
            visit(site)
            weight = servers.memory(site.process.pid, postmaster)
            figures[f"memory: two processes and PostgreSQL|{size}"] = weight
            if not size:
                import django

                django.setup()
                from django.db import connection

                load.ask(site.port, 10, 6, load.Log())
                with servers.in_front(free_port(), site.port, folder) as front:
                    figures |= under_load(site.port, front, options.seconds)
                connection.close_pool()
    if len(lists) == 2:
        figures[f"list: 10,000 concepts against today's|{MANY}"] = lists[MANY] / lists[0]
    return figures


def table(figures, earlier, without):
    """The table as Markdown."""
    yield f"{dt.date.today()}, {machine()}."
    if without:
        yield f"Not installed here, so left out: {', '.join(without)}."
    yield ""
    before = " Before |" if earlier else ""
    yield f"| What | Concepts | Must | Aim |{before} Measured | Met |"
    yield f"|---|---|---|---|{'---|' if earlier else ''}---|---|"
    for goal in GOALS:
        key = f"{goal.name}|{goal.size}"
        unit = f" {goal.unit}" if goal.unit else ""
        figure = figures.get(key)
        cells = [goal.name, goal.size or "today's", f"{goal.must:g}{unit}", f"{goal.aim:g}"]
        if earlier:
            cells.append(f"{earlier[key]:.3g}" if key in earlier else "-")
        if figure is None:
            cells += ["-", "not measured"]
        else:
            cells += [f"{figure:.3g}", "yes" if goal.is_met(figure) else "no"]
        yield f"| {' | '.join(map(str, cells))} |"


def write(lines):
    """Put the table in its place in the README."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    whole = f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}"
    README.write_text(whole, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(
        prog="python -m bench.goals", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, MANY], help="0 is the fixtures")
    parser.add_argument("--rounds", type=int, default=40, help="requests of each kind")
    parser.add_argument("--seconds", type=int, default=60, help="of each load")
    parser.add_argument("--datasette", help="its program (0.65)", default=shutil.which("datasette"))
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    parser.add_argument("--compare", type=Path, help="figures of an earlier run")
    parser.add_argument("--print", action="store_true", help="leave bench/README.md as it is")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))

    from eerstelijn.local.server import MODEST, LocalServer
    from eerstelijn.local.testdb import new_home

    home = new_home("eerstelijn-goals-")
    server = LocalServer(home, settings=MODEST)
    server.acquire()
    try:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o711)
            os.environ |= {
                "DATABASE_URL": server.url,
                "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
                "EERSTELIJN_OMGEVING": "demo",
                "EERSTELIJN_DATA": folder,
            }
            collect_static()
            scratches = [Scratch(server.url, size) for size in options.sizes]
            for scratch in scratches:
                scratch.make(keep=False)
            figures = measure(server.postmaster, scratches, options, folder)
    finally:
        server.release()
        shutil.rmtree(home, ignore_errors=True)
    missing = {
        "Datasette": not options.datasette,
        "nginx": "kept list, nginx in front|0" not in figures,
    }
    earlier = json.loads(options.compare.read_text()) if options.compare else {}
    lines = list(table(figures, earlier, [name for name, lacks in missing.items() if lacks]))
    if options.out:
        options.out.write_text(json.dumps(figures, indent=1))
    if not options.print:
        write(lines)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
