"""A version seen before it is public: as it is, and as its form was typed, with nothing kept."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concepts import reviewing
from concepts.models import ConceptVersion, Passage
from concepts.publishing import publish, working_copy
from eerstelijn.database import stamp
from tests import hostile
from tests.answers import text
from tests.desk import add_row, change_url, editor, opened, send, step_url
from tests.everything import everything
from tests.factories import (
    CitationFactory,
    ConceptVersionFactory,
    PassageFactory,
    SourceFactory,
    version_with_status,
)

pytestmark = pytest.mark.django_db


def preview_url(version, group=""):
    base = change_url(version).removesuffix("change/")
    return f"{base}voorbeeld/{group}/" if group else f"{base}voorbeeld/"


@pytest.fixture
def desk(client):
    client.force_login(editor("redacteur", first_name="Nora"))
    return client


@pytest.fixture
def version():
    """A working copy of a concept that is public."""
    first = ConceptVersionFactory(
        concept__slug="gbo", name="Zoals het staat", described_by=[SourceFactory()]
    )
    PassageFactory(version=first, text="De tekst op de site.", citations=[CitationFactory()])
    copy = working_copy(publish(first).concept)
    ConceptVersion.objects.filter(pk=copy.pk).update(name="Zoals het wordt")
    return ConceptVersion.objects.get(pk=copy.pk)


def typed(client, version, group="", fields=None, **changes):
    """The form of a page sent to be shown."""
    fields = fields if fields is not None else opened(client, change_url(version, group))
    return send(client, preview_url(version, group), fields, **changes)


# As it is


def test_a_working_copy_is_shown_as_its_page_and_as_what_it_is(desk, version):
    response = desk.get(preview_url(version))

    page = text(response)
    assert "Voorbeeld van versie 2, werkversie. Niemand anders ziet dit." in page
    assert "Zoals het wordt" in page
    assert "De tekst op de site." in page
    assert 'content="noindex,nofollow"' in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


@pytest.mark.parametrize("kind", ["concept", "ontwikkeling"])
@pytest.mark.parametrize("status", ["werkversie", "ter-nazicht", "gepubliceerd", "vroeger"])
def test_every_version_can_be_seen(desk, status, kind):
    version = version_with_status(status, concept__record_kind=kind)

    page = text(desk.get(preview_url(version)))

    assert f"Voorbeeld van versie 1, {version.get_status_display()}." in page
    assert version.name in page


@pytest.mark.usefixtures("pages_kept")
def test_the_public_page_stays_as_it_was(desk, version):
    reader = Client()
    before = reader.get("/concepten/gbo/").content

    desk.get(preview_url(version))
    typed(desk, version, name="Getypt")

    assert reader.get("/concepten/gbo/").content == before


def test_only_editors_who_may_look_see_it(version):
    assert Client().get(preview_url(version)).status_code == 302  # to the login
    nobody, reader = Client(), Client()
    nobody.force_login(editor(username="niemand"))
    account = editor(username="lezer")
    account.user_permissions.add(Permission.objects.get(codename="view_conceptversion"))
    reader.force_login(account)

    assert nobody.get(preview_url(version)).status_code in (403, 404)
    assert reader.get(preview_url(version)).status_code == 200
    assert reader.post(preview_url(version), {"name": "x"}).status_code == 403


def test_a_version_that_another_threw_away_is_not_there(desk, version):
    url = preview_url(version)
    version.delete()

    assert desk.get(url).status_code == 404
    assert desk.get(f"{url}bestaat-niet/").status_code == 404


def test_a_first_version_without_anything_can_be_seen(desk):
    version = ConceptVersionFactory(summary="", sources_as_of="")

    response = desk.get(preview_url(version))

    assert "Niemand anders ziet dit." in text(response)
    assert "versies/" not in response.content.decode()  # nobody knows it yet


@pytest.mark.parametrize("kind", sorted(hostile.KINDS))
def test_no_preview_falls_over_or_is_changed(client, kind):
    draft = everything()
    editor(username="alles", is_superuser=True)
    hostile.fill(kind)
    client.force_login(draft_editor())
    draft.refresh_from_db()

    response = client.get(preview_url(draft))

    assert hostile.faults(response) == []


def draft_editor():
    from django.contrib.auth.models import User

    return User.objects.get(is_superuser=True)


# As it was typed


def test_what_is_typed_is_shown_and_nothing_is_saved(desk, version):
    log, mark = LogEntry.objects.count(), stamp.read()

    response = typed(desk, version, name="Getypt <b>zo</b>")

    page = text(response)
    assert "Voorbeeld van versie 2 zoals je ze typte. Er is niets bewaard" in page
    assert "Getypt <b>zo</b>" in page
    assert ConceptVersion.objects.get(pk=version.pk).name == "Zoals het wordt"
    assert (LogEntry.objects.count(), stamp.read()) == (log, mark)
    assert "bewaard-" not in str(response.cookies)
    assert "is opgeslagen" not in desk.get(change_url(version)).content.decode()


def test_rows_that_are_new_changed_and_gone_are_shown(desk, version):
    PassageFactory(version=version, key="weg", text="Dit gaat weg.", kind="plan")
    fields = add_row(
        opened(desk, change_url(version, "teksten")),
        "passages",
        kind="doelstelling",
        text="Een nieuwe rij.",
        citations=[CitationFactory().pk],
    )

    page = text(
        typed(
            desk,
            version,
            "teksten",
            fields,
            **{"passages-0-text": "Getypte tekst.", "passages-1-DELETE": "on"},
        )
    )

    assert "Getypte tekst." in page
    assert "Een nieuwe rij." in page
    assert "Dit gaat weg." not in page
    assert set(version.passages.values_list("text", flat=True)) == {
        "De tekst op de site.",
        "Dit gaat weg.",
    }


def test_the_key_of_a_row_that_was_only_shown_is_free(desk, version):
    row = {"kind": "doelstelling", "text": "Nieuw.", "citations": [CitationFactory().pk]}
    url = change_url(version, "teksten")
    fields = add_row(opened(desk, url), "passages", **row)

    typed(desk, version, "teksten", fields)
    typed(desk, version, "teksten", fields)
    assert send(desk, url, fields).status_code == 302

    assert Passage.objects.get(version=version, text="Nieuw.").key == "doelstelling"


def test_what_is_wrong_is_said_instead(desk, version):
    response = typed(desk, version, name="", sources_as_of="ooit")

    page = text(response)
    assert response.status_code == 200
    assert "Zo kan de pagina er nog niet komen" in page
    assert "Naam : Dit veld is verplicht." in page
    assert "Er is niets bewaard. Wat je typte, staat nog in het andere tabblad" in page
    assert 'name="_save"' not in response.content.decode()


def test_what_two_editors_both_changed_is_asked_first(desk, version):
    mine = opened(desk, change_url(version))
    ConceptVersion.objects.filter(pk=version.pk).update(summary="Van Els.")

    page = text(typed(desk, version, fields=mine, summary="Van Nora."))

    assert "Kies welke van beide blijft." in page


def test_what_another_changed_meanwhile_is_shown_along(desk, version):
    mine = opened(desk, change_url(version))
    ConceptVersion.objects.filter(pk=version.pk).update(summary="Van Els.")

    page = text(typed(desk, version, fields=mine, name="Van Nora"))

    assert "Van Els." in page
    assert "Van Nora" in page


def test_a_version_handed_in_or_gone_meanwhile_is_told(desk, version):
    mine = opened(desk, change_url(version))
    reviewing.hand_in(version, editor("redacteur", username="ander"))
    assert "Intussen ingediend voor nazicht" in text(typed(desk, version, fields=mine))

    version.handovers.all().delete()
    gone = preview_url(version)
    version.delete()
    assert "Intussen weggegooid" in text(send(desk, gone, mine))


def test_more_rows_than_a_form_takes_in_are_refused_in_words(desk, version):
    url = preview_url(version, "teksten")
    rows = {f"passages-{n}-text": "x" for n in range(1_000)}

    response = desk.post(url, rows | {"passages-TOTAL_FORMS": "1000"})

    assert response.status_code == 413
    assert "te groot" in text(response)


def test_nonsense_is_no_error_of_ours(desk, version):
    for data in ({}, {"name": "\x00"}, {"passages-TOTAL_FORMS": "-1"}, {"_gezien": "x:y:z ?"}):
        for group in ("", "teksten"):
            assert desk.post(preview_url(version, group), data).status_code < 500


def test_a_form_is_offered_a_preview_where_it_can_be_changed(desk, version):
    page = desk.get(change_url(version, "teksten")).content.decode()
    button = f'formaction="{preview_url(version, "teksten")}" formtarget="_blank"'
    assert button in page

    desk.post(step_url(version, "dien-in"))

    page = desk.get(change_url(version)).content.decode()
    assert "formaction" not in page
    assert f'href="{preview_url(version)}"' in page


def test_a_long_version_is_shown_in_as_many_queries(desk, version):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(preview_url(version)).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for number in range(15):
        PassageFactory(version=version, key=f"n{number}", citations=[CitationFactory()])

    assert queries() == few
