"""A build on a Dask cluster: a real scheduler, two workers over TCP, one of them killed half-way; the same bytes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from environment import ROOT, child_environment
from tests.site.projects import build, make_project, snapshot

_WORKERS = 2
_PATIENCE = 120
_PRELOAD = '''
"""The first task on records that a marked worker is given takes the worker with it."""
import os, signal
from pathlib import Path
from lunxun.site import tasks

# Dask runs this more than once.
real = getattr(tasks, "real_write_records", tasks.write_records)
tasks.real_write_records = real

def write_records(work, piece):
    try:
        Path({mark!r}).unlink()
    except FileNotFoundError:
        return real(work, piece)
    Path({died!r}).touch()
    os.kill(os.getpid(), signal.SIGKILL)

write_records.__module__, write_records.__qualname__ = real.__module__, real.__qualname__
tasks.write_records = write_records
'''


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Start a scheduler and two workers on free ports of this machine."""
    preload = tmp_path / "preload.py"
    preload.write_text(_PRELOAD.format(mark=str(tmp_path / "mark"), died=str(tmp_path / "died")), "utf-8")
    file = tmp_path / "scheduler.json"
    options = ["--scheduler-file", str(file)]
    here = ["--no-dashboard", "--host", "127.0.0.1"]
    worker = ["worker", *options, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--preload", str(preload)]
    with ExitStack() as stack:
        for arguments in (["scheduler", *options, *here, "--port", "0"], *[worker] * _WORKERS):
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                cwd=tmp_path,
                env={**child_environment(), "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield _address(file)


def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_killed(tmp_path: Path, scheduler: str) -> None:
    project = make_project(tmp_path / "project")
    assert build(project).returncode == 0
    alone = snapshot(project / "site")
    (tmp_path / "mark").touch()
    done = build(project, "lunxun", "build", "--executor", scheduler, "--output", "far/site")
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "died").exists()
    assert snapshot(project / "far/site") == alone


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    done = build(project, "lunxun", "build", "--executor", "tcp://127.0.0.1:9")
    assert done.returncode == 1
    assert "连不上 tcp://127.0.0.1:9" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (project / "site").exists()


def _address(file: Path) -> str:
    """Wait until the scheduler has its workers, and give its address."""
    distributed = pytest.importorskip("distributed")
    deadline = time.monotonic() + _PATIENCE
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    with distributed.Client(scheduler_file=str(file), timeout=_PATIENCE) as client:
        client.wait_for_workers(_WORKERS, timeout=_PATIENCE)
        return str(client.scheduler.address)
