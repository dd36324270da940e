"""What a page asks while somebody has it before him: what came out since."""

import re

import pytest

from dateline.comments import actions
from dateline.stories import actions as verbs
from tests.comments.test_replies import reply  # noqa: F401  (a fixture)
from tests.comments.test_thread import long_thread  # noqa: F401

pytestmark = pytest.mark.django_db


def since(client, story, after):
    return client.get(f"/news/{story.pk}/comments/since?after={after}")


def test_what_was_approved_since_comes_in_order_whenever_it_was_written(
    client, published, write, approved, reply, moderator  # noqa: F811
):  # fmt: skip
    story = published()
    early = write(story, "Written first, approved last.")
    one = approved(story, "One.")
    page = client.get(f"/news/{story.pk}/comments/").text
    assert f'data-last="{one.pk}"' in page
    assert since(client, story, one.pk).json() == {"comments": []}
    answer = reply(one, "An answer.")
    actions.decide(early.pk, "approved", by=moderator, was="held")
    assert since(client, story, one.pk).json() == {"comments": [answer.pk, early.pk]}
    assert since(client, story, answer.pk).json() == {"comments": [early.pk]}
    for nowhere in ("0", "", "x", "-1", "9" * 30, "²", approved(published("Other")).pk):
        assert since(client, story, nowhere).json() == {"comments": [one.pk, answer.pk, early.pk]}
    beneath = client.get(f"/news/{story.pk}/", follow=True).text
    assert f'data-last="{early.pk}"' in beneath


def test_only_what_readers_see_comes(client, published, write, approved, reply, moderator):  # noqa: F811
    story = published()
    one = approved(story, "One.")
    answer = reply(one, "An answer.")
    write(story, "Held.")
    actions.decide(one.pk, "rejected", by=moderator, was="approved", reason="insult")
    assert since(client, story, 0).json() == {"comments": [answer.pk]}


def test_every_cache_may_keep_it_and_it_ends_with_the_story(client, published, approved, editor):
    story = published()
    approved(story)
    answer = since(client, story, 0)
    assert "public" in answer["Cache-Control"]
    assert answer["Surrogate-Key"] == f"thread-{story.pk}"
    assert since(client, story, 0).content == answer.content
    verbs.kill(story, by=editor, note="Wrong.")
    assert since(client, story, 0).status_code == 410
    assert client.get("/news/99999/comments/since").status_code == 404


def test_it_takes_two_queries_and_no_scan(client, long_thread, plans, django_assert_num_queries):  # noqa: F811
    with django_assert_num_queries(2):
        assert len(since(client, long_thread, 0).json()["comments"]) == 50
    found = plans(lambda: since(client, long_thread, 0))
    assert "comment_since" in found[1]
    assert not [plan for plan in found if re.search(r"SCAN comments_|Seq Scan on comments_", plan)]
