"""The finder of concepts and ontwikkelingen: one line per facet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Sequence
from functools import cached_property

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from concepts.coverage import Place, Reach, with_reach
from concepts.finder.asked import ConceptQuestion, Reading
from concepts.finder.ground import ground
from concepts.finder.places import (
    AreaFacet,
    MunicipalityFacet,
    PlaceFacet,
    PlaceWord,
    Reached,
    ReachFacet,
)
from concepts.finder.wording import each_asked, role_clause
from concepts.models import (
    Access,
    Concept,
    ConceptVersion,
    Participation,
    Role,
    Standing,
    TargetGroup,
)
from concepts.search.finding import SearchedSet
from eerstelijn.database import stamp
from eerstelijn.finder.bound import Qualified, Qualifier
from eerstelijn.finder.counting import RowSet
from eerstelijn.finder.facets import Facet, Order, Setting
from eerstelijn.finder.question import AllValues, Day, OneOf
from eerstelijn.ordering import alphabetical
from governance.models import (
    Agency,
    AgencyLine,
    AreaKind,
    CoverageArea,
    Decree,
    Partner,
    PartnerType,
    PolicyDomain,
    Source,
)

#: The facets that look at one participation; the last says something of the others.
TAKING_PART = ("partner", "partnertype", "rol")


def on_the_poster() -> QuerySet:
    """The participations of a partner that the poster names: readers look for those partners."""
    return Participation.objects.from_public().filter(
        partner=OuterRef("pk"),
        version__concept__record_kind=Concept.RecordKind.CONCEPT,
        citations__source__kind=Source.Kind.POSTER,
    )


def last_successor() -> Subquery:
    """The service that a former service went on in, at the end of the line."""
    goes_on = AgencyLine.objects.filter(owner=OuterRef("present")).exclude(present=F("owner"))
    lines = AgencyLine.objects.filter(~Exists(goes_on), owner=OuterRef("pk"))
    return Subquery(lines.exclude(present=F("owner")).values("present")[:1])


class ReachFirst(Order):
    """An order in which, where a place was asked about, comes first what reaches it for certain."""

    def filter(self, queryset: QuerySet, value: object) -> QuerySet:
        queryset = super().filter(queryset, value)
        if not self.parent.place_keys:
            return queryset
        return self.parent.with_reach(queryset).order_by("-reach", *queryset.query.order_by)


class ConceptFilter(SearchedSet):
    """Concepts by what their published version says."""

    is_dated = True
    #: What both facets of places are counted from, once it was read (see `PlaceFacet.settle`).
    settled: Reached | None = None

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

    domein = Facet(
        "ownerships__policy_domain",
        PolicyDomain.objects.all(),
        label="Beleidsdomein",
        phrase="in het beleidsdomein",
        plural="beleidsdomeinen",
        is_open=True,
        of_today=True,
    )
    partnertype = Qualified(
        "participations__partner__type",
        PartnerType.objects.all(),
        label="Partnertype",
        phrase="met een partner van het type",
        plural="types",
        is_open=True,
        first=5,
        bound=TAKING_PART,
    )
    waar = PlaceWord(label="Waar")
    gemeente = MunicipalityFacet(
        CoverageArea.objects.municipalities(), label="Gemeente", plural="gemeenten"
    )
    gebied = AreaFacet(CoverageArea.objects.all(), label="Gebied", plural="gebieden")
    dekking = ReachFacet(label="Dekking", plural="antwoorden")
    dienst = Facet(
        "ownerships__agency__lines__present",
        Agency.objects.all(),
        label="Dienst",
        phrase="van",
        tree_field="tree",
        plural="diensten",
        is_open=True,
        successor=last_successor(),
        of_today=True,
    )
    partner = Qualified(
        "participations__partner",
        Partner.objects.all(),
        label="Partner",
        phrase="met partner",
        plural="partners",
        is_open=True,
        all_switch="partner_alle",
        pinned=Exists(on_the_poster()),
        bound=TAKING_PART,
    )
    rol = Qualifier(
        "participations__role",
        Role,
        label="Rol",
        hint="van de gekozen partner",
        plural="rollen",
        clause=role_clause,
        beside=each_asked,
        bound=TAKING_PART,
    )
    stand = Facet(
        "standings__state",
        Standing.State,
        label="Stand vandaag",
        phrase="met als stand",
        plural="standen",
    )
    schaal = Facet(
        "coverages__scale",
        AreaKind.objects.all(),
        label="Georganiseerd per",
        phrase="georganiseerd per",
        plural="soorten gebied",
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
        phrase="met als rechtsgrond",
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

    class Meta:
        form = ConceptQuestion

    def as_of(self) -> Hashable:
        """The day, and the stamp of the content that counts rest on; None when nobody can say."""
        found = stamp.current()
        return found and (self.day, found)

    @property
    def ground(self) -> Hashable:
        """What versions are published never changes: all else that they rest on, and the day."""
        known = ground()
        return known and (known, self.day)

    @property
    def is_shorthand(self) -> bool:
        """Whether a place was asked for in words, and an address of its own says the same."""
        return self.form.is_shorthand

    @cached_property
    def ranks(self) -> dict[int, float]:
        """Of more than the list: what is not in it belongs to no set."""
        ranks: dict[int, float] = self.search_result.ranks_of_versions()
        return ranks

    @property
    def readings(self) -> Sequence[Reading]:
        """How places in words were understood, where a reader should know."""
        return self.form.readings

    @property
    def asked_day(self) -> dt.date:
        """The day that the address names, else today; for reading the other keys of it."""
        given = Day()
        given.key = "peildatum"
        return given.clean(AllValues().value_from_datadict(self.data, {}, "peildatum")) or (
            dt.date.today()
        )

    @property
    def day(self) -> dt.date:
        """The day on which places are judged: the peildatum, else today."""
        return self.form.as_of.day

    @cached_property
    def place_keys(self) -> list[str]:
        """The keys that ask about a place."""
        return [key for key in self.active if isinstance(self.facets[key], PlaceFacet)]

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places that each key asks about, its options as alternatives."""
        return {
            key: Place.of([int(option.pk) for option in self.active[key]], self.day)
            for key in self.place_keys
        }

    @cached_property
    def by_reach(self) -> dict[Reach, RowSet]:
        """What was found by its answer for the places that were asked about, strongest first."""
        reach: ReachFacet = self.facets["dekking"]
        found = {each: rows & self.found for each, rows in reach.answers(self.tally).items()}
        return {each: rows for each, rows in found.items() if rows}

    @property
    def parts(self) -> Sequence[RowSet]:
        """Where a place was asked about, what reaches it for certain comes first."""
        return [*self.by_reach.values()] if self.place_keys else super().parts

    def reach_of(self, pk: int) -> Reach:
        """The answer of a version that was found."""
        return next(reach for reach, rows in self.by_reach.items() if self.tally.has(rows, pk))

    @cached_property
    def reach(self) -> dict[int, int]:
        """The same asked of the database, for the whole list: the strength of each answer, by key.

        Every place counts. Asked once for a request: the answers take the database longest.
        """
        rows = with_reach(self.queryset.order_by(), self.places.values(), self.day)
        return dict(rows.filter(reach__gt=Reach.NO.strength).values_list("pk", "reach"))

    def with_reach(self, versions: QuerySet) -> QuerySet:
        """Add that answer to versions that were found, as `reach`, to order them by."""
        by_strength = defaultdict(list)
        for pk, strength in self.reach.items():
            by_strength[strength].append(pk)
        answers = [When(pk__in=pks, then=strength) for strength, pks in by_strength.items()]
        no = Value(Reach.NO.strength)
        return versions.annotate(reach=Case(*answers, default=no, output_field=IntegerField()))

    @property
    def reaches(self) -> dict[Reach, int]:
        """How many of all that was found have each answer: {Reach: number}, strongest first."""
        return {reach: rows.bit_count() for reach, rows in self.by_reach.items()}
