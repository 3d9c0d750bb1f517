"""Prepare `.venv` from the hash-locked requirements; standard library only."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from enum import StrEnum
from pathlib import Path

from console import ScriptError, run_quietly, timed
from one_at_a_time import one_at_a_time

ROOT = Path(__file__).resolve().parent.parent
PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install")

# Both libraries print advertisements for their successors on every start.
QUIET_LIBRARIES = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class Lock(StrEnum):
    """What the environment is for; the test lock contains the build lock."""

    BUILD = "requirements.txt"
    TEST = "requirements-test.txt"


def child_environment() -> dict[str, str]:
    """Return the environment variables for the programs that the scripts start."""
    return {**os.environ, **QUIET_LIBRARIES}


def program(name: str, root: Path = ROOT) -> Path:
    """Return the path of a program inside `.venv`."""
    if sys.platform == "win32":
        return root / ".venv" / "Scripts" / f"{name}.exe"
    return root / ".venv" / "bin" / name


def prepare(lock: Lock, root: Path = ROOT) -> Path:
    """Make sure that `.venv` satisfies the lock, and return its Python."""
    python = program("python", root)
    try:
        if not _is_ready(lock, root):
            with one_at_a_time(root / ".cache" / "environment.lock"):
                _make_ready(lock, root)
    except OSError as error:
        raise ScriptError(
            f"无法准备运行环境 {root / '.venv'}：{error}\n"
            "请检查：项目文件夹可以写入，磁盘未满；若已用 activate 进入该环境，先用 deactivate 退出；"
            "仍不行就删除 .venv 文件夹后重试。"
        ) from error
    return python


def _is_ready(lock: Lock, root: Path) -> bool:
    found = _read_stamp(root)
    return found | _wanted(lock, root) == found and _starts(program("python", root))


def _make_ready(lock: Lock, root: Path) -> None:
    if _is_ready(lock, root):
        return  # another script has done it while this one waited
    python, wanted, found = program("python", root), _wanted(lock, root), _read_stamp(root)
    if not _can_grow(found, wanted) or not _starts(python):
        found = {}
        _make_venv(root)
    # Without a stamp a run that is killed from here on is seen as half-made by the next one.
    _stamp_file(root).unlink(missing_ok=True)
    if any(found.get(name) != wanted[name] for name in (Lock.BUILD, lock)):
        with timed(f"安装 {lock} 中的依赖（首次需要联网，约一两分钟）"):
            command = [python, *PIP, "--require-hashes", "-r", lock.value]
            run_quietly(command, "依赖没有装好。请检查网络，或请管理员配置 pip 的软件源。", root)
    with timed("安装本项目"):
        # setuptools comes with the lock: from Python 3.12 on, a new environment has none.
        run_quietly([python, *PIP, "--no-deps", "--no-build-isolation", "-e", "."], "本项目没有装好。", root)
    _write_stamp(root, found | wanted)


def _wanted(lock: Lock, root: Path) -> dict[str, str]:
    """Describe the environment that is asked for, as the stamp does."""
    names = {Lock.BUILD, lock}
    hashes = {name.value: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}
    return {"root": str(root), "project": _project_hash(root), **hashes}


def _project_hash(root: Path) -> str:
    """Hash what an installation of the project depends on: dependencies, entry points, package folders."""
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    parts = [settings.get("build-system"), settings.get("project"), settings.get("tool", {}).get("setuptools")]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _can_grow(found: dict[str, str], wanted: dict[str, str]) -> bool:
    """Tell whether installing on top is enough: nothing that is there would have to go."""
    return bool(found) and all(found.get(name, wanted[name]) == wanted[name] for name in wanted if name != "project")


def _make_venv(root: Path) -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise ScriptError(
            "这个 Python 缺少 venv 或 ensurepip 模块，无法建立运行环境。\n"
            "Debian、Ubuntu、统信、麒麟系统请安装 python3-venv；其他系统请重新安装完整的 Python。"
        )
    with timed("建立运行环境 .venv"):
        folder = root / ".venv"
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
        # When started by the Python inside .venv, that one has just been removed.
        base = getattr(sys, "_base_executable", sys.executable) or sys.executable
        failure = "运行环境没有建成。请检查项目文件夹可以写入；Debian、Ubuntu 等系统还要装有 python3-venv。"
        run_quietly([base, "-m", "venv", folder], failure, root)


def _starts(python: Path) -> bool:
    """Tell whether the Python of the environment starts: the one it was made from may be gone."""
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _stamp_file(root: Path) -> Path:
    return root / ".venv" / "lunxun-stamp.json"


def _read_stamp(root: Path) -> dict[str, str]:
    """Read what a finished installation left behind; anything unreadable means there was none."""
    try:
        stamp = json.loads(_stamp_file(root).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in stamp.items()} if isinstance(stamp, dict) else {}


def _write_stamp(root: Path, stamp: dict[str, str]) -> None:
    draft = _stamp_file(root).with_suffix(".part")
    draft.write_text(json.dumps(stamp, indent=1, ensure_ascii=False), "utf-8")
    draft.replace(_stamp_file(root))
