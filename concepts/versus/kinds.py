"""How the statements of each kind stand beside each other: as points, with a value in each column.

A kind without a function of its own is one point, with each statement as it calls itself.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from concepts.finder.rows import ROLE_ORDER
from concepts.models import (
    ASKING_ROLES,
    Access,
    Audience,
    ConceptRelation,
    Coverage,
    Discrepancy,
    KeyFigure,
    LegalBasis,
    Milestone,
    Ownership,
    Participation,
    Passage,
    Standing,
)
from concepts.page.factbox import first_sentence
from concepts.page.path import Stop
from concepts.versus.columns import Column
from concepts.versus.points import Mark, Point, Value, merged
from eerstelijn.templatetags.texts import rounded_off

#: A passage up to so many signs is shown whole.
SHORT = 160

#: The statements of one part of a page, of each column.
Rows = Sequence[Sequence[Any]]


def as_said(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    """One point, with each statement as it calls itself."""
    kind = next(row for items in rows for row in items)
    yield Point(
        kind.data_name,
        label,
        [[_value(row, capfirst(str(row)), str(row.as_data())) for row in items] for items in rows],
    )


def passages(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    yield Point(Passage.data_name, label, [list(map(_passage, items)) for items in rows])


def _passage(row: Passage) -> Value:
    text = row.text.strip()
    if len(text) <= SHORT and "\n" not in text and not row.headline:
        return _value(row, text, _plain(text))
    start = row.headline or rounded_off(first_sentence(text))
    return _value(row, start, (row.headline, _plain(text)), whole=text)


def audiences(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    yield from _each(
        rows,
        lambda row: row.target_group,
        lambda row: _value(row, capfirst(row.wording), row.wording.casefold()),
        label,
        url_of=lambda group: f"{reverse('concept-list')}?doelgroep={group.slug}",
    )


def participations(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    """A point for each partner that is asked something; who only supports is one point together."""
    points = [
        *_each(rows, lambda row: row.partner, _role, "Partner", differs_as=Mark.OTHER_ROLE),
    ]
    asked = [point for point in points if _strongest(point) < len(ASKING_ROLES)]
    yield from sorted(asked, key=lambda point: (-len(point.filled), _strongest(point)))
    if len(asked) < len(points):
        others = [point for point in points if point not in asked]
        yield _supporters(others, len(rows))


def _role(row: Participation) -> Value:
    note = "; ".join(filter(None, [row.wording, *_remarks(row)]))
    return Value(row.get_role_display(), row.role, (row,), note=note, role=row.role)


def _strongest(point: Point) -> int:
    return min(ROLE_ORDER[value.role] for values in point.columns for value in values)


def _supporters(points: list[Point], number: int) -> Point:
    columns: list[list[Value]] = [[] for _ in range(number)]
    for point in points:
        for values, column in zip(point.columns, columns, strict=True):
            column += [
                Value(point.label, (point.label, v.role), v.statements, point.url, v.note, v.role)
                for v in values
            ]
    return Point("steun", "Wie steunt", columns, folded=("partner", "partners"))


def coverages(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    """Per which kind of area, in words, and in which areas."""

    def scale(row: Coverage) -> Value:
        url = row.scale.get_absolute_url()
        return Value(capfirst(row.scale.name), row.scale.pk, (row,), url)

    def wording(row: Coverage) -> Value:
        number = "" if row.number is None else f"aantal volgens de bron: {row.number}"
        planned = f"gepland: {row.expected or 'zonder datum'}" if row.is_planned else ""
        said = [row.get_extent_display(), number, planned, *_remarks(row)]
        same_as = (row.wording.casefold(), row.extent, row.number, row.status, row.expected.label)
        return Value(capfirst(row.wording), same_as, (row,), note=_in_sentences(said))

    def areas(items: Sequence[Coverage]) -> list[Value]:
        found: dict[int, Value] = {}
        for row in items:
            for area in row.territory.all():
                known = found.get(area.pk)
                rows = (*known.statements, row) if known else (row,)
                found[area.pk] = Value(area.name, area.pk, rows, area.get_absolute_url())
        return list(found.values())

    yield Point("schaal", "Georganiseerd per", [merged([map(scale, items)]) for items in rows])
    yield Point(
        Coverage.data_name, "Hoe ver het reikt", [list(map(wording, items)) for items in rows]
    )
    named = [areas(items) for items in rows]
    yield Point("gebied", "Genoemde gebieden", named, folded=("gebied", "gebieden"))


def accesses(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    yield Point(
        Access.data_name,
        label,
        [
            [
                _value(
                    row,
                    capfirst(str(row)),
                    str(row).casefold(),
                    whole=f"{capfirst(str(row))}. {row.explanation}",
                )
                for row in items
            ]
            for items in rows
        ],
    )


def ownerships(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    """The service that it is of on that day, and the policy domain."""

    def service(column: Column) -> list[Value]:
        return [_service(owner) for owner in column.page.owners]

    def domain(row: Ownership) -> Value:
        domain = row.policy_domain
        return Value(domain.name, domain.pk, (row,), domain.get_absolute_url())

    yield Point(Ownership.data_name, "Van wie", [service(column) for column in columns])
    yield Point("domein", "Beleidsdomein", [merged([map(domain, items)]) for items in rows])


def _service(owner: dict[str, Any]) -> Value:
    """The owner of `ConceptPage.owners`, as it is called today or on the day of the column."""
    row, today = owner["statement"], owner["today"]
    remarks = _remarks(row)
    if not today:
        same_as = row.agency_id or owner["name"]
        return Value(owner["name"], same_as, (row,), owner["url"], "; ".join(remarks))
    note = "; ".join([f"was {owner['name']}", *remarks])
    said = (row, *owner["changes"])
    return Value(today.name, today.pk, said, today.get_absolute_url(), note)


def legal_bases(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    yield from _each(
        rows,
        lambda row: row.decree,
        lambda row: _value(row, capfirst(row.get_role_display()), row.role),
        label,
        name_of=lambda decree: decree.dated_title,
        short_of=str,
    )


def standings(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    def value(row: Standing) -> Value:
        words, note = row.in_short
        url = row.into.get_absolute_url() if row.into_name else ""
        return _value(row, words, (row.state, row.into_id, row.date.label), note=note, url=url)

    yield Point(Standing.data_name, label, [list(map(value, items)) for items in rows])


def key_figures(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    def value(row: KeyFigure) -> Value:
        note = _in_sentences([row.label, str(row.date)])
        same_as = (row.label.casefold(), row.value, row.unit, row.date.label)
        return _value(row, f"{row.amount} {row.unit}", same_as, note=note)

    yield Point(KeyFigure.data_name, label, [list(map(value, items)) for items in rows])


def milestones(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    def value(stop: Stop, column: Column) -> Value:
        row = stop.statement
        is_later = (
            column.day and row.outcome_date.earliest and row.outcome_date.earliest > column.day
        )
        note = "Aangekondigd." if is_later else stop.note
        text = ": ".join(filter(None, [str(row.date), row.title]))
        return Value(text, (row.title.casefold(), row.date.label, note), (row,), note=note)

    yield Point(
        Milestone.data_name,
        label,
        [[value(stop, column) for stop in column.page.milestones] for column in columns],
    )


def relations(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    """What they have to do with each other first, then with each other concept."""
    shown = {column.version.concept_id: column.name for column in columns}
    is_one = len(shown) == 1
    between: list[list[Value]] = [[] for _ in columns]
    others: dict[int, Point] = {}
    for number, column in enumerate(columns):
        for said in column.page.relations:
            words = said["kind"]
            value = Value(words, words, (said["statement"],), note=said["note"])
            other = said["concept"]
            if other in shown and not is_one:
                text = f"{words} {shown[other]}"
                between[number].append(Value(text, text, value.statements, note=value.note))
                continue
            point = others.setdefault(
                other,
                Point(
                    ConceptRelation.data_name,
                    said["label"],
                    [[] for _ in columns],
                    "Verwant",
                    said["url"],
                ),
            )
            point.columns[number].append(value)
    if any(between):
        yield Point("onderling", "Onderling", between)
    yield from sorted(others.values(), key=lambda point: -len(point.filled))


def discrepancies(rows: Rows, columns: Sequence[Column], label: str) -> Iterator[Point]:
    def value(row: Discrepancy) -> Value:
        chosen = row.preferred
        text = f"We volgen: {chosen.value}" if chosen else "Geen keuze"
        return Value(text, row.pk, tuple(row.claims.all()), note=row.note)

    yield from _each(
        rows,
        lambda row: row,
        value,
        label,
        kind="tegenspraak",
        url_of=lambda row: f"{reverse('contradictions')}#{row.slug}",
    )


READERS: dict[type, Callable[[Rows, Any, str], Iterator[Point]]] = {
    Passage: passages,
    Audience: audiences,
    Participation: participations,
    Coverage: coverages,
    Access: accesses,
    Ownership: ownerships,
    LegalBasis: legal_bases,
    Standing: standings,
    KeyFigure: key_figures,
    Milestone: milestones,
    ConceptRelation: relations,
    Discrepancy: discrepancies,
}


# Shared by several kinds


def _each(
    rows: Rows,
    record_of: Callable[[Any], Any],
    value_of: Callable[[Any], Value],
    about: str,
    *,
    kind: str = "",
    name_of: Callable[[Any], str] = str,
    short_of: Callable[[Any], str] = lambda record: "",
    url_of: Callable[[Any], str] = lambda record: record.get_absolute_url(),
    differs_as: Mark = Mark.DIFFERENT,
) -> Iterator[Point]:
    """A point for each record that statements point to; first those that most columns have."""
    points: dict[int, Point] = {}
    for number, items in enumerate(rows):
        for row in items:
            record = record_of(row)
            if record.pk not in points:
                points[record.pk] = Point(
                    kind or row.data_name,
                    capfirst(name_of(record)),
                    [[] for _ in rows],
                    about,
                    url_of(record),
                    short_of(record),
                    differs_as,
                )
            points[record.pk].columns[number].append(value_of(row))
    yield from sorted(points.values(), key=lambda point: -len(point.filled))


def _value(row: Any, text: str, same_as: Any, *, note: str = "", **said: Any) -> Value:
    return Value(text, same_as, (row,), note=_in_sentences([note, *_remarks(row)]), **said)


def _remarks(row: Any) -> list[str]:
    """When a statement held, and what the editors remark, where there is any of it."""
    since = f"van {row.start}" if row.start else ""
    until = f"tot en met {row.end}" if row.end else ""
    return [*filter(None, [" ".join(filter(None, [since, until])), row.note])]


def _in_sentences(parts: Sequence[str]) -> str:
    """Remarks one after the other, each a sentence."""
    return ". ".join(capfirst(part.strip().removesuffix(".")) for part in parts if part)


def _plain(text: str) -> str:
    """A text without what only its layout decides."""
    return " ".join(text.split())
