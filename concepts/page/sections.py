"""What the page of a concept shows, chapter by chapter, from a version fetched with statements."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse

from concepts.finder.forest import with_tree
from concepts.finder.rows import ROLE_ORDER, tree_of
from concepts.models import ConceptVersion, Passage, Role, Term
from concepts.page.dots import Dots
from concepts.page.factbox import FactBox
from concepts.reference.parts import names_of
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


class ConceptPage:
    """The page of one published version.

    `present` maps a former agency to the body it went on in, and `begun` that body to the change
    that it came of; `asked` maps a partner to the number of published concepts that it takes part
    in.
    """

    def __init__(
        self, version, *, present, asked, begun=(), incoming=(), discrepancies=(), lost_links=()
    ):
        self.version = version
        self.present = present
        self.begun = dict(begun)
        self.asked = asked
        self.incoming = list(incoming)
        self.discrepancies = list(discrepancies)
        self.lost_links = list(lost_links)
        self.tree = tree_of(version)

    @property
    def factbox(self):
        """The short answers on top of the page, each leading to its chapter."""
        chapters = {chapter.id for chapter in self.sections}
        return FactBox(self.version, self.present, self.begun, chapters)

    @cached_property
    def sections(self):
        """Every chapter that has content, in the order of the reader's questions."""
        version, kinds = self.version, Passage.Kind
        relations = [*version.relations.all(), *self.incoming]
        laws = [row for row in version.legal_bases.all() if row.decree.is_law]
        documents = [row for row in version.legal_bases.all() if not row.decree.is_law]
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
                    self._ownerships(),
                    Part.of("legal_bases", laws, "Rechtsgrond"),
                    Part.of("legal_bases", documents, "Plannen en documenten"),
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

    def _ownerships(self):
        """Whose it is; beside it the sources of that, and of what became of the owner."""
        part = Part.of("ownerships", self.version.ownerships.all())
        began = [owner["began"] for owner in self.owners if owner["began"]]
        part.statements = [*part.statements, *began]
        return part

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
        return [self._owner(row) for row in self.version.ownerships.all()]

    def _owner(self, row):
        """An agency has a page; of a domain alone the wording of the source says whose it is."""
        owner = row.agency or row.policy_domain
        today = self.present.get(row.agency_id)
        return {
            "statement": row,
            "today": today,
            "began": self.begun.get(today.pk) if today else None,
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
                    "note": row.wording,
                    "statement": row,
                    **self._asked_elsewhere(row.partner),
                }
            )
        return [
            {"key": role, "label": Role(role).label, "partners": partners}
            for role, partners in groups.items()
        ]

    def _asked_elsewhere(self, partner):
        """In how many concepts a partner is asked, with the way to them; or that it is this one."""
        count = self.asked.get(partner.pk, 0)
        if count <= 1:
            return {"asked": "enkel hier" if count else "", "asked_url": ""}
        url = f"{reverse('concept-list')}?partner={partner.slug}"
        return {"asked": f"in {count}\N{NO-BREAK SPACE}concepten", "asked_url": url}

    @property
    def dots(self):
        """A countable figure that two others of this page add up to; None when there is none."""
        return Dots.of(list(self.version.key_figures.all()))

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
