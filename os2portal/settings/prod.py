"""For a server. Refuses to start without the values that make it safe."""

from .base import *

DEBUG = False
SECRET_KEY = env("OS2PORTAL_SECRET_KEY")
ALLOWED_HOSTS = env.list("OS2PORTAL_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("OS2PORTAL_TRUSTED_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("OS2PORTAL_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^sundhed/"]
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = env.bool("OS2PORTAL_SSL_REDIRECT", default=True)
CSRF_COOKIE_SECURE = env.bool("OS2PORTAL_SSL_REDIRECT", default=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
