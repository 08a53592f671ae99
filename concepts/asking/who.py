"""The sentence that is a form: "Ik werk voor een ... in ...", wherever a page has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists
from django.urls import reverse

from concepts.finder.filters import on_the_poster
from eerstelijn.database import stamp
from eerstelijn.kept import Kept, Part
from governance.models import Partner, PartnerType

#: The key of the form that says for whom a reader works; a type stands in it with this before it.
KEY, TYPE = "wie", "soort:"
#: So many selections are kept printed: every partner and type of today fits.
_printed: Kept[str] = Kept(most=120)
_kept: Kept[list["Choices"]] = Kept()


@dataclass(frozen=True)
class Choices:
    """Options of the form under one heading: the value of each, and its name."""

    label: str
    options: Sequence[tuple[str, str]]


def _read() -> list[Choices]:
    partners = Partner.objects.annotate(known=Exists(on_the_poster())).order_by("name")
    rows = list(partners.values_list("slug", "name", "known"))
    types = PartnerType.objects.filter(partners__isnull=False).distinct()
    groups = [
        Choices("Partners van de poster", [row[:2] for row in rows if row[2]]),
        Choices(
            "Soorten partners",
            [(f"{TYPE}{slug}", name) for slug, name in types.values_list("slug", "name")],
        ),
        Choices("Andere partners", [row[:2] for row in rows if not row[2]]),
    ]
    return [group for group in groups if group.options]


@dataclass
class Who:
    """The form, with what is chosen already.

    `place` is what its field for a place says; `nis` the municipality that a page is about, in
    place of that field.
    """

    selected: str = ""
    place: str = ""
    nis: str = ""
    button: str = "Toon"

    @property
    def action(self) -> str:
        return reverse("asked")

    @property
    def label(self) -> str:
        return "Ik werk hier voor een" if self.nis else "Ik werk voor een"

    @property
    def choices(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Each heading with its options: the value, the name, and whether it is chosen."""
        return [
            (group.label, [(value, name, value == self.selected) for value, name in group.options])
            for group in _kept.get(stamp.current(), _read)
        ]

    @property
    def part(self) -> Part:
        """The options are printed once for each selection."""
        return Part(_printed, stamp.current(), "options")
