"""What an editor looks for within a queue: words, and the service, domain or colleague it is of.

All of it stands in the address. What is not known there is left out, and said above the list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from eerstelijn.desk.finding import folded, without_accents
from eerstelijn.desk.forms import name_of
from governance.models import Agency, PolicyDomain

#: The keys of an address that are not of a filter: the words, and the page.
WORDS, PAGE = "q", "pagina"
#: The most characters, and words, that are looked for.
LONGEST, MOST = 200, 10


@dataclass(frozen=True)
class Filter:
    """One list of choices above a queue: the records that its rows name."""

    key: str
    label: str
    #: From a row of the queue to the record, and the field by which an address names that.
    lookup: str
    model: type[Model]
    named_by: str = "slug"

    def options(self, rows: QuerySet) -> list[tuple[str, str]]:
        """Pairs of a value and its name; only what would leave something of these rows."""
        named = rows.order_by().values(self.lookup)
        records = self.model._default_manager.filter(pk__in=named)
        return [(getattr(record, self.named_by), self._name(record)) for record in records]

    def _name(self, record: Model) -> str:
        return name_of(record) if isinstance(record, User) else str(record)

    def condition(self, value: str) -> Q:
        return Q(**{f"{self.lookup}__{self.named_by}": value})


def of_a_version(way: str = "") -> tuple[Filter, ...]:
    """Whose a version is; `way` leads to it from a row of the queue."""
    return (
        Filter("domein", "Beleidsdomein", f"{way}ownerships__policy_domain", PolicyDomain),
        Filter("dienst", "Dienst", f"{way}ownerships__agency", Agency),
    )


def names_of_a_version(way: str = "") -> tuple[str, ...]:
    """What a version is called, and the concept that it is of."""
    return tuple(
        f"{way}{name}"
        for name in ("name", "abbreviation", "concept__slug", "concept__aliases__text")
    )


@dataclass
class Narrowed:
    """A queue as far as an address asks for it."""

    rows: QuerySet
    words: str = ""
    #: Each filter with its options and what was chosen; "" where that is nothing.
    filters: list[tuple[Filter, list[tuple[str, str]], str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def is_narrower(self) -> bool:
        return bool(self.words or any(chosen for _, _, chosen in self.filters))

    @property
    def question(self) -> list[tuple[str, str]]:
        """What the address says of it, for links to other pages of the same list."""
        chosen = [(each.key, value) for each, _, value in self.filters if value]
        return [*([(WORDS, self.words)] if self.words else []), *chosen]


def narrowed(queue, params: QueryDict) -> Narrowed:
    """The rows of a queue that an address asks for, and what of it is not understood."""
    every = queue.rows()
    found = Narrowed(every)
    records = every.model._base_manager
    known = {WORDS, PAGE, *(each.key for each in queue.filters)}
    for key in params:
        if key not in known:
            found.problems.append(f"“{_short(key)}” kennen we niet in het adres van een lijst.")
    chosen = Q()
    for each in queue.filters:
        options, value = each.options(every), params.get(each.key, "")
        if value and value not in dict(options):
            found.problems.append(f"{each.label} “{_short(value)}” komt in deze lijst niet voor.")
            value = ""
        elif value:
            chosen &= Q(pk__in=records.filter(each.condition(value)).values("pk"))
        found.filters.append((each, options, value))
    typed = " ".join(params.get(WORDS, "").replace("\0", "").split())
    if len(typed) > LONGEST or len(typed.split()) > MOST:
        found.problems.append(f"Zoek met hoogstens {MOST} woorden.")
    elif typed and queue.searched:
        found.words = typed
        for word in folded(typed).split():
            has = records.filter(_has(every.model, queue.searched, word))
            chosen &= Q(pk__in=has.values("pk"))
    if chosen:
        found.rows = every.filter(chosen)
    return found


def _has(model: type[Model], fields: Iterable[str], word: str) -> Q:
    lookups = without_accents(model, fields)
    return Q.create([(f"{lookup}__contains", word) for lookup in lookups], Q.OR)


def _short(text: str) -> str:
    text = text.replace("\0", "")
    return f"{text[:40]}…" if len(text) > 40 else text
