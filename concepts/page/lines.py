"""The lines of a concept's page: owners, partners by role, figures, relations, milestones."""

from django.urls import reverse

from concepts.finder.forest import SHRUB
from concepts.finder.rows import ROLE_ORDER, tree_of
from concepts.models import ASKING_ROLES, Role
from concepts.page.dots import Dots
from concepts.page.owners import OwnersToday
from concepts.page.path import Stop
from concepts.reference.parts import names_of
from governance.models import BROAD


def joined(*texts, between=", "):
    return between.join(filter(None, texts))


class ConceptLines:
    """What the chapters of a published version print; `shared` is what all pages share (`Shared`).

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
        self.tree = tree_of(version, self.owned.day)

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
                    "note": joined(row.partner.is_broad and BROAD, row.wording, row.doubt),
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
        """In how many concepts a partner is asked today, with the way to them.

        Else in how many it is named, or that it is in this one only.
        """
        named = self.shared.named.get(partner.pk, 0)
        if named <= 1:
            return {"asked": "enkel hier" if named else "", "asked_url": ""}
        count = self.shared.asked.get(partner.pk, 0)
        if count > 1:
            url = f"{reverse('asked')}?partner={partner.slug}"
            return {"asked": f"gevraagd in {count}\N{NO-BREAK SPACE}concepten", "asked_url": url}
        url = f"{reverse('concept-list')}?partner={partner.slug}"
        return {"asked": f"genoemd in {named}\N{NO-BREAK SPACE}concepten", "asked_url": url}

    @property
    def dots(self):
        """A countable figure that two others of this page add up to; None when there is none."""
        return Dots.of(list(self.version.key_figures.all()))

    @property
    def in_dots(self):
        """The figures that the dots of another one say."""
        return [self.dots.full, self.dots.open] if self.dots else []

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
            row["note"] = joined(row["statement"].note, row["statement"].doubt, between=" ")
        return relations

    @property
    def milestones(self):
        return [
            Stop(
                row.date,
                row.title,
                row,
                row.is_announced,
                self._outcome(row),
                () if row.is_open_that_day else row.outcome_citations.all(),
            )
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

    def _changes_of(self, ownership):
        return self.owned.changes(ownership)
