"""What the page of a concept shows, chapter by chapter, from a version fetched with statements."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import capfirst

from concepts.finder.forest import with_tree
from concepts.finder.rows import ROLE_ORDER, first, owner_names, partner_names, tree_of
from concepts.models import ASKING_ROLES, ConceptVersion, Passage, Role, Term
from concepts.reference.parts import names_of
from eerstelijn.dates import long_date
from governance.models import Citation


@dataclass
class Part:
    """A part of a chapter: what prints it, what it prints, and whose sources stand beside it."""

    template: str
    items: list
    label: str = ""
    statements: list = field(default_factory=list)

    @classmethod
    def of(cls, template, rows, label=""):
        rows = list(rows)
        return cls(f"concepts/_{template}.html", rows, label, rows)


@dataclass
class Chapter:
    """A chapter of the page: its heading, and what it is called in the contents."""

    id: str
    label: str
    title: str
    parts: list

    def __post_init__(self):
        self.parts = [part for part in self.parts if part.items]


@dataclass
class Dots:
    """A figure that two others add up to, drawn as dots: 58 = 27 + 31."""

    whole: object
    full: object
    open: object


class ConceptPage:
    """The page of one published version.

    `present` maps a former agency to the body it went on in; `asked` maps a partner to the number
    of published concepts that it takes part in.
    """

    def __init__(self, version, *, present, asked, incoming=(), discrepancies=(), lost_links=()):
        self.version = version
        self.present = present
        self.asked = asked
        self.incoming = list(incoming)
        self.discrepancies = list(discrepancies)
        self.lost_links = list(lost_links)
        self.tree = tree_of(version)

    @cached_property
    def sections(self):
        """Every chapter that has content, in the order of the reader's questions."""
        version, kinds = self.version, Passage.Kind
        relations = [*version.relations.all(), *self.incoming]
        contradictions = [row for row in self.discrepancies if row.is_contradiction]
        remarks = [row for row in self.discrepancies if not row.is_contradiction]
        chapters = [
            Chapter(
                "waarvoor",
                "Waarvoor",
                "Waarvoor dient het?",
                [
                    self._passages(kinds.WHAT),
                    self._passages(kinds.GOAL),
                    self._passages(kinds.TASKS),
                    Part.of("audiences", version.audiences.all(), "Voor wie"),
                    self._passages(kinds.FINDING),
                ],
            ),
            Chapter(
                "partners",
                "Wie doet mee",
                "Wie doet mee?",
                [
                    Part.of("roles", version.participations.all()),
                    self._passages(kinds.ORGANISATION),
                    self._passages(kinds.SUPPORT),
                ],
            ),
            Chapter(
                "waar", "Waar", "Waar geldt het?", [Part.of("coverages", version.coverages.all())]
            ),
            Chapter(
                "toegankelijk",
                "Zelf terecht",
                "Kun je er zelf terecht?",
                [Part.of("access", version.accesses.all()), self._passages(kinds.ACCESS, "")],
            ),
            Chapter(
                "eigenaar",
                "Van wie",
                "Van wie is het?",
                [
                    Part.of("ownerships", version.ownerships.all()),
                    Part.of("legal_bases", version.legal_bases.all(), "Rechtsgrond"),
                    self._passages(kinds.FUNDING),
                ],
            ),
            Chapter(
                "stand",
                "Stand van zaken",
                "Hoe staat het ervoor?",
                [
                    Part.of("standings", version.standings.all(), "Stand vandaag"),
                    self._passages(kinds.STATE),
                    Part.of("figures", version.key_figures.all(), "Cijfers"),
                    self._passages(kinds.CONDITIONS),
                    self._passages(kinds.PLAN),
                ],
            ),
            Chapter(
                "tijdlijn",
                "Tijdlijn",
                "Tijdlijn",
                [Part.of("milestones", version.milestones.all())],
            ),
            Chapter("verwant", "Verwant", "Verwante concepten", [Part.of("relations", relations)]),
            Chapter(
                "tegenspraak",
                "Tegenspraak",
                "Hier spreken de bronnen elkaar tegen",
                [Part.of("discrepancies", contradictions)],
            ),
            Chapter(
                "kanttekening",
                "Kanttekeningen",
                "Kanttekeningen bij de bronnen",
                [Part.of("remarks", remarks)],
            ),
            Chapter(
                "verder",
                "Verder lezen",
                "Verder lezen",
                [Part("concepts/_further.html", [version])],
            ),
        ]
        return [chapter for chapter in chapters if chapter.parts]

    def _passages(self, kind, label=None):
        rows = [row for row in self.version.passages.all() if row.kind == kind]
        return Part.of("passages", rows, kind.label if label is None else label)

    @property
    def names(self):
        """What the concept is also called, leaving out mere ways of spelling."""
        return names_of(self.version.concept, self.version.name, self.version.abbreviation)

    @property
    def described_by(self):
        """The sources that describe the concept, to read on in."""
        return list(self.version.described_by.all())

    #: What the term eerste lijn comes down to, beside who can go somewhere directly.
    first_line_said = (
        "De bronnen noemen eerste lijn de hulp waar je zelf naartoe kunt, zonder verwijzing."
    )

    @property
    def first_line(self):
        """The term eerste lijn, against which the sources judge access; None when unexplained."""
        citations = Prefetch("citations", Citation.objects.select_related("source"))
        return Term.objects.filter(slug="eerste-lijn").prefetch_related(citations).first()

    @property
    def owners(self):
        """Each ownership as the source has it, with the body that it went on in."""
        return [
            {"statement": row, "today": self.present.get(row.agency_id)}
            for row in self.version.ownerships.all()
        ]

    @property
    def role_groups(self):
        """Partners by role, in the order of the roles."""
        groups = {}
        rows = sorted(self.version.participations.all(), key=lambda row: ROLE_ORDER[row.role])
        for row in rows:
            count = self.asked.get(row.partner_id, 0)
            groups.setdefault(row.role, []).append(
                {
                    "label": row.partner.name,
                    "url": row.partner.get_absolute_url(),
                    "note": row.wording,
                    "statement": row,
                    "count": count,
                    "count_url": f"{reverse('concept-list')}?partner={row.partner.slug}",
                    "only_here": count == 1,
                }
            )
        return [
            {"key": role, "label": Role(role).label, "partners": partners}
            for role, partners in groups.items()
        ]

    @property
    def dots(self):
        """A countable figure that two others of this page add up to; None when there is none."""
        figures = list(self.version.key_figures.all())
        for triple in zip(figures, figures[1:], figures[2:], strict=False):
            for whole, full, open_part in permutations(triple):
                if whole.value == full.value + open_part.value and whole.value <= 104:
                    ordered = sorted((full, open_part), key=triple.index)
                    return Dots(whole, *ordered)
        return None

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
        others = ConceptVersion.objects.published().filter(
            concept__in=[row["concept"] for row in relations]
        )
        trees = dict(with_tree(others).order_by().values_list("concept", "tree"))
        for row in relations:
            row["tree"] = trees.get(row["concept"]) or "struik"
            row["note"] = row["statement"].note
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
                "outcome": list(row.outcome_citations.all()),
            }
            for row in self.version.milestones.all()
        ]

    def _outcome(self, row):
        if not row.is_announced:
            return row.note
        if row.outcome == row.Outcome.UNKNOWN:
            said = "Aangekondigd. De bronnen zeggen niet of dit gehaald is."
        else:
            when = f", {row.outcome_date}" if row.outcome_date else ""
            said = f"Aangekondigd. Afloop: {row.get_outcome_display()}{when}."
        return f"{said} {row.note}".strip()

    @property
    def cells(self):
        """The four questions of SAM's readers, each with a short answer."""
        version = self.version
        goals = [p for p in version.passages.all() if p.kind == Passage.Kind.GOAL]
        tasks = [p for p in version.passages.all() if p.kind == Passage.Kind.TASKS]
        coverages = list(version.coverages.all())
        owner = first(version.ownerships.all())
        today, _ = owner_names(owner, self.present)
        asked = self._asked()
        chapters = {chapter.id for chapter in self.sections}
        cells = [
            {
                "question": "Waarvoor dient het?",
                "chapter": "waarvoor",
                "answer": goals[0].headline or first_sentence(goals[0].text) if goals else "",
                "note": "" if goals or not tasks else "Ze noemen wel taken.",
                "statements": goals[:1],
            },
            {
                "question": "Wie doet mee?",
                "chapter": "partners",
                "answer": self._who(),
                "statements": asked[:4],
            },
            {
                "question": "Waar geldt het?",
                "chapter": "waar",
                "answer": capfirst(coverages[0].wording) if coverages else "",
                "statements": coverages[:1],
            },
            {
                "question": "Van wie, en wat veranderde?",
                "chapter": "eigenaar",
                "answer": capfirst(today),
                "note": self._since(owner),
                "statements": [owner] if owner else [],
            },
        ]
        for cell in cells:
            cell["url"] = f"#{cell['chapter']}" if cell["chapter"] in chapters else ""
        return cells

    def _asked(self):
        """The participations that ask something, strongest role first."""
        rows = [row for row in self.version.participations.all() if row.role in ASKING_ROLES]
        return sorted(rows, key=lambda row: ROLE_ORDER[row.role])

    def _who(self):
        """The partners by role: "Lokaal bestuur (regie), OCMW, CAW, DMW (minstens)"."""
        names = partner_names(self.version, most=4)
        said = [f"{n.label} ({n.role_label})" if n.role_label else n.label for n in names]
        return _listed(said) if said else ""

    def _since(self, owner):
        """Since when the owner of today has it, and whom the sources still name."""
        if owner is None:
            return ""
        agency = owner.agency
        today = agency and self.present.get(agency.pk)
        if today:
            since = f"Sinds {today.start}. " if today.start else ""
            return f"{since}De bronnen noemen nog {agency.name}."
        if owner.start:
            return f"Sinds {owner.start}."
        return (
            f"Dit {agency.get_kind_display()} bestaat sinds {agency.start}."
            if (agency and agency.start)
            else ""
        )

    @property
    def strip(self):
        version = self.version
        owner = first(version.ownerships.all())
        domain = owner.policy_domain if owner else None
        access = first(version.accesses.all())
        basis = next(iter(version.legal_bases.all()), None)
        strip = [
            {
                "label": "Beleidsdomein",
                "value": domain.name if domain else "",
                "url": domain.get_absolute_url() if domain else "",
                "statements": [owner] if owner else [],
            },
            {
                "label": "Rechtstreeks toegankelijk",
                "value": access.get_answer_display() if access else "",
                "url": "#toegankelijk" if access else "",
                "statements": [access] if access else [],
            },
            {
                "label": "Rechtsgrond",
                "value": basis.decree.short_title if basis else "",
                "url": basis.decree.get_absolute_url() if basis else "",
                "statements": [basis] if basis else [],
            },
            {"label": "Stand van de bronnen", "value": version.sources_as_of},
        ]
        if version.reviewed_on:
            strip.append({"label": "Nagekeken op", "value": long_date(version.reviewed_on)})
        return strip


def first_sentence(text):
    """The first sentence of a passage, as a short answer."""
    line = text.strip().splitlines()[0].lstrip("- ")
    end = line.find(". ")
    return line if end < 0 else line[: end + 1]


def _listed(names):
    """Names in running text: "OCMW, CAW en DMW"."""
    *start, last = names
    return f"{', '.join(start)} en {last}" if start else last
