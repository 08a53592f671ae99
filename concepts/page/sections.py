"""What the page of a concept shows, chapter by chapter, from a version fetched with statements."""

from functools import cached_property

from django.urls import reverse
from django.utils.text import Truncator, capfirst

from concepts.finder.forest import SHRUB
from concepts.finder.rows import ROLE_ORDER, tree_of, unique
from concepts.likeness.similar import similar_to
from concepts.models import ASKING_ROLES, Passage, Role
from concepts.page.dots import Dots
from concepts.page.factbox import FactBox, first_sentence
from concepts.page.owners import OwnersToday
from concepts.reference.parts import names_of
from eerstelijn.pages.parts import Part, Section


#: The chapters that stand below the folded ones.
LAST = ("lijkt-op", "na-deze-dag", "voor-deze-dag")
#: How many words the title of a folded chapter says of it.
GIST_WORDS = 14


def statements(template, rows, label=""):
    """Statements as a part of a chapter, with their sources beside it."""
    rows = list(rows)
    return Part(f"concepts/_{template}.html", rows, label, statements=[*rows])


def fold(id, title, *parts, gist=""):
    """A folded chapter; what its first text begins with is its gist, unless that is given."""
    texts = [row for part in parts for row in part.items if isinstance(row, Passage)]
    said = gist or (texts[0].headline or first_sentence(texts[0].text) if texts else "")
    return Section(id, title, parts=parts, gist=Truncator(said).words(GIST_WORDS), is_folded=True)


def counted(items, one, many):
    """How many there are, in words: "1 verandering"."""
    return f"{len(items)} {one if len(items) == 1 else many}"


def joined(*texts, between=", "):
    return between.join(filter(None, texts))


