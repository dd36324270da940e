"""Settings for tests: the same, but a home that is thrown away and passwords that are quick to check."""

import atexit
import importlib
import os
import shutil
import tempfile
from pathlib import Path

_HOME = tempfile.mkdtemp(prefix="dateline-test-")
(Path(_HOME) / "static").mkdir()
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["DATELINE_HOME"] = _HOME

from dateline import settings as _settings  # noqa: E402

importlib.reload(_settings)  # it was read before this file could name the home
from . import *  # noqa: E402, F403
from . import ALLOWED_HOSTS, DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS += ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["TEST"] = (
    {"NAME": str(Path(_HOME) / "test.sqlite3")} if "sqlite" in DATABASES["default"]["ENGINE"] else {}
)
