"""From working copy to published version, and off the site again."""

import threading
from functools import partial

import pytest
from django.db import close_old_connections, connection

from concepts.models import ConceptVersion, Status
from concepts.publishing import (
    PublicationRefused,
    publish,
    send_back,
    submit,
    withdraw,
    working_copy,
)
from tests.answers import slugs, text
from tests.working_copies import ready, statuses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_kept")]


class TestPublish:
    def test_makes_an_open_version_public_with_its_date_and_editor(self):
        version = publish(ready(), by="Noor")

        assert version.status == Status.PUBLISHED
        assert version.published_by == "Noor"
        assert version.published_at is not None

    def test_the_next_request_shows_and_finds_it(self, client):
        assert slugs(client.get("/concepten.json")) == []

        publish(ready(concept__slug="gbo", name="Geïntegreerd breed onthaal"))

        assert client.get("/concepten/gbo/").status_code == 200
        assert slugs(client.get("/concepten.json")) == ["gbo"]
        assert slugs(client.get("/concepten.json", {"q": "onthaal"})) == ["gbo"]

    def test_leaves_exactly_one_published_version(self):
        first = publish(ready())
        second = publish(working_copy(first.concept))

        third = publish(working_copy(first.concept))

        assert statuses(first.concept) == [Status.FORMER, Status.FORMER, Status.PUBLISHED]
        assert [first.number, second.number, third.number] == [1, 2, 3]

    def test_other_concepts_stay_as_they_are(self):
        other = publish(ready())

        publish(ready())

        assert statuses(other.concept) == [Status.PUBLISHED]

    def test_a_version_in_review_can_be_published(self):
        version = ready()
        submit(version)

        assert publish(version).status == Status.PUBLISHED

    @pytest.mark.parametrize("status", [Status.PUBLISHED, Status.FORMER, Status.ARCHIVED])
    def test_a_version_that_is_not_open_is_refused(self, status):
        version = publish(ready())
        ConceptVersion.objects.filter(pk=version.pk).update(status=status)

        with pytest.raises(PublicationRefused, match="geen werkversie"):
            publish(version)

        assert statuses(version.concept) == [status]

    def test_what_the_editor_has_on_screen_does_not_count(self):
        version = ready()
        publish(version)

        # The instance in hand still says "werkversie".
        with pytest.raises(PublicationRefused, match="Herlaad de pagina"):
            publish(version)

    def test_a_refusal_leaves_the_public_version_as_it_was(self):
        first = publish(ready())
        copy = working_copy(first.concept)
        copy.passages.all().delete()

        with pytest.raises(PublicationRefused):
            publish(copy)

        assert statuses(first.concept) == [Status.PUBLISHED, Status.WORKING_COPY]


class TestReviewing:
    def test_a_working_copy_goes_to_review_and_back(self):
        version = ready()

        submit(version)
        assert statuses(version.concept) == [Status.IN_REVIEW]

        send_back(version)
        assert statuses(version.concept) == [Status.WORKING_COPY]

    def test_twice_is_refused(self):
        version = ready()
        submit(version)

        with pytest.raises(PublicationRefused, match="“werkversie”"):
            submit(version)

    def test_only_what_is_in_review_can_be_sent_back(self):
        with pytest.raises(PublicationRefused, match="“ter nazicht”"):
            send_back(ready())


class TestWithdraw:
    def test_takes_the_concept_off_the_site_with_an_explanation(self, client):
        version = publish(ready(concept__slug="gbo", name="Geïntegreerd breed onthaal"))

        withdraw(version.concept)

        response = client.get("/concepten/gbo/")
        assert response.status_code == 410
        assert "Geïntegreerd breed onthaal staat niet meer op deze site" in text(response)
        assert slugs(client.get("/concepten.json")) == []
        assert slugs(client.get("/concepten.json", {"q": "onthaal"})) == []

    def test_a_program_is_told_so_too(self, client):
        withdraw(publish(ready(concept__slug="gbo")).concept)

        response = client.get("/concepten/gbo.json")

        assert response.status_code == 410
        assert response["Content-Type"].startswith("application/problem+json")

    def test_the_explanation_uses_the_name_that_the_public_knew(self, client):
        version = publish(ready(concept__slug="gbo", name="Geïntegreerd breed onthaal"))
        withdraw(version.concept)
        copy = working_copy(version.concept)
        copy.name = "Nog geheim"
        copy.save()

        response = client.get("/concepten/gbo/")

        assert response.status_code == 410
        assert "Nog geheim" not in text(response)
        assert "Geïntegreerd breed onthaal" in text(response)

    def test_what_is_not_on_the_site_cannot_be_withdrawn(self):
        with pytest.raises(PublicationRefused, match="staat niet op de site"):
            withdraw(ready().concept)

    def test_it_can_come_back_as_a_new_version(self, client):
        version = publish(ready(concept__slug="gbo"))
        withdraw(version.concept)

        publish(working_copy(version.concept))

        assert statuses(version.concept) == [Status.ARCHIVED, Status.PUBLISHED]
        assert client.get("/concepten/gbo/").status_code == 200


def at_once(*actions):
    """Run actions at the same moment, each on a connection of its own; what each one gave."""
    barrier = threading.Barrier(len(actions))
    given = [None] * len(actions)

    def run(position, action):
        try:
            barrier.wait(timeout=10)
            given[position] = action()
        except PublicationRefused as refusal:
            given[position] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    close_old_connections()
    return given


@pytest.mark.django_db(transaction=True)
class TestTwoEditorsAtOnce:
    def test_one_publishes_and_the_other_is_told(self):
        version = ready()

        given = at_once(*[partial(publish, version)] * 2)

        assert sorted(type(result).__name__ for result in given) == [
            "ConceptVersion",
            "PublicationRefused",
        ]
        assert statuses(version.concept) == [Status.PUBLISHED]

    def test_both_get_the_same_working_copy(self):
        public = publish(ready())

        one, other = at_once(*[partial(working_copy, public.concept)] * 2)

        assert one == other
        assert statuses(public.concept) == [Status.PUBLISHED, Status.WORKING_COPY]

    def test_publishing_and_withdrawing_leave_one_clear_state(self):
        public = publish(ready())
        copy = working_copy(public.concept)

        at_once(partial(publish, copy), partial(withdraw, public.concept))

        # Whoever came first, no version is public twice and none is lost.
        assert statuses(public.concept) in (
            [Status.ARCHIVED, Status.PUBLISHED],
            [Status.FORMER, Status.ARCHIVED],
        )
