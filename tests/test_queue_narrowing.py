"""A list of work is searched and narrowed by its address, and a review by mistake is taken back."""

import datetime as dt

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concepts.models import Review, ToCheck
from concepts.queues import QUEUES
from eerstelijn.login.groups import EINDREDACTEUR, REDACTEUR
from tests.answers import text
from tests.desk import change_url, editor, send
from tests.factories import AgencyFactory, ChangeEventFactory, ReviewFactory
from tests.waiting import HOSTILE, TODAY, WAITING, published

pytestmark = pytest.mark.django_db

QUEUE = "/beheer/lijst/nooit-nagekeken/"


@pytest.fixture
def desk(client):
    client.force_login(editor(EINDREDACTEUR))
    return client


def found(client, address=QUEUE, **question):
    return [row["line"].label for row in client.get(address, question).context["rows"]]


class TestSearch:
    @pytest.mark.parametrize("name", QUEUES)
    def test_every_queue_is_searched(self, desk, name):
        for word in ("Zorgzame buurten", "Huis van het kind"):
            WAITING[name](word)
        address = f"/beheer/lijst/{name}/"
        assert len(found(desk, address)) == 2

        word = "s-1" if name == "stille-links" else "kind"

        assert len(found(desk, address, q=word)) == 1
        assert found(desk, address, q="nergens te vinden") == []

    def test_all_words_count_however_they_are_written(self, desk):
        for name in ("Geïntegreerd breed onthaal", "Breed overleg"):
            published(name=name)

        assert found(desk, q="GEINTEGREERD breed") == ["Geïntegreerd breed onthaal"]
        assert len(found(desk, q="  breed ")) == 2

    def test_says_how_many_there_are_and_the_way_back(self, desk):
        published(name="Huis")

        page = desk.get(QUEUE, {"q": "huis"})

        assert "1 gevonden" in text(page)
        assert f'<a href="{QUEUE}">Toon de hele lijst</a>' in page.content.decode()
        assert "Niets in deze lijst past daarbij." in text(desk.get(QUEUE, {"q": "x y z"}))

    def test_shows_what_was_typed_and_nothing_of_it_runs(self, desk):
        published()

        page = desk.get(QUEUE, {"q": HOSTILE}).content.decode()

        assert "&lt;script&gt;" in page
        assert HOSTILE not in page

    def test_the_pages_keep_the_question(self, desk, monkeypatch):
        monkeypatch.setattr("concepts.work.queue_page.ROWS", 1)
        for number in range(3):
            published(name=f"Huis {number}")

        page = desk.get(QUEUE, {"q": "huis", "pagina": "2"}).content.decode()

        assert 'href="?q=huis&amp;pagina=1"' in page
        assert 'href="?q=huis&amp;pagina=3"' in page


class TestFilters:
    def test_narrow_to_the_service_and_the_domain_of_a_concept(self, desk):
        one, other = AgencyFactory(name="Opgroeien"), AgencyFactory(name="Zorg")
        mine = published(name="A", agencies=[one])
        published(name="B", agencies=[other])
        domain = mine.ownerships.get().policy_domain

        assert found(desk, dienst=one.slug) == ["A"]
        assert "A" in found(desk, domein=domain.slug)
        assert found(desk, dienst=one.slug, q="b") == []

    def test_offer_only_what_would_leave_something(self, desk):
        one, other = AgencyFactory(name="Opgroeien"), AgencyFactory(name="Zorg")
        published(name="A", agencies=[one])
        published(name="B", agencies=[other])
        AgencyFactory(name="Niemands dienst")

        page = desk.get(QUEUE).content.decode()

        assert f'<option value="{one.slug}">Opgroeien</option>' in page
        assert "Niemands dienst" not in page

    def test_narrow_what_was_put_aside_to_a_colleague(self, desk):
        els = editor(REDACTEUR, username="els", first_name="Els")
        for who, name in ((els, "A"), (None, "B")):
            ToCheck.objects.create(
                concept=published(name=name).concept, event=ChangeEventFactory(), editor=who
            )

        assert len(found(desk, "/beheer/lijst/na-te-kijken/", wie="els")) == 1

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ({"dienst": "bestaat-niet"}, "Dienst “bestaat-niet” komt in deze lijst niet voor."),
            ({"kleur": "rood"}, "“kleur” kennen we niet in het adres van een lijst."),
            ({"pagina": "9"}, "Bladzijde “9” is er niet. Dit is bladzijde 1."),
            ({"pagina": "x"}, "Bladzijde “x” is er niet."),
            ({"q": "a " * 11}, "Zoek met hoogstens 10 woorden."),
            ({"q": "a" * 201}, "Zoek met hoogstens 10 woorden."),
        ],
    )
    def test_what_is_not_understood_is_said_above_the_whole_list(self, desk, question, said):
        published(name="A")

        page = desk.get(QUEUE, question)

        assert page.status_code == 200
        assert said in text(page)
        assert [row["line"].label for row in page.context["rows"]] == ["A"]

    @pytest.mark.parametrize("question", ["", "?q=een&dienst="])
    def test_the_queries_do_not_grow(self, desk, question):
        asked = []
        for number in range(2):
            for each in range(3 * number + 1):
                agency = AgencyFactory(name=f"Dienst {number} {each}")
                published(name=f"Een {number} {each}", agencies=[agency])
            desk.get(QUEUE)
            with CaptureQueriesContext(connection) as queries:
                desk.get(f"{QUEUE}{question}")
            asked.append(len(queries))

        assert asked[0] == asked[1]


