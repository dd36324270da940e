"""Several people who publish as fast as they can, and write down each "yes" that they heard.

`People` starts them for a test. They run as a program of their own:

`python -m tests.newsroom.publishers FILE`: reads how many to be from standard input, a number a line, forks that many
afresh, and prints their process ids. Each yes is a line of JSON in FILE, on the disk before the next verb is called.
Django is loaded once, so that those who are killed are replaced at once.
"""

import json
import os
import random
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import django

from tests.homes import Home
from tests.processes import kill


class People:
    """Publishers that can be killed and replaced."""

    def __init__(self, home: Home, file: Path) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tests.newsroom.publishers", str(file)],
            env={**home.environ, "DJANGO_SETTINGS_MODULE": "dateline.settings"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.program.stdout.readline() == "ready\n"
        self.pids: list[int] = []

    def hire(self, number: int) -> None:
        self.program.stdin.write(f"{number}\n")
        self.program.stdin.flush()
        self.pids += map(int, self.program.stdout.readline().split())

    def end(self) -> None:
        kill(*self.pids)
        self.program.kill()
        self.program.wait()


def main() -> None:
    django.setup()
    file = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    print("ready", flush=True)
    for line in sys.stdin:
        pids = [_fork(file) for _ in range(int(line))]
        print(*pids, flush=True)


def _fork(file: int) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            Publisher(file).work()
        finally:
            os._exit(1)
    return pid


class Publisher:
    def __init__(self, file: int) -> None:
        from wagtail.models import Locale

        from dateline.stories.models import Section

        self.file = file
        self.random = random.Random(os.urandom(8))
        self.section, self.locale = Section.objects.get(slug="world"), Locale.objects.get(language_code="en")
        self.out: list[Any] = []

    def work(self) -> None:
        while True:
            verb = self.random.choice(["publish", "publish", "publish", "update", "correct", "kill"])
            if verb == "publish" or not self.out:
                self.publish()
            else:
                self.change(verb)

    def publish(self) -> None:
        from dateline.stories import actions
        from dateline.stories.models import Story

        word = self.word()
        text = f"<p>The harbour reports {word}.</p>"
        story = Story(
            headline=f"Harbour {word}", section=self.section, locale=self.locale, place="Harbour City",
            body=json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": text}]),
        )  # fmt: skip
        story.save()
        self.heard(actions.publish(story), word)
        self.out.append(story)

    def change(self, verb: str) -> None:
        from dateline.stories import actions

        story = self.random.choice(self.out)
        word = self.word()
        if verb == "kill":
            self.out.remove(story)
        else:
            story.headline = f"Harbour {word}"
        note = {} if verb == "update" else {"note": f"It was not so: {word}."}
        self.heard(getattr(actions, verb)(story, **note), word)

    def heard(self, publication: Any, word: str) -> None:
        """The verb returned: from here on it must never be lost."""
        line = {
            "seq": publication.seq, "news_id": publication.story_id, "version": publication.version,
            "kind": publication.kind, "word": word,
        }  # fmt: skip
        os.write(self.file, (json.dumps(line) + "\n").encode())
        os.fsync(self.file)

    def word(self) -> str:
        return "w" + uuid.uuid4().hex[:12]


if __name__ == "__main__":
    main()
