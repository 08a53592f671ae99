"""What the page of a concept shows, chapter by chapter, from a version fetched with statements."""

from functools import cached_property

from django.utils.text import Truncator, capfirst

from concepts.finder.rows import unique
from concepts.likeness.similar import similar_to
from concepts.models import Passage
from concepts.page import printed
from concepts.page.factbox import FactBox, first_sentence
from concepts.page.lines import ConceptLines
from eerstelijn.pages.parts import Part, Section

#: The chapters that stand below the folded ones.
LAST = ("lijkt-op", "na-deze-dag", "voor-deze-dag")
#: How many words the title of a folded chapter says of it.
GIST_WORDS = 14


def statements(template, rows, label=""):
    """Statements as a part of a chapter, with their sources beside it."""
    rows = list(rows)
    return Part(template, rows, label, statements=[*rows])


def fold(id, label, title, *parts, gist=""):
    """A folded chapter; what its first text begins with is its gist, unless that is given.

    `label` is its name in few words, where it stands among others.
    """
    texts = [row for part in parts for row in part.items if isinstance(row, Passage)]
    said = gist or (texts[0].headline or first_sentence(texts[0].text) if texts else "")
    gist = Truncator(said).words(GIST_WORDS)
    return Section(id, label, title=title, parts=parts, gist=gist, is_folded=True)


def counted(items, one, many):
    """How many there are, in words: "1 verandering"."""
    return f"{len(items)} {one if len(items) == 1 else many}"


