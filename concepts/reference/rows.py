"""How reference records show in their lists: the row of the page, and the row of the data."""

from concepts.reference.areas import existence
from concepts.reference.uses import use_of
from concepts.search.finding import SearchedRows
from governance.models import Decree, DecreeDate


def first_paragraph(text):
    """What a list shows of a longer text: all before the first blank line or enumeration."""
    return text.partition("\n\n")[0].partition("\n- ")[0]


class ReferenceRows(SearchedRows):
    """Reference records: name, kind and a sentence."""

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
            "text": first_paragraph(getattr(record, "description", "")),
            "tree": getattr(record, "tree", ""),
            "use": self.use_of(record),
        }

    def use_of(self, record):
        """How often concepts name a record, as a `Use`, where a list says so."""
        return None

    def data(self, record):
        return {
            "slug": record.slug,
            "naam": str(record),
            "soort": self.kind_of(record),
            "url": self.absolute(record.get_absolute_url()),
        }


class DomainRows(ReferenceRows):
    """Policy domains: their note says what they were called before."""

    def kind_of(self, record):
        return "beleidsdomein"

    def row(self, record):
        return {**super().row(record), "kind": "", "text": first_paragraph(record.note)}

    def use_of(self, record):
        return use_of("domein", record, record.named)


class AgencyRows(ReferenceRows):
    """Services: how many concepts are theirs."""

    def use_of(self, record):
        return use_of("dienst", record, record.named)


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


class PartnerRows(ReferenceRows):
    """Partners: their type is their kind; in how many concepts they stand, and as what."""

    def kind_of(self, record):
        return record.type.name

    def use_of(self, record):
        return use_of("partner", record, record.named, record.roles or [])


class AreaRows(ReferenceRows):
    """Areas: their kind, and when they were there."""

    csv_columns = ("slug", "naam", "soort", "url", "geldig_van", "geldig_tot", "gegevens_van")

    def kind_of(self, record):
        return record.kind.name

    def row(self, record):
        kind = " ".join(filter(None, [f"{record.kind.name},", existence(record)]))
        return {**super().row(record), "kind": kind.removesuffix(",")}

    def data(self, record):
        days = {
            "geldig_van": record.starts_on,
            "geldig_tot": record.valid_until,
            "gegevens_van": record.valid_from,
        }
        return {**super().data(record), **days}


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
