"""How reference records show in their lists: the row of the page, and the row of the data."""

import datetime as dt
from dataclasses import replace
from functools import cached_property

from django.db.models import Max

from concepts.finder.over import times_asked
from concepts.reference.acts import status_of, status_on
from concepts.reference.areas import existence
from concepts.reference.lifetimes import Lifetimes
from concepts.reference.uses import as_partner, in_roles, use_of
from concepts.search.finding import SearchedRows
from eerstelijn.database import stamp
from eerstelijn.database.ground import ground
from eerstelijn.dutch import fold
from eerstelijn.finder.rows import MOST_PRINTED
from eerstelijn.kept import Kept
from eerstelijn.pages.parts import Item
from governance.models import BROAD, DecreeDate

#: How many records that were not there on its day a page of a list names.
MOST_ABSENT = 60


def first_paragraph(text):
    """What a list shows of a longer text: all before the first blank line or enumeration."""
    return text.partition("\n\n")[0].partition("\n- ")[0]


class ReferenceRows(SearchedRows):
    """Reference records: name, kind and a sentence."""

    #: The number that fills a bar, in a list that says how often concepts name its records.
    highest = None
    columns = ("slug", "naam", "soort", "url")
    #: What data say of a record beside that: on a day, and always.
    day_columns = ("bestond",)
    more_columns = ()
    store = Kept(MOST_PRINTED)

    @property
    def holds_while(self):
        """What it says rests on no concept, save what these say of it (`said_elsewhere`)."""
        known = ground()
        return known and (known, dt.date.today())

    @property
    def csv_columns(self):
        return (*self.columns, *(self.day_columns if self.day else ()), *self.more_columns)

    @property
    def day(self):
        """The day that the list is about; None for today, and for what has no days."""
        return self.filterset and self.filterset.day_shown

    @cached_property
    def lifetimes(self):
        """From when to when records were there."""
        return Lifetimes()

    @cached_property
    def absent(self):
        """The first records that the question finds and that were not there, each with why."""
        if not self.day:
            return []
        return [
            Item(str(record), record.get_absolute_url(), note=self.lifetimes.said(record, self.day))
            for record in self._absent(self.filterset.absent[:MOST_ABSENT])
        ]

    def _absent(self, keys):
        found = self.filterset.of_all_days.in_bulk(keys)
        return [found[key] for key in keys if key in found]

    @property
    def absent_said(self):
        """How many these are."""
        return f"Toen nog niet, of niet meer: {len(self.filterset.absent)}"

    @property
    def more_absent(self):
        """How many of them the page leaves out."""
        return len(self.filterset.absent) - len(self.absent)

    @property
    def totals(self):
        if not self.day:
            return {}
        absent = self._absent(self.filterset.absent)
        return {
            "niet_op_peildatum": [
                {
                    "slug": record.slug,
                    "naam": str(record),
                    "url": self.absolute(record.get_absolute_url()),
                    "waarom": self.lifetimes.said(record, self.day),
                }
                for record in absent
            ]
        }

    def kind_of(self, record):
        """The kind of a record, in words."""
        return record.get_kind_display()

    def row(self, record):
        return {
            "url": record.get_absolute_url(),
            "name": str(record),
            "abbreviation": getattr(record, "abbreviation", ""),
            "kind": self.kind_of(record),
            "text": " ".join(filter(None, [self.said_of_the_day(record), self.text_of(record)])),
            "tree": getattr(record, "tree", ""),
            "uses": self.uses_of(record),
            "highest": self.highest,
        }

    def said_of_the_day(self, record):
        """Why it is not sure that it was there on the day of the list, as a sentence."""
        return self.lifetimes.said(record, self.day) if self.day else ""

    def text_of(self, record):
        """What it is, in a few words."""
        return first_paragraph(getattr(record, "description", ""))

    def uses_of(self, record):
        """How often concepts name a record, as `Use`s, where a list says so."""
        return ()

    def data(self, record):
        data = {
            "slug": record.slug,
            "naam": str(record),
            "soort": self.kind_of(record),
            "url": self.absolute(record.get_absolute_url()),
        }
        if self.day:  # of what the sources do not date, nobody can say
            is_dated = any(self.lifetimes.of(record))
            data["bestond"] = self.lifetimes.holds(record, self.day).value if is_dated else None
        return data


#: What concepts say of a record, by its list, its key and a day.
_said_elsewhere: Kept[tuple] = Kept(MOST_PRINTED)


