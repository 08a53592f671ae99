"""The addresses of areas on a day, and of what holds in them."""

from django.urls import path

from concepts.places import area_views

app_name = "places"

urlpatterns = [
    # Before the areas: `vergelijk` is no slug of one.
    path("gebieden/vergelijk/", area_views.ComparisonView.as_view(), name="comparison"),
    path("gebieden/vergelijk.<slug:format>", area_views.ComparisonView.as_view()),
    path("gebieden/<slug:slug>/", area_views.AreaDetailView.as_view(), name="area-detail"),
]
