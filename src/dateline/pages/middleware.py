"""The edition of a request, from its address alone: a cache may then keep the answer under its address."""

from django.conf import settings
from django.utils import translation


class EditionMiddleware:
    """Activate the language in the address's first part where it is an edition's, else the first edition's."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        first = request.path_info.split("/", 2)[1]
        edition = first if first in settings.EDITIONS[1:] else settings.EDITIONS[0]
        translation.activate(edition)
        request.LANGUAGE_CODE = edition
        return self.get_response(request)
