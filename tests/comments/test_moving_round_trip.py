"""What goes out as JSON Lines comes in again, and readers see no difference."""

import random
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from dateline.comments import actions
from dateline.comments.models import Comment, Reader
from dateline.comments.readers import own_words
from dateline.comments.refusals import Refused
from dateline.comments.threads import newsroom
from dateline.stories.models import Current
from tests.comments import archives
from tests.comments.archives import Post
from tests.comments.test_moving import by_number, move

__all__ = ["move"]
pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'(?<=comment-)\d+|(?<=omments/)\d+|(?<=parent=")\d+|(?<=last=")\d+|(?<="parent" value=")\d+')
ADDRESSES = ("", "?order=oldest", "?order=valued", "since?after=0")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_became_of_a_thread_its_pages_are_the_same_after_a_move(
    client, published, moderator, tmp_path, capsys, seed
):
    story = published()
    _live(random.Random(seed), story, moderator)
    file = tmp_path / "all.jsonl"
    call_command("comments", "export", str(file), verbosity=0)
    before, number = _seen(client, story), Comment.objects.count()
    assert _imported(file, capsys) == (0, number)
    assert _seen(client, story) == before
    _forget()
    assert _imported(file, capsys) == (number, 0)
    assert _seen(client, story) == before
    assert _imported(file, capsys) == (0, number)
    assert Comment.objects.count() == number


def _live(chance, story, moderator):
    """Readers and moderators do what they do, at random: write, answer, edit, delete, pick, reject, think again."""
    readers = [
        Reader.objects.create(name=name, email=f"{name}@readers.example", confirmed_at=datetime(2026, 1, 1, tzinfo=UTC))
        for name in ("Sana", "Omar")
    ]
    for at in range(60):
        shown = [*Comment.objects.filter(state="approved", deleted_at=None).order_by("pk")]
        deed = chance.choice(["write", "write", "answer", "answer", "staff", "edit", "delete", "pick", "turn"])
        one = chance.choice(shown) if shown else None
        with suppress(Refused):  # too many at once, an answer to what was held again meanwhile
            _do(deed, one, chance, story, moderator, at, readers)
    for number, row in enumerate(Comment.objects.order_by("pk")):
        row.created_at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number)
        row.save(update_fields=["created_at"])


def _do(deed, one, chance, story, moderator, at, readers):
    if deed == "staff":
        newsroom.write(_current(story), by=moderator, text=f"From us {at}.", parent_id=one and one.pk)
    elif deed in ("write", "answer") or one is None:
        _write(chance, story, moderator, at, one if deed == "answer" else None, [*readers, None])
    elif deed == "edit" and one.reader in readers:
        _changed(one, f"Changed {at}.", moderator)
    elif deed == "delete" and one.reader in readers:
        own_words.delete(one.pk, reader=one.reader)
    elif deed == "pick":
        newsroom.pick(one.pk, by=moderator)
    elif deed == "turn":
        actions.decide(one.pk, "rejected", by=moderator, was="approved", reason="insult")


def _current(story):
    return Current.objects.get(pk=story.pk)


def _write(chance, story, moderator, at, parent, readers):
    made = actions.accept(
        story.pk, name=f"Guest {at}", text=f"Number {at}.", address=f"192.0.2.{at}",
        parent_id=parent and parent.pk, reader=chance.choice(readers),
    )  # fmt: skip
    if chance.random() < 0.8:
        actions.decide(made.pk, "approved", by=moderator, was="held")


def _changed(comment, text, moderator):
    if not Comment.objects.filter(parent=comment, state="approved").exists():
        own_words.edit(comment.pk, reader=comment.reader, text=text)
        actions.decide(comment.pk, "approved", by=moderator, was="held")


def _seen(client, story):
    """Every public page of the thread, with the comments' names in the place of their numbers."""
    names = dict(Comment.objects.values_list("pk", "submission"))
    at = f"/news/{story.pk}/comments/"
    answers = {address: client.get(f"{at}{address}") for address in ADDRESSES}
    answers |= {name: client.get(f"{at}{number}/") for number, name in names.items()}
    answers["story"] = client.get(f"/news/{story.pk}/", follow=True)
    return {
        name: [names.get(number) for number in answer.json()["comments"]]
        if "since" in name
        else f"{answer.status_code} {NUMBER.sub(lambda found: names.get(int(found[0]), found[0]), answer.text)}"
        for name, answer in answers.items()
        if answer.status_code == 200
    }


def _imported(file, capsys):
    call_command("comments", "import", str(file))
    said = capsys.readouterr().out
    return tuple(int(found) for found in re.search(r"(\d+) imported, (\d+) skipped, 0 failed", said).groups())


def _forget():
    """Another newsroom, with the same stories."""
    with connection.cursor() as cursor:
        for table in ("mail", "answer", "vote", "statement", "decision", "formerwords", "fingerprint", "comment"):
            cursor.execute(f"DELETE FROM comments_{table}")


def test_what_an_earlier_release_erased_comes_in_once(published, approved, tmp_path, capsys):
    story = published()
    one = approved(story)
    Comment.objects.filter(pk=one.pk).update(
        text="", name="", html="", deleted_at=datetime(2026, 11, 1, tzinfo=UTC), submission=f"deleted {one.pk}"
    )
    call_command("comments", "export", str(tmp_path / "all.jsonl"), verbosity=0)
    assert _imported(tmp_path / "all.jsonl", capsys) == (0, 1)
    assert len(Comment.objects.get().submission) == 32


def test_what_was_deleted_before_it_came_here_keeps_its_place_where_it_was_answered(client, move, published):
    story = published()
    posts = [
        Post(1, 7, "CANARY one", deleted=True), Post(2, 7, "Its answer", parent=1), Post(3, 7, "CANARY two", parent=2, deleted=True),
        Post(4, 7, "CANARY three", parent=3, spam=True), Post(5, 7, "Deep below", parent=4), Post(6, 7, "CANARY four", deleted=True),
    ]  # fmt: skip
    assert move({"old.xml": archives.disqus({7: f"/news/{story.pk}/"}, posts)})[0] == (6, 6, 0, 0)
    rows = by_number(1, 2, 3, 4, 5)
    for address in (f"/news/{story.pk}/comments/", f"/news/{story.pk}/comments/{rows[0].pk}/"):
        text = client.get(address).text
        assert re.findall(r'id="comment-(\d+)"', text) == [str(row.pk) for row in rows]
        assert text.count('<p class="deleted">Deleted.</p>') == 2
        assert text.count('<p class="deleted">A moderator took this comment off.</p>') == 1
        assert "CANARY" not in text
    comments = archives.wxr_comment(1, "trash", "CANARY") + archives.wxr_comment(2, "1", "Its answer", parent=1)
    other = published("Other")
    move({"wp.xml": archives.wxr(f"/news/{other.pk}/", comments)})
    assert client.get(f"/news/{other.pk}/comments/").text.count('<p class="deleted">Deleted.</p>') == 1
