"""The public pages of who, where and on what ground."""

from django.db.models import Q

from concepts.asking import Who
from concepts.changes.feeds import events_of, feed
from concepts.models import Term
from concepts.reference import filters, records, rows, sources
from concepts.reference.parts import MOST_LISTED, cited
from concepts.reference.table import COLUMNS, rows_of
from concepts.reference.terms import term_page
from concepts.reference.uses import (
    agencies_with_uses,
    dated,
    domains_with_uses,
    partners_with_uses,
)
from concepts.search.glossary import FOREIGN_NAMES, words
from eerstelijn.finder.views import FinderView
from eerstelijn.pages.parts import sources_data
from eerstelijn.pages.views import KnowsDay, PublicDetailView
from governance.models import Agency, CoverageArea, Decree, Partner, PolicyDomain, Source

#: What a day means for terms.
UNDATED_TERMS = "Begrippen hebben in de bronnen geen datum: dit is elke dag gelijk."


class ReferenceDetailView(PublicDetailView):
    """A reference record: its facts, and everywhere it is used.

    Its data begin as the list of its kind gives it. A CSV has a row for each thing that they say.
    """

    template_name = "reference/record_detail.html"
    glossary = staticmethod(words)
    #: The view of the list that the record is in.
    list_view = None
    #: The function of `concepts.reference` that says what the page shows.
    build = None
    csv_columns = COLUMNS
    #: How a version leads to the record, for who follows the concepts that name it.
    follows = ""
    #: What such a record is called, before its name: nobody knows the article of a name.
    followed_as = ""

    def get_queryset(self):
        return cited(super().get_queryset())

    def page(self, most=None):
        """What the page says, with so many concepts under one heading; data have all."""
        return type(self).build(self.object)

    def get_context_data(self, **kwargs):
        page = self.page(MOST_LISTED)
        return super().get_context_data(
            page=page, page_description=page.text[:155] or str(self.object), **kwargs
        )

    def own_sources(self):
        """The places that the record itself cites."""
        return sources_data([self.object], self.request.build_absolute_uri)

    def data(self):
        return self.data_of(self.page())

    def data_of(self, page):
        """The data of what the page says."""
        absolute = self.request.build_absolute_uri
        rows_class = self.list_view.rows_class
        return {
            **rows_class(None, [self.object], absolute).data(self.object),
            **page.facts_data(),
            "bronnen": self.own_sources(),
            **page.sections_data(absolute),
        }

    def csv_rows(self, data):
        return rows_of(data)

    def feed(self):
        """What changed of the concepts that name it, or did when they were withdrawn."""
        events = events_of(Q(**{self.follows: self.object}))
        of = f"concepten {self.followed_as} {self.object}"
        return feed(self.request, of, self.object.get_absolute_url(), events)


class DayRecordView(KnowsDay, ReferenceDetailView):
    """The same of a record that was there on some days, and not on others."""

    def page(self, most=None):
        return type(self).build(self.object, self.stated_day)

    def data_of(self, page):
        data = {**super().data_of(page), "peildatum": self.stated_day}
        return {**data, "bestond": page.presence.holds} if page.presence else data


class UsedRecordView(DayRecordView):
    """The same of a record that any number of concepts name."""

    def page(self, most=None):
        return type(self).build(self.object, self.stated_day, most)


class DayListView(FinderView):
    """A list of records that were there on some days: it names those that were not."""

    template_name = "reference/record_list.html"
    day_after = ". De aantallen zijn van die dag, de beschrijvingen van vandaag."


class DomainListView(DayListView):
    queryset = domains_with_uses()
    filterset_class = filters.DomainFilter
    rows_class = rows.DomainRows
    title = "Beleidsdomeinen"
    nouns = ("beleidsdomein", "beleidsdomeinen")
    url_name = "policydomain-list"
    per_page = 100
    lead = (
        "De domeinen van de Vlaamse overheid waar de concepten onder vallen, ook onder hun oude "
        "naam."
    )


class DomainDetailView(UsedRecordView):
    model = PolicyDomain
    list_view = DomainListView
    list_name, list_label = "policydomain-list", "Beleidsdomeinen"
    build = staticmethod(records.domain_page)


