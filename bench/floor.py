"""The floor of Django: two bytes, without a middleware, by the same server as the site."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="for-a-measurement-only",  # noqa: S106 -- nothing is signed
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    USE_I18N=False,
)


def nothing(request):
    return HttpResponse(b"ok")


urlpatterns = [path("niets", nothing)]
application = get_wsgi_application()
