"""Compiled modules give the same bytes as their sources, and are not used where the sources are others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from console import ScriptError
from environment import ROOT, child_environment
from lunxun import compiled
from made_library import make_library
from speed_up import ensure_compiled
from tests.contents import add_banks
from tests.site.projects import build, make_project, snapshot

pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
_RECORDS = 300
_WHERE = "import importlib, lunxun.compiled as c; print(*(importlib.import_module(m).__file__ for m in c.MODULES))"
_BY_COPIES = """
from pathlib import Path
from lunxun.cli.build import make_frame
from lunxun.cli.progress import Progress
from lunxun.library import reading
from lunxun.site.build import Order, build
from tests.copying import Scattered

reading.FEW = 0
build(Order(Path("mkdocs.yml"), None, Path(".cache"), make_frame, Scattered(), Progress()))
"""
# What the compiled modules do, as their own tests have it; the others replace functions, or take long.
_THEIR_TESTS = (
    "tests/library/test_quick_yaml.py",
    "tests/library/test_link.py",
    "tests/library/test_bad_files.py",
    "tests/records/test_walk.py",
    "tests/text/test_marks.py",
    "tests/site/test_addresses.py",
    "tests/site/test_comparison.py",
    "tests/site/test_prose.py",
    "tests/site/test_record_pages.py",
    "tests/site/test_safe_html.py",
    "tests/site/test_search_documents.py",
    "tests/site/test_see_also.py",
    "tests/site/test_small_markdown.py",
    "tests/site/test_term_finder.py",
)


@pytest.fixture(scope="module")
def folder() -> Path:
    """Compile the modules, which takes a minute, unless that was done."""
    return ensure_compiled(Path(sys.executable))


def modules_of(root: Path, **environment: str) -> list[str]:
    """Tell which files the modules are read from, in a process that finds the program in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", _WHERE],
        env={**_with(PYTHONPATH=str(root)), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_they_are_used(folder: Path) -> None:
    assert not (ROOT / "plugins" / ".mypy_cache").exists()
    found = modules_of(ROOT / "plugins")
    assert len(found) == len(compiled.MODULES)
    assert all(Path(file).is_relative_to(folder) for file in found)
    assert not any(Path(file).is_relative_to(folder) for file in modules_of(ROOT / "plugins", LUNXUN_COMPILED="0"))


def test_they_are_not_used_with_other_sources(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plugins", tmp_path / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(folder.parent, tmp_path / ".cache" / "compiled")
    assert all(file.endswith(".so") for file in modules_of(tmp_path / "plugins"))
    with (tmp_path / "plugins/lunxun/text/marks.py").open("a", encoding="utf-8") as source:
        source.write("\n# another\n")
    assert all(file.endswith(".py") for file in modules_of(tmp_path / "plugins"))


def test_all_that_travels_between_processes_does(folder: Path, tmp_path: Path) -> None:
    # Where something does not, the pool breaks, and this process does the work of all others: nobody would notice.
    project = make_project(tmp_path / "project")
    make_library(ROOT / "content", project / "content", _RECORDS)
    subprocess.run([sys.executable, "-c", _BY_COPIES], cwd=project, env=_with(PYTHONPATH=str(ROOT)), check=True)
    assert (project / "site" / "index.html").is_file()


@pytest.mark.parametrize("size", [0, _RECORDS])
def test_the_site_is_the_same(folder: Path, tmp_path: Path, size: int) -> None:
    project = make_project(tmp_path / "project")
    if size:
        make_library(ROOT / "content", project / "content", size)
    else:
        add_banks(project / "content")
    assert build(project).returncode == 0
    by_sources = snapshot(project / "site")
    shutil.rmtree(project / ".cache")
    done = subprocess.run(
        [sys.executable, "-m", "lunxun", "build", "--output", "other/site"],
        cwd=project,
        env=_with(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert snapshot(project / "other/site") == by_sources


def test_their_own_tests_hold(folder: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *_THEIR_TESTS]
    done = subprocess.run(command, cwd=ROOT, env=_with(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_computer_without_a_compiler_is_told_and_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "plugins", tmp_path / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("CC", "false")
    with pytest.raises(ScriptError, match=r"没有编译成，轮训照常使用[^$]*gcc"):
        ensure_compiled(Path(sys.executable), tmp_path)
    assert list((tmp_path / ".cache" / "compiled").glob("*")) == []
    assert all(file.endswith(".py") for file in modules_of(tmp_path / "plugins"))


def _with(**more: str) -> Mapping[str, str]:
    """Give the environment of a program that may use compiled modules."""
    given = {**child_environment(), "PYTHONIOENCODING": "utf-8", "LUNXUN_COMPILED": "1", **more}
    return {name: value for name, value in given.items() if name not in _OF_PYTEST}


_OF_PYTEST = {name for name in os.environ if name.startswith("PYTEST_")}
