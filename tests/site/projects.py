"""Small projects built by the real program in a process of its own, and what they leave behind."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from environment import ROOT, child_environment
from tests.contents import GOOD

_HALTING = Path(__file__).with_name("halting_build.py")


def make_project(folder: Path) -> Path:
    """Set up the project's own site with the good fixture for content."""
    folder.mkdir()
    shutil.copytree(GOOD, folder / "content")
    theme = "plugins/lunxun/site/theme"
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert settings.count(theme) == 1
    settings = settings.replace(theme, "theme")
    shutil.copytree(ROOT / theme, folder / "theme")
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return folder


def command(*arguments: str) -> list[str]:
    """Give the command line that builds; `mkdocs build` is the other way in."""
    if arguments[:1] == ("mkdocs",):
        return [sys.executable, "-m", *arguments]
    return [sys.executable, str(_HALTING), *(arguments[1:] or ("build",))]


def build(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a build to its end."""
    return subprocess.run(
        command(*arguments),
        cwd=project,
        env={**child_environment(), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def start_build(project: Path) -> subprocess.Popen[bytes]:
    """Start a build and leave it running."""
    output = subprocess.DEVNULL
    return subprocess.Popen(command(), cwd=project, env=child_environment(), stdout=output, stderr=output)


def snapshot(folder: Path) -> dict[str, str]:
    """Map the files below a folder to the hashes of their bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def outputs(project: Path) -> set[str]:
    """List the output folders that are there: the site, and what builds have left beside it."""
    return {path.name for path in project.glob("site*")}
