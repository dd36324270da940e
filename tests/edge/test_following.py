"""What a publication purges, what is pressed then, and where a follower goes on that was stopped."""

import pytest
from django.db import transaction

from dateline.edge import changes, keys
from dateline.edge.following import Following
from dateline.edge.models import Purge
from dateline.edge.pages import Pages
from dateline.edge.purging import purge
from dateline.stories import actions
from dateline.stories.models import Publication, Section, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(tmp_path):
    return Pages(tmp_path / "edge", memory=1_000_000, disk=10_000_000)


@pytest.fixture
def follow(pages):
    """Start a follower that only writes down what it pressed; take its steps until it has nothing to do."""

    def start():
        pressed = []
        following = Following(pages, lambda address: pressed.append(address) or True)

        def steps():
            pressed.clear()
            while following.step():
                pass
            return list(pressed)

        steps()
        return steps

    return start


@pytest.fixture
def purged(pages):
    """Whether anything that shows one of `names` was purged since the last time it was asked."""
    last = {}

    def was(*names):
        from dateline.edge.marks import places

        at = pages.marks.purged(places(names))[0]
        changed = at > last.get(names, 0)
        last[names] = at
        return changed

    return was


def newest():
    return Publication.objects.order_by("-seq")[:1]


def test_a_publish_changes_its_page_its_lists_and_who_points_to_it(published, section):
    topic = Topic.objects.create(name="Elections", slug="elections")
    first = published("Mayor resigns", topics=[topic])
    related = {"type": "related", "value": first.pk}
    second = published("Council meets", body=["It met.", related])
    changed = changes.of(Publication.objects.filter(story_id=first.pk))
    assert {
        keys.story(first.pk),
        keys.story(second.pk),
        keys.front("en"),
        keys.section("world"),
        keys.topic("elections"),
        keys.SITEMAP,
        keys.NEWS_SITEMAP,
    } <= changed.soft
    assert not changed.hard
    assert keys.front("ar") not in changed.soft
    assert keys.CORRECTIONS not in changed.soft
    assert list(changed.addresses)[:3] == [first.get_absolute_url(), "/", "/section/world/"]
    assert "/section/world/feeds/atom.xml" in changed.addresses


def test_a_kill_changes_everything_that_named_it_and_is_not_shown_once_more(published):
    topic = Topic.objects.create(name="Elections", slug="elections")
    story = published("Mayor resigns", topics=[topic])
    actions.kill(story, note="He did not.")
    changed = changes.of(newest())
    assert {
        keys.story(story.pk),
        keys.front("en"),
        keys.section("world"),
        keys.topic("elections"),
        keys.killed("en"),
        keys.CORRECTIONS,
        keys.follower("search"),
    } <= changed.hard


def test_a_story_that_moves_leaves_its_old_section_too(published):
    story = published("Mayor resigns")
    story.section = Section.objects.get_or_create(slug="culture", defaults={"name": "Culture"})[0]
    story.save()
    actions.update(story)
    assert {keys.section("world"), keys.section("culture")} <= changes.of(newest()).soft


def test_what_many_publications_changed_takes_as_many_queries_as_one(published, django_assert_max_num_queries):
    for number in range(12):
        published(f"Story {number}")
    with django_assert_max_num_queries(5):
        assert changes.of(Publication.objects.order_by("seq"))


def test_what_was_published_is_purged_and_then_pressed(published, follow, purged, monkeypatch):
    monkeypatch.setattr("dateline.edge.following.AGAIN_SECONDS", 0)
    steps = follow()
    story = published("Mayor resigns")
    pressed = steps()
    assert purged(keys.front("en"))
    assert pressed[0] == story.get_absolute_url()
    assert {"/", "/section/world/", "/feeds/rss.xml"} <= set(pressed)


def test_many_publishes_in_a_second_press_a_front_once(published, follow):
    steps = follow()
    pressed = []
    for number in range(5):
        published(f"Story {number}")
        pressed += steps()
    assert pressed.count("/section/world/") == 1
    assert len([address for address in pressed if address.startswith("/news/")]) == 5


def test_a_comment_is_a_purge_of_its_thread_once_it_is_committed(follow, purged, published):
    story = published()
    steps = follow()
    purge([keys.thread(story.pk)])
    steps()
    assert purged(keys.thread(story.pk))
    steps()
    assert not purged(keys.thread(story.pk))


def test_a_section_that_is_renamed_is_renamed_everywhere(follow, section, pages):
    steps = follow()
    before = pages.marks.purged(())[0]
    section.name = "The world"
    section.save()
    steps()
    assert pages.marks.purged(())[0] > before


def test_a_purge_whose_number_was_committed_late_is_not_missed(follow, purged):
    purge(["a"])
    steps = follow()
    last = Purge.objects.order_by("-pk").first().pk
    Purge.objects.create(pk=last + 2, keys="later-number")
    steps()
    assert purged("later-number")
    Purge.objects.create(pk=last + 1, keys="earlier-number")
    steps()
    assert purged("earlier-number")
    assert not purged("later-number")


def test_a_purge_that_is_rolled_back_never_was(follow):
    follow()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        purge(["a"])
        1 / 0  # noqa: B018
    assert not Purge.objects.exists()


def test_a_follower_that_was_stopped_purges_what_it_missed(published, follow, purged):
    follow()
    purged(keys.front("en"))
    published("Meanwhile")
    follow()
    assert purged(keys.front("en"))


@pytest.mark.parametrize("lost", ["cursor", "made-by"])
def test_a_follower_that_cannot_trust_what_it_finds_keeps_nothing(follow, pages, lost):
    follow()
    (pages.disk.root / lost).unlink()
    before = pages.marks.purged(())[0]
    follow()
    assert pages.marks.purged(())[0] > before


def test_a_follower_goes_on_without_purging_what_is_still_true(follow, pages):
    follow()
    before = pages.marks.purged(())[0]
    follow()
    assert pages.marks.purged(())[0] == before


def test_after_an_import_everything_is_purged_at_once(published, follow, pages, monkeypatch):
    monkeypatch.setattr("dateline.edge.following.MANY", 3)
    steps = follow()
    before = pages.marks.purged(())[0]
    for number in range(5):
        published(f"Story {number}")
    steps()
    assert pages.marks.purged(())[0] > before


def test_a_search_page_is_purged_when_the_index_has_read_on(published, follow, purged):
    from dateline.search import index

    steps = follow()
    published("Mayor resigns")
    steps()
    purged(keys.follower("search"))
    steps()
    assert not purged(keys.follower("search"))
    index.catch_up()
    steps()
    assert purged(keys.follower("search"))


def test_a_step_with_nothing_to_do_is_three_look_ups(follow, django_assert_num_queries):
    steps = follow()
    with django_assert_num_queries(3):
        steps()
