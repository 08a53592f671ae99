"""Every public prefix on one screen; `concepts.urls` lists those of the content."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from concepts.sitemaps import SITEMAPS
from eerstelijn.health import health
from eerstelijn.pages.views import StaticPageView, robots

urlpatterns = [
    path("", include("concepts.urls")),
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

handler400 = "eerstelijn.pages.errors.bad_request"
handler403 = "eerstelijn.pages.errors.forbidden"
handler404 = "eerstelijn.pages.errors.page_not_found"
handler500 = "eerstelijn.pages.unavailable.server_error"
handler429 = "eerstelijn.login.views.too_many"  # asked by django-allauth
