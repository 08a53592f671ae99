"""The page of a source: its places, and everything that cites them."""

import re
from collections import Counter, defaultdict

from django.db.models import IntegerField, Value
from django.utils.text import capfirst

from eerstelijn.dates import long_date
from eerstelijn.webaddress import link_to
from governance.models import (
    Citation,
)
from governance.pages.parts import Item, RecordPage

#: What a record that cites may be about: then it is named by that.
ABOUT = ("version", "agency", "decree", "area", "discrepancy")


def source_page(source):
    return RecordPage(
        capfirst(source.get_kind_display()),
        note=source.note,
        facts=[
            Item(source.name, kind="Titel"),
            Item(source.get_origin_display(), kind="Herkomst"),
            Item(source.author, kind="Auteur"),
            Item(source.publisher, kind="Uitgever"),
            Item(str(source.date), kind="Datum"),
            Item(
                long_date(source.consulted_on) if source.consulted_on else "", kind="Geraadpleegd"
            ),
            Item(source.url, link_to(source.url), "Webadres"),
        ],
    )


def places_of(source):
    """Each place of a source with the records that cite it, in the order of the document."""
    places = list(source.places.all())
    uses = {place.pk: [] for place in places}
    models = citing_models()
    links = defaultdict(list)
    for number, place_id, row_id in _links(models, source):
        links[number].append((place_id, row_id))
    for number, found in links.items():
        model = models[number][0]
        names = _public_names(model, {row_id for _, row_id in found})
        for place_id, row_id in found:
            if row_id in names:
                uses[place_id].append((*names[row_id], model))
    return [(place, _by_record(uses[place.pk])) for place in places]


def _by_record(uses):
    """One line per record: "3 passages, 1 deelname"."""
    grouped = defaultdict(Counter)
    for name, url, model in uses:
        grouped[name, url][model] += 1
    return [
        Item(name, url, ", ".join(_counted(model._meta, n) for model, n in counts.items()))
        for (name, url), counts in grouped.items()
    ]


def _counted(meta, number):
    """A number of records in words, without what they are of: the line says that."""
    name = meta.verbose_name if number == 1 else meta.verbose_name_plural
    name = re.split(" (?:van|met|bij|of) ", name)[0]
    return name if number == 1 else f"{number} {name}"


def citing_models():
    """Every model that cites, with the name of its field."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Citation._meta.related_objects
        if relation.many_to_many
    ]


def _links(models, source):
    """Who cites which place of a source, as (number of the model, place, row); one query."""
    parts = []
    for number, (model, field_name) in enumerate(models):
        through = model._meta.get_field(field_name).remote_field.through
        parts.append(
            through.objects.filter(citation__source=source)
            .order_by()
            .values_list(
                Value(number, output_field=IntegerField()),
                "citation_id",
                f"{model._meta.model_name}_id",
            )
        )
    return sorted(parts[0].union(*parts[1:], all=True))


def _public_names(model, pks):
    """What the rows that the public may see are called, with an address, by primary key.

    Thousands of rows may be about a few hundred records: those are fetched and named once.
    """
    related = [field.name for field in model._meta.fields if field.is_relation]
    rows = model.objects.filter(pk__in=pks)
    if "version" in related:
        rows = rows.from_public()
    if hasattr(rows, "to_public"):
        rows = rows.to_public()
    elif about := next((name for name in ABOUT if name in related), None):
        field = model._meta.get_field(about)
        if not field.null:
            return _names_of_owners(field, dict(rows.values_list("pk", about)))
    return {row.pk: _named(row) for row in (rows.select_related(*related) if related else rows)}


def _names_of_owners(field, owners):
    """What rows are called by the records that they are about: {row: record} by primary keys."""
    records = field.related_model._default_manager.filter(pk__in=set(owners.values()))
    if field.name == "version":
        records = records.select_related("concept")
    names = {record.pk: _named(record) for record in records}
    return {row: names[owner] for row, owner in owners.items()}


def _named(row):
    """How one citing record is named in the list of a source, and its address."""
    about = next((getattr(row, name) for name in ABOUT if getattr(row, f"{name}_id", None)), row)
    address = getattr(about, "get_absolute_url", None)
    name = getattr(about, "short_title", "") or getattr(about, "name", "") or str(about)
    return name, address() if address else getattr(row, "page_url", "")
