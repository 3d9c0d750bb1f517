"""The end of the program: its exit code, and nothing lost to a process that lives on."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

from lunxun.cli.ending import left_standing


class _Thing:
    pass


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_program_ends_with_its_code_and_all_that_it_said(code: int) -> None:
    said = f"import atexit; from lunxun.cli.ending import end; atexit.register(print, '后'); print('先'); end({code})"
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", said], capture_output=True, check=False)
    assert done.returncode == code
    assert done.stdout.decode().split() == ["先", "后"]


def test_what_is_left_standing_goes_when_the_process_lives_on() -> None:
    thing = _Thing()
    known = weakref.ref(thing)
    left_standing(thing)
    del thing
    assert known() is not None
    gc.collect()
    assert known() is None
