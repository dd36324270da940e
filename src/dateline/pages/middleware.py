"""What every answer gets: its edition, and the policy of the public pages."""

from functools import cache

from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


class EditionMiddleware:
    """Activate the language in the address's first part where it is an edition's, else the first edition's.

    By the address alone: a cache may then keep the answer under it.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info:
            raise Http404("No name has that character, and no database takes it.")
        first = request.path_info.split("/", 2)[1]
        edition = first if first in settings.EDITIONS[1:] else settings.EDITIONS[0]
        translation.activate(edition)
        request.LANGUAGE_CODE = edition
        return self.get_response(request)


class PublicPolicyMiddleware(CSPMiddleware):
    """The Content-Security-Policy of the public pages. No page adds to it, so it is made once and not for each."""

    def process_request(self, request: HttpRequest) -> None:
        """No nonce: the pages have no script or style of their own."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(tuple(settings.CONTENT_SECURITY_POLICY["EXCLUDE_URL_PREFIXES"])):
            response.headers.setdefault("Content-Security-Policy", _policy())
        return response


@cache
def _policy() -> str:
    return build_policy()
