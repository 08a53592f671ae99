"""The addresses of municipalities, and of areas on a day."""

from django.urls import path

from concepts.places import area_views, views

urlpatterns = [
    path("gemeenten/", views.MunicipalityListView.as_view(), name="municipality-list"),
    path("gemeenten.<slug:format>", views.MunicipalityListView.as_view()),
    path(
        "gemeenten/<str:place>.<slug:format>",
        views.MunicipalityDetailView.as_view(),
        name="municipality-data",
    ),
    path(
        "gemeenten/<str:place>/",
        views.MunicipalityDetailView.as_view(),
        name="municipality-detail",
    ),
    # Before the areas: `vergelijk` is no slug of one.
    path("gebieden/vergelijk/", area_views.ComparisonView.as_view(), name="comparison"),
    path("gebieden/vergelijk.<slug:format>", area_views.ComparisonView.as_view()),
    path("gebieden/<slug:slug>/", area_views.AreaDetailView.as_view(), name="coveragearea-detail"),
]
