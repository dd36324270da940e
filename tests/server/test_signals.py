"""To be told to end, or to reload, in the very moment in which the loop that looks for it holds its lock."""

import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

STOP = """
import signal
import django
django.setup()
from dateline.server.follower import stop_on

stop = stop_on(signal.SIGTERM)
with stop._cond:  # as `wait` holds it when it begins
    signal.raise_signal(signal.SIGTERM)
    assert not stop.is_set()
assert stop.wait(10)
"""


def test_who_waits_for_the_end_hears_it_whenever_it_comes():
    subprocess.run([sys.executable, "-c", STOP], check=True, timeout=30)


@pytest.mark.parametrize("told", ["interrupt", "reload"])
def test_the_supervisor_is_told_without_a_lock(told):
    from dateline.server.supervisor import Workers

    server = SimpleNamespace(main_loop_interrupt=threading.Event(), on_terminal=False)
    handler = getattr(Workers, f"signal_handler_{told}")
    with server.main_loop_interrupt._cond:
        thread = threading.Thread(target=handler, args=[server], daemon=True)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()
    assert getattr(server, f"{told}_signal")
