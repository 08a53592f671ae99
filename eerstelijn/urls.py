"""Every public prefix on one screen."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, register_converter

from concepts.asking import AskedView
from concepts.changes.views import ChangeListView
from concepts.contradictions import ContradictionsView
from concepts.finder.placenames import PlaceNamesView
from concepts.finder.views import ConceptListView, DevelopmentListView
from concepts.home import HomeView
from concepts.likeness.views import OverlapView
from concepts.network import NetworkView
from concepts.page import former
from concepts.page.views import ConceptDetailView, DevelopmentDetailView
from concepts.places.area_views import AreaDetailView, ComparisonView
from concepts.places.views import MunicipalityDetailView, MunicipalityListView
from concepts.poster import PosterView
from concepts.pressure import PressureView
from concepts.reference import views as reference
from concepts.reference.shelf import ReferenceView
from concepts.search.views import SearchView
from concepts.sitemaps import SITEMAPS
from concepts.timeline import PromisesView, TimelineView
from concepts.versus import VersusView
from eerstelijn.health import health
from eerstelijn.pages.views import StaticPageView, favicon, robots
from eerstelijn.reports import views as reports


class FormatConverter:
    """The format that an address ends in: what stands behind its last dot, but "csl.json"."""

    regex = r"csl\.json|[-a-zA-Z0-9_]+"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(FormatConverter, "format")

#: Prefix, stem of the names, and the views of the list and of one record.
LISTS = [
    ("concepten", "concept", ConceptListView, ConceptDetailView),
    ("ontwikkelingen", "development", DevelopmentListView, DevelopmentDetailView),
    ("beleidsdomeinen", "policydomain", reference.DomainListView, reference.DomainDetailView),
    ("diensten", "agency", reference.AgencyListView, reference.AgencyDetailView),
    ("partners", "partner", reference.PartnerListView, reference.PartnerDetailView),
    ("regelgeving", "decree", reference.DecreeListView, reference.DecreeDetailView),
    ("gebieden", "coveragearea", reference.AreaListView, AreaDetailView),
    ("bronnen", "source", reference.SourceListView, reference.SourceDetailView),
    ("begrippen", "term", reference.TermListView, reference.TermDetailView),
]

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("zoeken/", SearchView.as_view(), name="search"),
    path("poster.<format:format>", PosterView.as_view(), name="poster"),
    path("wijzigingen/", ChangeListView.as_view(), name="change-list"),
    path("wijzigingen.<format:format>", ChangeListView.as_view()),
    path("gemeenten/", MunicipalityListView.as_view(), name="municipality-list"),
    path("gemeenten.<format:format>", MunicipalityListView.as_view()),
    path("gemeenten/namen.json", PlaceNamesView.as_view(), name="place-names"),
    path("gemeenten/<str:place>/", MunicipalityDetailView.as_view(), name="municipality-detail"),
    path("gemeenten/<slug:place>.<format:format>", MunicipalityDetailView.as_view()),
    path(
        "gemeenten/<str:place>.<format:format>",
        MunicipalityDetailView.as_view(),
        name="municipality-data",
    ),
    # Before the areas: `vergelijk` is no slug of one.
    path("gebieden/vergelijk/", ComparisonView.as_view(), name="comparison"),
    path("gebieden/vergelijk.<format:format>", ComparisonView.as_view()),
    path("gevraagd/", AskedView.as_view(), name="asked"),
    path("gevraagd.<format:format>", AskedView.as_view()),
    path("tegenspraken/", ContradictionsView.as_view(), name="contradictions"),
    path("tegenspraken.<format:format>", ContradictionsView.as_view()),
    path("overlap/", OverlapView.as_view(), name="overlap"),
    path("overlap.<format:format>", OverlapView.as_view()),
    path("tijdlijn/", TimelineView.as_view(), name="timeline"),
    path("tijdlijn.<format:format>", TimelineView.as_view()),
    path("tijdlijn/beloofd/", PromisesView.as_view(), name="promises"),
    path("tijdlijn/beloofd.<format:format>", PromisesView.as_view()),
    path("druk/", PressureView.as_view(), name="pressure"),
    path("druk.<format:format>", PressureView.as_view()),
    path("netwerk/", NetworkView.as_view(), name="network"),
    path("netwerk.<format:format>", NetworkView.as_view()),
    path("vergelijk/", VersusView.as_view(), name="versus"),
    path("vergelijk.<format:format>", VersusView.as_view()),
    path("naslag/", ReferenceView.as_view(), name="reference"),
    path("over/", StaticPageView.as_view(template_name="pages/about.html"), name="about"),
    path(
        "toegankelijkheid/",
        StaticPageView.as_view(template_name="pages/accessibility.html"),
        name="accessibility",
    ),
    path("privacy/", StaticPageView.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("klopt-niet/", reports.report, name="report"),
    path("klopt-niet/bedankt/", reports.thanks, name="report-thanks"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots),
    path("favicon.ico", favicon),
    path("beheer/account/", include("eerstelijn.login.urls")),
    path("beheer/", admin.site.urls),
    path("gezondheid/", health, name="health"),
]
for prefix, stem, list_view, detail_view in LISTS:
    urlpatterns += [
        path(f"{prefix}/", list_view.as_view(), name=f"{stem}-list"),
        path(f"{prefix}.<format:format>", list_view.as_view(), name=f"{stem}-list-data"),
        path(f"{prefix}/<slug:slug>/", detail_view.as_view(), name=f"{stem}-detail"),
        path(f"{prefix}/<slug:slug>.<format:format>", detail_view.as_view()),
    ]
#: Prefix, and the views of the versions of a concept and of one of them.
VERSIONS = [
    ("concepten", former.VersionListView, former.VersionDetailView),
    ("ontwikkelingen", former.DevelopmentVersionListView, former.DevelopmentVersionDetailView),
]
for prefix, list_view, detail_view in VERSIONS:
    urlpatterns += [
        path(f"{prefix}/<slug:slug>/versies/", list_view.as_view()),
        path(f"{prefix}/<slug:slug>/versies.<format:format>", list_view.as_view()),
        path(f"{prefix}/<slug:slug>/versies/<slug:number>/", detail_view.as_view()),
        path(f"{prefix}/<slug:slug>/versies/<slug:number>.<format:format>", detail_view.as_view()),
    ]

handler400 = "eerstelijn.pages.errors.bad_request"
handler403 = "eerstelijn.pages.errors.forbidden"
handler404 = "eerstelijn.pages.errors.page_not_found"
handler500 = "eerstelijn.pages.unavailable.server_error"
handler429 = "eerstelijn.login.views.too_many"  # asked by django-allauth
