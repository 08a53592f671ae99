"""The finder of concepts and ontwikkelingen: one line per facet."""

from collections import Counter, defaultdict
from functools import cached_property, reduce
from operator import or_

from django.db.models import Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast, Concat, ExtractYear

from concepts.coverage import (
    Place,
    Reach,
    located,
    possible,
    territories_around,
    unstated,
    with_reach,
)
from concepts.models import Access, ConceptVersion, Role, Standing, TargetGroup
from concepts.search import index
from concepts.stamps import stamps
from eerstelijn.finder.facets import Facet, Order, Setting
from eerstelijn.finder.filterset import FinderSet
from eerstelijn.finder.question import OneOf
from eerstelijn.ordering import alphabetical
from governance.models import (
    Agency,
    AreaKind,
    CoverageArea,
    Decree,
    Partner,
    PartnerType,
    PolicyDomain,
    Source,
)


class PlaceFacet(Facet):
    """Places that a concept reaches, or may reach, by the table of `concepts.coverage`.

    Judged on the peildatum, else on today. A concept whose places the sources do not name is found
    in every area, and counted there.
    """

    def __init__(self, options, **kwargs):
        super().__init__("coverages__territory", options, **kwargs)

    def filter(self, queryset, options):
        return queryset.filter(pk__in=self.parent.reach) if options else queryset

    def members(self, rows):
        """By territory; `settle` goes from there to the places around it and inside it."""
        held = located(self.parent.day).filter(version__in=rows.values("pk"))
        held = held.filter(territory__isnull=False).order_by()
        return self.grouped(held.values("territory"), "territory", "version")

    def settle(self, found, rows, set_of):
        around, open_ended, held = self.parent.geography(rows)
        everywhere, perhaps = set_of(open_ended), set_of(held)
        places = {}
        for place, territories in around.items():
            reached = (found.get(str(territory), 0) for territory in territories)
            start = everywhere if territories != {place} else perhaps  # nobody says where it lies
            places[str(place)] = reduce(or_, reached, start)
        return places, everywhere


class AreaFacet(PlaceFacet):
    """Areas by their slug; names repeat between kinds, so the kind stands behind.

    A page offers zones, regions, provinces and gewesten; an address or the data formats can name
    any other.
    """

    headings = {
        "elz": "Eerstelijnszone",
        "regio": "Referentieregio",
        "provincie": "Provincie, gewest of land",
        "gewest": "Provincie, gewest of land",
    }
    label_expression = Concat("name", Value(" ("), "kind__name", Value(")"))

    def offers(self, value):
        return value.partition("-")[0] in self.headings


class MunicipalityFacet(PlaceFacet):
    """Municipalities by their NIS code; of one that merged, with the year in which it ended.

    A page offers none of the three hundred: `/gemeenten/` finds the one that a reader means.
    """

    value_field = "nis"
    label_expression = Concat(
        "name",
        Case(
            When(valid_until=None, then=Value("")),
            default=Concat(
                Value(" (tot en met "),
                Cast(ExtractYear("valid_until"), CharField()),
                Value(")"),
            ),
            output_field=CharField(),
        ),
        output_field=CharField(),
    )

    def offers(self, value):
        return False


class ReachFirst(Order):
    """An order in which, where a place was asked about, comes first what reaches it for certain."""

    def filter(self, queryset, value):
        queryset = super().filter(queryset, value)
        if not self.parent.places:
            return queryset
        return self.parent.with_reach(queryset).order_by("-reach", *queryset.query.order_by)