class ConceptPage:
    """The page of one published version; `shared` is what all pages share (`Shared`).

    `on_day` is what the day that a reader chose leaves of it (`OnDay`); without one it is of today.
    """

    def __init__(
        self, version, shared, *, incoming=(), discrepancies=(), lost_links=(), on_day=None
    ):
        self.version = version
        self.shared = shared
        self.on_day = on_day
        self.owned = on_day.owners if on_day else OwnersToday(shared.present, shared.changes)
        self.incoming = list(incoming)
        self.discrepancies = list(discrepancies)
        self.lost_links = list(lost_links)
        self.tree = tree_of(version)

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
            parts=[statements("roles", version.participations.all())],
        )
        yield Section(
            "stand",
            "Hoe het staat",
            title="Hoe het staat, en wat veranderde",
            parts=[
                statements("standings", version.standings.all(), self._standing_label),
                statements("figures", version.key_figures.all(), "Cijfers"),
                statements("milestones", version.milestones.all(), "Tijdlijn"),
            ],
        )
        yield Section(
            "waarvoor",
            "Wat het is",
            parts=[
                self._passages(kinds.WHAT, ""),
                self._passages(kinds.GOAL),
                statements("audiences", version.audiences.all(), "Voor wie"),
            ],
        )
        yield Section(
            "tegenspraak",
            "Tegenspraak",
            title="Hier spreken de bronnen elkaar tegen",
            parts=[statements("discrepancies", contradictions)],
        )

    def _folded(self):
        """What explains the rest: each a title with its gist, that opens."""
        version, kinds = self.version, Passage.Kind
        coverages, relations = version.coverages.all(), [*version.relations.all(), *self.incoming]
        laws = [row for row in version.legal_bases.all() if row.decree.is_law]
        documents = [row for row in version.legal_bases.all() if not row.decree.is_law]
        remarks = [row for row in self.discrepancies if not row.is_contradiction]
        owner = self.owners[0] if self.owners else None
        yield fold("waarom", "Waarom het er is", self._passages(kinds.FINDING, ""))
        yield fold("taken", "Wat het doet", self._passages(kinds.TASKS, ""))
        yield fold(
            "organisatie",
            "Hoe het georganiseerd is",
            self._passages(kinds.ORGANISATION, ""),
            self._passages(kinds.SUPPORT),
        )
        yield fold(
            "waar",
            "Waar geldt het?",
            statements("coverages", coverages),
            gist=capfirst(coverages[0].wording) if coverages else "",
        )
        yield fold(
            "toegankelijk",
            "Kun je er zelf terecht?",
            statements("access", version.accesses.all()),
            self._passages(kinds.ACCESS, ""),
            gist="; ".join(capfirst(str(row)) for row in version.accesses.all()),
        )
        yield fold(
            "eigenaar",
            "Van wie is het?",
            self._ownerships(),
            gist=(owner["today"].name if owner["today"] else owner["name"]) if owner else "",
        )
        yield fold(
            "rechtsgrond",
            "Rechtsgrond en plannen",
            statements("legal_bases", laws, "Rechtsgrond"),
            statements("legal_bases", documents, "Plannen en documenten"),
            gist=", ".join(row.decree.short_title for row in [*laws, *documents][:2]),
        )
        yield fold("geld", "Geld", self._passages(kinds.FUNDING, ""))
        yield fold("voorwaarden", "Voorwaarden", self._passages(kinds.CONDITIONS, ""))
        yield fold("stand-van-zaken", "Stand van zaken", self._passages(kinds.STATE, ""))
        yield fold("plannen", "Wat er gepland is", self._passages(kinds.PLAN, ""))
        yield fold(
            "verwant",
            "Verwante concepten",
            statements("relations", relations),
            gist=", ".join(unique(row["label"] for row in self.relations)),
        )
        yield fold(
            "kanttekening",
            "Kanttekeningen bij de bronnen",
            statements("remarks", remarks),
            gist="; ".join(row.title for row in remarks),
        )
        yield fold(
            "verder",
            "Verder lezen",
            Part("concepts/_further.html", [version]),
            gist="Adressen bij jou in de buurt, en de documenten zelf",
        )

    def _last(self):
        yield Section(
            "lijkt-op",
            "Lijkt op",
            title="Lijkt het meest op",
            parts=[Part("likeness/_similar.html", self._similar())],
        )
        yield from self._other_days

    def _similar(self):
        block = similar_to(self.version)
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
        part = statements("ownerships", self.version.ownerships.all())
        part.statements += [event for row in part.items for event in self._changes_of(row)]
        return part

    def _changes_of(self, ownership):
        return self.owned.changes(ownership)

    def _passages(self, kind, label=None):
        rows = [row for row in self.version.passages.all() if row.kind == kind]
        return statements("passages", rows, kind.label if label is None else label)

    @property
    def names(self):
        """What the concept is also called, leaving out mere ways of spelling."""
        return names_of(self.version.concept, self.version.name, self.version.abbreviation)

    @property
    def described_by(self):
        """The sources that describe the concept, to read on in."""
        sources = self.shared.sources
        return [sources[pk] for pk in self.version.sources if pk in sources]

    #: What the term eerste lijn comes down to, beside who can go somewhere directly.
    first_line_said = (
        "De bronnen noemen eerste lijn de hulp waar je zelf naartoe kunt, zonder verwijzing."
    )

    @property
    def owners(self):
        """Each ownership as the source has it, with the body that it went on in."""
        return [self._owner(row) for row in self.version.ownerships.all()]

    def _owner(self, row):
        """An agency has a page; of a domain alone the wording of the source says whose it is."""
        owner = row.agency or row.policy_domain
        return {
            "statement": row,
            "today": self.owned.body(row),
            "when": self.owned.when,
            "ended": row.agency and self.owned.ended(row.agency),
            "remark": self.owned.remark(row),
            "changes": self._changes_of(row),
            "name": row.agency.name if row.agency else row.wording or owner.name,
            "url": row.agency.get_absolute_url() if row.agency else "",
            "tree": owner.tree,
            "wording": row.wording if row.agency and row.wording != row.agency.name else "",
        }

    @property
    def role_groups(self):
        """Partners by role, in the order of the roles."""
        groups = {}
        rows = sorted(self.version.participations.all(), key=lambda row: ROLE_ORDER[row.role])
        for row in rows:
            groups.setdefault(row.role, []).append(
                {
                    "label": row.partner.name,
                    "url": row.partner.get_absolute_url(),
                    "note": joined(row.wording, row.doubt),
                    "statement": row,
                    **self._asked_elsewhere(row.partner),
                }
            )
        return [
            {
                "key": role,
                "label": Role(role).label,
                "partners": partners,
                "in_line": role not in ASKING_ROLES,
            }
            for role, partners in groups.items()
        ]

    def _asked_elsewhere(self, partner):
        """In how many concepts a partner is asked, with the way to them; or that it is this one."""
        count = self.shared.asked.get(partner.pk, 0)
        if count <= 1:
            return {"asked": "enkel hier" if count else "", "asked_url": ""}
        url = f"{reverse('concept-list')}?partner={partner.slug}"
        return {"asked": f"in {count}\N{NO-BREAK SPACE}concepten", "asked_url": url}

    @property
    def dots(self):
        """A countable figure that two others of this page add up to; None when there is none."""
        return Dots.of(list(self.version.key_figures.all()))

    @property
    def figures(self):
        """The figures that stand by themselves: not those that the dots of another one say."""
        in_dots = [self.dots.full, self.dots.open] if self.dots else []
        return [row for row in self.version.key_figures.all() if row not in in_dots]

    @property
    def relations(self):
        """Relations as the page lists them, in both directions."""
        outgoing = [
            {
                "kind": row.get_kind_display(),
                "label": row.other_name,
                "url": row.other.get_absolute_url(),
                "concept": row.other_id,
                "statement": row,
            }
            for row in self.version.relations.all()
        ]
        incoming = [
            {
                "kind": row.inverse_label,
                "label": row.version.name,
                "url": row.version.get_absolute_url(),
                "concept": row.version.concept_id,
                "statement": row,
            }
            for row in self.incoming
        ]
        relations = outgoing + incoming
        for row in relations:
            row["tree"] = self.shared.trees.get(row["concept"]) or SHRUB
            row["note"] = joined(row["statement"].note, row["statement"].doubt, between=" ")
        return relations

    @property
    def milestones(self):
        return [
            {
                "date": row.date,
                "title": row.title,
                "statement": row,
                "is_announced": row.is_announced,
                "note": self._outcome(row),
                "outcome": [] if row.is_open_that_day else list(row.outcome_citations.all()),
            }
            for row in self.version.milestones.all()
        ]

    def _outcome(self, row):
        if not row.is_announced:
            return joined(row.doubt, row.note, between=" ")
        if row.is_open_that_day:
            return "Aangekondigd. Op die dag was dit nog niet voorbij."
        if row.outcome == row.Outcome.UNKNOWN:
            said = "Aangekondigd. De bronnen zeggen niet of dit gehaald is."
        else:
            when = f", {row.outcome_date}" if row.outcome_date else ""
            said = f"Aangekondigd. Afloop: {row.get_outcome_display()}{when}."
        return f"{said} {row.note}".strip()
