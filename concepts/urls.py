"""The addresses of the public pages that show content; lists and records have data formats too."""

from django.urls import path

from concepts.finder.views import ConceptListView, DevelopmentListView
from concepts.home import HomeView
from concepts.page.views import ConceptDetailView, DevelopmentDetailView
from concepts.places.area_views import AreaDetailView, ComparisonView
from concepts.places.views import MunicipalityDetailView, MunicipalityListView
from concepts.reference import views as reference
from concepts.search.views import SearchView

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
    path("gemeenten/", MunicipalityListView.as_view(), name="municipality-list"),
    path("gemeenten.<slug:format>", MunicipalityListView.as_view()),
    path("gemeenten/<str:place>/", MunicipalityDetailView.as_view(), name="municipality-detail"),
    path(
        "gemeenten/<str:place>.<slug:format>",
        MunicipalityDetailView.as_view(),
        name="municipality-data",
    ),
    # Before the areas: `vergelijk` is no slug of one.
    path("gebieden/vergelijk/", ComparisonView.as_view(), name="comparison"),
    path("gebieden/vergelijk.<slug:format>", ComparisonView.as_view()),
]
for prefix, stem, list_view, detail_view in LISTS:
    urlpatterns += [
        path(f"{prefix}/", list_view.as_view(), name=f"{stem}-list"),
        path(f"{prefix}.<slug:format>", list_view.as_view(), name=f"{stem}-list-data"),
        path(f"{prefix}/<slug:slug>/", detail_view.as_view(), name=f"{stem}-detail"),
        path(f"{prefix}/<slug:slug>.<slug:format>", detail_view.as_view()),
    ]
