"""What the pages of reference records share: the concepts that use a record, and its names."""

import re
from dataclasses import dataclass

from django.db.models import Count, Value, Window
from django.db.models.functions import DenseRank
from django.urls import reverse
from django.utils.formats import number_format

from concepts.models import ConceptVersion
from eerstelijn.database import stamp
from eerstelijn.kept import Kept
from eerstelijn.onday import doubt
from eerstelijn.pages.parts import Fact, Item, Part, Section
from governance.models import CITATIONS

#: Of more concepts under one heading a page names the first; the finder has all of them.
MOST_LISTED = 60
#: What prints the way to the others.
REST = "reference/_rest.html"
#: All statements are of one list.
ONE_LIST = Value("")


def cited(rows):
    return rows.prefetch_related(CITATIONS)


@dataclass
class ConceptItem(Item):
    """A published concept that states something of a record, with the statements that do."""

    def as_data(self, absolute):
        for row in super().as_data(absolute):
            sources = row.pop("bronnen")
            said = [f"{statement.data_name}-{statement.key}" for statement in self.statements]
            yield {**row, "uitspraken": said, "bronnen": sources}


#: How many versions are published: where that is few, no list of them is long.
_published: Kept[int] = Kept()


def number_published():
    return _published.get(stamp.current(), ConceptVersion.objects.published().count)


class Concepts(list):
    """The lines of concepts; `numbers` has how many are in each list that was cut, by its name."""

    numbers = {}

    def rest(self, finder_url, name="", shown=None):
        """The way to those that a page does not name, as lines of `reference/_rest.html`."""
        first = len({item.version.pk for item in (self if shown is None else shown)})
        return rest_of(self.numbers.get(name, first), first, finder_url)


def rest_of(number, shown, finder_url):
    """Where all of so many concepts are; nothing when they are shown."""
    if number <= shown:
        return []
    text = f"Dit zijn er {shown} van {number_format(number, force_grouping=True)}, op naam."
    return [Fact("Bekijk ze alle in de lijst met filters", finder_url, text)]


def concepts_of(
    statements, kind=lambda row: "", data=None, *, day=None, most=None, list_of=ONE_LIST
):
    """The published concepts that state something of a record, each under what it states.

    What a concept states more than once in the same words is one line with all the sources. `data`
    is what data say instead of those words. With a day, what held then, or possibly did. The first
    by name are read where there are more than `most`, of each list: an expression says which that
    a statement is of.
    """
    if day:
        statements = statements.valid_on(day)
    statements = statements.from_public()
    rows = cited(statements.with_owners()).order_by("version__name", "position", "key")
    if most and number_published() <= most:
        most = None
    if most:
        by_name = Window(
            DenseRank(), partition_by=list_of, order_by=["version__name", "version_id"]
        )
        rows = rows.annotate(list_of=list_of, place=by_name).filter(place__lte=most + 1)
    items, cut = {}, set()
    for row in rows:
        if most and row.place > most:
            cut.add(row.list_of)
            continue
        said = kind(row)
        item = items.setdefault(
            (row.version_id, said),
            ConceptItem(
                row.version.name,
                row.version.get_absolute_url(),
                said,
                note=doubt(row.start, row.end, day) if day else "",
                statement=[],
                version=row.version,
                slug=row.version.concept.slug,
                data=data and data(row),
            ),
        )
        item.statement.append(row)
    concepts = Concepts(items.values())
    if cut:
        lists = statements.order_by().values(list_of=list_of)
        numbers = lists.annotate(n=Count("version", distinct=True)).values_list("list_of", "n")
        concepts.numbers = {name: number for name, number in numbers if name in cut}
    return concepts


def concepts_section(label, concepts, finder_url, id="concepten"):
    """Concepts of one list as a chapter, with the way to the rest of them."""
    parts = [Part(Section.template, concepts), Part(REST, concepts.rest(finder_url))]
    return Section(id, label, concepts, parts=parts)


def in_finder(key, record, view="concept-list"):
    """The finder of concepts, filtered on this record."""
    return f"{reverse(view)}?{key}={record.slug}"


def names_of(record, *known):
    """Other names and abbreviations, leaving out mere ways of spelling what is known."""
    seen = {_letters(text) for text in (*known, getattr(record, "abbreviation", ""))}
    names = []
    for alias in record.aliases.all():
        if _letters(alias.text) not in seen:
            seen.add(_letters(alias.text))
            names.append(Item(alias.text, note=alias.note))
    return names


def _letters(text):
    """A name without what only spelling decides: capitals, spaces and signs."""
    return re.sub(r"\b(?:en|van|het|de)\b|[\W_]+", "", text.casefold().replace("&", " en "))


def validity_facts(record):
    return [
        Fact(str(record.start), "", "Bestaat sinds", "geldig_van", record.start.as_data()),
        Fact(str(record.end), "", "Bestond tot en met", "geldig_tot", record.end.as_data()),
    ]


def held(row):
    """From when to when a statement held, as its source says it; empty when it still does."""
    if not row.end:
        return ""
    return f"van {row.start} tot en met {row.end}" if row.start else f"tot en met {row.end}"
