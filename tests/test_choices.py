"""No row holds a word outside the list of its field, whatever way it came: pages look it up."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from concepts.fixtures import Reader
from concepts.models import Milestone
from eerstelijn.database.refusals import in_words
from governance.models import Source
from tests.everything import everything
from tests.factories import MilestoneFactory, SourceFactory

pytestmark = pytest.mark.django_db

FIELDS = [
    (model, field)
    for app in ("governance", "concepts", "login")
    for model in apps.get_app_config(app).get_models()
    for field in model._meta.concrete_fields
    if field.choices
]


def change(row, **fields):
    """Change a row as SQL or a load does: round forms, and round the guard of what is published."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL eerstelijn.laadt_gegevens = 'ja'")
        return type(row)._base_manager.filter(pk=row.pk).update(**fields)


def test_the_database_takes_no_other_word_in_any_field(subtests):
    everything()

    for model, field in FIELDS:
        row = model._base_manager.order_by("pk")[0]
        with (
            subtests.test(f"{model._meta.model_name}.{field.name}"),
            pytest.raises(IntegrityError, match=f"_{field.name}_of_list"),
        ):
            change(row, **{field.name: "bos"})

    assert len(FIELDS) > 25


def test_it_takes_every_word_of_the_list_and_none_where_that_may_be():
    milestone = MilestoneFactory(is_announced=True, outcome="later")

    for word in Milestone.Outcome.values:
        assert change(milestone, outcome=word) == 1
    assert change(milestone, outcome="", is_announced=False) == 1


def test_it_says_which_field_in_words():
    with pytest.raises(IntegrityError) as refusal:
        change(SourceFactory(), origin="bos")

    assert in_words(refusal.value) == "Kies bij “herkomst” een woord uit de lijst."


def test_a_file_is_refused_with_the_record_and_the_list():
    fields = {"slug": "kaart", "name": "Kaart", "kind": "poster", "origin": "bos"}

    with pytest.raises(ValueError, match=r"^bron kaart: herkomst is “bos”\. Kies uit: eigen, ext"):
        Reader()._make(Source, [fields])


def test_a_form_says_so_without_asking_the_database(django_assert_num_queries):
    """The field knows; a question for each word of each row would be many."""
    source = SourceFactory()
    source.origin = "bos"
    rules = [rule for rule in Source._meta.constraints if rule.name.endswith("_of_list")]

    with django_assert_num_queries(0):
        for rule in rules:
            rule.validate(Source, source)
        with pytest.raises(ValidationError, match="bos"):
            source.clean_fields()

    assert len(rules) == 2  # kind and origin
