"""Comments move in from elsewhere, and out again: nothing is lost, nothing comes twice."""

import gzip
import io
import json
import re
import time
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from dateline.comments.models import STANDS, Comment, LeftBehind, Reader
from dateline.comments.moving import finding
from dateline.comments.moving.records import Thread, key
from dateline.comments.moving.shelf import Shelf
from dateline.comments.threads import thread, votes
from dateline.stories import actions as verbs
from dateline.stories import bulk
from dateline.stories.models import Current, Provider, Story
from tests.comments import archives
from tests.comments.archives import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def move(tmp_path, capsys):
    """Import files: `move({"a.xml": "..."}, "--dry-run")` gives the numbers of the last line and all that was said."""

    def run(files, *options):
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            if content is not None:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        out = io.StringIO()
        try:
            call_command("comments", "import", *paths, *options, stdout=out)
        except CommandError as error:
            out.write(f"{error}\n")
        said = out.getvalue() + capsys.readouterr().err
        line = next((line for line in said.splitlines() if " imported, " in line), "")
        return tuple(int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", line)[:4]), said

    return run


def test_a_disqus_thread_moves_in_with_its_tree_dates_names_and_states(client, move, published):
    story = published()
    posts = [
        Post(1, 7, "<p>First &amp; <b>foremost</b>.</p><blockquote>So you say.</blockquote>"),
        Post(2, 7, "An answer<br>in two lines", "Omar", parent=1, at="2014-03-02T15:00:00Z"),
        Post(3, 7, "An answer to the answer", "Rim", parent=2),
        Post(4, 7, "Buy now", "Spammer", spam=True),
        Post(5, 7, "Taken back", "Rim", deleted=True),
    ]
    counts, _ = move({"old.xml": archives.disqus({7: f"https://news.example/news/{story.pk}/mayor/"}, posts)})
    assert counts == (5, 5, 0, 0)
    first, second, third, spam, deleted = by_number(1, 2, 3, 4, 5)
    assert (first.name, first.text) == ("Sana", "First & *foremost*.\n\n> So you say.")
    assert first.created_at == datetime(2014, 3, 2, 14, 10, 22, tzinfo=UTC)
    assert (second.parent, second.text) == (first, "An answer\nin two lines")
    assert (third.parent, third.thread, third.depth, third.place) == (second, first, 2, 2)
    assert (spam.state, spam.reason) == ("rejected", "advertising")
    assert (deleted.state, deleted.reason) == ("rejected", "before")
    assert first.replies == 2
    assert Reader.objects.get(name="Rim").approved == Reader.objects.get(name="Rim").rejected == 1
    page = client.get(f"/news/{story.pk}/comments/").text
    assert re.findall(r'id="comment-(\d+)"', page) == [str(row.pk) for row in (first, second, third)]
    assert "Buy now" not in page


def by_number(*numbers):
    rows = Comment.objects.select_related("parent", "thread").in_bulk(
        [key("disqus", number) for number in numbers], field_name="submission"
    )
    return [rows[key("disqus", number)] for number in numbers]


def test_no_address_moves_in(move, published):
    story = published()
    link = f"https://news.example/news/{story.pk}/"
    comments = archives.wxr_comment(1, "1", "Hello.") + archives.wxr_comment(2, "x", "No state.")
    move({
        "old.xml": archives.disqus({7: link}, [
            Post(1, 7), Post(2, 7, at="never"), Post(3, 8), Post(4, 7, name="omar@mail.example"), Post(5, 8, name="a@mail.example"),
        ]),
        "wp.xml": archives.wxr(link, comments),
        "bad.jsonl": '{"text": "omar@mail.example",\n',
    })  # fmt: skip
    assert sorted(Comment.objects.values_list("name", flat=True)) == ["", "Omar", "Sana"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = repr(cursor.fetchall())
            assert "mail.example" not in kept, table
            assert "203.0.113" not in kept, table


def test_what_is_imported_twice_is_there_once_and_two_people_of_one_name_are_two(move, published):
    story = published()
    posts = [Post(1, 7), Post(2, 7, "Another Sana.", email="else@mail.example"), Post(3, 7, parent=1)]
    old = archives.disqus({7: f"/news/{story.pk}/"}, posts).replace("<username>sana</username>", "<username/>")
    assert move({"old.xml": old})[0] == (3, 3, 0, 0)
    assert move({"old.xml": old})[0] == (3, 0, 3, 0)
    assert move({"packed.xml.gz": gzip.compress(old.encode())})[0] == (3, 0, 3, 0)
    assert Comment.objects.count() == 3
    assert Reader.objects.count() == 2


def test_a_dry_run_says_the_same_and_writes_nothing(move, published):
    story = published()
    posts = [Post(2, 7, parent=1), Post(1, 7), Post(1, 7), Post(3, 7, parent=99), Post(4, 8)]
    old = {"old.xml": archives.disqus({7: f"/news/{story.pk}/"}, posts)}
    dry, said = move(old, "--dry-run")
    assert "Would be: 5 comments" in said
    assert not Comment.objects.exists()
    assert not LeftBehind.objects.exists()
    assert move(old)[0] == dry == (5, 2, 1, 2)


def test_an_answer_that_stands_before_its_question_finds_it(move, published):
    story = published()
    posts = [Post(number, 7, f"Number {number}", parent=number - 1) for number in range(40, 0, -1)]
    threads = archives.disqus({7: f"/news/{story.pk}/"}, [])
    text = archives.disqus({}, posts)  # and the thread behind its posts
    text = text.replace("</disqus>", threads[threads.index("<thread") :])
    assert move({"old.xml": text})[0] == (40, 40, 0, 0)
    assert max(Comment.objects.values_list("depth", flat=True)) == 39
    assert [row.text for row in thread.in_order(Comment.objects.get(depth=0), Comment.objects.filter(depth__gt=0))] == [
        f"Number {number}" for number in range(2, 41)
    ]


def test_what_cannot_move_in_is_kept_with_its_reason_and_its_neighbours_go_on(move, published, tmp_path, capsys):
    story = published()
    posts = [
        Post(1, 7), Post(2, 8, "Under what was never here"), Post(3, 8, parent=2), Post(4, 7, at="yesterday"),
        Post(5, 7, " <script>x</script> "), Post(6, 7, "Last"), Post(7, 7, at="2999-01-01T00:00:00Z"),
    ]  # fmt: skip
    links = {7: f"/news/{story.pk}/", 8: "https://old.example/2014/unknown.html"}
    counts, said = move({"old.xml": archives.disqus(links, posts)})
    assert counts == (7, 2, 0, 5)
    assert "old.xml, post 2, line 6 (https://old.example/2014/unknown.html): No story is known" in said
    assert "createdAt 'yesterday' is no date" in said
    assert "There is nothing in it." in said
    assert LeftBehind.objects.count() == 5
    out = io.StringIO()
    call_command("comments", "import", "--failed", stdout=out)
    failed = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [entry["text"] for entry in failed if entry["position"].startswith("post 2")] == [
        "Under what was never here"
    ]

    table = tmp_path / "map.csv"
    table.write_text(f"address,news id\nhttp://www.old.example/2014/unknown.html,{story.pk}\n")
    counts, _ = move({"old.xml": None}, "--map", str(table))
    assert counts == (7, 2, 2, 3)
    assert sorted(LeftBehind.objects.values_list("position", flat=True)) == [
        "post 4, line 8", "post 5, line 9", "post 7, line 11",
    ]  # fmt: skip


def test_the_report_can_be_mended_and_imported(move, published):
    story = published()
    old = archives.disqus(
        {8: "https://old.example/2014/unknown.html"}, [Post(1, 8, "One"), Post(2, 8, "Two", parent=1)]
    )
    assert move({"old.xml": old})[0] == (2, 0, 0, 2)
    out = io.StringIO()
    call_command("comments", "import", "--failed", stdout=out)
    mended = out.getvalue().replace('"news_id": null', f'"news_id": {story.pk}')
    assert move({"mended.jsonl": mended})[0] == (2, 2, 0, 0)
    assert Comment.objects.get(text="Two").parent.text == "One"
    assert not LeftBehind.objects.exists()


def test_wordpress_states_and_lines_are_kept_and_pingbacks_are_none(client, move, published):
    story = published("Mayor resigns")
    comments = (
        archives.wxr_comment(1, "1", 'Line one\nline two\n\nA <a href="https://a.example/">link</a>')
        + archives.wxr_comment(2, "0", "Waits", parent=1)
        + archives.wxr_comment(3, "spam", "Buy")
        + archives.wxr_comment(4, "trash", "Gone")
        + archives.wxr_comment(5, "1", "Pinged", kind="pingback")
    )
    text = archives.wxr("https://old.example/2012/05/mayor-resigns/", comments, title="Mayor resigns")
    counts, said = move({"wp.xml": text})
    assert counts == (5, 4, 1, 0)
    assert "1 threads were found by slug" in said
    assert sorted(Comment.objects.values_list("state", "reason")) == [
        ("approved", ""), ("held", ""), ("rejected", "advertising"), ("rejected", "before"),
    ]  # fmt: skip
    first = Comment.objects.get(state="approved")
    assert first.text == "Line one\nline two\n\nA link (https://a.example/)"
    assert first.created_at == datetime(2012, 5, 3, 10, 11, 12, tzinfo=UTC)
    assert Comment.objects.get(state="held").parent == first
    assert "Line one" in client.get(f"/news/{story.pk}/comments/").text


def test_issos_database_moves_in_as_it_is(move, published, tmp_path):
    story = published()
    rows = [(1, None, 1, "Shown", "Rim"), (2, 1, 1, "*Answer*", None), (3, None, 2, "Waits", "Rim"),
            (4, None, 4, "", None), (5, 4, 5, "Both", "Rim"), (6, 1, None, "No mode", "Rim")]  # fmt: skip
    archives.isso(tmp_path / "comments.db", f"/news/{story.pk}/mayor/", rows)
    counts, said = move({"comments.db": None})
    assert counts == (6, 5, 0, 1)
    assert "comment 6: Its date '1393769422.5' or mode 'None' is none." in said
    assert sorted(Comment.objects.values_list("text", "name", "state")) == [
        ("", "", "rejected"), ("*Answer*", "", "approved"), ("Both", "Rim", "rejected"), ("Shown", "Rim", "approved"),
        ("Waits", "Rim", "held"),
    ]  # fmt: skip
    assert Comment.objects.get(text="*Answer*").parent.text == "Shown"
    assert set(Comment.objects.values_list("valued", flat=True)) == {3}  # the one vote against them is left behind
    assert move({"comments.db": None})[0] == (6, 0, 5, 1)


def test_a_thread_finds_its_story_by_all_that_the_record_knows(published):
    agency = Provider.objects.create(name="Archive")
    first = published("Mayor resigns after vote", provider=agency, source_id="node/812")
    second = published("استقالة العمدة", language="ar")
    for _ in range(2):
        published("Same words")
    draft_of_17 = Story.objects.order_by("-pk")[0].pk + 17
    finder = finding.Finder(Shelf(), {"old.example/x": second.pk})
    cases = {
        Thread(f"https://any.example/ar/news/{second.pk}/slug/"): second.pk,
        Thread(f"/news/{draft_of_17}/"): None,
        Thread("https://old.example/x/#disqus_thread"): second.pk,
        Thread("https://old.example/?q=1", identifier="node/812"): first.pk,
        Thread("https://old.example/2014/mayor-resigns-after-vote.html"): first.pk,
        Thread("https://old.example/استقالة-العمدة/"): second.pk,
        Thread("https://old.example/same-words/"): None,  # two stories have that slug
        Thread(f"https://old.example/?p={first.pk}", title="Mayor resigns after vote"): first.pk,
        Thread(f"https://old.example/?p={first.pk}", title="Another story altogether"): None,
        Thread("http://[broken"): None,
        Thread(): None,
    }
    found = {thread: finder.find(thread) for thread in cases}
    assert {thread: current and current.pk for thread, current in found.items()} == cases


def test_a_comment_that_moves_in_has_the_version_that_was_out_when_it_was_written(move, draft, editor):
    story = draft()
    story.first_published_at = datetime(2014, 1, 1, tzinfo=UTC)
    bulk.publish_many([])
    verbs.publish(story, by=editor, at=datetime(2014, 1, 1, tzinfo=UTC))
    story.headline = "Mayor stays"
    verbs.correct(story, by=editor, note="He stays.", at=datetime(2014, 3, 1, tzinfo=UTC))
    story.headline = "Mayor stays, again"
    verbs.correct(story, by=editor, note="He stays.", at=datetime(2014, 5, 1, tzinfo=UTC))
    dates = ("2013-12-01", "2014-02-01", "2014-03-02", "2015-01-01")
    posts = [Post(number, 7, f"On {date}", at=f"{date}T00:00:00Z") for number, date in enumerate(dates, 1)]
    move({"old.xml": archives.disqus({7: f"/news/{story.pk}/"}, posts)})
    assert [*Comment.objects.order_by("pk").values_list("version", flat=True)] == [1, 1, 2, 3]


def test_everything_goes_out_as_json_lines_and_comes_into_another_newsroom(move, published, approved, write, capsys):
    story = published()
    first = approved(story, "One, mail me at nobody@mail.example")
    approved(story, "Two", name="ليلى", parent_id=first.pk)
    write(story, "Three", name="")
    votes.value(first, address="198.51.100.7")
    call_command("comments", "export", "-", verbosity=0)
    out = capsys.readouterr().out
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["text"], line["state"], line["news_id"]) for line in lines] == [
        ("One, mail me at nobody@mail.example", "approved", story.pk), ("Two", "approved", story.pk),
        ("Three", "held", story.pk),
    ]  # fmt: skip
    assert lines[1]["parent"] == lines[0]["key"]
    assert "mona" not in out
    assert move({"out.jsonl": out})[0] == (3, 0, 3, 0)
    said = ("submission", "text", "name", "state", "created_at", "place", "depth", "parent__text", "replies", "valued")
    before = [*Comment.objects.order_by("submission").values(*said)]
    forget_all()
    assert move({"out.jsonl": out})[0] == (3, 3, 0, 0)
    assert [*Comment.objects.order_by("submission").values(*said)] == before