def reviewed(desk, *versions):
    """Note versions as reviewed in a list, and give the address in the message that undoes it."""
    send(desk, QUEUE, rows=[str(version.pk) for version in versions])
    page = desk.get(QUEUE)
    [message] = [str(said) for said in page.context["messages"]]
    return message.partition('href="')[2].partition('"')[0].replace("&amp;", "&")


class TestUndo:
    def test_is_offered_with_the_message_and_asks_first(self, desk):
        one, other = published(name="Een"), published(name="Ander")

        address = reviewed(desk, one, other)
        page = text(desk.get(address))

        assert "Een: nagekeken op" in page
        assert "Ander: nagekeken op" in page
        assert Review.objects.count() == 2

    def test_takes_back_all_that_was_noted_and_leads_back_to_the_list(self, desk):
        one, other = published(name="Een"), published(name="Ander")
        kept = ReviewFactory(version=published(name="Derde"))
        address = reviewed(desk, one, other)

        response = desk.post(address, follow=True)

        assert response.redirect_chain == [(QUEUE, 302)]
        assert "2 nazichten zijn ongedaan gemaakt." in text(response)
        assert list(Review.objects.all()) == [kept]
        assert set(found(desk)) == {"Een", "Ander"}
        assert LogEntry.objects.filter(action_flag=DELETION).count() == 2

    def test_is_offered_on_the_concept(self, desk):
        version = published()
        reviewed(desk, version)
        review = Review.objects.get()
        address = reverse("admin:review_undo", query={"nazicht": review.pk})

        page = desk.get(change_url(version.concept)).content.decode()

        assert f'<a href="{address}">Maak dit nazicht ongedaan</a>' in page
        assert desk.post(address).url == change_url(version.concept)
        assert not Review.objects.exists()

    def test_an_earlier_look_stays(self, desk):
        version = published()
        former = ReviewFactory(version=version, date=TODAY() - dt.timedelta(days=9))
        ReviewFactory(version=version, date=TODAY())
        address = reverse("admin:review_undo", query={"nazicht": former.pk})

        assert "blijft staan" in text(desk.get(address))
        assert "dat blijft zo" in text(desk.post(address, follow=True))
        assert Review.objects.count() == 2

    def test_twice_is_told(self, desk):
        address = reviewed(desk, published())
        desk.post(address)

        assert desk.post(address).status_code == 404

    @pytest.mark.parametrize("question", ["", "?nazicht=x", "?nazicht=²", "?nazicht=" + "9" * 40])
    def test_of_nothing_is_not_found(self, desk, question):
        assert desk.get(f"{reverse('admin:review_undo')}{question}").status_code == 404

    def test_is_a_decision(self, client):
        review = ReviewFactory(version=published())
        address = reverse("admin:review_undo", query={"nazicht": review.pk})
        assert client.post(address).status_code == 302
        client.force_login(editor(REDACTEUR))

        assert client.get(address).status_code == client.post(address).status_code == 403
        assert address not in client.get(change_url(review.version.concept)).content.decode()
        assert Review.objects.exists()