class NamedRows(ReferenceRows):
    """Records that open on what concepts name most, each with a bar next to the highest."""

    #: The numbers of a record that have a bar.
    counted = ("named", "taking_part")

    @cached_property
    def _by_key(self):
        return {record.pk: record for record in super().fetch(self.keys)}

    def fetch(self, keys):
        """Those of the page, fetched once."""
        return [self._by_key[key] for key in keys if key in self._by_key]

    def said_elsewhere(self, key):
        return self._said_elsewhere.get(key)

    @cached_property
    def _said_elsewhere(self):
        """How often concepts name each record of the page, and the number that fills a bar."""

        def read(names):
            return {
                (of_list, record.pk, day): (record.pk, (*self.uses_of(record), self.highest))
                for record in self.fetch([key for _, key, _ in names])
            }

        of_list, day = type(self), self.variant
        names = [(of_list, key, day) for key in self.keys]
        return dict(_said_elsewhere.several(stamp.of_today(), names, read))

    @cached_property
    def highest(self):
        """The most concepts that name one record of the whole list in one way."""
        numbers = self.filterset.queryset.aggregate(*map(Max, self.counted))
        return max(number or 0 for number in numbers.values())


class DomainRows(NamedRows):
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


class AgencyRows(NamedRows):
    """Services: how many concepts are theirs, and in which they are a partner."""

    def uses_of(self, record):
        owned = use_of("dienst", record.slug, record.named, "als eigenaar")
        return [owned, *as_partner(record)]


class DecreeRows(ReferenceRows):
    """Acts: their kind, their first date as the source gives it, and their status that day."""

    day_columns = ("bestond", "status_op_peildatum")

    def row(self, record):
        status = self._status(record) or status_of(record)
        said = [self.kind_of(record), date_of(record), status]
        return {**super().row(record), "kind": ", ".join(filter(None, said))}

    def _status(self, record):
        return status_on(record, self.day) if self.day else ""

    def data(self, record):
        data = super().data(record)
        return {**data, "status_op_peildatum": self._status(record)} if self.day else data


def date_of(decree):
    """The first date of an act `dated`, and what happened then: "9 februari 2018 (bekrachtigd)"."""
    if not decree.first_date:
        return "zonder datum"
    kind = DecreeDate.Kind(decree.first_kind)
    what = "" if kind == DecreeDate.Kind.STATED else f" ({kind.label.partition(' (')[0]})"
    return f"{decree.first_date}{what}"


class PartnerRows(NamedRows):
    """Partners: their type is their kind; in how many concepts they stand, and as what."""

    counted = ("named",)
    more_columns = ("ruim_omschreven",)

    def row(self, record):
        row = super().row(record)
        return {**row, "kind": f"{row['kind']}, {BROAD}"} if record.is_broad else row

    def data(self, record):
        return {**super().data(record), "ruim_omschreven": record.is_broad}

    def kind_of(self, record):
        return record.type.name

    def uses_of(self, record):
        use = use_of("partner", record.slug, record.named, in_roles(record.roles or []))
        asked = self._times_asked[record.pk]
        if not asked or asked == record.named:
            return [use]
        said = f"gevraagd in {asked} van de {record.named} concepten die het noemen"
        return [replace(use, label=said)]

    @cached_property
    def _times_asked(self):
        """In how many concepts each partner is asked that day: what is over asks nobody."""
        as_of = self.filterset.form.as_of
        return times_asked(as_of.day, is_other_day=as_of.is_other_day)


class AreaRows(ReferenceRows):
    """Areas: their kind, and when they were there."""

    more_columns = ("geldig_van", "geldig_tot", "gegevens_van")

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
        text, anchor = first_paragraph(record.definition), _place_of(record.slug)
        return {**super().row(record), "kind": "", "text": text, "anchor": anchor}

    @property
    def letters(self):
        """The way to the first term of each letter, where all of them stand in that order."""
        if set(self.filterset.values) - {"peildatum"}:
            return []
        return _letters.get(ground(), self._read_letters)

    def _read_letters(self):
        first = {}
        for name, slug in self.filterset.qs.values_list("name", "slug"):
            first.setdefault(fold(name)[:1].upper(), _place_of(slug))
        return [*first.items()]


#: A process reads them once for all readers.
_letters: Kept[list[tuple[str, str]]] = Kept()


def _place_of(slug):
    """Where a term stands on the page of all."""
    return f"begrip-{slug}"
