"""What the server tells Prometheus, at an address apart from the site's: `DATELINE_METRICS`.

All processes count in files in HOME/edge/metrics (prometheus_client's multi-process mode); the follower adds them up
when it is asked. Figures of the database are read then, and cost a look-up each.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings


def begin() -> None:
    """Count from nothing. Before any other process is started, and before prometheus_client is first imported."""
    folder = settings.HOME / "edge" / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


class Counts:
    """What a worker counts."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Histogram

        answers = Counter("dateline_answers", "Requests answered, by where the answer came from", ["source"])
        self.memory = answers.labels("memory").inc
        self.made = answers.labels("made").inc  # waited for, or made: on the disk or by the application
        self.alone = answers.labels("alone").inc  # for one reader: the desk, what was sent, pictures
        self.rendered = Histogram(
            "dateline_render_seconds",
            "Pages that the application made",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2),
        ).observe


def tell() -> None:
    """Answer `/metrics` where DATELINE_METRICS says, from a thread of its own, until the process ends."""
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    if not settings.DATELINE.metrics:
        return
    host, _, port = settings.DATELINE.metrics.rpartition(":")
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(_Newsroom())  # type: ignore[arg-type]
    start_http_server(int(port), host.strip("[]") or "127.0.0.1", registry=registry)


class _Newsroom:
    """How far the record is, and those who follow it."""

    def collect(self) -> Iterator[Any]:
        from django.db import close_old_connections
        from prometheus_client.core import GaugeMetricFamily

        from dateline.stories.models import Cursor
        from dateline.stories.models.publications import last_seq

        close_old_connections()
        newest = last_seq()
        yield GaugeMetricFamily("dateline_publications", "The number of the newest publication", newest)
        behind = GaugeMetricFamily("dateline_follower_behind", "Publications not yet followed", labels=["follower"])
        for follower, seq in Cursor.objects.values_list("follower", "seq"):
            behind.add_metric([follower], newest - seq)
        yield behind
        yield GaugeMetricFamily("dateline_edge_silence_seconds", "Since purges were last followed", _silence())
        yield GaugeMetricFamily("dateline_home_free_bytes", "Left on the home's disk", _free(settings.HOME))


def _silence() -> float:
    from dateline.edge.marks import Marks

    return Marks(settings.HOME / "edge" / "marks").silence() / 1e9


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
