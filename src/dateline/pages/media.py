"""Pictures, where no web server in front serves them."""

import posixpath

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.permissions import policy_registry

from dateline.edge.headers import uncacheable
from dateline.stories.models import Picture

PUBLIC = "images/"  # renditions, which nobody can guess; what editors uploaded lies in original_images/


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture as published. Its name changes with its content, so it may be kept for ever.

    The originals are for those who work with pictures at the desk, and for no cache. An address that climbs (`images/../`)
    is nobody's: it is judged as the file that it would open.
    """
    if path != posixpath.normpath(path).lstrip("/"):
        raise Http404("A picture has one address.")
    public = path.startswith(PUBLIC)
    if not public and not _works_with_pictures(request.user):
        raise Http404("Only published pictures are public.")
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if not public:
        return uncacheable(response, why="The desk's own.")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _works_with_pictures(user: User | AnonymousUser) -> bool:
    return policy_registry.get_by_type(Picture).user_has_any_permission(user, ["add", "change", "choose"])
