"""The editors' desk on the whole content: every page opens, and saving it changes nothing."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.db.models import Count
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from concepts.admin.statements import GROUPS
from concepts.models import Concept, ConceptVersion, Review, ToCheck
from concepts.publishing import working_copy
from concepts.rights import DERIVED, ON_RECORD
from governance.models import ChangeEvent, OldSlug
from tests.desk import add_url, change_url, editor, fields_of, list_url, send

pytestmark = pytest.mark.django_db

KEPT = [m for m in admin.site._registry if m._meta.app_label in ("concepts", "governance")]


@pytest.fixture
def desk(client):
    client.force_login(editor("eindredacteur"))
    return client


def name(model):
    return model._meta.model_name


def a_record(model):
    """A row of the content; made here for the models of which the content has none."""
    if model is Review:
        version = ConceptVersion.objects.published().first()
        return Review.objects.create(version=version, date=dt.date(2026, 1, 5), reviewer="SAM")
    if model is OldSlug:
        return OldSlug.objects.create(kind="partner", old="vroeger", current="caw")
    if model is ToCheck:
        event = ChangeEvent.objects.first()
        return ToCheck.objects.create(concept=Concept.objects.first(), event=event)
    return model._default_manager.last()


def contents(record, children):
    """All that the database holds of a record and of the rows under it."""
    return [
        (
            model_to_dict(row, [field.name for field in row._meta.concrete_fields]),
            [set(getattr(row, field.name).values_list("pk")) for field in row._meta.many_to_many],
        )
        for row in (record, *(row for rows in children for row in rows.all()))
    ]


def assert_readable(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert not re.search(r" object \(\w+\)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


def test_editors_keep_every_model_but_the_derived_ones():
    desks = admin.site._registry.values()
    inlines = [inline for desk in desks for inline in desk.inlines]
    inlines += [inline for group in GROUPS.values() for inline in group.inlines]
    ours = [m for app in ("concepts", "governance") for m in apps.get_app_config(app).get_models()]

    kept = {name(model) for model in [*KEPT, *(inline.model for inline in inlines)]}

    assert kept | DERIVED | ON_RECORD == {name(model) for model in ours}
    assert not kept & (DERIVED | ON_RECORD)


@pytest.mark.parametrize("model", KEPT, ids=name)
def test_the_list_of_every_model_opens_in_few_queries(desk, model):
    with CaptureQueriesContext(connection) as queries:
        response = desk.get(list_url(model))

    assert_readable(response)
    # Session, user, rights, two counts, the page, and what filters and joined columns ask.
    assert len(queries) <= 16
    rows = response.context["cl"].result_list
    assert model.__name__ in ("Review", "OldSlug", "ToCheck") or rows


@pytest.mark.parametrize("model", KEPT, ids=name)
def test_the_search_of_every_list_works(desk, model):
    response = desk.get(list_url(model), {"q": "gezin 2023"})

    assert_readable(response)
    assert response.context["cl"].search_fields


@pytest.mark.parametrize("model", [m for m in KEPT if m is not ConceptVersion], ids=name)
def test_the_empty_form_of_every_model_opens(desk, model):
    assert_readable(desk.get(add_url(model)))


@pytest.mark.parametrize("model", KEPT, ids=name)
def test_saving_an_unchanged_record_changes_nothing(desk, model):
    record = a_record(model)
    if model is ConceptVersion:
        record = working_copy(record.concept)
    url = change_url(record)
    page = desk.get(url)
    assert_readable(page)
    children = [
        rows.get_queryset().order_by("pk")
        for _, rows in admin.site._registry[model].rows(page.wsgi_request, record)
    ]
    before = contents(model._default_manager.get(pk=record.pk), children)

    response = send(desk, url, fields_of(page))

    assert response.status_code == 302
    assert contents(model._default_manager.get(pk=record.pk), children) == before


DELETABLE = [m for m in KEPT if m not in (Concept, ConceptVersion)]


@pytest.mark.parametrize("model", DELETABLE, ids=name)
def test_the_question_before_deleting_names_everything(desk, model):
    record = a_record(model)

    assert_readable(desk.get(f"{change_url(record)[:-7]}delete/"))


def test_the_question_before_throwing_a_working_copy_away_names_everything(desk):
    version = working_copy(Concept.objects.get(slug="gbo"))

    assert_readable(desk.get(f"{change_url(version)[:-7]}delete/"))


@pytest.mark.parametrize(
    ("field", "typed", "named"),
    [
        ("conceptrelation.other", "onthaal", "Geïntegreerd breed onthaal"),
        ("participation.partner", "caw", "CAW"),
        ("passage.citations", "poster gbo", "Poster, Blok GBO"),
    ],
)
def test_a_relation_is_found_under_the_name_that_editors_know(desk, field, typed, named):
    model, field = field.split(".")
    asked = {"app_label": "concepts", "model_name": model, "field_name": field, "term": typed}

    found = [row["text"] for row in desk.get("/beheer/autocomplete/", asked).json()["results"]]

    assert named in found
    assert len(found) == len(set(found))


def largest(group):
    """The version with the most statements of a group."""
    found = [(0, ConceptVersion.objects.published().first().pk)]  # its content may be to come
    for model in group.models:
        counted = model.objects.order_by().values_list("version").annotate(n=Count("pk"))
        found += [(n, version) for version, n in counted]
    return ConceptVersion.objects.get(pk=max(found)[1])


@pytest.mark.parametrize("group", GROUPS.values(), ids=lambda group: group.name)
def test_the_largest_concept_can_be_saved_in_every_group(desk, group):
    version = working_copy(largest(group).concept)
    url = change_url(version, group.name)
    children = [model.objects.filter(version=version) for model in group.models]
    before = contents(version, children)
    page = desk.get(url)
    assert_readable(page)
    fields = fields_of(page)

    response = send(desk, url, fields)

    assert len(fields) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS / 2  # room to grow
    assert response.status_code == 302
    version.refresh_from_db()
    assert contents(version, children) == before


@pytest.mark.parametrize("group", GROUPS.values(), ids=lambda group: group.name)
def test_a_published_version_can_be_looked_at_and_not_changed(desk, group):
    version = largest(group)

    response = desk.get(change_url(version, group.name))

    assert_readable(response)
    assert b'name="_save"' not in response.content
    assert desk.post(change_url(version, group.name), {}).status_code == 403
