"""Every public prefix on one screen; `concepts` and `governance` list theirs."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from eerstelijn.health import health
from eerstelijn.sitemaps import SITEMAPS
from eerstelijn.views import StaticPageView, robots

urlpatterns = [
    path("", include("concepts.urls")),
    path("", include("concepts.places.urls")),
    path("", include("governance.urls")),
    path("over/", StaticPageView.as_view(template_name="pages/about.html"), name="about"),
    path(
        "toegankelijkheid/",
        StaticPageView.as_view(template_name="pages/accessibility.html"),
        name="accessibility",
    ),
    path("privacy/", StaticPageView.as_view(template_name="pages/privacy.html"), name="privacy"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots),
    path("beheer/account/", include("eerstelijn.login.urls")),
    path("beheer/", admin.site.urls),
    path("gezondheid/", health, name="health"),
]

handler400 = "eerstelijn.errorpages.bad_request"
handler403 = "eerstelijn.errorpages.forbidden"
handler404 = "eerstelijn.errorpages.page_not_found"
handler500 = "eerstelijn.unavailable.server_error"
handler429 = "eerstelijn.login.views.too_many"  # asked by django-allauth
