"""The page of a source: its places in the order of the document, and everything that cites them."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.db.models import IntegerField, Value
from django.utils.text import capfirst

from concepts.reference.presence import presence_of
from eerstelijn.dates import SourceDate, long_date
from eerstelijn.pages.parts import Fact, Item, Part, RecordPage, Section
from eerstelijn.webaddress import link_to
from governance.models import Citation, Decree, page_of_pdf

#: What a record that cites may be about: then it is named by that.
ABOUT = ("version", "agency", "decree", "area", "discrepancy")


def source_page(source, day=None):
    return RecordPage(
        capfirst(source.get_kind_display()),
        note=source.note,
        presence=presence_of(source, source.date, SourceDate(), [], day),
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
            Fact(source.archived_url, source.archived_link, "Bewaarde kopie", "bewaarde_kopie"),
        ],
        sections=[_places_section(source)],
    )


def _places_section(source):
    """Data have the places in a row; the page folds them by chapter."""
    places = places_of(source)
    part = Part("reference/_places.html", chapters_of(places))
    return Section("plaatsen", "Wat hierop steunt", places, parts=[part])


class Use(NamedTuple):
    """A record that cites a place: what it is named by, and in which of its rows it does."""

    name: str
    url: str
    #: The model of what it is named by.
    kind: type
    #: The model of the row that cites.
    model: type


@dataclass
class KindOfRecord:
    """The records of one kind that cite a place, each with what in it does."""

    label: str
    items: list = field(default_factory=list)


@dataclass
class CitedPlace:
    """A place of a source, with the records that cite it."""

    place: Citation
    uses: list
    #: Its id on the page; places that only differ in signs get a number behind it.
    id: str = ""
    #: The page in the document, of the place itself or else of where its section begins.
    page: int | None = None

    @property
    def heading(self):
        return self.place.location

    @property
    def page_said(self):
        """Where to look in the document, in words."""
        if self.page is None:
            return ""
        begins = (
            self.place.page_in_words or f"rubriek {self.place.section} begint op p. {self.page}"
        )
        return capfirst(begins)

    @property
    def page_url(self):
        return page_of_pdf(self.place.source.url, self.page)

    @property
    def records(self):
        """One line per record: "3 passages, deelname"."""
        return [item for _, item in _by_record(self.uses)]

    @property
    def kinds(self):
        """The records by kind: what is described first, then in the order of data."""
        kinds = {}
        for kind, item in _by_record(self.uses, is_said=lambda use: use.model is not use.kind):
            kinds.setdefault(kind, KindOfRecord(capfirst(_plural(kind)))).items.append(item)
        return [kinds[kind] for kind in sorted(kinds, key=lambda kind: not _is_version(kind))]

    def as_data(self, absolute):
        cited = self.place.as_data(absolute)
        yield {
            "plaats": cited["plaats"],
            "url": cited["url"],
            "steunt_hierop": [
                {"naam": item.text, "url": absolute(item.url), "met": item.kind}
                for item in self.records
            ],
        }


@dataclass
class SourceChapter:
    """A section of a document: a fold with its places, or no fold where it is the only one."""

    title: str
    places: list
    is_folded: bool

    @property
    def depth(self):
        """How deep it stands in the document: 3 for "2.1.1", 1 without a number."""
        return min(self.places[0].place.section.count(".") + 1, 3)

    @property
    def has_one_place(self):
        """Whether its heading is that of its place."""
        return len(self.places) == 1

    @property
    def said(self):
        """How much rests on it: "3 plaatsen, 40 keer genoemd"."""
        times = sum(len(place.uses) for place in self.places)
        cited = f"{times}\N{NO-BREAK SPACE}keer" if times else "nog niet"
        here = "" if self.has_one_place else f"{len(self.places)} plaatsen, "
        return f"{here}{cited} aangehaald"


def chapters_of(places):
    """The places by section of a numbered text; of any other source each place is a chapter."""
    if any(row.place.section for row in places):
        groups = [list(rows) for _, rows in groupby(places, lambda row: row.place.section)]
    else:
        groups = [[place] for place in places]
    return [SourceChapter(_title(rows), rows, is_folded=len(groups) > 1) for rows in groups]


def _title(places):
    """The heading of a section, with which it begins; where it has no number, all its headings."""
    first = places[0]
    if len(places) == 1:
        return first.heading
    headings = dict.fromkeys(row.place.heading for row in places)
    return first.place.rubric if first.place.section else ", ".join(headings)


def places_of(source):
    """Each place of a source with the records that cite it, in the order of the document."""
    places = list(source.places.all())
    uses = {place.pk: [] for place in places}
    models = citing_models()
    links = [
        (place, models[number][0], (_subject(models[number][0])[0], key))
        for number, place, _, key in _links(source)
    ]
    names = _names_of({subject for _, _, subject in links})
    for place, model, subject in links:
        if subject in names and place in uses:  # else it went between two of our questions
            uses[place].append(Use(*names[subject], model))
    ids, begins = Counter(), {}
    cited = []
    for place in places:
        place.source = source
        ids[place.anchor] += 1
        number = f"-{ids[place.anchor]}" if ids[place.anchor] > 1 else ""
        if place.page:
            begins.setdefault(place.section, place.page)
        cited.append(
            CitedPlace(
                place,
                uses[place.pk],
                f"{place.anchor}{number}",
                place.page or begins.get(place.section),
            )
        )
    return cited


def _by_record(uses, is_said=lambda use: True):
    """Each record once, as (its kind, its line), with the rows that are to be said."""
    grouped = defaultdict(Counter)
    for use in uses:
        grouped[use.kind, use.name, use.url][use.model] += is_said(use)
    return [
        (
            kind,
            Item(name, url, ", ".join(_counted(model._meta, n) for model, n in rows.items() if n)),
        )
        for (kind, name, url), rows in grouped.items()
    ]


def _plural(model):
    """What records are called; a version is known as its concept."""
    about = model._meta.get_field("concept").related_model if _is_version(model) else model
    return about._meta.verbose_name_plural


def _is_version(model):
    return hasattr(model, "concept")


def _counted(meta, number):
    """A number of records in words, without what they are of: the line says that."""
    name = _bare(meta.verbose_name if number == 1 else meta.verbose_name_plural)
    return name if number == 1 else f"{number} {name}"


def _bare(name):
    """What a kind of record is called, without what it is of."""
    return re.split(" (?:van|met|bij|of) ", name)[0]


def citing_models():
    """Every model that cites, with the name of its field; kinds of statement last, as in data."""
    found = (
        (relation.related_model, relation.field.name)
        for relation in Citation._meta.related_objects
        if relation.many_to_many
    )
    return sorted(found, key=lambda citing: getattr(citing[0], "data_place", 0))


def _links(source):
    """What the public may see that cites a place of a source, in one query.

    As (number of the model, place, row, key of what the row is named by).
    """
    first, *others = (
        _citing(number, *citing, source) for number, citing in enumerate(citing_models())
    )
    return sorted(first.union(*others, all=True))


def _citing(number, model, field_name, source):
    rows = model.objects.filter(**{f"{field_name}__source": source})
    if "version" in _relations(model):
        rows = rows.from_public()
    if hasattr(rows, "to_public"):
        rows = rows.to_public()
    return rows.order_by().values_list(
        Value(number, output_field=IntegerField()), field_name, "pk", _subject(model)[1]
    )


def _relations(model):
    return [field.name for field in model._meta.fields if field.is_relation]


def _subject(model):
    """What a row is named by: a model, and the way to its key.

    That is the row itself or, where it is always about one, another record: thousands of rows are
    about a few hundred of those.
    """
    about = next((name for name in ABOUT if name in _relations(model)), None)
    if about is None or model._meta.get_field(about).null or about == "discrepancy":
        return model, "pk"
    return model._meta.get_field(about).related_model, f"{about}_id"


def _names_of(subjects):
    """How each subject, a model and a key, is named in the list of a source; a query per model."""
    wanted = defaultdict(set)
    for model, key in subjects:
        wanted[model].add(key)
    return {
        (model, key): _named(record)
        for model, keys in wanted.items()
        for key, record in _with_name(model).in_bulk(keys).items()
    }


def _with_name(model):
    """Records with what their names are made of."""
    found = model._default_manager.all()
    about = [name for name in ABOUT if name in _relations(model)]
    if about:
        if hasattr(found, "to_public"):
            found = found.to_public()
        if "decree" in about:  # an act is known by its date
            found = found.prefetch_related("decree__dates")
        return found.select_related(*_relations(model))
    if model is Decree:
        return found.prefetch_related("dates")
    # A version is known by the address of its concept.
    return found.select_related("concept") if _is_version(model) else found


def _named(row):
    """The name of a record, or of what it is about, with its address and its kind."""
    about = next((getattr(row, name) for name in ABOUT if getattr(row, f"{name}_id", None)), row)
    address = getattr(about, "get_absolute_url", None)
    name = (
        getattr(about, "dated_title", "")
        or getattr(about, "short_title", "")
        or getattr(about, "name", "")
        or str(about)
    )
    return name, address() if address else getattr(row, "page_url", ""), type(about)
