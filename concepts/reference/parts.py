"""What the pages of reference records share: the concepts that use a record, and its names."""

import re
from dataclasses import dataclass

from django.urls import reverse

from eerstelijn.onday import doubt
from eerstelijn.pages.parts import Fact, Item
from governance.models import CITATIONS


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


def concepts_of(statements, kind=lambda row: "", data=None, *, day=None):
    """The published concepts that state something of a record, each under what it states.

    What a concept states more than once in the same words is one line with all the sources. `data`
    is what data say instead of those words. With a day, what held then, or possibly did.
    """
    if day:
        statements = statements.valid_on(day)
    rows = cited(statements.from_public().with_owners())
    rows = rows.order_by("version__name", "position", "key")
    items = {}
    for row in rows:
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
    return list(items.values())


def in_finder(key, record):
    """The finder of concepts, filtered on this record."""
    return f"{reverse('concept-list')}?{key}={record.slug}"


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
