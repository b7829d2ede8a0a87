"""What is the same everywhere. Everything that differs comes from the environment (docs/drift.md lists it)."""

from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]

# Everything the portal writes itself: database file, evidence, reports, search keys. Never inside the web root.
DATA_DIR = Path(env("OS2PORTAL_DATA_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "governance",
    "portfolio",
    "reporting",
    "publishing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "django_fsm",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "os2portal.middleware.ClosedByDefaultMiddleware",  # only publishing opts out
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "os2portal.urls"
WSGI_APPLICATION = "os2portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "governance.context.workspace",
            ],
            "builtins": ["governance.templatetags.os2", "governance.templatetags.refusals"],
        },
    },
]

# ---------------------------------------------------------------- database
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'os2portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN, so a read-modify-write cannot lose another's update (measured in bench/).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("OS2PORTAL_CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---------------------------------------------------------------- who comes in
AUTH_USER_MODEL = "governance.User"
AUTHENTICATION_BACKENDS = ["governance.accounts.PersonBackend"]
ACCOUNT_ADAPTER = "governance.accounts.InvitedOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = "OS2 Portefølje: "
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is only usable from the mailbox it was sent to
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portfolio:desk"
LOGOUT_REDIRECT_URL = "publishing:portfolio"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ---------------------------------------------------------------- language and time
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "os2portal.formats"
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
# script/assets copies the few files that are used out of node_modules; all of dkfds' dist takes collectstatic 32 s.
STATICFILES_DIRS = [BASE_DIR / "static", DATA_DIR / "assets"]
MEDIA_ROOT = DATA_DIR / "media"  # served only through views that ask who may see the file
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# ---------------------------------------------------------------- work that waits
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("OS2PORTAL_FROM_EMAIL", default="OS2 Portefølje <portefolje@localhost>")

CRISPY_ALLOWED_TEMPLATE_PACKS = "dkfds"
CRISPY_TEMPLATE_PACK = "dkfds"
CRISPY_FAIL_SILENTLY = False

FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "os2portal.errors.csrf_failure"

# ---------------------------------------------------------------- rules with a number in them (one setting each)
DEADLINE_WARNING_DAYS = 30  # deadlines turn amber, everywhere
DIALOGUE_MAX_AGE_DAYS = 183  # N1-G6: the latest dialogue is at most six months old
PUBLIC_BASE_URL = env("OS2PORTAL_BASE_URL", default="http://localhost:8000")
ANSWER_MAX_AGE_DAYS = 365  # an answer is stale after two evaluation rounds (evaluation.md)
SLOW_END_DAYS = 60  # a project is marked when its end slips by more than this
OVERSPEND_PERCENT = 10  # a project is marked when forecast cost exceeds the approved budget by more than this
