"""Work that is cut into pieces: the same results wherever it is done, also when a worker is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunxun.search.lists import _batches
from lunxun.search.shards import Part
from lunxun.workers import InProcess, Processes, Remote, Workers, cut, run


def _add(shared: list[int], piece: int) -> int:
    return shared[0] + piece


def _fail(shared: list[int], piece: int) -> int:
    raise ValueError(str(shared[0] + piece))


def _die_once(marks: Path, piece: int) -> int:
    """Kill the first other process that is given anything; this one, which helps, waits until that has happened."""
    mark = marks / "died"
    if multiprocessing.parent_process() is None:
        while not mark.exists():
            time.sleep(0.01)
    elif not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return piece * 10


def _wait_for_us(marks: Path, piece: int) -> int:
    """Return the process that did it; another one goes on only when this one has done something."""
    mark = marks / "helped"
    if multiprocessing.parent_process() is None:
        mark.touch()
    while not mark.exists():
        time.sleep(0.01)
    return os.getpid()


@pytest.fixture(params=["here", "processes", "executor"])
def workers(request: pytest.FixtureRequest) -> Workers:
    """Give each kind of workers."""
    kinds: dict[str, Workers] = {
        "here": InProcess(),
        "processes": Processes(2),
        "executor": Remote(ThreadPoolExecutor(2), 2),
    }
    return kinds[request.param]


def test_results_come_in_the_order_of_the_pieces(workers: Workers) -> None:
    assert list(run(workers, _add, [100], range(20))) == [100 + piece for piece in range(20)]


def test_what_a_task_raises_is_raised(workers: Workers) -> None:
    with pytest.raises(ValueError, match="101"):
        list(run(workers, _fail, [100], [1, 2]))


def test_a_session_may_be_left_early(workers: Workers) -> None:
    with workers.session([1]) as session:
        pending = [session.submit(_add, piece) for piece in range(50)]
        assert pending[0].result() == 1


def test_the_pieces_of_a_killed_process_are_done_again(tmp_path: Path) -> None:
    assert list(run(Processes(2), _die_once, tmp_path, range(8))) == [piece * 10 for piece in range(8)]
    assert (tmp_path / "died").exists()


def test_this_process_does_what_nobody_has_begun(tmp_path: Path) -> None:
    done_by = set(run(Processes(2), _wait_for_us, tmp_path, range(8)))
    assert os.getpid() in done_by and len(done_by) == 2


def test_an_executor_of_other_processes_gets_the_shared_value_as_bytes() -> None:
    with ProcessPoolExecutor(1) as pool:
        assert list(run(Remote(pool, 1), _add, [7], [1, 2, 3])) == [8, 9, 10]


@given(st.integers(0, 50), st.integers(1, 9))
def test_cutting_loses_nothing_and_is_even(length: int, count: int) -> None:
    pieces = cut(range(length), count)
    assert [item for piece in pieces for item in piece] == list(range(length))
    assert all(pieces)
    assert not pieces or max(map(len, pieces)) - min(map(len, pieces)) <= 1


def test_turns_of_threads_are_as_they_were_after_a_session() -> None:
    before = sys.getswitchinterval()
    with Processes(2).session([1]) as session:
        assert sys.getswitchinterval() < before
        assert session.submit(_add, 1).result() == 2
    assert sys.getswitchinterval() == before


@given(st.lists(st.integers(0, 3 << 19), min_size=1, max_size=40), st.integers(1, 9))
def test_batches_of_lists_are_all_parts_in_order_and_as_many_for_all(postings: list[int], workers: int) -> None:
    parts = [(Part(number, number + 1), count) for number, count in enumerate(postings)]
    batches = list(_batches(parts, workers))
    assert [part for batch in batches for part in batch] == [part for part, _ in parts]
    assert all(batches)
    most = max(1, workers * -(-sum(postings) // ((1 << 21) * workers)))
    assert len(batches) <= most
