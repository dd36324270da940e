"""An editor for bench.living: `python -m bench.writing` does what it reads, a line each, and says when that was out.

publish WORD | correct NEWS_ID | kill NEWS_ID -> {"news_id", "path", "version", "at"}: `at` by the machine's steady clock.
"""

import json
import sys
import time
import uuid

import django


def main() -> None:
    django.setup()
    from wagtail.models import Locale

    from dateline.stories import actions
    from dateline.stories.models import Current, Section, Story

    section, locale = Section.objects.order_by("order")[0], Locale.objects.get(language_code="en")
    words = f"<p>{'The harbour opened again on Monday, as the mayor had said. ' * 40}</p>"
    print(json.dumps({"section": section.slug}), flush=True)
    for line in sys.stdin:
        verb, what = line.split()
        if verb == "publish":
            body = json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": words}])
            story = Story(headline=f"The harbour and {what}", body=body, section=section, locale=locale)
            story.save()
            actions.publish(story)
        else:
            story = Story.objects.get(pk=what)
            note = "A figure was wrong."
            story.summary = f"Corrected when the clock stood at {time.monotonic_ns()}."
            actions.correct(story, note=note) if verb == "correct" else actions.kill(story, note=note)
        at = time.monotonic()
        out = Current.objects.get(pk=story.pk)
        print(
            json.dumps({"news_id": out.pk, "path": out.get_absolute_url(), "version": out.version, "at": at}),
            flush=True,
        )


if __name__ == "__main__":
    main()
