"""Pictures, where no web server in front serves them."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from dateline.edge.headers import uncacheable

PUBLIC = "images/"  # renditions; what editors uploaded lies in original_images/ and is not public


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture as published. Its name changes with its content, so it may be kept for ever.

    The originals are for those who are logged in at the desk, and for no cache. An address that climbs (`images/../`)
    is nobody's: it is judged as the file that it would open.
    """
    if path != posixpath.normpath(path).lstrip("/"):
        raise Http404("A picture has one address.")
    public = path.startswith(PUBLIC)
    if not public and not request.user.is_authenticated:
        raise Http404("Only published pictures are public.")
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if not public:
        return uncacheable(response, why="The desk's own.")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
