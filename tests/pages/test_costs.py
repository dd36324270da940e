"""What a page costs: a fixed number of queries, however much it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.stories import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def asks(client):
    """`asks(address)`: how many queries a page makes, in a process that has answered before."""

    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count


@pytest.fixture
def corrected(published, editor):
    """Make a story that was corrected."""

    def make(headline):
        story = published(headline)
        story.summary = "Corrected."
        actions.correct(story, by=editor, note="It was another mayor.")
        return story

    return make


def test_a_story_costs_three_queries_whatever_hangs_on_it(asks, published, editor):
    bare = published("Mayor resigns")
    other = published("Harbour opens")
    full = published("Strike ends", body=["First.", {"type": "related", "value": other.pk}])
    for words in ("once", "twice"):
        full.refresh_from_db()
        full.summary = f"Corrected {words}."
        actions.correct(full, by=editor, note=f"It was wrong {words}.")
    assert asks(bare.get_absolute_url()) <= 3
    assert asks(full.get_absolute_url()) <= 3


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 3),
        ("/section/world/", 3),
        ("/corrections/", 3),
        ("/search/?q=mayor", 4),
        ("/search/suggest/?q=may", 2),
        ("/feeds/atom.xml", 3),
    ],
)
def test_a_list_costs_as_much_with_one_story_as_with_thirty(asks, corrected, address, most):
    corrected("Mayor resigns")
    one = asks(address)
    for number in range(29):
        corrected(f"Mayor resigns for the {number + 2}. time")
    assert asks(address) == one
    assert one <= most


def test_a_history_costs_as_much_with_two_versions_as_with_nine(asks, published, editor):
    story = published("Mayor resigns")
    costs = set()
    for number in range(9):
        story.refresh_from_db()
        story.summary = f"Corrected {number} times."
        actions.correct(story, by=editor, note="It was another mayor.")
        if number in (0, 8):
            costs.add(asks(f"/news/{story.pk}/history/"))
    assert len(costs) == 1
    assert costs.pop() <= 5