class AgencyListView(DayListView):
    queryset = agencies_with_uses()
    filterset_class = filters.AgencyFilter
    rows_class = rows.AgencyRows
    title = "Diensten"
    nouns = ("dienst", "diensten")
    url_name = "agency-list"
    per_page = 100
    lead = (
        "Departementen, agentschappen, afdelingen en raden: wat ze doen, waar ze vandaan komen en "
        "waarin ze opgingen."
    )


class AgencyDetailView(UsedRecordView):
    model = Agency
    has_feed = True
    follows, followed_as = "ownerships__agency__lines__present", "van de dienst"
    list_view = AgencyListView
    list_name, list_label = "agency-list", "Diensten"
    build = staticmethod(records.agency_page)


class PartnerListView(DayListView):
    queryset = partners_with_uses()
    filterset_class = filters.PartnerFilter
    rows_class = rows.PartnerRows
    title = "Partners"
    nouns = ("partner", "partners")
    url_name = "partner-list"
    per_page = 100
    lead = "De organisaties en groepen die de concepten vragen om mee te doen of te ondersteunen."


class PartnerDetailView(UsedRecordView):
    model = Partner
    template_name = "reference/partner_detail.html"
    has_feed = True
    follows, followed_as = "participations__partner", "met partner"
    list_view = PartnerListView
    list_name, list_label = "partner-list", "Partners"
    build = staticmethod(records.partner_page)

    def get_context_data(self, **kwargs):
        who = Who(self.object.slug, button="Wat vraagt men?")
        return super().get_context_data(who=who, **kwargs)


class DecreeListView(DayListView):
    queryset = dated(Decree.objects)
    filterset_class = filters.DecreeFilter
    rows_class = rows.DecreeRows
    title = "Regelgeving en beleidsdocumenten"
    nouns = ("akte of document", "akten en documenten")
    url_name = "decree-list"
    lead = "De decreten, besluiten, nota’s en plannen waar de concepten op steunen."
    day_after = ". Bij elke akte staat hoe ze er toen voor stond, voor zover haar data dat zeggen."


class DecreeDetailView(UsedRecordView):
    model = Decree
    list_view = DecreeListView
    list_name, list_label = "decree-list", "Regelgeving"
    build = staticmethod(records.decree_page)


class AreaListView(DayListView):
    queryset = CoverageArea.objects.select_related("kind")
    filterset_class = filters.AreaFilter
    rows_class = rows.AreaRows
    template_name = "reference/area_list.html"
    title = "Gebieden"
    nouns = ("gebied", "gebieden")
    url_name = "coveragearea-list"
    lead = (
        "De gebieden waarin de concepten werken: gemeenten, eerstelijnszones, referentieregio’s, "
        "provincies."
    )
    day_after = ", met hun namen van toen."


class SourceListView(DayListView):
    queryset = Source.objects.all()
    filterset_class = filters.SourceFilter
    rows_class = rows.SourceRows
    title = "Bronnen"
    nouns = ("bron", "bronnen")
    url_name = "source-list"
    lead = "De documenten en pagina’s waar elke uitspraak op deze site op steunt."
    day_said = "Deze lijst toont de bronnen zonder datum, en die er al waren op"
    day_after = ". Wat er op die dag gold, kan ook in een latere bron staan."


class SourceDetailView(DayRecordView):
    model = Source
    undated_said = "Wat op een bron steunt, staat hier van alle dagen samen."
    list_view = SourceListView
    template_name = "reference/source_detail.html"
    list_name, list_label = "source-list", "Bronnen"
    build = staticmethod(sources.source_page)

    def get_queryset(self):
        return Source.objects.all()  # cites nothing

    def glossary(self):
        """It explains no words."""
        return FOREIGN_NAMES

    def own_sources(self):
        return []


class TermListView(FinderView):
    """The glossary: terms of the field and the abbreviations of all records."""

    queryset = Term.objects.all()
    filterset_class = filters.TermFilter
    rows_class = rows.TermRows
    title = "Begrippen"
    nouns = ("begrip", "begrippen")
    url_name = "term-list"
    template_name = "reference/term_list.html"
    per_page = 100
    lead = "De woorden van dit werkveld, uitgelegd zoals de bronnen ze gebruiken."
    undated_said = UNDATED_TERMS


class TermDetailView(DayRecordView):
    """One term with its source."""

    model = Term
    undated_said = UNDATED_TERMS
    list_view = TermListView
    template_name = "reference/term_detail.html"
    list_name, list_label = "term-list", "Begrippen"
    glossary = staticmethod(words)
    build = staticmethod(term_page)
