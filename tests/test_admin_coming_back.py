"""A form that only wants to be shown is never saved; the answer names what was."""

import pytest

from eerstelijn.pages import errors
from governance.models import Agency
from tests.desk import TYPED, add_url, change_url, editor, send
from tests.factories import TermFactory


@pytest.mark.django_db
@pytest.mark.parametrize("button", [{}, {"_continue": "1"}, {"_addanother": "1"}, {"_save": "1"}])
def test_a_form_that_comes_back_is_shown_and_not_saved(client, button):
    client.force_login(editor("redacteur"))
    term = TermFactory(definition="Zoals het was.")

    answer = send(client, change_url(term), _herstel="1", definition=TYPED, **button)

    assert answer.status_code == 200
    assert "Nog niet bewaard" in answer.content.decode()
    assert answer.context["adminform"].form["definition"].value() == TYPED
    term.refresh_from_db()
    assert term.definition == "Zoals het was."


@pytest.mark.django_db
def test_a_new_record_and_its_rows_come_back_too(client):
    client.force_login(editor("redacteur"))
    row = {"tasks-TOTAL_FORMS": "1", "tasks-0-text": "Een taak die getypt is."}

    answer = send(client, add_url(Agency), _herstel="1", name="Nieuw", slug="nieuw", **row)

    page = answer.content.decode()
    assert "Nog niet bewaard" in page
    assert "Een taak die getypt is." in page
    assert not Agency.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "told"),
    [("0a1b2c3d", ["bewaard-0a1b2c3d"]), ("", []), ("x; Path=/", []), ("a" * 33, [])],
)
def test_the_answer_to_a_save_names_what_was_sent(client, sent, told):
    client.force_login(editor("redacteur"))
    term = TermFactory()

    answer = send(client, change_url(term), definition="Nieuw.", _verzending=sent)

    assert answer.status_code == 302
    cookies = [cookie for name, cookie in answer.cookies.items() if name.startswith("bewaard-")]
    assert [cookie.key for cookie in cookies] == told
    assert all(cookie["path"] == "/beheer/" for cookie in cookies)


@pytest.mark.django_db
def test_a_form_with_an_error_is_not_called_saved(client):
    client.force_login(editor("redacteur"))

    answer = send(client, change_url(TermFactory()), name="", _verzending="0a1b2c3d")

    assert answer.status_code == 200
    assert "bewaard-0a1b2c3d" not in answer.cookies


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "413", "500", "503"])
def test_an_error_page_has_the_way_back_for_an_editor_and_not_for_a_reader(rf, name):
    for path, expected in {"/beheer/": True, "/concepten/": False}.items():
        page = errors.answer(rf.get(path), 500, "", f"{name}.html").content.decode()
        assert ("data-getypt hidden" in page) is expected
        assert ("eerstelijn/restore.js" in page) is expected
