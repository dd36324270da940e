"""How many workers a machine gets that nobody asked."""

import os

import pytest

from dateline.settings import machine

MB = 1_000_000


@pytest.mark.parametrize(
    ("cores", "memory", "workers"),
    [
        (1, 1_000 * MB, 1),
        (2, 1_000 * MB, 2),
        (8, 1_000 * MB, 5),
        (8, 16_000 * MB, 8),
        (4, 512 * MB, 1),
        (1.5, 4_000 * MB, 2),
        (0.5, 256 * MB, 1),
    ],
)
def test_there_is_a_worker_for_each_core_as_far_as_the_memory_goes(cores, memory, workers):
    assert machine.workers(cores, memory) == workers


def test_this_machine_is_known():
    assert 0 < machine.cores() <= os.cpu_count()
    assert machine.memory() > 100 * MB


def test_what_a_container_leaves_counts(tmp_path, monkeypatch):
    (tmp_path / "memory.max").write_text("536870912\n")
    (tmp_path / "cpu.max").write_text("50000 100000\n")
    monkeypatch.setattr(machine, "CGROUPS", tmp_path)
    assert machine.memory() == 536870912
    assert machine.cores() == 0.5
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert machine.cores() >= 1
