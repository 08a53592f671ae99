"""What an editor gets when the database fails in the middle: words, and all that was typed."""

import html
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection, connections
from django.test import Client

from concepts.models import ConceptVersion, Participation, Passage, Status
from eerstelijn.database import refusals
from governance.models import Partner
from tests.desk import (
    add_row,
    approve,
    change_url,
    editor,
    fields_of,
    list_url,
    opened,
    send,
)
from tests.factories import ConceptVersionFactory, PartnerFactory, PassageFactory, SourceFactory

NOT_SAVED = "niet bewaard"


@pytest.fixture
def desk():
    client = Client(raise_request_exception=False)
    client.force_login(editor("eindredacteur"))
    return client


def break_table(table, action, moments="INSERT OR UPDATE OR DELETE"):
    """Let each change of a row in this table do something first; `action` is PL/pgSQL.

    `turn` counts the changes, also those that are undone.
    """
    name = f"breakdown_{table}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SEQUENCE {name}")
        cursor.execute(
            f"""CREATE FUNCTION {name}() RETURNS trigger AS $$
            DECLARE turn bigint := nextval('{name}');
            BEGIN {action} RETURN coalesce(NEW, OLD); END; $$ LANGUAGE plpgsql"""
        )
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE {moments} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def mend_table(table):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP FUNCTION breakdown_{table} CASCADE")
        cursor.execute(f"DROP SEQUENCE breakdown_{table}")


def raising(code, times=1000):
    return f"IF turn <= {times} THEN RAISE EXCEPTION 'stop' USING ERRCODE = '{code}'; END IF;"


#: Ends the connection that does the work, once; then all is well again.
GOING_AWAY = "IF turn = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;"


# A form


@pytest.mark.django_db
@pytest.mark.parametrize("code", refusals.FAILURES)
def test_what_goes_wrong_is_an_error_of_the_form_with_all_that_was_typed(desk, code):
    row = PassageFactory(text="Zoals het was.")
    partner = PartnerFactory(name="Het Huis aan de Beek")
    url = change_url(row.version, "partners")
    fields = add_row(
        opened(desk, url), "participations", partner=partner.pk, role="regie", wording="“a” < b"
    )
    break_table("concepts_participation", raising(code))

    response = send(desk, url, fields)

    page = response.content.decode()
    assert response.status_code == 200
    assert refusals.FAILURES[code] in html.unescape(page)
    assert "met succes" not in page
    assert "“a” &lt; b" in page
    assert f'<option value="{partner.pk}" selected>Het Huis aan de Beek' in page
    assert not Participation.objects.exists()
    mend_table("concepts_participation")

    again = send(desk, url, fields_of(response))

    assert again.status_code == 302
    assert Participation.objects.get().partner == partner


@pytest.mark.django_db
def test_a_new_record_that_cannot_be_kept_keeps_what_was_typed(desk):
    break_table("governance_partner", raising("53100"))
    url = change_url(PartnerFactory.build(pk=1)).replace("1/change/", "add/")

    response = send(desk, url, name="Nieuw huis", slug="nieuw-huis", type=1)

    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Nieuw huis"' in page


@pytest.mark.django_db
def test_a_collision_is_tried_once_more_before_the_editor_hears_of_it(desk):
    row = PassageFactory(text="Zoals het was.")
    url = change_url(row.version, "teksten")
    fields = opened(desk, url)
    break_table("concepts_passage", raising("40P01", times=1))

    response = send(desk, url, fields, **{"passages-0-text": "Zoals het wordt."})

    assert response.status_code == 302
    row.refresh_from_db()
    assert row.text == "Zoals het wordt."
    assert LogEntry.objects.count() == 1
    page = desk.get(url).content.decode()
    assert page.count("is opgeslagen") == 1  # said once, of the save that stands


@pytest.mark.django_db
def test_a_save_that_fails_at_its_very_end_is_not_called_saved(desk):
    version = ConceptVersionFactory()
    break_table("django_admin_log", raising("53100"))

    response = send(desk, change_url(version), summary="Anders.", _verzending="0a1b2c3d")

    assert refusals.FAILURES["53100"] in html.unescape(response.content.decode())
    assert "bewaard-0a1b2c3d" not in response.cookies


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("group", ["", "teksten"])
def test_a_database_that_goes_away_during_a_save_leaves_the_form(desk, group):
    row = PassageFactory(text="Zoals het was.")
    url = change_url(row.version, group)
    field = "passages-0-text" if group else "summary"
    fields = opened(desk, url)
    table = "concepts_passage" if group else "concepts_conceptversion"
    break_table(table, GOING_AWAY)
    try:
        response = send(desk, url, fields, **{field: "Zoals het wordt."})

        page = response.content.decode()
        assert response.status_code == 200
        assert refusals.LOST in html.unescape(page)
        assert "Zoals het wordt." in page
        assert "met succes" not in page
        row.refresh_from_db()
        assert row.text == "Zoals het was."

        again = send(desk, url, fields_of(response))

        assert again.status_code == 302
    finally:
        mend_table(table)


