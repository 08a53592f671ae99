"""The addresses of municipalities."""

from django.urls import path

from concepts.places import views

app_name = "places"

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
]
