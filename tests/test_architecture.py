"""The shape of the package: which way it may import, how long a module is, what has to be explained."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from environment import ROOT, program

PACKAGE = ROOT / "plugins" / "lunxun"
MAX_LINES = 350

_MODULES = sorted(PACKAGE.rglob("*.py"))
_Defined = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def test_imports_keep_to_the_contracts(tmp_path: Path) -> None:
    command = [str(program("lint-imports")), "--no-logo", "--cache-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", _MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MAX_LINES
    tree = ast.parse(text)
    undocumented = [] if ast.get_docstring(tree) else ["the module"]
    assert undocumented + [name for name, node in _public(tree) if not ast.get_docstring(node)] == []


def test_every_folder_of_modules_is_a_package() -> None:
    # A folder without __init__.py would be left out of an installation.
    folders = {path.parent for path in _MODULES}
    assert {folder for folder in folders if not (folder / "__init__.py").is_file()} == set()


def test_git_ignores_no_part_of_the_project() -> None:
    files = [path for folder in ("plugins", "scripts", "tests", "content", "schemas") for path in _files(ROOT / folder)]
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin", "-z"],
        cwd=ROOT,
        input="\0".join(files),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 128:
        pytest.skip("not a git checkout")
    assert done.stdout == ""


def _public(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, _Defined]]:
    """Yield what other modules may use: functions and classes, and the methods of these that override nothing."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, _Defined) or node.name.startswith("_"):
            continue
        yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from _public(node, f"{node.name}.")


def _files(folder: Path) -> list[str]:
    made = {"__pycache__", "node_modules"}
    return [
        path.relative_to(ROOT).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not made & set(path.parts) and ".egg-info" not in str(path)
    ]