@pytest.mark.django_db(transaction=True)
def test_a_save_of_which_only_the_answer_was_lost_stands_and_is_said_to_stand(desk, monkeypatch):
    version = ConceptVersionFactory()
    url = change_url(version)
    fields = opened(desk, url)
    wrapper = type(connections["default"])
    commit = wrapper.commit

    def commit_and_break(self):
        commit(self)
        monkeypatch.setattr(wrapper, "commit", commit)
        with self.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(wrapper, "commit", commit_and_break)

    response = send(desk, url, fields, summary="Bewaard en wel.")

    assert response.status_code == 302
    version.refresh_from_db()
    assert version.summary == "Bewaard en wel."


# Steps, lists, deletions


@pytest.fixture
def complete():
    version = ConceptVersionFactory(concept__slug="gbo", described_by=[SourceFactory()])
    PassageFactory(version=version)
    return version


def told(desk, response):
    """What the page says to which an answer leads."""
    assert response.status_code == 302
    return html.unescape(desk.get(response["Location"], follow=True).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["53100", "55P03", "25006"])
def test_a_step_that_fails_is_told_and_nothing_is_half_done(desk, complete, code):
    break_table("django_admin_log", raising(code))

    response = approve(desk, complete)

    assert refusals.FAILURES[code] in told(desk, response)
    complete.refresh_from_db()
    assert complete.status == Status.WORKING_COPY


@pytest.mark.django_db
def test_of_a_list_of_steps_all_are_taken_or_none(desk, complete):
    other = ConceptVersionFactory()
    break_table("django_admin_log", "IF turn > 1 THEN " + raising("53100") + " END IF;")
    chosen = {"action": "dien-in", "_selected_action": [complete.pk, other.pk]}

    response = desk.post(list_url(ConceptVersion), chosen)

    page = told(desk, response)
    assert refusals.FAILURES["53100"] in page
    assert "staat klaar voor nazicht" not in page
    assert not ConceptVersion.objects.filter(status=Status.IN_REVIEW).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["page", "list"])
def test_a_deletion_that_fails_is_told(desk, way):
    partner = PartnerFactory()
    break_table("governance_partner", raising("53100"))
    if way == "page":
        url = change_url(partner).replace("/change/", "/delete/")
        response = desk.post(url, {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": partner.pk, "post": "yes"}
        response = desk.post(list_url(Partner), chosen)

    assert refusals.FAILURES["53100"] in told(desk, response)
    assert Partner.objects.exists()


@pytest.mark.django_db
def test_a_deletion_that_the_database_refuses_is_told(desk):
    partner = PartnerFactory()
    break_table("governance_partner", raising("23001"), "DELETE")

    response = desk.post(change_url(partner).replace("/change/", "/delete/"), {"post": "yes"})

    assert '<li class="error">Stop</li>' in told(desk, response)


# When there is nothing to draw the form with


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stays_away_keeps_what_was_sent_for_another_try(
    desk, monkeypatch, tmp_path
):
    row = PassageFactory(text="Zoals het was.")
    url = change_url(row.version, "teksten")
    fields = opened(desk, url)
    with monkeypatch.context() as away:
        away.setitem(connection.settings_dict, "HOST", str(tmp_path))
        connection.close()
        response = send(desk, url, fields, **{"passages-0-text": 'Zo "wordt" het.\r\n<b>Twee</b>'})

    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"]
    assert NOT_SAVED in page
    assert f'action="{url}"' in page
    assert "<b>Twee</b>" not in page
    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    again = [(html.unescape(name), html.unescape(value)) for name, value in kept]
    assert send(desk, url, again).status_code == 302
    assert Passage.objects.get().text == 'Zo "wordt" het.\n<b>Twee</b>'


@pytest.mark.django_db(transaction=True)
def test_a_password_is_not_kept_on_a_page(desk, monkeypatch, tmp_path):
    url = "/beheer/auth/user/1/password/"
    with monkeypatch.context() as away:
        away.setitem(connection.settings_dict, "HOST", str(tmp_path))
        connection.close()
        response = desk.post(url, {"password1": "geheim-en-lang", "usable_password": "true"})

    assert response.status_code == 503
    assert "geheim-en-lang" not in response.content.decode()
