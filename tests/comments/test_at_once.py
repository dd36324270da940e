"""Many at once, and a server that dies under them."""

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection

from dateline.comments import actions, refusals
from dateline.comments.models import Comment, Decision
from dateline.comments.moderation import leases, queues, reports
from dateline.comments.moderation.objections import Report
from tests.comments.test_in_browser import PEOPLE
from tests.newsroom.test_crash import strike

POSTERS, KILLS = 200, 10
STRUCK = ["all", "worker", "supervisor"]  # in turns


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_decides(published, write, moderator, editor):
    comments = [write(published(), f"Number {number}.") for number in range(10)]
    start = threading.Barrier(2)

    def decide(user, state, reason):
        start.wait()
        refused = 0
        for comment in comments:
            try:
                actions.decide(comment.pk, state, by=user, was="held", reason=reason)
            except refusals.AlreadyDecided:
                refused += 1
        connection.close()
        return refused

    with ThreadPoolExecutor(2) as both:
        one = both.submit(decide, moderator, "approved", "")
        other = both.submit(decide, editor, "rejected", "insult")
        assert one.result() + other.result() == len(comments)
    assert Decision.objects.count() == len(comments)
    for comment in Comment.objects.select_related("reader"):
        assert comment.decisions.get().state == comment.state


@pytest.mark.django_db(transaction=True)
def test_four_moderators_who_share_a_queue_are_given_nothing_twice(published, write, moderator):
    comments = [write(published(), f"Number {number}.") for number in range(40)]
    people = [moderator, *(User.objects.create_user(name) for name in ("milo", "maya", "mats"))]
    start = threading.Barrier(len(people))

    def clear(who):
        start.wait()
        given = []
        while batch := leases.take(queues.QUEUES["held"].ordered(who), by=who, limit=3):
            for comment in batch:
                given.append(comment.pk)
                actions.decide(comment.pk, "approved", by=who, was="held", seen=comment.decided_times)
        connection.close()
        return given

    with ThreadPoolExecutor(len(people)) as all_of_them:
        given = [number for numbers in all_of_them.map(clear, people) for number in numbers]
    assert sorted(given) == sorted(comment.pk for comment in comments)
    assert Decision.objects.count() == len(comments)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_a_report_at_once_one_does(published, approved, moderator, editor):
    comments = [approved(published(), f"Number {number}.") for number in range(10)]
    for comment in comments:
        reports.report(comment, reason="hate", address="10.0.0.1", language="en")
    start = threading.Barrier(2)

    def answer(who, state, reason):
        start.wait()
        refused = 0
        for comment in comments:
            try:
                actions.decide(comment.pk, state, by=who, was="approved", reason=reason, seen=1)
            except refusals.AlreadyDecided:
                refused += 1
        connection.close()
        return refused

    with ThreadPoolExecutor(2) as both:
        one = both.submit(answer, moderator, "approved", "")
        other = both.submit(answer, editor, "rejected", "hate")
        assert one.result() + other.result() == len(comments)
    assert Decision.objects.count() == 2 * len(comments)
    for report in Report.objects.select_related("answer", "comment"):
        assert report.answer.state == report.comment.state


@pytest.mark.django_db(transaction=True)
def test_one_comment_sent_eight_times_at_once_is_one(published, write):
    story = published()

    def send(_number):
        made = write(story)
        connection.close()
        return made.pk

    with ThreadPoolExecutor(8) as many:
        assert len(set(many.map(send, range(8)))) == 1
    assert Comment.objects.count() == 1


@pytest.mark.server
def test_of_200_posters_and_ten_times_kill_9_what_was_answered_is_there_once(newsroom):
    newsroom.python(PEOPLE)
    stop = threading.Event()
    with ThreadPoolExecutor(POSTERS) as posters:
        sent = [posters.submit(keep_sending, newsroom, poster, stop) for poster in range(POSTERS)]
        try:
            for number in range(KILLS):
                time.sleep(1.5)
                strike(newsroom, STRUCK[number % len(STRUCK)])
            time.sleep(1.5)
        finally:
            stop.set()
        answered = [text for future in sent for text in future.result()]
    assert len({text.partition(",")[0] for text in answered}) > POSTERS / 2, "most posters got no answer"
    code = (
        "import json\nfrom dateline.comments.models import Comment\n"
        "print(json.dumps(list(Comment.objects.values_list('text', flat=True))))"
    )
    kept = json.loads(newsroom.python(code))
    assert sorted(set(answered) - set(kept)) == [], "answered with success, and lost"
    assert sorted(kept) == sorted(set(kept)), "there twice"
    for text in answered[:: max(1, len(answered) // 100)]:  # who did not hear the answer sends it once more
        assert send(newsroom, text).status == 303
    assert json.loads(newsroom.python(code)) == kept


@pytest.mark.server
@pytest.mark.parametrize("length", [400, 1_500_000])
def test_of_a_comment_whose_sender_is_cut_off_nothing_is_taken_in(newsroom, length):
    newsroom.python(PEOPLE)
    with socket.create_connection(("127.0.0.1", newsroom.port)) as client:
        kind = "application/x-www-form-urlencoded"
        head = f"POST /news/1/comments/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {length}"
        client.sendall(f"{head}\r\n\r\ncomment=It+is+not+true+that+the+mayor".encode())
    assert send(newsroom, "This one is whole.").status == 303
    kept = newsroom.python("from dateline.comments.models import Comment\nprint(Comment.objects.get().text)")
    assert kept.strip() == "This one is whole."
    assert "Traceback" not in newsroom.log


def keep_sending(newsroom, poster, stop):
    """Send one comment after another, each again and again until it is answered; those that were."""
    answered = []
    while not stop.is_set():
        text = f"Poster {poster}, number {len(answered)}."
        while not stop.is_set():
            try:
                answer = send(newsroom, text)
            except OSError:
                time.sleep(0.2)
                continue
            if answer.status == 303:
                answered.append(text)
                break
    return answered


def send(newsroom, text):
    """One comment, under a name of its own for this submission."""
    fields = {"comment": text, "name": text.partition(",")[0], "form": f"token of {text}".ljust(24, "-")}
    return newsroom.ask("POST", "/news/1/comments/", data=urlencode(fields).encode(), headers={})
