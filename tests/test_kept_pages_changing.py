"""Public pages are kept until the content changes, never longer, whoever makes them when."""

import os
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from concepts.finder.views import ConceptListView
from concepts.publishing import publish, withdraw, working_copy
from eerstelijn import release
from eerstelijn.pages import keeping
from tests import going_out
from tests.factories import PartnerFactory
from tests.going_out import BROWSER, PAGES, body, stored

pytestmark = pytest.mark.usefixtures("pages_kept")

reader = going_out.reader
public = going_out.public


@pytest.mark.django_db
class TestAfterAChange:
    def test_no_page_says_what_was_so_before(self, reader, public):
        for address in PAGES[:5]:
            reader.get(address)
        copy = working_copy(public.concept)
        copy.name = "Tweede naam"
        copy.save()
        assert "Eerste naam" in body(reader.get("/concepten/"))

        publish(copy)

        for address in ("/concepten/", "/concepten/gbo/", "/concepten.json"):
            assert "Tweede naam" in body(reader.get(address))
            assert "Eerste naam" not in body(reader.get(address))
        withdraw(public.concept)
        assert reader.get("/concepten/gbo/").status_code == 410

    def test_a_page_that_says_the_same_keeps_its_tag(self, reader, public):
        tag = reader.get("/over/")["ETag"]

        PartnerFactory(name="Een nieuwe partner")

        assert reader.get("/over/", headers={"if-none-match": tag}).status_code == 304

    def test_another_day_has_pages_of_its_own(self, reader, public, monkeypatch):
        reader.get("/")
        before = stored()
        today_of, tomorrow = timezone.localdate, timezone.localdate() + timezone.timedelta(days=1)
        monkeypatch.setattr(
            timezone, "localdate", lambda moment=None: today_of(moment) if moment else tomorrow
        )

        reader.get("/")

        assert stored() == 2 * before

    def test_another_release_makes_its_own(self, reader, public, monkeypatch):
        reader.get("/")
        before = stored()
        monkeypatch.setattr(keeping, "release", lambda: "een-andere")

        reader.get("/")

        assert stored() == 2 * before

    def test_the_login_counts_elsewhere(self, reader, public):
        reader.get("/")
        caches["default"].set("teller", 5)

        caches["pages"].clear()

        assert caches["default"].get("teller") == 5


@pytest.mark.django_db(transaction=True)
class TestWhileItIsMade:
    def test_a_change_leaves_no_old_page_behind(self, public, monkeypatch):
        """A page that was begun before a publication and is done after it."""
        copy = working_copy(public.concept)
        copy.name = "Tweede naam"
        copy.save()
        made, published = ConceptListView.get_context_data, []

        def slowly(view, **kwargs):
            context = made(view, **kwargs)
            if not published:
                published.append(in_another_thread(publish, copy))
            return context

        monkeypatch.setattr(ConceptListView, "get_context_data", slowly)
        Client(headers=BROWSER).get("/concepten/")
        assert published

        found = [body(Client(headers=BROWSER).get("/concepten/")) for _ in range(3)]

        assert all("Tweede naam" in page and "Eerste naam" not in page for page in found)

    def test_it_is_made_once_for_all_who_ask_meanwhile(self, public, monkeypatch):
        made, times, waits = ConceptListView.get_context_data, [], threading.Event()

        def slowly(view, **kwargs):
            times.append(1)
            waits.wait(30)  # seconds: until another reader stands in line
            return made(view, **kwargs)

        def read():
            try:
                return body(Client(headers=BROWSER).get("/concepten/"))
            finally:
                connection.close()

        monkeypatch.setattr(ConceptListView, "get_context_data", slowly)
        monkeypatch.setattr(keeping._under_way, "before_waiting", waits.set)
        with ThreadPoolExecutor(4) as readers:
            pages = [reader.result() for reader in [readers.submit(read) for _ in range(4)]]

        assert len(times) == 1
        assert len(set(pages)) == 1

    def test_readers_never_see_less_than_was_published_before_they_asked(self, public):
        """A site that is read all the time, while names follow each other."""
        published, wrong, is_over = [0], [], threading.Event()

        def read():
            client = Client(headers=BROWSER)
            try:
                while not is_over.is_set():
                    least = published[0]
                    page = body(client.get("/concepten/gbo/"))
                    number = int(re.search(r"Naam nummer (\d+)", page)[1])
                    if number < least:
                        wrong.append((least, number))
            finally:
                connection.close()

        self.rename(public, 0)
        readers = [threading.Thread(target=read) for _ in range(3)]
        for each in readers:
            each.start()
        for number in range(1, 11):
            self.rename(public, number)
            published[0] = number
        is_over.set()
        for each in readers:
            each.join(timeout=30)

        assert wrong == []

    def rename(self, public, number):
        copy = working_copy(public.concept)
        copy.name = f"Naam nummer {number}"
        copy.save()
        publish(copy)


def in_another_thread(call, *arguments):
    def run():
        try:
            call(*arguments)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive()


ASK = """
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
settings.PAGES_ARE_KEPT = True
for address in ("/concepten/", "/concepten/gbo/", "/gemeenten/"):
    response = Client(headers={"accept-encoding": "gzip"}).get(address)
    print(response.status_code, response["ETag"])
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_tag_a_page_alike(public):
    database = connection.settings_dict["NAME"]
    environment = {
        "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=database),
        "DJANGO_SETTINGS_MODULE": "eerstelijn.settings",
    }

    said = {
        subprocess.run(
            [sys.executable, "-c", ASK],
            cwd=site_settings.BASE_DIR,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    }

    assert len(said) == 1
    assert said.pop().count("200 W/") == 3


def test_a_release_is_told_by_all_that_pages_are_made_by(tmp_path):
    for name in ("site/apps.py", "site/c.py", "templates/b.html", "requirements-production.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("eerst")
    seen = {release.hash_of(tmp_path)}
    (tmp_path / "site" / "c.pyc").write_text("gemaakt")
    assert release.hash_of(tmp_path) in seen

    (tmp_path / "templates/b.html").write_text("dan")
    seen.add(release.hash_of(tmp_path))
    (tmp_path / "site/c.py").rename(tmp_path / "site/d.py")
    seen.add(release.hash_of(tmp_path))

    assert len(seen) == 3
