"""The finders of reference records: a word, and the one or two facets that make sense."""

from functools import cached_property

from django.db.models import Case, F, Q, When

from concepts.reference.acts import with_history
from concepts.reference.lifetimes import Lifetimes
from concepts.reference.uses import agencies_with_uses, domains_with_uses, partners_with_uses
from concepts.search.finding import SearchedSet
from eerstelijn.dates import valid_on
from eerstelijn.finder.facets import Facet, Order
from eerstelijn.ordering import alphabetical
from governance.models import Agency, AreaKind, Decree, DecreeDate, PartnerType, Source

#: The kinds of area that a reader looks for first.
FIRST_KINDS = ("provincie", "referentieregio", "eerstelijnszone", "gewest", "land", "gemeente")


def rank_of_kind(path):
    """An expression that puts those kinds first."""
    ranks = (When(**{path: slug}, then=place) for place, slug in enumerate(FIRST_KINDS))
    return Case(*ranks, default=len(FIRST_KINDS))


def most_named(*terms):
    """The order that begins with the records that most concepts name."""
    return Order(
        {
            "gevraagd": ("meest gevraagd", (*terms, alphabetical("name"), "slug")),
            **by_name("name").orders,
        }
    )


def by_name(field):
    """The orders of records of which a name is all that can be sorted."""
    return Order(
        {
            "relevantie": ("relevantie", ("-rank", alphabetical(field), "slug")),
            "naam": ("naam", (alphabetical(field), "slug")),
            "-naam": ("naam, van z naar a", (alphabetical(field).desc(), "slug")),
        }
    )


class ReferenceFilter(SearchedSet):
    """A list of records that are public as they are."""

    sorteer = by_name("name")

    def search(self, queryset, text):
        return self.search_result.narrow_records(queryset)


class DayFilter(ReferenceFilter):
    """A list of records that were there on some days: a peildatum leaves those of that day."""

    is_dated = True

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(data, queryset, **kwargs)
        self.of_all_days = self.queryset
        if day := self.stated_day:
            self.queryset = self.there_on(day)

    def there_on(self, day):
        """The records that were there on a day, or possibly were, with what their rows say."""
        return self.queryset.filter(valid_on(day))

    @cached_property
    def absent(self):
        """What the question finds, but was not there on its day: primary keys by name."""
        if not self.stated_day:
            return []
        there = set(self.tally.pks)
        everyone = self._asked_of_all_days("peildatum", "pagina", "sorteer")
        return [pk for pk in everyone.keys(0, everyone.number_found) if pk not in there]

    def count_without(self, key):
        if key != "peildatum":
            return super().count_without(key)
        return self._asked_of_all_days(key).number_found

    def _asked_of_all_days(self, *without):
        """The same question about today, without some keys and by name."""
        data = self.data.copy()
        for key in without:
            data.pop(key, None)
        data["sorteer"] = "naam"
        asked = type(self)(data, queryset=self.of_all_days)
        asked.list_name = self.list_name
        return asked


class DomainFilter(DayFilter):
    sorteer = most_named("-named", "-taking_part")

    def there_on(self, day):
        return domains_with_uses(day).filter(valid_on(day))


class AgencyFilter(DayFilter):
    sorteer = most_named("-named", "-taking_part")
    soort = Facet(
        "kind", Agency.Kind, label="Soort", phrase="van de soort", plural="soorten", is_open=True
    )

    def there_on(self, day):
        return agencies_with_uses(day).filter(valid_on(day))


class PartnerFilter(DayFilter):
    sorteer = most_named("-asked", "-named")
    type = Facet(
        "type",
        PartnerType.objects.all(),
        label="Partnertype",
        phrase="van het type",
        plural="types",
        is_open=True,
    )

    def there_on(self, day):
        return partners_with_uses(day).exclude(pk__in=Lifetimes().gone(day))


class Years:
    """The years in which acts have a date, newest first, as the choices of a facet."""

    @property
    def choices(self):
        years = DecreeDate.objects.exclude(date_earliest=None).dates(
            "date_earliest", "year", "DESC"
        )
        return [(str(day.year), str(day.year)) for day in years]


class DecreeFilter(DayFilter):
    sorteer = Order(
        {
            "-datum": (
                "datum, nieuwste eerst",
                (F("first_day").desc(nulls_last=True), alphabetical("short_title"), "slug"),
            ),
            "datum": (
                "datum, oudste eerst",
                (F("first_day").asc(nulls_last=True), alphabetical("short_title"), "slug"),
            ),
            **by_name("short_title").orders,
        }
    )
    soort = Facet(
        "kind", Decree.Kind, label="Soort", phrase="van de soort", plural="soorten", is_open=True
    )
    status = Facet(
        "status",
        Decree.Status,
        label="Status",
        phrase="met status",
        plural="statussen",
        is_open=True,
    )
    jaar = Facet(
        "dates__date_earliest__year",
        Years(),
        label="Jaar",
        phrase="met een datum in",
        plural="jaren",
        is_open=True,
        dated=False,
        own_order=True,
    )

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(data, queryset, **kwargs)
        self.of_all_days = self.of_all_days.prefetch_related("dates")
        if self.stated_day:  # what we keep is the status of today
            self.filters["status"].label = "Status vandaag"

    def there_on(self, day):
        there = Q(first_day__lte=day) | Q(first_day=None)
        return with_history(self.queryset.filter(there))


class AreaFilter(DayFilter):
    sorteer = Order(
        {
            "soort": (
                "soort, provincies en regio’s eerst",
                (rank_of_kind("kind__slug"), "kind__position", alphabetical("name"), "slug"),
            ),
            **by_name("name").orders,
        }
    )
    soort = Facet(
        "kind",
        AreaKind.objects.all(),
        label="Soort gebied",
        phrase="van de soort",
        plural="soorten",
        is_open=True,
        own_order=True,
        ordering=(rank_of_kind("slug"), "position"),
    )

    def there_on(self, day):
        return self.queryset.existing_on(day).named_on(day)


class SourceFilter(DayFilter):
    herkomst = Facet(
        "origin",
        Source.Origin,
        label="Herkomst",
        phrase="met als herkomst",
        plural="keuzes",
        is_open=True,
    )
    soort = Facet(
        "kind", Source.Kind, label="Soort", phrase="van de soort", plural="soorten", is_open=True
    )

    def there_on(self, day):
        return self.queryset.filter(Q(date_earliest__lte=day) | Q(date_earliest=None))


class TermFilter(ReferenceFilter):
    """Terms of the field."""
