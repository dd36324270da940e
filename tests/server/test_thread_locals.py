"""No lock that all threads share is taken while somebody is answered."""

import gc
import threading

import pytest
from asgiref.local import Local
from django.utils import translation

from dateline.server import thread_locals
from dateline.wsgi import application  # noqa: F401  (which makes what the locals are kept for)

pytestmark = pytest.mark.django_db


class Counting:
    """A lock that counts how often it was taken."""

    def __init__(self):
        self.lock, self.taken = threading.RLock(), 0

    def acquire(self):
        self.taken += 1
        return self.lock.acquire()

    def release(self):
        self.lock.release()


@pytest.fixture
def locks(monkeypatch):
    """Those of all of asgiref's locals in this process, after the server made its own of some."""
    for owner, name in thread_locals.KEPT:
        monkeypatch.setattr(owner, name, getattr(owner, name))  # to be put back
    found = []
    for each in gc.get_objects():
        if issubclass(type(each), Local) and "_lock" in vars(each):
            found.append(Counting())
            monkeypatch.setitem(vars(each), "_lock", found[-1])
    return found


def test_a_page_and_a_comment_take_none(client, published, locks):
    story = published()

    def answer():
        assert client.get(f"/news/{story.pk}/", follow=True).status_code == 200
        assert client.post(f"/news/{story.pk}/comments/", {"comment": "Well said.", "name": "Sana"}).status_code == 303
        return sum(lock.taken for lock in locks)

    assert answer() > 20
    thread_locals.unlock()
    before = sum(lock.taken for lock in locks)
    assert answer() == before


def test_what_a_thread_keeps_no_other_sees(monkeypatch):
    for owner, name in thread_locals.KEPT:
        monkeypatch.setattr(owner, name, getattr(owner, name))
    thread_locals.unlock()
    seen = []
    with translation.override("ar"):
        other = threading.Thread(target=lambda: seen.append(translation.get_language()))
        other.start()
        other.join()
        assert translation.get_language() == "ar"
    assert seen == ["en"]
