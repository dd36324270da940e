"""An approval is of the words that were looked at: one is enough for them, and none holds for others."""

from typing import Any

from django.db import transaction
from wagtail.models import TaskState

from dateline.stories.models import Story


@transaction.atomic
def start_anew(story: Story) -> None:
    """Where a draft was saved while it waits for its approval, let the newest draft wait in place of the older one.

    Without a word to those who approve: they were told that the story waits.
    """
    waiting = story.current_workflow_task_state
    if waiting is None or waiting.revision_id == story.latest_revision_id:
        return
    TaskState.objects.filter(pk=waiting.pk).update(status=TaskState.STATUS_CANCELLED)
    anew = waiting.copy(update_attrs={"revision": story.latest_revision})
    state = story.current_workflow_state
    state.current_task_state = anew
    state.save()


def is_overtaken(waited: TaskState) -> bool:
    """Whether a newer draft waits in its place."""
    state = waited.workflow_state
    return (
        waited.status == TaskState.STATUS_CANCELLED
        and state.status == state.STATUS_IN_PROGRESS
        and state.current_task_state_id != waited.pk
    )


def seen(story: Story) -> str:
    """What somebody who looks at the story now decides about."""
    return f"{story.pk}.{story.latest_revision_id}"


def may_approve(user: Any, story: Story) -> bool:
    """Whether the story waits for an approval that `user` may give."""
    waiting = story.current_workflow_task_state
    actions = waiting.task.specific.get_actions(story, user) if waiting else ()
    return any(name == "approve" for name, *_rest in actions)


def approve(story: Story, user: Any) -> None:
    """Approve what waits; the last approval publishes it, or is refused as a publish is."""
    waiting = story.current_workflow_task_state
    waiting.task.specific.on_action(waiting, user, "approve")