class ConceptFilter(FinderSet):
    """Concepts by what their published version says."""

    is_dated = True
    _geography = None

    sorteer = ReachFirst(
        {
            "relevantie": ("relevantie", ("-rank", alphabetical("name"), "concept__slug")),
            "naam": ("naam", (alphabetical("name"), "concept__slug")),
            "-naam": ("naam, van z naar a", (alphabetical("name").desc(), "concept__slug")),
            "-nagekeken": (
                "laatst nagekeken",
                (F("reviewed_on").desc(nulls_last=True), alphabetical("name"), "concept__slug"),
            ),
        }
    )

    dienst = Facet(
        "ownerships__agency__lines__present",
        Agency.objects.all(),
        label="Dienst",
        phrase="van",
        tree_field="tree",
        plural="diensten",
        is_open=True,
    )
    domein = Facet(
        "ownerships__policy_domain",
        PolicyDomain.objects.all(),
        label="Beleidsdomein",
        phrase="in het beleidsdomein",
        plural="beleidsdomeinen",
    )
    partnertype = Facet(
        "participations__partner__type",
        PartnerType.objects.all(),
        label="Partnertype",
        phrase="met een partner van het type",
        plural="types",
        is_open=True,
    )
    partner = Facet(
        "participations__partner",
        Partner.objects.all(),
        label="Partner",
        phrase="met partner",
        plural="partners",
        is_open=True,
        all_switch="partner_alle",
    )
    rol = Facet(
        "participations__role",
        Role,
        label="Rol van de partner",
        phrase="met een partner in de rol",
        plural="rollen",
    )
    schaal = Facet(
        "coverages__scale",
        AreaKind.objects.all(),
        label="Schaal",
        phrase="georganiseerd per",
        plural="schalen",
        is_open=True,
    )
    gemeente = MunicipalityFacet(
        CoverageArea.objects.municipalities(),
        label="Gemeente",
        phrase="die werken of kunnen werken in",
        plural="gemeenten",
    )
    gebied = AreaFacet(
        CoverageArea.objects.all(),
        label="Gebied",
        phrase="die werken of kunnen werken in",
        plural="gebieden",
    )
    doelgroep = Facet(
        "audiences__target_group",
        TargetGroup.objects.all(),
        label="Doelgroep",
        phrase="voor",
        plural="doelgroepen",
    )
    soort = Facet(
        "kind", ConceptVersion.Kind, label="Soort", phrase="van de soort", plural="soorten"
    )
    regelgeving = Facet(
        "legal_bases__decree",
        Decree.objects.all(),
        label="Regelgeving",
        phrase="die steunen op",
        label_field="short_title",
        plural="akten",
    )
    toegang = Facet(
        "accesses__answer",
        Access.Answer,
        label="Rechtstreeks toegankelijk",
        phrase="met als toegang",
        plural="antwoorden",
    )
    stand = Facet(
        "standings__state",
        Standing.State,
        label="Stand vandaag",
        phrase="met als stand",
        plural="standen",
    )
    bron = Facet(
        "described_by",
        Source.objects.all(),
        label="Bron",
        phrase="beschreven in",
        label_field="short_title",
        plural="bronnen",
        dated=False,
    )
    partner_alle = Setting(OneOf, label="Alle gekozen partners samen", choices=("1",))

    def as_of(self):
        """The day, and what changes with all that counts rest on; None before the first index."""
        found = stamps()
        return found and (self.day, *found)

    @property
    def day(self):
        """The day on which places are judged: the peildatum, else today."""
        return self.form.as_of.day

    @cached_property
    def places(self):
        """The places that each key asks about, its options as alternatives."""
        return {
            key: Place.of([option.pk for option in options], self.day)
            for key, options in self.active.items()
            if isinstance(self.facets[key], PlaceFacet)
        }

    def geography(self, rows):
        """What counting places needs: the areas around each, and which rows name no place.

        A triple of {place: territories}, the versions that say nothing of the places that they
        reach, and those of which some statement held. Both facets of places ask the same rows.
        """
        if not self._geography:
            around = defaultdict(set)
            for place, territory in territories_around(self.day):
                around[place].add(territory)
            self._geography = (
                around,
                list(unstated(rows, self.day)),
                list(possible(rows, self.day)),
            )
        return self._geography

    @cached_property
    def reach(self):
        """What reaches the places that were asked about: the strength of its answer, by key.

        Every place counts. Asked once for a request: the answers take the database longest.
        """
        rows = with_reach(self.queryset.order_by(), self.places.values(), self.day)
        return dict(rows.filter(reach__gt=Reach.NO.strength).values_list("pk", "reach"))

    def with_reach(self, versions):
        """Add that answer to versions that were found, as `reach`, to order them by."""
        by_strength = defaultdict(list)
        for pk, strength in self.reach.items():
            by_strength[strength].append(pk)
        answers = [When(pk__in=pks, then=strength) for strength, pks in by_strength.items()]
        no = Value(Reach.NO.strength)
        return versions.annotate(reach=Case(*answers, default=no, output_field=IntegerField()))

    @cached_property
    def reaches(self):
        """How many of all that was found have each answer: {Reach: number}, strongest first."""
        numbers = Counter(self.reach[pk] for pk in self.found)
        return {Reach.of_strength(n): numbers[n] for n in sorted(numbers, reverse=True)}

    def search(self, queryset, text):
        return self.search_result.narrow(queryset)

    @cached_property
    def search_result(self):
        """How the search word was understood; analysed once a request."""
        return index.Search(self.q_text)
