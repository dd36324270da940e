"""Where the workers run: each on a core of its own, where there is a worker for each core."""

import os
from contextlib import suppress


def settle(number: int, workers: int) -> None:
    """Keep this process, the `number`-th of so many workers, to one core; to be called before it has other threads.

    Python lets one thread of a worker run at a time. On one core each finds in its cache what the one before left there;
    on several they wait for each other's. Where there are more cores than workers, one may be busy with something else
    while another is idle, and the kernel goes on choosing. A worker is work in batches (SCHED_BATCH): who wakes up in it
    lets the one that runs come to its end; unless the operator chose otherwise (`CPUSchedulingPolicy=`). Linux only, and
    where it is not forbidden; elsewhere nothing changes.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    cores = sorted(os.sched_getaffinity(0))
    with suppress(OSError):
        if os.sched_getscheduler(0) == os.SCHED_OTHER:
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        if workers >= len(cores):
            os.sched_setaffinity(0, {cores[number % len(cores)]})
