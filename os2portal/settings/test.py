"""For script/test. DATABASE_URL decides between SQLite and PostgreSQL; the suite runs on both."""

from .base import *

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105 - no data behind it
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
MEDIA_ROOT = DATA_DIR / "test-media"
