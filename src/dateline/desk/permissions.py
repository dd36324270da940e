"""Who may do what to which story: Wagtail asks per model, a newsroom per story."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from wagtail.permission_policies import ModelPermissionPolicy

from dateline.stories.models import Story

State = Story.State


def may(user: User | AnonymousUser, deed: str, story: Story) -> bool:
    """Whether `user` may do `deed` (view, change, publish, correct, kill, spike) to this story.

    A killed story is nobody's. A reporter changes own stories, until they are out. Nobody deletes one.
    """
    if deed == "view":
        return user.has_perm("stories.view_story")
    if deed == "delete" or story.state == State.KILLED:
        return False
    if deed == "kill":
        return user.has_perm("stories.kill_story") and story.state == State.PUBLISHED
    if deed == "correct":
        return user.has_perm("stories.correct_story") and story.state == State.PUBLISHED
    if deed == "spike":
        return story.state == State.DRAFT and may(user, "change", story)
    if not user.has_perm(f"stories.{deed}_story"):
        return False
    if user.has_perm("stories.publish_story"):
        return True
    return story.owner_id == user.pk and story.state != State.PUBLISHED


# What Wagtail asks of the model only, and we of the story in the address.
_ASKED_OF_THE_STORY = {"lock": "lock", "revisions_unschedule": "publish", "workflow_action": "view"}


def gated(patterns: list[URLPattern]) -> list[URLPattern]:
    """The addresses of stories, open to those who may see stories; some to those only who may do that to this one.

    Wagtail leaves previews and choosers open to everybody who may log in: a moderator would read drafts there.
    """
    return [
        URLPattern(pattern.pattern, _gate(pattern.callback, pattern.name or ""), pattern.default_args, pattern.name)
        for pattern in patterns
        if pattern.name != "create"  # a chooser makes no stories
    ]


def _gate(view: Callable, name: str) -> Callable:
    deed = _ASKED_OF_THE_STORY.get(name)

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("stories.view_story"):
            raise PermissionDenied
        if deed and request.method == "POST":
            story = get_object_or_404(Story, pk=kwargs.get("pk", args[0] if args else None))
            if story.state == State.KILLED or not may(request.user, deed, story):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return gate


class StoryPolicy(ModelPermissionPolicy):
    """Wagtail's questions, answered per story. No story is ever deleted or copied away from under its News ID."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Story) -> bool:
        return self.user_has_permission(user, action) and may(user, action, instance)
