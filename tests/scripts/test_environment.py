"""The environment is made anew when it must be, grows when it can, and is left alone otherwise."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import environment
from console import ScriptError
from environment import ROOT, Lock, prepare

Calls = list[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write the few files that the environment depends on."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 120\n', "utf-8")
    (tmp_path / Lock.BUILD).write_text("a==1\n", "utf-8")
    (tmp_path / Lock.TEST).write_text("a==1\nb==1\n", "utf-8")
    return tmp_path


@pytest.fixture
def calls(project: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Record what would be run, instead of running it."""
    seen: Calls = []

    def record(command: list[object], failure: str, cwd: Path) -> None:
        if "venv" in command:
            seen.append("venv")
            (project / ".venv").mkdir()
        else:
            seen.append(next((lock for lock in Lock if lock in command), "project"))

    monkeypatch.setattr(environment, "run_quietly", record)
    monkeypatch.setattr(environment, "_starts", lambda python: (project / ".venv").is_dir())
    return seen


def test_first_run_makes_everything_and_the_second_nothing(project: Path, calls: Calls) -> None:
    prepare(Lock.BUILD, project)
    assert calls == ["venv", Lock.BUILD, "project"]
    prepare(Lock.BUILD, project)
    assert len(calls) == 3


def test_build_environment_grows_into_test_environment_which_serves_both(project: Path, calls: Calls) -> None:
    prepare(Lock.BUILD, project)
    calls.clear()
    prepare(Lock.TEST, project)
    assert calls == [Lock.TEST, "project"]
    calls.clear()
    prepare(Lock.BUILD, project)
    prepare(Lock.TEST, project)
    assert calls == []


@pytest.mark.parametrize("name", [Lock.BUILD, Lock.TEST])
def test_changed_lock_makes_it_anew(project: Path, calls: Calls, name: Lock) -> None:
    prepare(Lock.TEST, project)
    calls.clear()
    (project / name).write_text("a==2\n", "utf-8")
    prepare(Lock.TEST, project)
    assert calls == ["venv", Lock.TEST, "project"]


def test_changed_project_is_installed_again_but_changed_lint_settings_are_nothing(project: Path, calls: Calls) -> None:
    prepare(Lock.BUILD, project)
    calls.clear()
    settings = project / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("120", "100"), "utf-8")
    prepare(Lock.BUILD, project)
    assert calls == []
    settings.write_text(settings.read_text("utf-8").replace('"x"', '"y"'), "utf-8")
    prepare(Lock.BUILD, project)
    assert calls == ["project"]


def test_half_made_environment_is_made_anew(project: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[object], failure: str, cwd: Path) -> None:
        raise ScriptError(failure)

    prepare(Lock.BUILD, project)
    (project / Lock.TEST).write_text("a==1\nb==2\n", "utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(environment, "run_quietly", fail)
        with pytest.raises(ScriptError, match="依赖没有装好"):
            prepare(Lock.TEST, project)
    calls.clear()
    prepare(Lock.BUILD, project)
    assert calls == ["venv", Lock.BUILD, "project"]


def test_moved_project_and_broken_python_are_made_anew(
    project: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(Lock.BUILD, project)
    calls.clear()
    stamp = project / ".venv" / "lunxun-stamp.json"
    stamp.write_text(stamp.read_text("utf-8").replace(str(project), "/elsewhere"), "utf-8")
    prepare(Lock.BUILD, project)
    assert calls[0] == "venv"
    calls.clear()
    monkeypatch.setattr(environment, "_starts", lambda python: False)
    prepare(Lock.BUILD, project)
    assert calls[0] == "venv"


def test_python_without_venv_is_told_what_to_install(
    project: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ScriptError, match="python3-venv"):
        prepare(Lock.BUILD, project)
    assert calls == []


def test_folder_that_cannot_be_written_is_named(project: Path, calls: Calls) -> None:
    (project / ".cache").write_text("a file where a folder has to be", "utf-8")
    with pytest.raises(ScriptError, match="无法准备运行环境"):
        prepare(Lock.BUILD, project)


def test_second_script_waits_for_the_first(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from one_at_a_time import one_at_a_time\n"
        "with one_at_a_time(Path(sys.argv[1])):\n"
        "    start = time.time(); time.sleep(0.6); print(start, time.time())\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    utf8 = {**os.environ, "PYTHONUTF8": "1"}
    running = [
        subprocess.Popen(command, cwd=ROOT / "scripts", stdout=subprocess.PIPE, text=True, encoding="utf-8", env=utf8)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=30)[0] for process in running]
    (_, first_end), (second_start, _) = sorted([float(word) for word in text.split()[-2:]] for text in said)
    assert first_end <= second_start
    assert sum("另一个窗口" in text for text in said) == 1


@pytest.mark.parametrize("name", ["build.py", "test.py"])
def test_entry_scripts_can_be_read_by_old_pythons(name: str) -> None:
    source = (ROOT / "scripts" / name).read_text("utf-8")
    ast.parse(source, feature_version=(3, 4))
    assert source.startswith("# -*- coding: utf-8 -*-")
    assert "print" not in source and 'f"' not in source and "->" not in source


def test_test_lock_contains_the_build_lock() -> None:
    build, test = (
        {line.split(" \\")[0] for line in (ROOT / lock).read_text("utf-8").splitlines() if "==" in line[:60]}
        for lock in Lock
    )
    assert build and build < test


@pytest.mark.parametrize("lock", list(Lock))
def test_locks_name_no_address(lock: Lock) -> None:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
