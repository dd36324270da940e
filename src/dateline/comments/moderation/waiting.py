"""On the desk's home: how many comments wait for moderators, and since when. The queues' own indexes find them."""

from typing import Any

from wagtail.admin.ui.components import Component

from . import queues

MOST = 100  # that are counted: more are many


class Waiting(Component):
    """A line for each queue in which something waits; nothing where nothing does. A short query each."""

    template_name = "comments/waiting.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        by = parent_context["request"].user
        lines = [_line(queues.QUEUES[name], by) for name in ("held", "reported", "appealed")]
        return {"lines": [line for line in lines if line]}


def _line(queue: queues.Queue, by: Any) -> dict[str, Any] | None:
    waiting = list(queue.ordered(by).values_list(queue.time, flat=True)[: MOST + 1])
    if not waiting:
        return None
    number = str(len(waiting)) if len(waiting) <= MOST else f"{MOST}+"
    return {"queue": queue, "number": number, "oldest": waiting[0]}
