"""How a made-up record becomes a row: dates as labels, and few questions to the database."""

from django.db import connection
from factory.django import DjangoModelFactory

from eerstelijn.dates import SourceDate


def columns(edge, label):
    """The three columns of a date, from the label that a source gives; "" is no date."""
    date = SourceDate.parse(label) if label else SourceDate()
    return {
        f"{edge}_label": date.label,
        f"{edge}_earliest": date.earliest,
        f"{edge}_latest": date.latest,
    }


class RecordFactory(DjangoModelFactory):
    """Reads `start`, `end`, `date`, `expected` and `outcome_date` as labels, sets `citations`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        for edge in ("start", "end", "date", "expected"):
            if isinstance(kwargs.get(edge), str):
                kwargs |= columns(edge, kwargs.pop(edge))
        return super()._create(model_class, *args, **kwargs)

    @classmethod
    def _get_or_create(cls, model_class, **kwargs):
        """Without the savepoint that Django makes of it: nobody else makes the same record."""
        key = {name: kwargs[name] for name in cls._meta.django_get_or_create}
        return row(model_class, **key) or model_class._default_manager.create(**kwargs)


# The same few questions for each of very many records: to write one takes Django several times as
# long as the database takes to answer it.


def ask(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def row(model, **key):
    """The row of a model with these values, a record among them by its number; None without one."""
    columns = {model._meta.get_field(name).column: value for name, value in key.items()}
    conditions = " AND ".join(f"{column} IS NOT DISTINCT FROM %s" for column in columns)
    question = f"SELECT * FROM {model._meta.db_table} WHERE {conditions}"  # noqa: S608 -- our names
    values = [getattr(value, "pk", value) for value in columns.values()]
    return next(iter(model._default_manager.raw(question, values)), None)
