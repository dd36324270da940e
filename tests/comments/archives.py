"""Exports of other systems, as they write them."""

import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

_DISQUS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com"'
    ' xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)
_WXR = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">\n'
    "<channel><wp:base_site_url>https://old.example</wp:base_site_url>"
    "<wp:base_blog_url>https://old.example</wp:base_blog_url>\n"
)


class Post(NamedTuple):
    """A comment in one of these files; `parent` is 0 where it answers nothing."""

    number: int
    thread: int
    message: str = "<p>Well said.</p>"
    name: str = "Sana"
    parent: int = 0
    at: str = "2014-03-02T14:10:22Z"
    deleted: bool = False
    spam: bool = False
    email: str = "sana@mail.example"


def disqus(links: dict[int, str], posts: list[Post]) -> str:
    return _DISQUS + "".join(map(_thread, links.items())) + "".join(map(_post, posts)) + "</disqus>\n"


def _thread(entry: tuple[int, str]) -> str:
    number, link = entry
    return (
        f'<thread dsq:id="{number}"><id>{number}</id><forum>old</forum><category dsq:id="1"/><link>{escape(link)}</link>'
        f"<title>Title {number}</title><message/><createdAt>2014-03-01T00:00:00Z</createdAt>"
        "<author><name>old</name></author><isClosed>false</isClosed><isDeleted>false</isDeleted></thread>\n"
    )


def _post(post: Post) -> str:
    parent = f'<parent dsq:id="{post.parent}"/>' if post.parent else ""
    return (
        f'<post dsq:id="{post.number}"><id/><message><![CDATA[{post.message}]]></message>'
        f"<createdAt>{post.at}</createdAt><isDeleted>{str(post.deleted).lower()}</isDeleted>"
        f"<isSpam>{str(post.spam).lower()}</isSpam>"
        f"<author><email>{escape(post.email)}</email><name>{escape(post.name)}</name><isAnonymous>false</isAnonymous>"
        f"<username>{escape(post.name.lower())}</username></author><ipAddress>203.0.113.77</ipAddress>"
        f'<thread dsq:id="{post.thread}"/>{parent}</post>\n'
    )


def many(path: Path, links: dict[int, str], number: int) -> dict[int, int]:
    """Write a Disqus file of so many comments, half of them answers, some before what they answer; the tree."""
    dice = random.Random(17)
    tree: dict[int, int] = {}
    start = datetime(2014, 1, 1, tzinfo=UTC)
    posts = []
    for place in range(1, number + 1):
        thread = place % len(links) + 1
        parent = place - len(links) * dice.randint(1, 9) if dice.random() < 0.5 else 0
        tree[place] = max(parent, 0)
        at = f"{start + timedelta(minutes=place):%Y-%m-%dT%H:%M:%SZ}"
        message = f"<p>Comment {place}, with <b>some</b> words of its own.</p><p>And more.</p>"
        posts.append(Post(place, thread, message, f"Reader {place % 997}", tree[place], at, spam=place % 50 == 0))
    for place in range(0, number, 1_000):  # as when an export is sorted by something else than time
        posts[place], posts[(place + 777) % number] = posts[(place + 777) % number], posts[place]
    with path.open("w", encoding="utf-8") as file:
        file.write(_DISQUS)
        file.writelines(map(_thread, links.items()))
        file.writelines(map(_post, posts))
        file.write("</disqus>\n")
    return tree


def wxr(link: str, comments: str, *, title: str = "", post_id: int = 900) -> str:
    return (
        f"{_WXR}<item><title>{escape(title)}</title><link>{escape(link)}</link><wp:post_id>{post_id}</wp:post_id>"
        f"{comments}</item></channel></rss>"
    )


def wxr_comment(
    number: int, approved: str, content: str, *, parent: int = 0, kind: str = "comment", **said: str
) -> str:
    fields = {"comment_author": "Omar", "comment_author_email": "omar@mail.example", **said}
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        + "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in fields.items())
        + "<wp:comment_author_IP>203.0.113.78</wp:comment_author_IP><wp:comment_date>2012-05-03 12:11:12</wp:comment_date>"
        f"<wp:comment_date_gmt>2012-05-03 10:11:12</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{content}]]></wp:comment_content><wp:comment_approved>{approved}"
        f"</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}"
        "</wp:comment_parent></wp:comment>"
    )


def isso(path: Path, uri: str, rows: list[tuple]) -> None:
    """Rows of (id, parent, mode, text, author)."""
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));"
        "CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,"
        " modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,"
        " likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);"
    )
    connection.execute("INSERT INTO threads VALUES (1, ?, 'A title')", (uri,))
    for number, parent, mode, text, author in rows:
        connection.execute(
            "INSERT INTO comments VALUES (1, ?, ?, 1393769422.5, NULL, ?, '203.0.113.0', ?, ?, 'rim@mail.example', '',"
            " 3, 1, x'00', 0)",
            (number, parent, mode, text, author),
        )
    connection.commit()
    connection.close()
