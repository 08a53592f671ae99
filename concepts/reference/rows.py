"""How reference records show in their lists: the row of the page, and the row of the data."""

from functools import cached_property

from django.db.models import Max

from concepts.reference.areas import existence
from concepts.reference.uses import as_partner, in_roles, use_of
from concepts.search.finding import SearchedRows
from eerstelijn.onday import doubt
from governance.models import Decree, DecreeDate


def first_paragraph(text):
    """What a list shows of a longer text: all before the first blank line or enumeration."""
    return text.partition("\n\n")[0].partition("\n- ")[0]


class ReferenceRows(SearchedRows):
    """Reference records: name, kind and a sentence."""

    #: The number that fills a bar, in a list that says how often concepts name its records.
    highest = None
    csv_columns = ("slug", "naam", "soort", "url")

    def kind_of(self, record):
        """The kind of a record, in words."""
        return record.get_kind_display()

    def row(self, record):
        return {
            "url": record.get_absolute_url(),
            "name": str(record),
            "abbreviation": getattr(record, "abbreviation", ""),
            "kind": self.kind_of(record),
            "text": self.text_of(record),
            "tree": getattr(record, "tree", ""),
            "uses": self.uses_of(record),
            "highest": self.highest,
        }

    def text_of(self, record):
        """What it is, in a few words."""
        return first_paragraph(getattr(record, "description", ""))

    def uses_of(self, record):
        """How often concepts name a record, as `Use`s, where a list says so."""
        return ()

    def data(self, record):
        return {
            "slug": record.slug,
            "naam": str(record),
            "soort": self.kind_of(record),
            "url": self.absolute(record.get_absolute_url()),
        }


class NamedRows(ReferenceRows):
    """Records that open on what concepts name most, each with a bar next to the highest."""

    #: The numbers of a record that have a bar.
    counted = ("named", "taking_part")

    @cached_property
    def highest(self):
        """The most concepts that name one record of the whole list in one way."""
        numbers = self.filterset.queryset.aggregate(*map(Max, self.counted))
        return max(number or 0 for number in numbers.values())


class DayRows(NamedRows):
    """Records of which it may be open whether they were there on the day of the list."""

    def row(self, record):
        row = super().row(record)
        day = self.filterset.day_shown
        said = doubt(record.start, record.end, day) if day else ""
        return {**row, "text": " ".join(filter(None, [said, row["text"]]))}


class DomainRows(DayRows):
    """Policy domains: their note says what they were called before."""

    def kind_of(self, record):
        return "beleidsdomein"

    def row(self, record):
        return {**super().row(record), "kind": ""}

    def text_of(self, record):
        return first_paragraph(record.note)

    def uses_of(self, record):
        owned = use_of("domein", record.slug, record.named, "als eigenaar")
        return [owned, *as_partner(record, ", met een eigen dienst,")]


class AgencyRows(DayRows):
    """Services: how many concepts are theirs, and in which they are a partner."""

    def uses_of(self, record):
        owned = use_of("dienst", record.slug, record.named, "als eigenaar")
        return [owned, *as_partner(record)]


class DecreeRows(ReferenceRows):
    """Acts: their kind, their first date as the source gives it, and their status."""

    def row(self, record):
        said = [self.kind_of(record), date_of(record), status_of(record)]
        return {**super().row(record), "kind": ", ".join(filter(None, said))}


def date_of(decree):
    """The first date of an act `dated`, and what happened then: "9 februari 2018 (bekrachtigd)"."""
    if not decree.first_date:
        return "zonder datum"
    kind = DecreeDate.Kind(decree.first_kind)
    what = "" if kind == DecreeDate.Kind.STATED else f" ({kind.label.partition(' (')[0]})"
    return f"{decree.first_date}{what}"


def status_of(decree):
    """The status of an act in a line of text."""
    is_known = decree.status != Decree.Status.UNKNOWN
    return decree.get_status_display() if is_known else "status niet vermeld in de bronnen"


class PartnerRows(NamedRows):
    """Partners: their type is their kind; in how many concepts they stand, and as what."""

    counted = ("named",)

    def kind_of(self, record):
        return record.type.name

    def uses_of(self, record):
        return [use_of("partner", record.slug, record.named, in_roles(record.roles or []))]


class AreaRows(ReferenceRows):
    """Areas: their kind, and when they were there."""

    csv_columns = ("slug", "naam", "soort", "url", "geldig_van", "geldig_tot", "gegevens_van")

    def kind_of(self, record):
        return record.kind.name

    def row(self, record):
        kind = " ".join(filter(None, [f"{record.kind.name},", existence(record)]))
        row = {**super().row(record), "name": self.name_of(record)}
        return {**row, "kind": kind.removesuffix(",")}

    def name_of(self, record):
        """Its name on the day that the list is about."""
        return getattr(record, "name_that_day", record.name)

    def data(self, record):
        days = {
            "geldig_van": record.starts_on,
            "geldig_tot": record.valid_until,
            "gegevens_van": record.valid_from,
        }
        return {**super().data(record), "naam": self.name_of(record), **days}


class SourceRows(ReferenceRows):
    """Sources: who published them, and when."""

    def row(self, record):
        published = ", ".join(filter(None, [record.publisher, str(record.date)]))
        return {**super().row(record), "text": published}


class TermRows(ReferenceRows):
    """Terms: their explanation."""

    def kind_of(self, record):
        return "begrip"

    def row(self, record):
        return {**super().row(record), "kind": "", "text": first_paragraph(record.definition)}
