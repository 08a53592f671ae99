"""The addresses of concepts, ontwikkelingen and begrippen."""

from django.urls import path

from concepts.finder import views

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("concepten/", views.ConceptListView.as_view(), name="concept-list"),
    path("concepten.<slug:format>", views.ConceptListView.as_view()),
    path("concepten/<slug:slug>/", views.ConceptDetailView.as_view(), name="concept-detail"),
    path("concepten/<slug:slug>.<slug:format>", views.ConceptDetailView.as_view()),
    path("ontwikkelingen/", views.DevelopmentListView.as_view(), name="development-list"),
    path("ontwikkelingen.<slug:format>", views.DevelopmentListView.as_view()),
    path(
        "ontwikkelingen/<slug:slug>/",
        views.DevelopmentDetailView.as_view(),
        name="development-detail",
    ),
    path("ontwikkelingen/<slug:slug>.<slug:format>", views.DevelopmentDetailView.as_view()),
    path("zoeken/", views.SearchView.as_view(), name="search"),
    path("begrippen/", views.TermListView.as_view(), name="term-list"),
    path("begrippen.<slug:format>", views.TermListView.as_view()),
    path("begrippen/<slug:slug>/", views.TermDetailView.as_view(), name="term-detail"),
]
