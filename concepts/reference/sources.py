"""The page of a source: its places, and everything that cites them."""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import IntegerField, Value
from django.utils.text import capfirst

from eerstelijn.dates import long_date
from eerstelijn.pages.parts import Fact, Item, RecordPage, Section
from eerstelijn.webaddress import link_to
from governance.models import Citation, Decree

#: What a record that cites may be about: then it is named by that.
ABOUT = ("version", "agency", "decree", "area", "discrepancy")


def source_page(source):
    return RecordPage(
        capfirst(source.get_kind_display()),
        note=source.note,
        facts=[
            Fact(source.name, kind="Titel", key="titel"),
            Fact(source.get_origin_display(), "", "Herkomst", "herkomst", source.origin),
            Fact(source.author, kind="Auteur", key="auteur"),
            Fact(source.publisher, kind="Uitgever", key="uitgever"),
            Fact(str(source.date), "", "Datum", "datum", source.date.as_data()),
            Fact(
                long_date(source.consulted_on) if source.consulted_on else "",
                *("", "Geraadpleegd", "geraadpleegd_op", source.consulted_on),
            ),
            Fact(source.url, link_to(source.url), "Webadres", "webadres"),
        ],
        sections=[Section("plaatsen", "Wat hierop steunt", places_of(source))],
    )


class CitedPlace(NamedTuple):
    """A place of a source, with the records that cite it."""

    place: Citation
    uses: list

    def as_data(self, absolute):
        cited = self.place.as_data(absolute)
        yield {
            "plaats": cited["plaats"],
            "url": cited["url"],
            "steunt_hierop": [
                {"naam": item.text, "url": absolute(item.url), "met": item.kind}
                for item in self.uses
            ],
        }


def places_of(source):
    """Each place of a source with the records that cite it, in the order of the document."""
    places = list(source.places.all())
    uses = {place.pk: [] for place in places}
    models = citing_models()
    links = defaultdict(list)
    for number, place_id, row_id in _links(models, source):
        links[number].append((place_id, row_id))
    subjects = {
        number: _subjects(models[number][0], {row_id for _, row_id in found})
        for number, found in links.items()
    }
    names = _names_of({each for found in subjects.values() for each in found.values()})
    for number, found in links.items():
        for place_id, row_id in found:
            if subject := subjects[number].get(row_id):
                uses[place_id].append((*names[subject], models[number][0]))
    return [CitedPlace(place, _by_record(uses[place.pk])) for place in places]


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
    """Every model that cites, with the name of its field; kinds of statement last, as in data."""
    found = (
        (relation.related_model, relation.field.name)
        for relation in Citation._meta.related_objects
        if relation.many_to_many
    )
    return sorted(found, key=lambda citing: getattr(citing[0], "data_place", 0))


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


def _subjects(model, pks):
    """What the rows that the public may see are named by, by primary key.

    That is a row itself, or the model and the primary key of the record that it is about: thousands
    of rows may be about a few hundred records, which are fetched and named once.
    """
    related = [field.name for field in model._meta.fields if field.is_relation]
    rows = model.objects.filter(pk__in=pks)
    if "version" in related:
        rows = rows.from_public()
    about = next((name for name in ABOUT if name in related), None)
    if hasattr(rows, "to_public"):
        rows = rows.to_public()
    elif about and not model._meta.get_field(about).null:
        subject = model._meta.get_field(about).related_model
        return {row: (subject, pk) for row, pk in rows.values_list("pk", about)}
    if model is Decree:  # an act is known by its date
        rows = rows.prefetch_related("dates")
    elif about == "decree":
        rows = rows.prefetch_related("decree__dates")
    return {row.pk: row for row in (rows.select_related(*related) if related else rows)}


def _names_of(subjects):
    """How each subject is named in the list of a source, and its address; a query per model."""
    wanted = defaultdict(set)
    for subject in subjects:
        if isinstance(subject, tuple):
            wanted[subject[0]].add(subject[1])
    records = {}
    for model, pks in wanted.items():
        found = model._default_manager.all()
        if hasattr(model, "concept"):  # a version is known by the address of its concept
            found = found.select_related("concept")
        if model is Decree:  # an act is known by its date
            found = found.prefetch_related("dates")
        records |= {(model, pk): record for pk, record in found.in_bulk(pks).items()}
    return {subject: _named(records.get(subject, subject)) for subject in subjects}


def _named(row):
    """How a record is named, by what it is about where it is about another, and its address."""
    about = next((getattr(row, name) for name in ABOUT if getattr(row, f"{name}_id", None)), row)
    address = getattr(about, "get_absolute_url", None)
    name = (
        getattr(about, "dated_title", "")
        or getattr(about, "short_title", "")
        or getattr(about, "name", "")
        or str(about)
    )
    return name, address() if address else getattr(row, "page_url", "")
