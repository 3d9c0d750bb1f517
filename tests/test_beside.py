"""An answer is found, whatever becomes of the process that was asked for it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from lunxun.beside import Beside


def _who() -> int:
    return os.getpid()


def test_another_process_answers() -> None:
    if "fork" in multiprocessing.get_all_start_methods():
        assert Beside(_who).answer() != os.getpid()


def test_where_there_is_no_fork_the_answer_is_found_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    asked = Beside(_who)
    assert not asked.is_ready()
    assert asked.answer() == os.getpid()


def test_it_is_told_when_there_is_an_answer() -> None:
    asked = Beside(_who)
    until = time.monotonic() + 10
    while not asked.is_ready() and time.monotonic() < until:
        time.sleep(0.01)
    assert asked.is_ready() or "fork" not in multiprocessing.get_all_start_methods()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_an_answer_that_does_not_come_is_found_here() -> None:
    home = os.getpid()

    def die_elsewhere() -> str:
        if os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return "here"

    assert Beside(die_elsewhere).answer() == "here"


def test_what_goes_wrong_is_raised_here(tmp_path: Path) -> None:
    asked = Beside((tmp_path / "nothing").read_text)
    with pytest.raises(FileNotFoundError):
        asked.answer()
