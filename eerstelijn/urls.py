"""Every public prefix on one screen; `concepts` and `governance` list theirs."""

from django.contrib import admin
from django.urls import include, path

from eerstelijn.health import health
from eerstelijn.views import HomeView

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("", include("concepts.urls")),
    path("", include("governance.urls")),
    path("beheer/", admin.site.urls),
    path("gezondheid/", health, name="health"),
]

handler404 = "eerstelijn.views.page_not_found"
