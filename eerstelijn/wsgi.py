"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from eerstelijn import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eerstelijn.settings")

environment.serve()
application = get_wsgi_application()
