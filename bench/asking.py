"""Asks the application as a server would, and counts what it took."""

import io
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from dateline.desk import roles
from dateline.wsgi import application as dateline

from . import hello

TOKEN = "c" * 32


@dataclass
class Request:
    path: str
    query: str = ""
    form: dict[str, Any] = field(default_factory=dict)  # sent by POST where there is one
    signed_in: bool = False
    expected: int = 200
    of_django: bool = False  # of Django's smallest view instead


class Asker:
    """One who asks, as a stranger or signed in as a chief."""

    def __init__(self) -> None:
        self.session = _sign_in()

    def ask(self, request: Request) -> tuple[float, float, float]:
        """CPU seconds, elapsed seconds, and queries. Anything but the answer that was expected ends the run."""
        statements: list[str] = []

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            statements.append(sql)
            return execute(sql, *rest)

        environ = self._environ(request)
        application = hello.application if request.of_django else dateline
        status: list[str] = []
        with connection.execute_wrapper(count):
            elapsed, cpu = time.perf_counter(), time.process_time()
            answer = application(environ, lambda line, headers, *rest: status.append(line))
            body = b"".join(answer)
            _close(answer)
            cpu, elapsed = time.process_time() - cpu, time.perf_counter() - elapsed
        if int(status[0].split()[0]) != request.expected:
            sys.exit(f"{request.path}?{request.query} answered {status[0]}, not {request.expected}: {body[:2000]!r}")
        return cpu, elapsed, len([sql for sql in statements if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))])

    def _environ(self, request: Request) -> dict[str, Any]:
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}" if request.signed_in else ""
        body = urlencode({**request.form, "csrfmiddlewaretoken": TOKEN}).encode() if request.form else b""
        return {
            "REQUEST_METHOD": "POST" if request.form else "GET",
            "PATH_INFO": request.path.encode().decode("latin-1"),
            "QUERY_STRING": quote(request.query, safe="=&%+"),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": cookies,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close:
        close()


def _sign_in() -> str:
    user, made = User.objects.get_or_create(username="bench")
    if made:
        user.set_unusable_password()
        user.save()
        roles.give(user, "chief")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key or ""
