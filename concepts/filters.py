"""The finder of concepts and ontwikkelingen: one line per facet."""

import datetime as dt
from functools import cached_property

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from concepts import search
from concepts.coverage import Place, answer, count_unstated, counts_by_area, reached
from concepts.models import Access, ConceptVersion, Role, TargetGroup
from eerstelijn.finder import Facet, FinderSet
from eerstelijn.ordering import alphabetical
from governance.filters import ReferenceFilter
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


class AreaFacet(Facet):
    """Places that a concept reaches, or may reach, by the table of `concepts.coverage`.

    Judged on the peildatum, else on today. A concept whose places the sources do not name is found
    in every area, and counted there.
    """

    def matching(self, model, options):
        return reached(model.objects.all(), options, self.parent.day).order_by().values("pk")

    def counts(self, rows):
        found = counts_by_area(rows.order_by(), self.parent.day)
        return found.values_list(
            Value(self.key, output_field=CharField()),
            Cast(F("territory__lines_to_place__place"), CharField()),
            "number",
        )

    def counted_everywhere(self, rows):
        return count_unstated(rows.order_by(), self.parent.day)


class ConceptFilter(FinderSet):
    """Concepts by what their published version says."""

    sorts = {
        "relevantie": ("relevantie", ("-rank", alphabetical("name"), "concept__slug")),
        "naam": ("naam", (alphabetical("name"), "concept__slug")),
        "-naam": ("naam, van z naar a", (alphabetical("name").desc(), "concept__slug")),
        "-nagekeken": (
            "laatst nagekeken",
            (F("reviewed_on").desc(nulls_last=True), alphabetical("name"), "concept__slug"),
        ),
    }

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
        all_label="Alle gekozen partners samen",
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
    gebied = AreaFacet(
        "coverages__territory",
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
    bron = Facet(
        "described_by",
        Source.objects.all(),
        label="Bron",
        phrase="beschreven in",
        label_field="short_title",
        plural="bronnen",
        dated=False,
    )

    @property
    def day(self):
        """The day on which places are judged: the peildatum, else today."""
        return self.peildatum or dt.date.today()

    @cached_property
    def place(self):
        """The places that were asked about, as alternatives; None when none were."""
        chosen = self.values.get("gebied")
        options = self.options["gebied"]
        return Place.of([options[value].pk for value in chosen], self.day) if chosen else None

    def reach(self, version):
        """Whether a version reaches the places asked about; None when none were."""
        return answer(version.coverages.all(), self.place, self.day)[0] if self.place else None

    class Meta:
        model = ConceptVersion
        fields = []

    def search(self, queryset, name, value):
        return self.search_result.narrow(queryset)

    @property
    def search_result(self):
        """How the search word was understood; analysed once a request."""
        if not hasattr(self, "_search_result"):
            self._search_result = search.Search(self.q_text, self.queryset)
        return self._search_result


class TermFilter(ReferenceFilter):
    """Terms by a word in their name or explanation."""

    searched = ("name", "abbreviation", "definition")
