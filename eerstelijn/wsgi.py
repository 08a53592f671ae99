"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from eerstelijn import environment
from eerstelijn.orphans import end_with_main_process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eerstelijn.settings")

environment.serve()
end_with_main_process()
application = get_wsgi_application()
