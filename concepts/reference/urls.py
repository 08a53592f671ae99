"""The addresses of reference records; each list has its data formats too."""

from django.urls import path

from concepts.reference import views

PAGES = [
    ("beleidsdomeinen", "policydomain", views.DomainListView, views.DomainDetailView),
    ("diensten", "agency", views.AgencyListView, views.AgencyDetailView),
    ("partners", "partner", views.PartnerListView, views.PartnerDetailView),
    ("regelgeving", "decree", views.DecreeListView, views.DecreeDetailView),
    ("bronnen", "source", views.SourceListView, views.SourceDetailView),
]

urlpatterns = [
    # The page of one area shows concepts: its address is in `concepts.places`.
    path("gebieden/", views.AreaListView.as_view(), name="coveragearea-list"),
    path("gebieden.<slug:format>", views.AreaListView.as_view(), name="coveragearea-list-data"),
]
urlpatterns += [
    pattern
    for prefix, stem, list_view, detail_view in PAGES
    for pattern in (
        path(f"{prefix}/", list_view.as_view(), name=f"{stem}-list"),
        path(f"{prefix}.<slug:format>", list_view.as_view(), name=f"{stem}-list-data"),
        path(f"{prefix}/<slug:slug>/", detail_view.as_view(), name=f"{stem}-detail"),
    )
]
