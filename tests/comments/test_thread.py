"""Comments as readers send and see them."""

import pytest

from dateline.comments.models import Comment

pytestmark = pytest.mark.django_db


def test_a_comment_is_held_and_its_writer_is_told(client, published):
    story = published()
    answer = client.post(f"/news/{story.pk}/comments/", {"name": "Sana", "comment": "A good report."})
    assert answer.status_code == 303
    assert Comment.objects.get().state == "held"
    page = client.get(answer["Location"])
    assert "held until a moderator has read it" in page.text
    assert page["Cache-Control"] == "no-store"
    assert "A good report." not in client.get(f"/news/{story.pk}/comments/").text
    assert "A good report." not in client.get(f"/news/{story.pk}/", follow=True).text
