"""What the machine has, or what of it systemd or a container leaves us."""

import os
from collections.abc import Iterator
from pathlib import Path

MEGABYTE = 1_000_000
BESIDE = 300 * MEGABYTE  # for the system, the supervisor and the follower
EACH = 120 * MEGABYTE  # a worker after a day's reading, with its finished pages
CGROUPS = Path("/sys/fs/cgroup")


def workers(cores: float, memory: float) -> int:
    """How many fit: one for each core, as far as the memory goes; one at least."""
    return max(1, int(min(cores + 0.5, (memory - BESIDE) / EACH)))


def cores() -> float:
    """Those that we may use: 1.5 where a container has a core and a half."""
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quotas = [line.split() for line in _limits("cpu.max")]
    return min([own, *(int(quota) / int(period) for quota, period in quotas)])


def memory() -> float:
    """In bytes."""
    own = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([own, *map(int, _limits("memory.max"))])


def _limits(name: str) -> Iterator[str]:
    """What the control groups that we are in allow (cgroups 2), from the innermost out."""
    try:
        inner = Path("/proc/self/cgroup").read_text().rpartition("0::/")[2].strip()
        folder = CGROUPS / inner
        for each in [folder, *folder.parents]:
            if each.is_relative_to(CGROUPS) and (each / name).exists():
                limit = (each / name).read_text().strip()
                if not limit.startswith("max"):
                    yield limit
    except OSError:  # another system than Linux
        return
