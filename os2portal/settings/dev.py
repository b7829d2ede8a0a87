"""On a developer's own machine, and what script/run starts. Never on the internet."""

from .base import *

DEBUG = env.bool("OS2PORTAL_DEBUG", default=True)
SECRET_KEY = "only-for-localhost-and-therefore-no-secret"  # noqa: S105 - dev settings refuse any other host
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
