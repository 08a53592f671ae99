"""What the page of a concept shows, chapter by chapter, from a version fetched with statements."""

from functools import cached_property

from django.urls import reverse

from concepts.finder.forest import SHRUB
from concepts.finder.rows import ROLE_ORDER, tree_of
from concepts.models import Passage, Role
from concepts.page.dots import Dots
from concepts.page.factbox import FactBox
from concepts.reference.parts import names_of
from eerstelijn.pages.parts import Part, Section


def statements(template, rows, label=""):
    """Statements as a part of a chapter, with their sources beside it."""
    rows = list(rows)
    return Part(f"concepts/_{template}.html", rows, label, statements=[*rows])


class ConceptPage:
    """The page of one published version; `shared` is what all pages share (`Shared`)."""

    def __init__(self, version, shared, *, incoming=(), discrepancies=(), lost_links=()):
        self.version = version
        self.shared = shared
        self.incoming = list(incoming)
        self.discrepancies = list(discrepancies)
        self.lost_links = list(lost_links)
        self.tree = tree_of(version)

    @cached_property
    def factbox(self):
        """The short answers on top of the page, each leading to its chapter."""
        return FactBox(
            self.version,
            present=self.shared.present,
            changes=self.shared.changes,
            chapters={chapter.id for chapter in self.sections},
        )

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
            Section(
                "waarvoor",
                "Waarvoor",
                title="Waarvoor dient het?",
                parts=[
                    self._passages(kinds.WHAT),
                    self._passages(kinds.GOAL),
                    self._passages(kinds.TASKS),
                    statements("audiences", version.audiences.all(), "Voor wie"),
                    self._passages(kinds.FINDING),
                ],
            ),
            Section(
                "partners",
                "Wie doet mee",
                title="Wie doet mee?",
                parts=[
                    statements("roles", version.participations.all()),
                    self._passages(kinds.ORGANISATION),
                    self._passages(kinds.SUPPORT),
                ],
            ),
            Section(
                "waar",
                "Waar",
                title="Waar geldt het?",
                parts=[statements("coverages", version.coverages.all())],
            ),
            Section(
                "toegankelijk",
                "Zelf terecht",
                title="Kun je er zelf terecht?",
                parts=[
                    statements("access", version.accesses.all()),
                    self._passages(kinds.ACCESS, ""),
                ],
            ),
            Section(
                "eigenaar",
                "Van wie",
                title="Van wie is het?",
                parts=[
                    self._ownerships(),
                    statements("legal_bases", laws, "Rechtsgrond"),
                    statements("legal_bases", documents, "Plannen en documenten"),
                    self._passages(kinds.FUNDING),
                ],
            ),
            Section(
                "stand",
                "Stand van zaken",
                title="Hoe staat het ervoor?",
                parts=[
                    statements("standings", version.standings.all(), "Stand vandaag"),
                    self._passages(kinds.STATE),
                    statements("figures", version.key_figures.all(), "Cijfers"),
                    self._passages(kinds.CONDITIONS),
                    self._passages(kinds.PLAN),
                ],
            ),
            Section(
                "tijdlijn",
                "Tijdlijn",
                title="Tijdlijn",
                parts=[statements("milestones", version.milestones.all())],
            ),
            Section(
                "verwant",
                "Verwant",
                title="Verwante concepten",
                parts=[statements("relations", relations)],
            ),
            Section(
                "tegenspraak",
                "Tegenspraak",
                title="Hier spreken de bronnen elkaar tegen",
                parts=[statements("discrepancies", contradictions)],
            ),
            Section(
                "kanttekening",
                "Kanttekeningen",
                title="Kanttekeningen bij de bronnen",
                parts=[statements("remarks", remarks)],
            ),
            Section(
                "verder",
                "Verder lezen",
                title="Verder lezen",
                parts=[Part("concepts/_further.html", [version])],
            ),
        ]
        return [chapter for chapter in chapters if chapter.shown]

    def _ownerships(self):
        """Whose it is, with the sources of what it is called today beside it."""
        part = statements("ownerships", self.version.ownerships.all())
        part.statements += [event for row in part.items for event in self._changes_of(row)]
        return part

    def _changes_of(self, ownership):
        return self.shared.changes.get(ownership.agency_id, [])

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
            "today": self.shared.present.get(row.agency_id),
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
    def relations(self):
        """Relations as the page lists them, in both directions."""
        outgoing = [
            {
                "kind": row.get_kind_display(),
                "label": row.other_name,
                "url": row.other.get_absolute_url(),
                "concept": row.other_id,
                "is_own": True,
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
                "is_own": False,
                "statement": row,
            }
            for row in self.incoming
        ]
        relations = outgoing + incoming
        for row in relations:
            row["tree"] = self.shared.trees.get(row["concept"]) or SHRUB
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
