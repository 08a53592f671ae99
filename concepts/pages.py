"""What the page of a concept shows, section by section, from a version fetched with statements."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import capfirst

from concepts.models import ASKING_ROLES, Passage, Role
from concepts.rows import ROLE_ORDER, first, owner_names, tree_of


@dataclass
class Section:
    """One section of a page: it stands in the contents under its label."""

    id: str
    label: str
    template: str
    items: list
    statements: list = field(default_factory=list)


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

    @property
    def sections(self):
        """Every section that has content, in the order of the page."""
        version = self.version
        by_kind = {kind: [] for kind in Passage.Kind}
        for passage in version.passages.all():
            by_kind[Passage.Kind(passage.kind)].append(passage)
        early = (Passage.Kind.WHAT, Passage.Kind.GOAL, Passage.Kind.TASKS)
        sections = [self._passages(kind, by_kind[kind]) for kind in early]
        sections += [
            self._section("partners", "Wie doet mee", "roles", version.participations.all()),
            self._section("waar", "Waar het geldt", "coverages", version.coverages.all()),
            self._section("doelgroep", "Voor wie", "audiences", version.audiences.all()),
            self._section("eigenaar", "Van wie", "ownerships", version.ownerships.all()),
            self._section(
                "toegankelijk", "Kun je er zelf terecht?", "access", version.accesses.all()
            ),
        ]
        sections += [
            self._passages(kind, passages)
            for kind, passages in by_kind.items()
            if kind not in early
        ]
        sections += [
            self._section("cijfers", "Cijfers", "figures", version.key_figures.all()),
            self._section("rechtsgrond", "Rechtsgrond", "legal_bases", version.legal_bases.all()),
            self._section("tijdlijn", "Tijdlijn", "milestones", version.milestones.all()),
            self._section(
                "verwant",
                "Verwante concepten",
                "relations",
                [*version.relations.all(), *self.incoming],
            ),
            self._section(
                "tegenspraak",
                "Hier spreken de bronnen elkaar tegen",
                "discrepancies",
                [row for row in self.discrepancies if row.is_contradiction],
            ),
            self._section(
                "kanttekening",
                "Kanttekeningen bij de bronnen",
                "discrepancies",
                [row for row in self.discrepancies if not row.is_contradiction],
            ),
            self._section("links", "Links die verloren gingen", "lost_links", self.lost_links),
        ]
        return [section for section in sections if section.items]

    def _passages(self, kind, passages):
        return Section(kind.value, kind.label, "concepts/_passages.html", passages, passages)

    def _section(self, id, label, template, items):
        items = list(items)
        statements = [] if template == "discrepancies" else items
        return Section(id, label, f"concepts/_{template}.html", items, statements)

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
                    "count_url": f"{reverse('concepts:concept-list')}?partner={row.partner.slug}",
                    "only_here": count == 1,
                }
            )
        return [
            {"key": role, "label": Role(role).label, "partners": partners}
            for role, partners in groups.items()
        ]

    @property
    def relations(self):
        """Relations as the page lists them, in both directions."""
        outgoing = [
            {
                "kind": row.get_kind_display(),
                "label": row.other_name,
                "url": row.other.get_absolute_url(),
                "note": row.note,
                "statement": row,
            }
            for row in self.version.relations.all()
        ]
        incoming = [
            {
                "kind": row.inverse_label,
                "label": row.version.name,
                "url": row.version.get_absolute_url(),
                "note": row.note,
                "statement": row,
            }
            for row in self.incoming
        ]
        return outgoing + incoming

    @property
    def milestones(self):
        return [
            {
                "date": row.date,
                "title": row.title,
                "statement": row,
                "is_announced": row.is_announced,
                "note": self._outcome(row),
            }
            for row in self.version.milestones.all()
        ]

    def _outcome(self, row):
        if not row.is_announced:
            return row.note
        if row.outcome == row.Outcome.UNKNOWN:
            said = "Aangekondigd. De bronnen zeggen niet of dit gehaald is."
        else:
            when = f" ({row.outcome_date})" if row.outcome_date else ""
            said = f"Aangekondigd. Afloop: {row.get_outcome_display()}{when}."
        return f"{said} {row.note}".strip()

    @property
    def cells(self):
        """The four questions of SAM's readers, each with a short answer."""
        version = self.version
        goals = [p for p in version.passages.all() if p.kind == Passage.Kind.GOAL]
        coverages = list(version.coverages.all())
        owner = first(version.ownerships.all())
        today, was = owner_names(owner, self.present)
        return [
            {
                "question": "Waarvoor dient het?",
                "answer": goals[0].headline or first_sentence(goals[0].text) if goals else "",
                "statements": goals[:1],
            },
            {
                "question": "Wie doet mee?",
                "answer": self._who(),
                "statements": self._asked()[:1],
            },
            {
                "question": "Waar geldt het?",
                "answer": capfirst(coverages[0].wording) if coverages else "",
                "statements": coverages[:1],
            },
            {
                "question": "Van wie is het?",
                "answer": today,
                "note": f"De bronnen noemen nog {was}." if was else "",
                "statements": [owner] if owner else [],
            },
        ]

    def _asked(self):
        """The participations that ask something, strongest role first."""
        rows = [row for row in self.version.participations.all() if row.role in ASKING_ROLES]
        return sorted(rows, key=lambda row: ROLE_ORDER[row.role])

    def _who(self):
        """The partners with the strongest roles, at most four."""
        names = list(dict.fromkeys(row.partner.name for row in self._asked()))
        shown, rest = names[:4], len(names) - 4
        if rest > 0:
            return f"{', '.join(shown)} en nog {rest}"
        return " en ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""

    @property
    def strip(self):
        version = self.version
        access = first(version.accesses.all())
        basis = next(iter(version.legal_bases.all()), None)
        return [
            {
                "label": "Rechtstreeks toegankelijk",
                "value": access.get_answer_display() if access else "",
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


def first_sentence(text):
    """The first sentence of a passage, as a short answer."""
    line = text.strip().splitlines()[0].lstrip("- ")
    end = line.find(". ")
    return line if end < 0 else line[: end + 1]
