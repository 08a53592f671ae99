"""A review that changes nothing, "nagekeken, niets gewijzigd", is noted from a list of work."""

import datetime as dt

import pytest

from concepts.models import Review
from eerstelijn.login.groups import EINDREDACTEUR, REDACTEUR
from tests import waiting
from tests.desk import change_url, editor, opened, send
from tests.factories import ConceptVersionFactory, ReviewFactory
from tests.waiting import DAY, TODAY, contradiction, published

pytestmark = pytest.mark.django_db

desk = waiting.desk


QUEUE = "/beheer/lijst/nooit-nagekeken/"


class TestReviewing:
    def test_is_filled_in_for_today_and_a_year_on(self, desk):
        published()

        fields = dict(opened(desk, QUEUE))

        today = TODAY()
        assert fields["date"] == f"{today:%d/%m/%Y}"
        assert fields["review_before"].endswith(f"/{today.year + 1}")
        assert fields["reviewer"] == EINDREDACTEUR

    def test_notes_many_at_once_and_says_it_on_their_pages(self, desk):
        one, other, left = (published() for _ in range(3))

        send(desk, QUEUE, rows=[str(one.pk), str(other.pk)])

        assert set(Review.objects.values_list("version", flat=True)) == {one.pk, other.pk}
        assert [row["line"].pk for row in desk.get(QUEUE).context["rows"]] == [left.pk]
        assert "Nagekeken op" in desk.get(one.get_absolute_url()).content.decode()

    def test_sent_twice_is_noted_once(self, desk):
        version = published()
        fields = opened(desk, QUEUE)

        for _ in range(2):
            response = send(desk, QUEUE, fields, rows=[str(version.pk)])

        assert response.status_code == 302
        assert Review.objects.count() == 1
        said = desk.get(QUEUE).content.decode()
        assert "al nagekeken" in said

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"rows": []}, "Vink eerst aan wat je nakeek."),
            ({"date": "01/01/2999", "review_before": "01/01/3000"}, "niet nakijken in de toekomst"),
            ({"review_before": "01/01/2020"}, "Opnieuw nakijken komt na het nazicht."),
            ({"date": "gisteren"}, "Nagekeken op"),
            ({"reviewer": "x" * 151}, "150"),
            ({"reviewer": "\x00"}, "Door"),
            ({"rows": ["999999"]}, "Niets genoteerd"),
            ({"rows": ["9" * 40]}, "Niets genoteerd"),
            ({"rows": ["9" * 5000]}, "Niets genoteerd"),
            ({"rows": ["²"]}, "Niets genoteerd"),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_the_choice(self, desk, changes, said):
        version = published()

        response = send(desk, QUEUE, **{"rows": [str(version.pk)]} | changes)

        assert response.status_code == 422
        assert said in response.content.decode()
        assert not Review.objects.exists()
        if "rows" not in changes:
            assert f'id="rij-{version.pk}" checked' in response.content.decode()

    def test_leaves_alone_what_is_not_on_the_site_any_more(self, desk):
        version, draft = published(), ConceptVersionFactory()

        send(desk, QUEUE, rows=[str(version.pk), str(draft.pk)])

        assert [review.version for review in Review.objects.all()] == [version]
        assert "niet meer zo op de site" in desk.get(QUEUE).content.decode()

    def test_is_a_decision(self, client):
        client.force_login(editor(REDACTEUR))
        version = published()

        assert "Nagekeken, niets gewijzigd" not in client.get(QUEUE).content.decode()
        assert client.post(QUEUE, {"rows": [version.pk]}).status_code == 403
        assert not Review.objects.exists()

    def test_not_in_a_queue_of_something_else(self, desk):
        contradiction("132 of 133?")

        assert desk.post("/beheer/lijst/tegenspraken/", {"rows": ["1"]}).status_code == 403

    @pytest.mark.parametrize("of", ["version", "concept"])
    def test_is_a_step_on_the_page_too(self, desk, of):
        version = published()
        record = version if of == "version" else version.concept
        address = f"{change_url(record).removesuffix('change/')}stap/nagekeken/"

        for _ in range(2):
            desk.post(address)

        (review,) = Review.objects.all()
        assert (review.version, review.date) == (version, TODAY())
        assert "nagekeken" not in {step.name for step in steps_on(desk, record)}

    def test_a_working_copy_is_not_reviewed(self, desk):
        version = ConceptVersionFactory()

        desk.post(f"{change_url(version).removesuffix('change/')}stap/nagekeken/")

        assert not Review.objects.exists()


def steps_on(client, record):
    context = client.get(change_url(record)).context
    return [*(context.get("steps") or ()), *(context.get("saving_steps") or ())]


def test_a_review_by_hand_is_never_of_tomorrow(desk):
    version = published()
    address = f"/beheer/concepts/review/add/?version={version.pk}"
    fields = opened(desk, address)

    refused = send(desk, address, fields, date="01/01/2999", review_before="01/01/3000")
    send(desk, address, fields)

    assert "Je kunt niet nakijken in de toekomst." in refused.content.decode()
    assert Review.objects.get().date == TODAY()


def test_the_public_page_says_that_its_review_is_late(client):
    version = published()
    review = ReviewFactory(
        version=version, date=dt.date(2024, 6, 1), review_before=dt.date(2025, 6, 1)
    )

    page = client.get(version.get_absolute_url()).content.decode()
    assert "1 juni 2024. Het volgende nazicht was gepland vóór 1 juni 2025 en is te laat." in page

    Review.objects.filter(pk=review.pk).update(review_before=TODAY() + DAY)
    assert "is te laat" not in client.get(version.get_absolute_url()).content.decode()
