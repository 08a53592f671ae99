"""Four editors on one concept and its neighbours, at the same time, through the real site.

Each opens a page of the desk, writes a word that nobody else writes into one of its fields, and
sends it, often with a button that also takes a step: hand in, publish. Or takes a step
alone, or adds and removes an alias. At the end each word of which the site said that it was saved
must still stand, or have been replaced by an editor whose page showed it; and each step that came
with it must have been taken.

    .venv/bin/python -m tests.fuzz.editors --minutes 10

The site runs as in the demo, in processes of its own, on a database that is thrown away.
"""

import argparse
import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

from tests.fuzz.afterwards import WORD, deadlocks, lost, standing_words, steps_on_record, untaken
from tests.fuzz.browser import Browser
from tests.fuzz.ledger import Ledger, report

EDITORS = {"els": "eindredacteur", "jan": "redacteur", "mia": "redacteur", "tom": "redacteur"}
CONCEPT = "gbo"
#: The buttons of a page that save its form and take a step.
BUTTON = re.compile(r'name="_stap" value="([\w-]+)"')
OVERTAKEN = "Intussen"


def main(minutes, seed=1):
    """Run for so long; prints what happened. Returns 0 when nothing broke and nothing was lost."""
    from eerstelijn.local.server import THROWAWAY, LocalServer
    from eerstelijn.local.testdb import new_home

    # A SIGTERM would end us at once, and leave the server behind.
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    home = new_home("eerstelijn-redacteurs-")
    server = LocalServer(home, settings=THROWAWAY)
    server.acquire()
    try:
        place = {
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
            "EERSTELIJN_DATA": str(home),
            "EERSTELIJN_OMGEVING": "demo",
        }
        # A process of its own: ours may have settings that were read for another database.
        command = (sys.executable, "-m", "tests.fuzz.editors", "--play")
        options = ("--minutes", str(minutes), "--seed", str(seed))
        return subprocess.run([*command, *options], env=os.environ | place).returncode
    finally:
        server.release()
        shutil.rmtree(home, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


# One editor


class Editor:
    """One editor at work; what they do follows from a seed, when it happens does not."""

    def __init__(self, name, browser, ledger, seed):
        self.name, self.browser, self.ledger = name, browser, ledger
        self.choose = random.Random(f"{seed}-{name}")  # noqa: S311 -- for a test
        self.number = 0
        #: The steps that the page opened last has buttons for.
        self.offered = []

    def work(self, until):
        acts = [self.write_version] * 3 + [self.write_text] * 4
        acts += [self.write_alias] * 2 + [self.write_partner, self.send_concept, self.add_alias]
        acts += [self.take_step] * 2 + [self.press_version] * 2 + [self.press_text] * 2
        while time.monotonic() < until:
            act = self.choose.choice(acts)
            try:
                act()
            except Exception as error:
                self.ledger.fault(f"{self.name}, {act.__name__}: {error!r}")

    # What an editor does

    def press_version(self):
        """Write, and press a button that saves and takes a step."""
        self.write_version(press=True)

    def press_text(self):
        self.write_text(press=True)

    def write_version(self, press=False):
        self._write_in(self._version_url(), "summary", "versie", press)

    def write_text(self, press=False):
        url = self._version_url("teksten/")
        fields = self._form(url)
        rows = [name for name, _ in fields if re.fullmatch(r"passages-\d+-text", name)]
        if rows:
            name = self.choose.choice(rows)
            key = dict(fields)[name.replace("-text", "-key")]
            self._write(url, fields, name, f"tekst {key}", press)

    def write_alias(self):
        from concepts.models import Alias

        alias = Alias.objects.filter(concept__slug=CONCEPT, key__startswith="fuzz-").first()
        if alias:
            self._write_in(f"/beheer/concepts/alias/{alias.pk}/change/", "note", "alias")

    def write_partner(self):
        from governance.models import Partner

        partner = Partner.objects.get(slug="ocmw")
        self._write_in(f"/beheer/governance/partner/{partner.pk}/change/", "note", "partner")

    def send_concept(self):
        """Save the page of the concept as it is: what it holds never changes."""
        from concepts.models import Concept

        url = f"/beheer/concepts/concept/{Concept.objects.get(slug=CONCEPT).pk}/change/"
        if fields := self._form(url):
            self._tell(self._send(url, fields))

    def add_alias(self):
        """Add another name, and let an eindredacteur take one away."""
        from concepts.models import Alias, Concept

        url = "/beheer/concepts/alias/add/"
        fields = self._form(url)
        concept = Concept.objects.get(slug=CONCEPT)
        changes = {"text": self._word(), "kind": "naam", "concept": concept.pk}
        self._tell(self._send(url, fields, **changes))
        mine = Alias.objects.filter(concept=concept, text__startswith="woord").order_by("?").first()
        if mine and EDITORS[self.name] == "eindredacteur":
            answer = self._post(f"/beheer/concepts/alias/{mine.pk}/delete/", {"post": "yes"})
            self._count_step(answer)

    def take_step(self):
        """A step with the version, or the concept; who may not take it is told so."""
        from concepts.models import Concept
        from tests.desk import SURE, seen

        concept = Concept.objects.get(slug=CONCEPT)
        kind, record, step = self.choose.choice(
            [
                ("conceptversion", self._open_version(), "dien-in"),
                ("conceptversion", self._open_version(), "neem-terug"),
                ("conceptversion", self._open_version(), "stuur-terug"),
                ("conceptversion", self._open_version(), "publiceer"),
                ("concept", concept, "werkversie"),
            ]
        )
        if record:
            url = f"/beheer/concepts/{kind}/{record.pk}/stap/{step}/"
            read = seen(record) if kind == "conceptversion" else {}
            self._count_step(self._post(url, SURE | read | {"note": self._word()}))
        self._go_on()

    # How

    def _go_on(self):
        """See to it that there is a version to work on."""
        from concepts.models import Concept

        if not self._open_version():
            concept = Concept.objects.get(slug=CONCEPT)
            self._post(f"/beheer/concepts/concept/{concept.pk}/stap/werkversie/", {})

    def _open_version(self):
        from concepts.models import ConceptVersion

        versions = ConceptVersion.objects.open().filter(concept__slug=CONCEPT)
        return versions.only("pk").first()

    def _version_url(self, group=""):
        from concepts.models import ConceptVersion

        versions = ConceptVersion.objects.filter(concept__slug=CONCEPT).only("pk")
        return f"/beheer/concepts/conceptversion/{versions.latest('number').pk}/change/{group}"

    def _word(self):
        self.number += 1
        return f"woord{self.number}{self.name}"

    def _form(self, url):
        """The form of a page; none where this editor finds nothing to fill in."""
        from tests.desk import fields_of

        answer = self.browser.get(url)
        self._look(answer, url)
        self.offered = BUTTON.findall(answer.content.decode())
        return fields_of(answer) if answer.status_code == 200 else []

    def _write_in(self, url, name, about, press=False):
        self._write(url, self._form(url), name, about, press)

    def _write(self, url, fields, name, about, press=False):
        """Put a word of ours in the place of the word that stands there."""
        shown = dict(fields).get(name)
        if shown is None:  # it was published: there is nothing to fill in
            self.ledger.count("niets in te vullen")
            return
        found = WORD.search(shown)
        before, word = found and found[0], self._word()
        text = shown.replace(before, word) if before else f"{shown} {word}".strip()
        step = self.choose.choice(self.offered) if press and self.offered else ""
        changes = {name: text} | ({"_stap": step} if step else {})
        try:
            answer = self._send(url, fields, **changes)
        except (OSError, http.client.HTTPException):
            self.ledger.note(self.ledger.unsure, about, before, word)
            raise
        if self._tell(answer):
            self.ledger.note(self.ledger.saved, about, before, word)
            if step:
                self._take(step, answer.location)
        elif answer.status_code >= 500:
            self.ledger.note(self.ledger.unsure, about, before, word)

    def _take(self, step, location):
        """A step that was acknowledged with the save; publishing still asks."""
        from tests.desk import SURE, seen

        self.ledger.count(f"bewaard en {step}")
        if step != "publiceer":
            self.ledger.acknowledge(step)
            return
        self._look(self.browser.get(location), location)
        version = self._open_version()
        read = seen(version) if version else {}
        self._count_step(self._post(location.partition("?")[0], SURE | read))
        self._go_on()

    def _send(self, url, fields, **changes):
        from tests.desk import send

        answer = send(self.browser, url, fields, **changes)
        self._look(answer, url)
        return answer

    def _post(self, url, data):
        answer = self.browser.post(url, data)
        self._look(answer, url)
        return answer

    def _look(self, answer, url):
        self.ledger.count("aanvragen")
        if answer.status_code >= 500:
            self.ledger.count("5xx")
            self.ledger.fault(f"{self.name}: {answer.status_code} op {url}")

    def _tell(self, answer):
        """Count what a form said; whether it was saved."""
        if answer.status_code == 302:
            self.ledger.count("bewaard")
            return True
        page = answer.content.decode()
        if answer.status_code == 200 and "errornote" not in page and "errorlist" not in page:
            self.ledger.fault(f"{self.name}: niet bewaard, en de pagina zegt het niet")
        self.ledger.count(f"geweigerd: {reason(answer.status_code, page)}")
        return False

    def _count_step(self, answer):
        self.ledger.count("stappen" if answer.status_code == 302 else "stappen niet toegestaan")


def reason(status, page):
    """Why a page was not saved, in a few words."""
    if OVERTAKEN in page:
        return "ingehaald door een ander"
    if status != 200:
        return f"status {status}"
    told = re.search(r'class="error(?:list|note)[^>]*>.*?<li>(.*?)</li>', page, re.DOTALL)
    return re.sub(r"(?:<[^>]+>|\s)+", " ", told[1]).strip()[:70] if told else "onbekend"


# The play


def play(minutes, seed):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from concepts.management.commands.demo import collect_static, site
    from concepts.models import Alias, Concept
    from concepts.publishing import working_copy
    from tests.desk import editor

    call_command("migrate", verbosity=0)
    call_command("laad_gegevens", verbosity=0)
    collect_static(lambda: None)
    concept = Concept.objects.get(slug=CONCEPT)
    working_copy(concept)
    Alias.objects.create(key="fuzz-naam", text="Fuzznaam", kind="naam", concept=concept)
    cookies = {}
    for name, group in EDITORS.items():
        client = Client()
        client.force_login(editor(group, username=name))
        cookies[name] = {key: morsel.value for key, morsel in client.cookies.items()}
    ledger, port = Ledger(), free_port()
    with site(port):
        until = time.monotonic() + 60 * minutes
        editors = [Editor(name, Browser(port, cookies[name]), ledger, seed) for name in EDITORS]

        def work(each):
            try:
                each.work(until)
            finally:
                connection.close()

        threads = [threading.Thread(target=work, args=[each]) for each in editors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    standing, is_whole = standing_words(CONCEPT)
    gone = list(lost(ledger.saved, ledger.unsure, standing))
    ledger.faults += untaken(ledger.steps)
    ledger.counts.update({f"gedaan: {step}": n for step, n in steps_on_record().items()})
    ledger.counts["vastgelopen (deadlock)"] = deadlocks()
    connection.close_pool()
    return report(minutes, seed, ledger, gone, is_whole)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--play", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.exit((play if given.play else main)(given.minutes, given.seed))
