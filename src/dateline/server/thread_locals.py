"""What Django keeps for each thread, without a lock that all threads share.

Django keeps the language, the time zone, the caches and the root of the addresses of a request in asgiref's `Local`, which
serves coroutines too, and takes a lock each time that it is asked: some forty times a page. A thread that loses the
processor while it holds that lock has all others queue behind it, and they stay a queue: with four threads each page
took half as much processor time again. Requests are answered in threads alone (gateway.py), for which
`threading.local` does the same without a lock.
"""

import threading

from django.core.cache import caches
from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real as translation

KEPT = (
    (translation, "_active"),
    (timezone, "_active"),
    (urls, "_prefixes"),
    (urls, "_urlconfs"),
    (caches, "_connections"),
)


def unlock() -> None:
    """Before the first request, in a process that has no coroutine of Django's."""
    for owner, name in KEPT:
        getattr(owner, name)  # or Django calls it otherwise now, and there is something to be looked at
        setattr(owner, name, threading.local())
