"""The fact box of a concept: the four questions of SAM's readers, and a strip of facts."""

from django.utils import timezone
from django.utils.text import capfirst

from concepts.finder.rows import ROLE_ORDER, first, partner_names
from concepts.models import ASKING_ROLES, Concept, Coverage, Passage
from eerstelijn.dates import long_date


class FactBox:
    """The short answers of a version. `chapters` are those that its page has.

    `owners` says who it is of (`concepts.page.owners`).
    """

    def __init__(self, version, *, owners, chapters):
        self.version = version
        self.owners = owners
        self.chapters = chapters

    @property
    def cells(self):
        """The four questions of SAM's readers, each with a short answer."""
        version = self.version
        goals = [p for p in version.passages.all() if p.kind == Passage.Kind.GOAL]
        told = {passage.kind for passage in version.passages.all()}
        coverages = list(version.coverages.all())
        owner = self.owners.of(version)
        asked = self._asked()
        cells = [
            {
                "question": "Waarvoor dient het?",
                "chapters": ("waarvoor", "taken"),
                "answer": goals[0].headline or first_sentence(goals[0].text) if goals else "",
                "note": "" if goals or Passage.Kind.TASKS not in told else "Ze noemen wel taken.",
                "statements": goals[:1],
            },
            {
                "question": "Wie doet mee?",
                "chapters": ("partners", "organisatie"),
                "answer": self._who(),
                "note": "" if asked or Passage.Kind.ORGANISATION not in told else HOW_INSTEAD,
                "statements": asked[:4],
            },
            {
                "question": "Waar geldt het?",
                "chapters": ("waar",),
                "answer": capfirst(coverages[0].wording) if coverages else "",
                "note": self._more_of_where(coverages) if coverages else "",
                "statements": coverages[:1],
            },
            {
                "question": "Van wie, en wat veranderde?",
                "chapters": ("eigenaar",),
                "answer": capfirst(self.owners.name(owner)),
                "note": self.owners.note(owner) if owner else self.owners.former(version),
                "statements": self.owners.says(owner) if owner else [],
            },
        ]
        for cell in cells:
            told_in = [each for each in cell["chapters"] if each in self.chapters]
            cell["url"] = f"#{told_in[0]}" if told_in else ""
        return cells

    def _more_of_where(self, coverages):
        """Why it is not sure, what another source counts, or what held from a later day on."""
        first = coverages[0]
        return first.doubt or _counted_otherwise(coverages) or _said_later(coverages)

    def _asked(self):
        """The participations that ask something, strongest role first."""
        rows = [row for row in self.version.participations.all() if row.role in ASKING_ROLES]
        return sorted(rows, key=lambda row: ROLE_ORDER[row.role])

    def _who(self):
        """The partners as a row of a list says them: "Lokaal bestuur (regie); minstens OCMW"."""
        names = partner_names(self.version, most=4)
        return "".join(f"{name.joint}{name.label}{name.said_of_it}" for name in names)

    @property
    def strip(self):
        """The facts below the four answers."""
        version = self.version
        owner = self.owners.of(version)
        domain = owner.policy_domain if owner else None
        standing = first(version.standings.all())
        laws = [row for row in version.legal_bases.all() if row.decree.is_law]
        strip = [
            {
                "label": "Beleidsdomein",
                "value": domain.name if domain else "",
                "url": domain.get_absolute_url() if domain else "",
                "statements": [owner] if owner else [],
            },
            *self._access(),
            {
                "label": "Rechtsgrond",
                "value": laws[0].decree.dated_title if laws else "",
                "url": laws[0].decree.get_absolute_url() if laws else "",
                "note": f"en nog {len(laws) - 1}" if len(laws) > 1 else "",
                "statements": laws[:1],
            },
            {"label": "Stand van de bronnen", "value": version.sources_as_of},
        ]
        if standing:
            strip.insert(
                0,
                {
                    "label": f"Stand {self.owners.when.lower()}",
                    "value": standing.sentence,
                    "url": "#stand",
                    "statements": [standing],
                },
            )
        if version.reviewed_on:
            strip.append({"label": "Nagekeken op", "value": self._reviewed()})
        return strip

    def _reviewed(self):
        """When it was last looked over; where the next time is late, that too."""
        version = self.version
        said = long_date(version.reviewed_on)
        if version.review_before and version.review_before < timezone.localdate():
            before = long_date(version.review_before)
            return f"{said}. Het volgende nazicht was gepland vóór {before} en is te laat."
        return said

    def _access(self):
        """How a citizen gets there, as the chapter below says it; nobody goes to a reform."""
        if self.version.concept.record_kind == Concept.RecordKind.DEVELOPMENT:
            return []
        answers = list(self.version.accesses.all())
        texts = [row for row in self.version.passages.all() if row.kind == Passage.Kind.ACCESS]
        said = "; ".join(map(str, answers)) or (texts and (texts[0].headline or SEE_BELOW))
        return [
            {
                "label": "Rechtstreeks toegankelijk",
                "value": said or "",
                "url": "#toegankelijk" if said else "",
                "statements": answers or texts[:1],
            }
        ]


#: What the chapter on who takes part tells where the sources name nobody.
HOW_INSTEAD = "Ze zeggen wel hoe het georganiseerd is."
#: Where an older version tells of access in running text only.
SEE_BELOW = "lees hieronder"


def _counted_otherwise(coverages):
    """What another source counts, where the first one counts places without naming them: no number
    stands alone where the sources differ.
    """
    shown, *others = coverages
    if not shown.number or shown.extent != Coverage.Extent.UNLOCATED:
        return ""
    alike = (shown.scale_id, shown.extent, shown.status)
    numbers = {
        other.number
        for other in others
        if other.number and (other.scale_id, other.extent, other.status) == alike
    }
    counted = " of ".join(map(str, sorted(numbers - {shown.number})))
    return f"Een andere bron telt er {counted}." if counted else ""


def _said_later(coverages):
    """From when the first holds, and what a younger source says where that is another thing.

    Both with their dates: two that are true side by side read as a contradiction without.
    """
    first, *others = coverages
    later = [
        row
        for row in others
        if row.start.earliest and first.start.earliest and row.start.earliest > first.start.earliest
    ]
    if not later:
        return ""
    said = [f"Sinds {first.start}."]
    return " ".join([*said, *(f"Sinds {row.start}: {row.wording}." for row in later)])


def first_sentence(text):
    """The first sentence of a passage, as a short answer."""
    line = text.strip().splitlines()[0].lstrip("- ")
    end = line.find(". ")
    return line if end < 0 else line[: end + 1]
