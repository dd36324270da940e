"""The desk's Content-Security-Policy: as strict as Wagtail's own scripts allow."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Wagtail's editor styles elements from scripts, shows pictures before they are uploaded (blob:), and previews the
# public page in a frame. Nothing comes from elsewhere.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
# Some widgets of Wagtail start themselves with a line such as <script>initDateChooser("id_date", {...});</script>.
# Such a call with nothing but JSON is let through by its hash: whoever smuggles one in can only start a widget.
_CALL = re.compile(rb"<script>((?:new )?(\w+)\(([^<]*)\);)</script>")
_WIDGETS = frozenset({b"initDateChooser", b"initDateTimeChooser", b"initTimeChooser", b"ImageChooser", b"Chooser",
                      b"SnippetChooser", b"TaskChooser", b"PageChooser"})  # fmt: skip


class DeskPolicyMiddleware:
    """Sets the policy on every answer below /desk/, and keeps those out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.root = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.root):
            response.headers.setdefault("Content-Security-Policy", _policy(response))
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def _policy(response: HttpResponse) -> str:
    body = b"" if response.streaming else response.content
    scripts = " ".join(("'self'", *dict.fromkeys(_starts(body))))
    return "; ".join(f"{name} {value}" for name, value in (POLICY | {"script-src": scripts}).items())


def _starts(body: bytes) -> Iterator[str]:
    """The hashes of the widgets' lines in a page."""
    for line, name, arguments in _CALL.findall(body):
        if name in _WIDGETS and _is_json(arguments):
            yield f"'sha256-{base64.b64encode(hashlib.sha256(line).digest()).decode()}'"


def _is_json(arguments: bytes) -> bool:
    try:
        json.loads(b"[%s]" % arguments)
    except ValueError:
        return False
    return True
