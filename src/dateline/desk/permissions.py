"""Who may do what to which story: Wagtail asks per model, a newsroom per story."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
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


class StoryPolicy(ModelPermissionPolicy):
    """Wagtail's questions, answered per story. No story is ever deleted or copied away from under its News ID."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Story) -> bool:
        return self.user_has_permission(user, action) and may(user, action, instance)
