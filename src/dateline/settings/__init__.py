"""How Dateline is set up.

What an operator may set stands in `operator.py`, a line each, and is read from the environment;
everything else is decided here. `docs/settings.md` lists them (a test compares the two).
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.conf.global_settings import LANGUAGES as ALL_LANGUAGES

from . import databases, mail
from .operator import Operator

DATELINE = Operator.from_environment(os.environ)
HOME = DATELINE.home

INSTALLED_APPS = [
    # IN
    "dateline.desk",
    "dateline.ingest",
    # THE RECORD
    "dateline.stories",
    # KEPT FROM THE RECORD
    "dateline.search",
    "dateline.edge",
    # OUT
    "dateline.pages",
    "dateline.feeds",
    # BESIDE
    "dateline.comments",
    # Wiring
    "dateline.server",
    "dateline.demo",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "dateline.desk.apps.PeopleConfig",  # wagtail.users
    "dateline.desk.apps.SnippetsConfig",  # wagtail.snippets
    "dateline.desk.apps.DocumentsConfig",  # wagtail.documents
    "dateline.desk.apps.ImagesConfig",  # wagtail.images
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "dateline.server.proxies.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dateline.pages.middleware.PublicPolicyMiddleware",
    "dateline.desk.middleware.DeskPolicyMiddleware",
    "dateline.pages.middleware.EditionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dateline.desk.doors.DoorsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "dateline.urls"
WSGI_APPLICATION = "dateline.wsgi.application"

TEMPLATES = [
    {  # What the public sees. Jinja2: an uncached page must cost a few milliseconds (docs/decisions/0003).
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "dateline.pages.jinja.environment"},
    },
    {  # The desk, which is Wagtail's.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dateline.desk.context.agency",
            ]
        },
    },
]

# -- The database ---------------------------------------------------------------------------------

DATABASES = databases.settings(DATELINE.database_url, DATELINE.replica_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Each reads the publications from its cursor on: `dateline serve` calls them several times a second.
DATELINE_FOLLOWERS = [
    "dateline.search.index.catch_up",
    "dateline.search.renewal.renew",
    "dateline.comments.record.following.catch_up",
    "dateline.comments.mail.delivery.deliver",
    "dateline.comments.moderation.forgetting.forget",
    "dateline.comments.readers.marks.catch_up",
]
DATELINE_SCHEDULE = "dateline.desk.schedule.publish_due"  # what is due goes out, to the second
DATELINE_PREVIEW = "dateline.pages.preview.story"
DATELINE_VERIFIERS = [
    "dateline.search.index.verify",
    "dateline.comments.record.following.verify",
    "dateline.comments.moderation.recounting.verify",
]

# -- Who may ask ----------------------------------------------------------------------------------


def _secret_key() -> str:
    """The key in `HOME/secret-key`, made on first need; in memory only where there is no home yet."""
    if DATELINE.secret_key:
        return DATELINE.secret_key
    path = HOME / "secret-key"
    if not HOME.is_dir():
        return secrets.token_urlsafe(48)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = False
_SITE = urlsplit(DATELINE.site_url)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", _SITE.hostname or "", *DATELINE.hosts]
CSRF_TRUSTED_ORIGINS = [f"{_SITE.scheme}://{_SITE.netloc}"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SITE.scheme == "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SITE.scheme == "https" else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk previews the story page in a frame of its own

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/desk/",),  # the desk sets its own: dateline.desk.middleware
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/desk/login/"

# -- Languages and time ---------------------------------------------------------------------------

USE_I18N = True
USE_TZ = True
TIME_ZONE = DATELINE.time_zone
EDITIONS = DATELINE.languages  # the site is published in these; the first stands at /
LANGUAGE_CODE = EDITIONS[0]
LANGUAGES = ALL_LANGUAGES  # a story may be in any of them
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]

# -- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024

# -- The desk -------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = DATELINE.agency
WAGTAILADMIN_BASE_URL = DATELINE.site_url
WAGTAILIMAGES_IMAGE_MODEL = "stories.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "dateline.desk.pictures.PictureForm"
WAGTAILADMIN_USER_LOGIN_FORM = "dateline.desk.throttle.ThrottledLoginForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Those that a browser knows: the machine's own may list "localtime" too, which breaks the account page.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"  # a schedule is kept to the second
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILEMBEDS_FINDERS: list[dict] = []  # an embed is a link with a title: nothing is fetched from elsewhere
TAGGIT_CASE_INSENSITIVE = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}

# -- Mail -----------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = DATELINE.mail_from
EMAIL_FILE_PATH = HOME / "mail"  # where no server is named
globals().update(mail.settings(DATELINE.mail_url, HOME))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "dateline.server.logs.Line"}, "json": {"()": "dateline.server.logs.Json"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": DATELINE.log}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"dateline": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
