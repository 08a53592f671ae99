"""How reference records show in their lists: the row of the page, and the row of the data."""

from concepts.reference.areas import existence
from eerstelijn.finder.rows import Rows


def first_paragraph(text):
    """What a list shows of a longer text: all before the first blank line or enumeration."""
    return text.partition("\n\n")[0].partition("\n- ")[0]


class ReferenceRows(Rows):
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
        }

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


class PartnerRows(ReferenceRows):
    """Partners: their type is their kind."""

    def kind_of(self, record):
        return record.type.name


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
