"""What the words of a question want to see of what it names: a view, or a chapter of a page.

"verschil GBO en Sociaal Huis" wants the comparison of two concepts; no text has to say so. Such
words count only beside the names of records, or a year, and where nothing else is asked: then the
view stands above the hits, as what is called by its name does (`concepts.search.offers`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify

from concepts.models import Concept, ConceptVersion, SearchEntry
from concepts.search import told
from concepts.search.index import Index
from concepts.search.wants import AROUND, WANTS, YEAR
from eerstelijn.dutch import STOP_WORDS, fold
from governance.models import Partner, PartnerType

#: How many concepts stand beside each other, and how many partners are named at most.
MOST = 4


@dataclass
class Offer:
    """A page that was asked for by name, with a word about it."""

    url: str
    name: str
    note: str


@dataclass(frozen=True)
class Named:
    """A published concept that a question names."""

    slug: str
    name: str
    url: str
    is_development: bool


class Wanted:
    """What a question wants to see, of what: nothing where it asks anything beside that."""

    def __init__(self, text: str, index: Index):
        self.wants: list[str] = []
        self.year = ""
        self._index = index
        self._targets: list[str] = []
        rest = self._without_names(text)
        for want in WANTS:
            if want.words.search(rest):
                self.wants.append(want.what)
                rest = want.words.sub(" ", rest)
        if found := YEAR.search(rest):
            self.year = found[1]
            rest = YEAR.sub(" ", rest, count=1)
        words = AROUND.sub(" ", rest).split()
        self._rest = " ".join(word for word in words if word not in STOP_WORDS)
        if self.year and not self.wants:
            self.wants.append("promises")

    def _without_names(self, text: str) -> str:
        """The text without the records that it names, which are noted."""
        rest, at = "", 0
        for start, end, targets in self._index.analyser.names_in(text):
            records = [target for target in targets if not target.startswith("datum:")]
            if records:
                self._targets += records
                rest, at = f"{rest}{text[at:start]} ", end
        return fold(f"{rest}{text[at:]}")

    @cached_property
    def concepts(self) -> list[Named]:
        """The published concepts that it names, in its order."""
        slugs = [each.partition(":")[2] for each in self._targets if each.startswith("concept:")]
        slugs = list(dict.fromkeys(slugs))[:MOST]
        rows = ConceptVersion.objects.published().filter(concept__slug__in=slugs)
        found = {row.concept.slug: row for row in rows.select_related("concept").defer("search")}
        return [
            Named(
                slug,
                row.name,
                row.get_absolute_url(),
                is_development=row.concept.record_kind == Concept.RecordKind.DEVELOPMENT,
            )
            for slug in slugs
            if (row := found.get(slug))
        ]

    @cached_property
    def partners(self) -> list[Partner]:
        """The partners that it names, or that the rest of it is the name of."""
        slugs = [each.partition(":")[2] for each in self._targets if each.startswith("partner:")]
        slugs.append(self._left)
        return list(Partner.objects.filter(slug__in=slugs)[:MOST])

    @cached_property
    def types(self) -> list[PartnerType]:
        """The type of partner that the rest of it is the name of."""
        return list(PartnerType.objects.filter(slug=self._left)) if self._left else []

    @property
    def _left(self) -> str:
        return slugify(self._rest)

    @cached_property
    def is_plain(self) -> bool:
        """Whether it wants something, and asks nothing beside what it names."""
        if not self.wants:
            return False
        is_named = any(record.slug == self._left for record in (*self.partners, *self.types))
        return is_named or not self._index.analyser.clauses(self._rest, self._index.tokens)

    @property
    def is_of_time(self) -> bool:
        """Whether it asks what was to come by some year: of that the promises tell."""
        return self.is_plain and "promises" in self.wants

    @property
    def offers(self) -> Iterator[Offer]:
        """What answers it, most wanted first."""
        if not self.is_plain:
            return
        for what in self.wants:
            yield from OFFERS[what](self)


def _likeness(asked: Wanted) -> Iterator[Offer]:
    yield from _beside(asked)
    for concept in asked.concepts:
        if not concept.is_development:
            name = f"Wat lijkt op {concept.name}?"
            note = "De concepten die er het meest mee delen: partners, gebieden, doelgroepen, grond"
            yield Offer(f"{concept.url}#lijkt-op", name, note)
    if asked.partners and not asked.concepts:
        yield from _asked_of(asked)
    yield Offer(reverse("overlap"), "Overlap", "Hoeveel partners elk tweetal concepten deelt")


def _versus(asked: Wanted) -> Iterator[Offer]:
    yield from _beside(asked)
    if len(asked.concepts) == 1:
        (concept,) = asked.concepts
        url = f"{reverse('versus')}?{urlencode({'c': concept.slug})}"
        yield Offer(url, f"Vergelijk {concept.name}", "Kies waarmee, en lees wat gelijk is")
    if not asked.concepts:
        yield Offer(reverse("versus"), "Vergelijk concepten", "Twee tot vier naast elkaar")


def _beside(asked: Wanted) -> Iterator[Offer]:
    """Several concepts beside each other."""
    if len(asked.concepts) > 1:
        query = urlencode({"c": [concept.slug for concept in asked.concepts]}, doseq=True)
        names = " en ".join(concept.name for concept in asked.concepts)
        note = "Punt na punt: wat gelijk is, wat verschilt en wat de bronnen niet vermelden"
        yield Offer(f"{reverse('versus')}?{query}", f"Vergelijk {names}", note)


def _paper(asked: Wanted) -> Iterator[Offer]:
    for concept in asked.concepts:
        url = f"{concept.url.rstrip('/')}.pdf"
        yield Offer(url, f"{concept.name} op papier (pdf)", "Hoogstens twee bladzijden")
    for partner in () if asked.concepts else asked.partners:
        url = f"{reverse('asked')[:-1]}.pdf?{urlencode({'partner': partner.slug})}"
        yield Offer(url, f"Gevraagd aan: {partner.name} (pdf)", "Op één bladzijde")
    if not (asked.concepts or asked.partners):
        url = reverse("poster", args=["pdf"])
        yield Offer(url, "De poster van vandaag (pdf, A2)", "Alle concepten op één blad")


def _asked_of(asked: Wanted) -> Iterator[Offer]:
    yield from _chapter(asked, "partners", "Wie doet mee?", "De partners met hun rol")
    for partner in asked.partners:
        url = f"{reverse('asked')}?{urlencode({'partner': partner.slug})}"
        yield Offer(url, f"Gevraagd aan: {partner.name}", "Welke concepten, en op welke grond")
    for kind in asked.types:
        url = f"{reverse('asked')}?{urlencode({'partnertype': kind.slug})}"
        yield Offer(url, f"Gevraagd aan: {kind.name}", "Welke concepten, en op welke grond")
    if not asked.partners:
        yield from _chapter(asked, "partners", "Wie doet mee?", "De partners met hun rol")
    if not asked.concepts:
        yield Offer(reverse("pressure"), "Druk op partners", "Wie hoe vaak gevraagd wordt")


def _timeline(asked: Wanted) -> Iterator[Offer]:
    yield from _in_time(asked, "timeline", "Tijdlijn", "Wat er gebeurde en werd aangekondigd")


ANNOUNCED = "Wat werd aangekondigd, en wat ervan kwam"


def _promises(asked: Wanted) -> Iterator[Offer]:
    about = {"model": told.PROMISE, "text__contains": asked.year}
    if not asked.year or SearchEntry.objects.filter(**about).exists():
        yield from _in_time(asked, "promises", "Beloften", ANNOUNCED)
    if asked.year:
        yield from _timeline(asked)


def _in_time(asked: Wanted, view: str, label: str, note: str) -> Iterator[Offer]:
    question: dict[str, object] = {}
    if asked.concepts:
        question["concept"] = [concept.slug for concept in asked.concepts]
    if asked.year:
        question |= {"van": asked.year, "tot": asked.year}
    names = [concept.name for concept in asked.concepts]
    said = ": ".join(filter(None, [label, " en ".join(names)]))
    if asked.year:
        said = f"{said}, {asked.year}" if names else f"{said} van {asked.year}"
    query = urlencode(question, doseq=True)
    yield Offer(f"{reverse(view)}?{query}" if query else reverse(view), said, note)


def _contradictions(asked: Wanted) -> Iterator[Offer]:
    yield from _chapter(asked, "tegenspraak", "Tegenspraak", "Waarover de bronnen verschillen")
    note = "Waar de bronnen elkaar tegenspreken, met beide beweringen"
    yield Offer(reverse("contradictions"), "Tegenspraken", note)


def _where(asked: Wanted) -> Iterator[Offer]:
    yield from _chapter(asked, "waar", "Waar geldt het?", "De gebieden en gemeenten")


def _owner(asked: Wanted) -> Iterator[Offer]:
    yield from _chapter(asked, "eigenaar", "Van wie is het?", "De dienst van toen en van vandaag")


def _access(asked: Wanted) -> Iterator[Offer]:
    note = "Rechtstreeks, na verwijzing of niet"
    yield from _chapter(asked, "toegankelijk", "Kun je er zelf terecht?", note)


def _grounds(asked: Wanted) -> Iterator[Offer]:
    note = "De regels en plannen waarop het rust"
    yield from _chapter(asked, "rechtsgrond", "Rechtsgrond", note)


def _goal(asked: Wanted) -> Iterator[Offer]:
    yield from _chapter(asked, "waarvoor", "Wat het is", "Waarvoor het dient, en voor wie")


def _chapter(asked: Wanted, chapter: str, title: str, note: str) -> Iterator[Offer]:
    for concept in asked.concepts:
        yield Offer(f"{concept.url}#{chapter}", f"{concept.name}: {title}", note)


def _network(asked: Wanted) -> Iterator[Offer]:
    focus = [f"concept:{each.slug}" for each in asked.concepts if not each.is_development]
    focus += [f"partner:{partner.slug}" for partner in asked.partners]
    query = f"?{urlencode({'focus': focus[0]})}" if focus else ""
    note = "Eigenaars, concepten en partners, met een lijn voor elke uitspraak"
    yield Offer(f"{reverse('network')}{query}", "Netwerk", note)


def _cite(asked: Wanted) -> Iterator[Offer]:
    for concept in asked.concepts:
        yield Offer(f"{concept.url}#neem-mee", f"Citeer {concept.name}", "Als tekst, BibTeX of RIS")


def _files(asked: Wanted) -> Iterator[Offer]:
    for concept in asked.concepts:
        stem = concept.url.rstrip("/")
        yield Offer(f"{stem}.csv", f"{concept.name} (csv)", "Elke uitspraak met haar bron")
        yield Offer(f"{stem}.json", f"{concept.name} (json)", "Elke uitspraak met haar bron")
    if not (asked.concepts or asked.partners):
        address = reverse("concept-list").rstrip("/")
        yield Offer(f"{address}.csv", "Alle concepten (csv)", "Een rij per concept")


def _all(asked: Wanted) -> Iterator[Offer]:
    if not (asked.concepts or asked.partners or asked.types):
        yield Offer(reverse("concept-list"), "Alle concepten", "Met filters, elk in één zin")


OFFERS: dict[str, Callable[[Wanted], Iterator[Offer]]] = {
    "likeness": _likeness,
    "versus": _versus,
    "paper": _paper,
    "asked": _asked_of,
    "timeline": _timeline,
    "promises": _promises,
    "contradictions": _contradictions,
    "where": _where,
    "owner": _owner,
    "access": _access,
    "grounds": _grounds,
    "goal": _goal,
    "network": _network,
    "cite": _cite,
    "files": _files,
    "all": _all,
}
