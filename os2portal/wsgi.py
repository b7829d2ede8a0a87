"""Where the web server finds the portal."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "os2portal.settings.prod")

application = get_wsgi_application()