def forget_all():
    """Another newsroom, with the same stories."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_vote")
        cursor.execute("DELETE FROM comments_decision")
        cursor.execute("DELETE FROM comments_comment")


def test_an_export_file_appears_whole(published, approved, tmp_path, capsys):
    approved(published())
    call_command("comments", "export", str(tmp_path / "out.jsonl"))
    assert "1 comments are in" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    with pytest.raises(CommandError, match="Could not write"):
        call_command("comments", "export", str(tmp_path / "nowhere" / "out.jsonl"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", b"<html></html>"])
def test_a_file_of_no_known_format_is_refused_with_the_cure(move, content):
    _, said = move({"what": content})
    assert "say --format disqus, wxr, isso, jsonl" in said


@pytest.mark.parametrize("line", ['{"text": 1.5, "created_at": "2014-01-01"}', "[]", "{", '{"text": "x"}', "\xff",
                                  '{"text": "x", "created_at": "2014-01-01", "state": "loud"}',
                                  '{"created_at": "2014-01-01", "news_id": "x", "text": "x"}', '{"a":' * 50_000])  # fmt: skip
def test_a_line_that_is_no_comment_is_told_by_its_number(move, published, line):
    good = json.dumps({"news_id": published().pk, "text": "Good.", "created_at": "2014-01-01T00:00:00Z"})
    counts, said = move({"in.jsonl": f"{good}\n\n{line}\n{good}\n"}, "--format", "jsonl")
    assert counts == (3, 1, 1, 1)
    assert "in.jsonl, line 3: It is no comment as JSON" in said


# -- Hostile and broken files ---------------------------------------------------------------------------------------------


def test_a_file_that_breaks_off_gives_what_it_had_and_says_so(move, published):
    story = published()
    text = archives.disqus({7: f"/news/{story.pk}/"}, [Post(1, 7), Post(2, 7, "Two"), Post(3, 7, "Three")])
    counts, said = move({"old.xml": text[: text.index("Three")]})
    assert counts == (3, 2, 0, 1)
    assert "The XML is broken here" in said
    assert move({"old.xml": text})[0] == (3, 1, 2, 0)
    packed = gzip.compress(text.encode())
    assert "cut off or damaged" in move({"cut.xml.gz": packed[:-40]})[1]


def test_control_characters_that_no_xml_may_hold_stop_nobody(move, published):
    story = published()
    text = archives.disqus({7: f"/news/{story.pk}/"}, [Post(1, 7, "One \x0b\x08 more"), Post(2, 7, "Two")])
    counts, said = move({"old.xml": text})
    assert Comment.objects.filter(text="Two").exists(), said
    assert counts[1] == 2


@pytest.mark.parametrize("where", ["thread", "message"])
def test_entities_are_not_expanded_and_files_not_read(move, published, tmp_path, where):
    secret = tmp_path / "secret"
    secret.write_text("CANARY")
    story = published()
    text = archives.disqus({7: f"/news/{story.pk}/"}, [Post(1, 7)])
    doctype = f'<!DOCTYPE disqus [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "aaaaaaaaaa">]>\n'
    text = text.replace("<disqus", f"{doctype}<disqus").replace("<![CDATA[<p>Well said.</p>]]>", "&x;&y;")
    counts, said = move({"old.xml": text})
    assert "It declares a document type" in said
    assert counts == (1, 0, 0, 1)
    assert not Comment.objects.exists()


@pytest.mark.data
def test_xml_bombs_are_refused_at_once(move, data_folder):
    bombs = sorted((data_folder / "hostile/xml-bombs-defusedxml").glob("*.xml"))
    assert len(bombs) > 4
    began = time.monotonic()
    for bomb in bombs:
        for name in ("disqus", "wxr"):
            move({bomb.name: bomb.read_bytes()}, "--format", name)
    assert not Comment.objects.exists()
    assert time.monotonic() - began < 10


# -- Fifty thousand -------------------------------------------------------------------------------------------------------


def test_fifty_thousand_comments_move_in_whole_and_a_second_run_adds_nothing(move, published, tmp_path):
    many = 50_000 if connection.vendor == "sqlite" else 10_000  # the same statements, which a fifth shows as well
    stories = [published(f"Story {number}").pk for number in range(1, 41)]
    links = {number: f"https://news.example/news/{news_id}/" for number, news_id in enumerate(stories, 1)}
    tree = archives.many(tmp_path / "old.xml", links, many)
    counts, _ = move({"old.xml": None})
    assert counts == (many, many, 0, 0)
    rows = Comment.objects.values_list("pk", "parent", "thread", "depth", "text", "story_id", "state")
    by_pk = {pk: rest for pk, *rest in rows.iterator()}
    number = {pk: int(re.match(r"Comment (\d+),", rest[3])[1]) for pk, rest in by_pk.items()}
    assert sorted(number.values()) == list(range(1, many + 1))
    assert {number[pk]: number.get(parent, 0) for pk, (parent, *_) in by_pk.items()} == tree
    for pk, (parent, begun, depth, _, story, _) in by_pk.items():
        if parent:
            assert begun == (by_pk[parent][1] or parent)
            assert depth == by_pk[parent][2] + 1
            assert story == by_pk[parent][4]
        assert story == stories[number[pk] % 40]
    for root in Comment.objects.filter(parent=None, replies__gt=0)[:500]:
        below = Comment.objects.filter(STANDS, thread=root)
        assert sorted(below.values_list("place", flat=True)) == list(range(1, root.places + 1))
        assert below.filter(state="approved").count() == root.replies
    assert sum(Reader.objects.values_list("approved", flat=True)) == many * 49 // 50
    assert move({"old.xml": None})[0] == (many, 0, many, 0)
    assert Comment.objects.count() == many
    assert Current.objects.count() == 40
