"""Pictures, where no web server in front serves them."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

PUBLIC = "images"  # renditions; what editors uploaded lies in original_images/ and is not public


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture as published. Its name changes with its content, so it may be kept for ever."""
    if PurePosixPath(path).parts[:1] != (PUBLIC,) and not request.user.is_authenticated:
        raise Http404("Only published pictures are public.")
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
