"""What came out in a thread since a page of it was made: asked for by pages that somebody has before him."""

from django.db.models import Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from dateline.edge import headers
from dateline.stories.models import Current

from ..models import Comment
from . import thread

MOST = 50


@require_safe
def since(request: HttpRequest, news_id: int) -> HttpResponse:
    """The numbers of the comments that came out after `?after=`, the first first, 50 at most. For every cache.

    By the moment at which each was approved, whenever it was written. 0, and a comment that nobody knows, stand before
    all. 404 where no story is, 410 where it was killed: nothing more comes out there. Two queries.
    """
    asked = request.GET.get("after", "")
    after = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0
    moment = Comment.objects.filter(pk=after, story_id=min(news_id, 2**62)).values("decided_at")
    current = Current.objects.filter(pk=min(news_id, 2**62)).annotate(moment=Subquery(moment)).first()
    if current is None:
        raise Http404(f"No story {news_id}.")
    if current.killed:
        return headers.cacheable(request, JsonResponse({"comments": []}, status=410), keys=[f"story-{news_id}"])
    rows = thread.came_out(news_id)
    if current.moment:
        at = current.moment
        rows = rows.filter(Q(decided_at__gte=at) & (Q(decided_at__gt=at) | Q(pk__gt=after)))
    found = [*rows.reverse().values_list("pk", flat=True)[:MOST]]
    return headers.cacheable(request, JsonResponse({"comments": found}), keys=[f"thread-{news_id}"])
