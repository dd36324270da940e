"""What is looked at when a comment comes in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from dateline.comments import checks
from dateline.comments.checks import rates, sketches
from dateline.comments.models import Comment
from dateline.comments.moderation import modes
from dateline.comments.refusals import Refused, TooLong, TooOften
from dateline.comments.threads import before

pytestmark = pytest.mark.django_db
SOMEBODY = "203.0.113.7"  # kept for documentation (RFC 5737), so it must be made to count as public


@pytest.fixture(autouse=True)
def _public(monkeypatch):
    monkeypatch.setattr("dateline.comments.threads.addresses.is_public", lambda address: address == SOMEBODY)


def concerns(write, story, text, **options):
    return write(story, text, **options).concerns


def test_the_order_of_the_list_is_the_order_in_which_a_moderator_reads_the_reasons(write, published):
    text = "https://a.example https://b.example www.c.example \u202egnihtemos"
    assert concerns(write, published(), text) == ["links", "direction", "first"]


def test_every_check_says_in_a_sentence_what_it_looks_at():
    assert all(check.__doc__ for check in checks.CHECKS)
    assert len({*checks.CHECKS}) == len(checks.CHECKS)


def test_a_guest_of_whom_something_was_approved_is_no_first_timer(write, approved, published):
    story = published()
    assert concerns(write, story, "Hello.") == ["first"]
    approved(story, "A good report.")
    assert concerns(write, story, "Another thing altogether.") == []
    assert concerns(write, story, "Another thing altogether!!", name="Omar", address="192.0.2.8") == ["first"]


@pytest.mark.parametrize(("first", "second"), [
    ("Buy our wonderful carpets today", "BUY  our wonderful, cárpets to\u00adday!!"),
    ("Buy our wonderful carpets today and tomorrow", "Today and tomorrow: buy our wonderful carpets now"),
    ("اشتروا سجادنا الرائع اليوم", "إشتروا سجّادنا الرّائـــع اليوم"),
])  # fmt: skip
def test_the_same_words_in_other_spelling_are_a_repeat(write, published, first, second):
    story = published()
    write(story, first)
    assert "repeats" in concerns(write, story, second)
    assert "repeats" not in concerns(write, story, second, address="192.0.2.99")


@pytest.mark.parametrize("text", [
    "The mayor should resign at once, and so should the council.",
    "I agree.",
    "سؤال آخر عن الميناء",
])  # fmt: skip
def test_other_words_are_no_repeat(write, published, text):
    story = published()
    write(story, "The mayor should stay, as far as I am concerned.")
    assert "repeats" not in concerns(write, story, text)


@pytest.mark.parametrize(("text", "concern"), [
    ("See https://a.example and www.b.example.", None),
    ("https://a.example http://b.example WWW.c.example", "links"),
    ("a.example/x and b.example/y or (www.c.example/z)", "links"),
    ("Buy at shop-one.com, two.co.ru and three.xyz!", "links"),
    ("\u202eevil", "direction"),
    ("\u202bمرحبا\u202c", "direction"),
    ("מילה \u2067with\u2069 isolates \u200f and marks", None),
    ("Z̸̢̛̗a̵l̶g̷o̸", None),
    ("Z\u0300\u0301\u0302\u0303\u0304algo", "marks"),
    ("الحَمْدُ لِلَّهِ رَبِّ العَالَمِينَ", None),
    ("בְּרֵאשִׁית בָּרָא", None),
    ("ที่นี่ กู้ น้ำ", None),
    ("Tiếng Việt rất đẹp: ế ộ ữ", None),
    ("क्षत्रिय श्रीमान्", None),
    ("👩🏽‍🚀🇮🇶", None),
])  # fmt: skip
def test_tricks_are_pointed_out_and_scripts_as_they_are_written_are_not(write, published, text, concern):
    found = concerns(write, published(), text)
    assert found == ([concern] if concern else []) + ["first"]


def test_the_eleventh_comment_in_ten_minutes_is_refused_and_kept_in_the_form(client, published):
    story = published()

    def send(number, address=SOMEBODY):
        fields = {"comment": f"Number {number}."}
        return client.post(f"/news/{story.pk}/comments/", fields, REMOTE_ADDR=address)

    assert [send(number).status_code for number in range(11)] == [303] * 10 + [429]
    assert "Wait ten minutes" in send(11).text
    assert "Number 11." in send(11).text
    assert send(3).status_code == 303  # a retry of what was taken in
    assert Comment.objects.count() == 10
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert send(11).status_code == 303


def test_a_proxy_that_names_nobody_is_not_taken_for_one_reader(client, published):
    story = published()
    for number in range(15):
        answer = client.post(f"/news/{story.pk}/comments/", {"comment": f"Number {number}."}, REMOTE_ADDR="10.0.0.1")
        assert answer.status_code == 303


def test_the_moderator_reads_why(client, published, write, moderator):
    write(published(), "\u202eevil")
    client.force_login(moderator)
    page = client.get("/desk/comments/").text
    assert "Look at: characters that turn the text around, this guest&#x27;s first" in page


def test_a_check_that_refuses_ends_it(write, published, monkeypatch):
    def refuse(attempt):
        return checks.Refuse(Refused("No."))

    monkeypatch.setattr(checks, "CHECKS", [refuse, *checks.CHECKS])
    with pytest.raises(Refused, match="No"):
        write(published())
    assert not Comment.objects.exists()


def test_what_came_from_an_address_is_found_by_its_index(write, published, plans):
    story = published()
    write(story, "One.")
    found = [plan for plan in plans(lambda: write(story, "Two.")) if "comment_address" in plan]
    assert len(found) == 1
    assert "TEMP B-TREE" not in found[0]
    assert "Sort" not in found[0]


@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="PostgreSQL only: SQLite's plans do not hang on numbers of rows"
)
def test_what_was_said_in_a_long_thread_is_read_in_its_order_though_the_others_are_thought_short(write, published):
    comment = write(published())
    story, reader = comment.story_id, comment.reader_id
    same = {"story_id": story, "version": 1, "reader_id": reader, "name": "Sana", "created_at": comment.created_at}
    copies = [Comment(text="Two.", submission=f"copy {number}", **same) for number in range(6_000)]
    Comment.objects.bulk_create(copies)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = 'comments_comment'::regclass")
        cursor.execute("DISCARD PLANS")  # they are made anew each minute, here for a table whose rows nobody counted
        seen = {"name": "Sana", "text": "Three.", "at": timezone.now(), "address": comment.address, "limited": False}
        assert before.attempt(story, None, **seen).lately.number == rates.BUSY
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE statement LIKE '%%comments_ban%%'")
        cursor.execute(
            f"EXPLAIN EXECUTE {cursor.fetchone()[0]} (1, 'a', 'sana', 'a', 'Sana', 0, 'a', 0, {story}, {story})"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using comment_newest" in plan
    assert "Sort" not in plan


def test_a_reader_who_changes_his_address_is_still_counted(write, published):
    story = published()
    comments = [write(story, f"Number {number}.", address=f"192.0.2.{number}") for number in range(11)]
    signed_in = comments[0].reader
    Comment.objects.update(reader=signed_in)
    seen = {"name": "Sana", "text": "Number 12.", "at": timezone.now(), "address": "somewhere else", "limited": True}
    with pytest.raises(TooOften, match="You sent many comments"):
        checks.judge(before.attempt(story.pk, signed_in, **seen))


def test_a_comment_that_is_changed_does_not_repeat_itself(write, published):
    comment = write(published(), "Buy our wonderful carpets today and tomorrow")
    story = comment.story_id
    seen = {"name": "Sana", "text": comment.text, "at": timezone.now(), "address": comment.address, "limited": True}
    assert "repeats" in checks.judge(before.attempt(story, comment.reader, **seen)).concerns
    assert checks.judge(before.attempt(story, comment.reader, **seen, but=comment.pk)).concerns == ["first"]


def test_what_somebody_else_said_in_this_thread_is_an_echo_unless_it_is_short(write, published):
    story, other = published(), published()
    text = "Buy our wonderful carpets today and tomorrow"
    write(story, text)
    write(story, "Well said indeed.")
    assert "echoes" in concerns(write, story, "BUY our wónderful carpets today & tomorrow!", address="192.0.2.9")
    assert "echoes" not in concerns(write, story, "Well said indeed.", address="192.0.2.9")
    assert "echoes" not in concerns(write, other, text, address="192.0.2.9")


def test_sixty_in_a_minute_under_one_story_are_held_even_where_comments_are_open(write, published, editor):
    story = published()
    modes.set_mode(modes.SITE, "open", None, by=editor)
    for number in range(60):
        assert write(story, f"Number {number}.", name=f"Guest {number}").state == "approved"
    crowd = write(story, "Number 61.", name="Guest 61")
    assert (crowd.state, crowd.concerns) == ("held", ["busy", "first"])
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    assert write(story, "Later.", name="Guest 62").state == "approved"


@pytest.mark.parametrize("fields", [{"text": "x" * 5001}, {"name": "x" * 81}])
def test_too_long_a_comment_is_refused_by_whichever_door_it_comes(write, published, fields):
    with pytest.raises(TooLong, match="Shorten it"):
        write(published(), **fields)


def test_two_long_texts_that_differ_in_a_few_words_are_alike_and_two_different_ones_are_not():
    long = [f"word{number}" for number in range(200)]
    one = sketches.of(" ".join(long))
    assert len(one) == 64
    assert sketches.alike(one, sketches.of(" ".join([*long[5:], "new"])), from_words=5)
    assert not sketches.alike(one, sketches.of(" ".join(long[:100])), from_words=5)
    assert not sketches.alike(one, sketches.of(" ".join(f"other{number}" for number in range(200))), from_words=5)
    assert not sketches.alike(b"", b"", from_words=5)


def test_a_comment_costs_a_fixed_number_of_queries(write, published, editor, django_assert_num_queries):
    story = published()
    write(story, "My first.")
    # What it meets; a savepoint, a row, the log.
    with django_assert_num_queries(1 + 4):
        write(story, "My second.")
