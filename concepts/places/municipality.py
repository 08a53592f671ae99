"""What the page of a municipality shows: where it lies, and which concepts reach it."""

import datetime as dt
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from concepts.coverage import Place, Reach
from concepts.finder.rows import REACH_LABELS, CoverageBadge, tree_of
from concepts.places.answers import answers_for
from concepts.places.asked import LOCATED, in_order, kinds_of, partners_of
from concepts.places.changed import Changed
from concepts.places.location import MAIN_KINDS, divisions_of, in_words
from concepts.places.shown import ShownConcept, standing_of
from concepts.reference.changes import changes_section
from eerstelijn.dates import long_date
from eerstelijn.pages.parts import Fact, Part, Section
from governance.models import AreaBorder, CoverageArea, held_on

#: Beyond this many of one answer the page sends its reader to the finder.
MOST_SHOWN = 60


class MunicipalityPage:
    """A municipality on a day. When it did not exist that day, `instead` says what did."""

    def __init__(self, area, as_of, instead=(), since=None):
        self.area = area
        self.as_of = as_of
        self.exists = area.holds_on(as_of.day)
        self.name = area.name_on(as_of.day)
        self.instead = instead
        self._since = since
        self.change_section = changes_section(area, "Wat er veranderde")

    @property
    def changes(self):
        return self.change_section.items

    @cached_property
    def divisions(self):
        return divisions_of(self.area, self.as_of.day)

    @property
    def main_divisions(self):
        return self.divisions[: len(MAIN_KINDS)]

    @property
    def highlighted(self):
        """What the map colours around it: its zone, and its region."""
        small = self.divisions[:2] if self.exists else ()
        return [around.area for division in small for around in division.now]

    @property
    def where(self):
        """The heading above the divisions."""
        return f"Waar {self.name} {'ligt' if self.exists else 'lag'}"

    @property
    def known_divisions(self):
        """The divisions of which something is known, and whether the head says all of it already.

        On a day on which it was not there, only what is known of other days.
        """
        known = [row for row in self.divisions if not row.is_unknown]
        if not self.exists:
            return [(row, False) for row in known if row.other_days]
        return [(row, row in self.main_divisions and not row.other_days) for row in known]

    @property
    def unknown_divisions(self):
        return [row.kind for row in self.divisions if row.is_unknown and self.exists]

    @property
    def begins(self):
        """The first day of the data about municipalities, when the page is about an earlier one."""
        first = self.area.kind.data_from
        return first if first and self.as_of.day < first else None

    @cached_property
    def neighbours(self):
        """The municipalities that it borders on that day."""
        if not self.exists:
            return []
        day = self.as_of.day
        borders = AreaBorder.objects.filter(held_on(day)).filter(
            Q(area=self.area) | Q(other=self.area)
        )
        pks = {pk for pair in borders.values_list("area", "other") for pk in pair}
        others = CoverageArea.objects.filter(pk__in=pks - {self.area.pk}).existing_on(day)
        return list(others.order_by("name"))

    @cached_property
    def reached(self):
        """The concepts by their answer; none for a day on which the municipality was not there."""
        place = Place.of([self.area.pk], self.as_of.day)
        return answers_for(place, self.as_of, most=MOST_SHOWN)

    @cached_property
    def located(self):
        """What reaches it: surely, in part or as planned; each answer a section."""
        groups = [group for group in self.reached.groups if group.reach in LOCATED]
        return [
            self._section_of(group, f"{REACH_LABELS[group.reach]} in {self.name}")
            for group in groups
        ]

    @cached_property
    def unstated(self):
        """What may reach it, since the sources do not say where it works, and who is asked so."""
        note = (
            "Deze concepten staan in de bronnen, maar zonder de plaatsen waar ze werken. "
            f"Ze kunnen dus ook in {self.name} werken."
        )
        perhaps = Part("places/_asked_perhaps.html", self.asked_perhaps)
        return [
            self._section_of(group, "Plaats niet vermeld in de bronnen", note, perhaps)
            for group in self.reached.groups
            if group.reach not in LOCATED
        ]

    def _section_of(self, group, title, note="", *parts):
        shown = [self._shown(item) for item in group.items]
        number = group.number
        rest = f"Bekijk alle {number} in de lijst met filters" if number > len(shown) else ""
        key = slugify(group.reach.value)
        return Section(
            f"dekking-{key}",
            title,
            badge=CoverageBadge(key, title),
            count=number,
            note=note,
            parts=[
                Part("places/_reached.html", shown),
                Part("reference/_rest.html", [Fact(rest, self.finder_url())] if rest else []),
                *parts,
            ],
        )

    def _shown(self, item):
        standing = None if self.as_of.is_other_day else standing_of(item.version)
        tree = tree_of(item.version, self.as_of.day)
        return ShownConcept(item, tree, self.link_of(item), standing)

    def link_of(self, item):
        """The area that links a concept to this place: one of its own scale where we know it."""
        reach = item.answer.reach
        if item.row is None or reach is Reach.UNSTATED:
            return ""
        for division in self.divisions:
            if division.kind.pk == item.row.scale_id and division.now:
                return ", ".join(in_words(division.kind, around.name) for around in division.now)
        if item.area is None or item.area == self.area:
            return self.name
        return f"heel {item.area.name}" if reach is Reach.YES else item.area.name

    @cached_property
    def changed(self):
        """What changed since a day; of what reaches it, or did so, the concepts count."""
        reached = self.reached if self.exists else None
        groups = [group for group in reached.groups if group.reach in LOCATED] if reached else []
        versions = {found.concept.version for group in groups for found in group.found}
        versions |= {item.version.pk for item in reached.other_days} if reached else set()
        around = {lying.area.pk for division in self.divisions for lying in division.now}
        return Changed(self.as_of, versions, {self.area.pk, *around}, self._since)

    @property
    def changed_section(self):
        """That as a chapter, with what was before its own changes and came after them."""
        return Section(
            "veranderd",
            "Wat hier veranderde",
            parts=[
                Part("places/_changed.html", [self.changed]),
                Part("places/_own_changes.html", self.changes),
            ],
        )

    @property
    def lies_in(self):
        """Where it lies that day, as (address, name), the divisions of the head first."""
        return [
            (lying.area.get_absolute_url(), in_words(division.kind, lying.name))
            for division in self.divisions
            for lying in division.now
        ]

    @cached_property
    def asked(self):
        """Every partner that is asked here, the most asked first."""
        return partners_of(self.reached, self.asked_url())

    @cached_property
    def asked_section(self):
        """Who is asked here by what reaches it, by kind of partner: more than once, and once."""
        kinds = kinds_of(self.asked, self.asked_url())
        return Section(
            "gevraagd",
            "Wie wordt hier gevraagd?",
            parts=[
                Part("places/_asked.html", [kind for kind in kinds if len(kind.located) > 1]),
                Part("places/_asked_once.html", [kind for kind in kinds if len(kind.located) == 1]),
            ],
        )

    @property
    def asked_perhaps(self):
        """Partners that only concepts ask whose places the sources do not name."""
        return [row for row in self.asked if not row.located]

    @property
    def asked_roles(self):
        """The roles whose letters stand in the table."""
        return in_order(role for row in self.asked for role in row.roles)

    @property
    def located_label(self):
        """What the first number of the table counts, as far as this place has it."""
        labels = [REACH_LABELS[group.reach].lower() for group in self.reached.groups]
        sure = labels[: len(self.located)]
        return " of ".join(filter(None, (", ".join(sure[:-1]), *sure[-1:])))

    @property
    def further(self):
        """What stands below the answers: other days, what changed, where it lies, neighbours."""
        sections = [*self.past, self.changed_or_own, *self.around]
        return [section for section in sections if section.shown]

    @property
    def changed_or_own(self):
        """What changed here; on a day on which it was not there, its own changes only."""
        return self.changed_section if self.exists else self.change_section

    @property
    def past(self):
        """What reached it on other days."""
        past = self.reached.other_days if self.exists else []
        for item in past:
            item.tree = tree_of(item.version, self.as_of.day)
        note = f"Deze concepten noemen {self.name}, maar golden niet op {self.as_of}."
        section = Section("andere-dagen", "Op een andere dag", past, "places/_past.html", note=note)
        return [section] if section.shown else []

    @property
    def around(self):
        """Where it lies, and what it borders."""
        sections = [
            Section(
                "ligging",
                self.where,
                parts=[
                    Part("places/_divisions.html", self.known_divisions),
                    Part("places/_unknown_divisions.html", self.unknown_divisions),
                ],
            ),
            Section("buren", "Buren", self.neighbours, "places/_neighbours.html"),
        ]
        return [section for section in sections if section.shown]

    def finder_url(self):
        """The finder of concepts for this municipality and day."""
        return self.as_of.url(f"{reverse('concept-list')}?gemeente={self.area.nis}")

    def asked_url(self):
        """What is asked in this municipality on that day; whom goes behind it."""
        return self.as_of.url(f"{reverse('asked')}?gemeente={self.area.nis}")

    @property
    def counts(self):
        return self.reached.by_reach

    @property
    def summary(self):
        """The answer in one breath."""
        counts = self.counts
        said = f"{_number(counts['ja'])} {self.name} zeker."
        if partly := counts["gedeeltelijk"]:
            said += f" {_number(partly)} een deel ervan."
        if planned := counts["gepland"]:
            said += f" {planned} {'zijn' if planned > 1 else 'is'} gepland."
        if unstated := counts["niet vermeld"]:
            said += f" Van {unstated} andere zeggen de bronnen niet waar ze werken."
        return said

    @property
    def has_ended(self):
        return bool(self.area.valid_until and self.area.valid_until < self.as_of.day)

    @property
    def lead(self):
        """What the page says first: what reaches it, or why it was not there that day."""
        if self.exists:
            return self.summary
        if self.has_ended:
            return f"{self.name} bestond tot en met {long_date(self.area.valid_until)}."
        if self.begins:
            return (
                f"Onze gegevens over gemeenten beginnen op {long_date(self.begins)}. "
                "Voor een vroegere dag weten we niet wat waar lag."
            )
        return f"{self.name} bestaat pas sinds {long_date(self.area.valid_from)}."

    @property
    def signpost(self):
        """Where to go on a day on which it was not there, as (address, name, what it is)."""
        if self.exists:
            return []
        boards = [
            (self.as_of.url(other.get_absolute_url()), other.name, self._relation_to(other))
            for other in self.instead
        ]
        if day := self.area.valid_until if self.has_ended else self.area.valid_from:
            own = f"{self.area.get_absolute_url()}?peildatum={day}"
            boards.append((own, f"{self.area.name} zelf", f"zoals het was op {long_date(day)}"))
        return boards

    def _relation_to(self, other):
        if not self.has_ended:
            return "de gemeente van toen"
        # Not since when our data speak of the other: it may have been there for long.
        return f"de gemeente sinds {long_date(self.area.valid_until + dt.timedelta(days=1))}"


def _number(count):
    """How many concepts reach it, as the beginning of a sentence."""
    return f"{count} concepten bereiken" if count != 1 else "1 concept bereikt"
