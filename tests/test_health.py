"""`/gezondheid/`: whoever watches the site learns whether it can receive visitors."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.mark.django_db
def test_ok_when_the_database_answers_and_is_up_to_date(client):
    response = client.get("/gezondheid/")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_unwell_when_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = client.get("/gezondheid/")

    assert response.status_code == 503
    assert response.json() == {"status": "migraties ontbreken"}


def test_unwell_when_the_database_does_not_answer(client, tmp_path, monkeypatch, django_db_blocker):
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))

    with django_db_blocker.unblock():
        connection.close()
        response = client.get("/gezondheid/")

    assert response.status_code == 503
    assert response.json() == {"status": "databank antwoordt niet"}


@pytest.mark.django_db
def test_nobody_keeps_the_answer_and_nobody_is_remembered(client):
    response = client.get("/gezondheid/")

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_it_only_answers_questions(client):
    assert client.head("/gezondheid/").status_code == 200
    assert client.post("/gezondheid/").status_code == 405
