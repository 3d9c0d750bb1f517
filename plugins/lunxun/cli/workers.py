"""Options of verbs whose work can be spread, and the workers that they choose."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from lunxun.beside import processors

if TYPE_CHECKING:
    from lunxun.workers import Workers

_MOST_JOBS = 256


def add_worker_options(verb: argparse.ArgumentParser) -> None:
    """Let the user say where the work is done."""
    verb.add_argument("--jobs", type=_jobs, metavar="数", help="同时用几个进程，默认与处理器一样多；1 不另开进程")
    verb.add_argument("--executor", metavar="地址", help="用 Dask 集群，写调度程序的地址，如 tcp://10.0.0.5:8786")


def chosen_workers(options: argparse.Namespace) -> AbstractContextManager[Workers]:
    """Give the workers that the options ask for; raises ClusterError."""
    # A build of what has not changed needs none.
    from lunxun.cluster import connect  # noqa: PLC0415
    from lunxun.workers import InProcess, Processes  # noqa: PLC0415

    if options.executor:
        return connect(options.executor)
    jobs = options.jobs or processors()
    return nullcontext(Processes(jobs) if jobs > 1 else InProcess())


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_JOBS):
        raise argparse.ArgumentTypeError(f"“{text}”不是进程数，写 1 至 {_MOST_JOBS}")
    return int(text)
