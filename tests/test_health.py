"""`/gezondheid/`: whoever watches the site learns whether it can receive visitors."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from eerstelijn import health


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
def test_a_process_that_lives_says_so_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/gezondheid/?levend")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_full_disk_is_told_and_readers_are_served(client, monkeypatch):
    full = "DO $$ BEGIN RAISE EXCEPTION 'stop' USING ERRCODE = 'disk_full'; END $$"
    monkeypatch.setattr(health, "WRITE", full)

    response = client.get("/gezondheid/")

    assert response.status_code == 200
    assert response.json() == {"status": "schijf vol"}


@pytest.mark.django_db
def test_the_disk_is_really_written_to():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64kB'")
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {health.WRITE}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "temp read" in plan
    assert "written" in plan


@pytest.mark.django_db
def test_nobody_keeps_the_answer_and_nobody_is_remembered(client):
    response = client.get("/gezondheid/")

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_it_only_answers_questions(client):
    assert client.head("/gezondheid/").status_code == 200
    assert client.post("/gezondheid/").status_code == 405