class ConceptPage(ConceptLines):
    """The page of one published version: its lines, in chapters."""

    @cached_property
    def factbox(self):
        """The short answers on top of the page, each leading to its chapter."""
        return FactBox(
            self.version,
            owners=self.owned,
            chapters={chapter.id for chapter in self.sections},
        )

    @cached_property
    def sections(self):
        """Every chapter that has content: first what is looked up most, people before texts."""
        return [chapter for chapter in [*self.chapters, *self._last()] if chapter.shown]

    @cached_property
    def chapters(self):
        """What a page can say of a concept itself, the chapters that have nothing to say too."""
        return [*self._first(), *self._folded()]

    @property
    def first(self):
        """The chapters that stand open above the folded ones."""
        return [each for each in self.sections if not each.is_folded and each.id not in LAST]

    @property
    def folded(self):
        """The chapters that a reader opens."""
        return [each for each in self.sections if each.is_folded]

    @property
    def last(self):
        """The chapters below them."""
        return [each for each in self.sections if each.id in LAST]

    @property
    def contents(self):
        """What the contents of the page name: the folded chapters as one."""
        more = [{"id": "meer", "label": "Meer uitleg"}] if self.folded else []
        return [*self.first, *more, *self.last, {"id": "bronnen", "label": "Bronnen"}]

    def _first(self):
        version, kinds = self.version, Passage.Kind
        contradictions = [row for row in self.discrepancies if row.is_contradiction]
        yield Section(
            "partners",
            "Wie doet mee",
            title="Wie doet mee?",
            parts=[statements(printed.roles, version.participations.all())],
        )
        yield Section(
            "stand",
            "Hoe het staat",
            title="Hoe het staat, en wat veranderde",
            parts=[
                statements(printed.standings, version.standings.all(), self._standing_label),
                statements(printed.figures, version.key_figures.all(), "Cijfers"),
                statements(printed.milestones, version.milestones.all(), "Tijdlijn"),
            ],
        )
        yield Section(
            "waarvoor",
            "Wat het is",
            parts=[
                self._passages(kinds.WHAT, ""),
                self._passages(kinds.GOAL),
                statements(printed.audiences, version.audiences.all(), "Voor wie"),
            ],
        )
        yield Section(
            "tegenspraak",
            "Tegenspraak",
            title="Hier spreken de bronnen elkaar tegen",
            parts=[statements(printed.discrepancies, contradictions)],
            gist="; ".join(row.title for row in contradictions),
        )

    def _folded(self):
        """What explains the rest: each a title with its gist, that opens."""
        yield from self._what_it_does()
        yield from self._where_and_whose()
        yield from self._how_it_stands()
        yield from self._what_is_beside_it()

    def _what_it_does(self):
        kinds = Passage.Kind
        yield fold(
            "waarom", "Vaststellingen", "Waarom het er is", self._passages(kinds.FINDING, "")
        )
        yield fold("taken", "Taken", "Wat het doet", self._passages(kinds.TASKS, ""))
        yield fold(
            "organisatie",
            "Organisatie",
            "Hoe het georganiseerd is",
            self._passages(kinds.ORGANISATION, ""),
            self._passages(kinds.SUPPORT),
        )

    def _where_and_whose(self):
        version = self.version
        coverages, accesses = version.coverages.all(), version.accesses.all()
        owner = self.owners[0] if self.owners else None
        yield fold(
            "waar",
            "Waar",
            "Waar geldt het?",
            statements(printed.coverages, coverages),
            gist=capfirst(coverages[0].wording) if coverages else "",
        )
        yield fold(
            "toegankelijk",
            "Zelf terecht",
            "Kun je er zelf terecht?",
            statements(printed.access, accesses),
            self._passages(Passage.Kind.ACCESS, ""),
            gist="; ".join(capfirst(str(row)) for row in accesses),
        )
        yield fold(
            "eigenaar",
            "Van wie",
            "Van wie is het?",
            self._ownerships(),
            gist=(owner["today"].name if owner["today"] else owner["name"]) if owner else "",
        )

    def _how_it_stands(self):
        kinds, bases = Passage.Kind, self.version.legal_bases.all()
        laws = [row for row in bases if row.decree.is_law]
        documents = [row for row in bases if not row.decree.is_law]
        yield fold(
            "rechtsgrond",
            "Rechtsgrond",
            "Rechtsgrond en plannen",
            statements(printed.legal_bases, laws, "Rechtsgrond"),
            statements(printed.legal_bases, documents, "Plannen en documenten"),
            gist=", ".join(row.decree.short_title for row in [*laws, *documents][:2]),
        )
        yield fold("geld", "Financiering", "Geld", self._passages(kinds.FUNDING, ""))
        yield fold(
            "voorwaarden", "Voorwaarden", "Voorwaarden", self._passages(kinds.CONDITIONS, "")
        )
        yield fold(
            "stand-van-zaken", "Stand van zaken", "Stand van zaken", self._passages(kinds.STATE, "")
        )
        yield fold("plannen", "Plannen", "Wat er gepland is", self._passages(kinds.PLAN, ""))

    def _what_is_beside_it(self):
        relations = [*self.version.relations.all(), *self.incoming]
        remarks = [row for row in self.discrepancies if not row.is_contradiction]
        yield fold(
            "verwant",
            "Verwant",
            "Verwante concepten",
            statements(printed.relations, relations),
            gist=", ".join(unique(row["label"] for row in self.relations)),
        )
        yield fold(
            "kanttekening",
            "Kanttekeningen",
            "Kanttekeningen bij de bronnen",
            statements(printed.remarks, remarks),
            gist="; ".join(row.title for row in remarks),
        )
        yield fold(
            "verder",
            "Verder lezen",
            "Verder lezen",
            Part(printed.further, [self.version]),
            gist="Adressen bij jou in de buurt, en de documenten zelf",
        )

    def _last(self):
        similar = self._similar()
        yield Section(
            "lijkt-op",
            "Lijkt op",
            title="Lijkt het meest op",
            parts=[Part(printed.similar, similar)],
            gist=", ".join(row.concept.name for block in similar for row in block.rows),
        )
        yield from self._other_days

    def _similar(self):
        """What is most like it today: of another day the page does not say it."""
        if self.on_day:
            return []
        block = similar_to(self.version, self.shared.present)
        return [block] if block.rows else []

    @property
    def _standing_label(self):
        return f"Stand {self.owned.when.lower()}"

    @property
    def _other_days(self):
        """What the day leaves out, folded: what came later, and what was over."""
        if self.on_day is None:
            return
        later, over = self.on_day.changes_later, self.on_day.ended_before
        yield Section(
            "na-deze-dag",
            "Na deze dag",
            title=f"Na deze dag: {counted(later, 'verandering', 'veranderingen')}",
            parts=[Part("includes/_other_days.html", later)],
        )
        yield Section(
            "voor-deze-dag",
            "Op die dag voorbij",
            title=f"Op die dag voorbij: {counted(over, 'uitspraak', 'uitspraken')}",
            parts=[Part("includes/_other_days.html", over)],
        )

    def _ownerships(self):
        """Whose it is, with the sources of what it is called today beside it."""
        part = statements(printed.ownerships, self.version.ownerships.all())
        part.statements += [event for row in part.items for event in self._changes_of(row)]
        return part

    def _passages(self, kind, label=None):
        rows = [row for row in self.version.passages.all() if row.kind == kind]
        return statements(printed.passages, rows, kind.label if label is None else label)
