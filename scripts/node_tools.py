"""Keep the npm tools of the browser tests in `.cache/node`; `node_tools.py lock` renews their lock."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from console import ScriptError, run_quietly, say, timed
from environment import ROOT

MANIFEST = ROOT / "tests" / "browser" / "package.json"
LOCK = ROOT / "tests" / "browser" / "package-lock.json"
FOLDER = ROOT / ".cache" / "node"
MODULES = FOLDER / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
HTML_VALIDATE = MODULES / "html-validate" / "bin" / "html-validate.mjs"

# What would tie the lock to one registry, or is of no use to an installation.
LEFT_OUT = ("resolved", "funding")


def ensure_node_tools() -> None:
    """Install the locked npm tools, unless the same ones are there already."""
    stamp = FOLDER / "lunxun-stamp.txt"
    wanted = hashlib.sha256(MANIFEST.read_bytes() + LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text("ascii").strip() == wanted and AXE.is_file():
        return
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        with timed("安装检查工具 axe-core、html-validate、gift-pegjs"):
            install(FOLDER)
        stamp.write_text(wanted + "\n", "ascii")
    except OSError as error:
        raise ScriptError(f"无法写入 {FOLDER}：{error}") from error


def install(folder: Path) -> None:
    """Install exactly what the lock says into a folder; npm checks the hashes."""
    shutil.copy(MANIFEST, folder)
    shutil.copy(LOCK, folder)
    _npm("ci", folder)


def renew_lock() -> None:
    """Resolve the manifest anew, leave out the addresses, and prove that npm still accepts the lock."""
    with tempfile.TemporaryDirectory() as name, timed("更新网页检查工具的版本锁定"):
        folder = Path(name)
        shutil.copy(MANIFEST, folder)
        _npm("install", folder, "--package-lock-only")
        found = json.loads((folder / LOCK.name).read_text("utf-8"))
        LOCK.write_text(json.dumps(without_addresses(found), indent=2, ensure_ascii=False) + "\n", "utf-8")
        install(folder)


def without_addresses(lock: dict[str, object]) -> dict[str, object]:
    """Return a lock that says what to install, with hashes, but not from where."""
    packages = lock["packages"]
    if not isinstance(packages, dict):
        raise ScriptError("package-lock.json 的格式不认识。")
    kept = {
        path: {key: value for key, value in package.items() if key not in LEFT_OUT}
        for path, package in packages.items()
    }
    unproven = [path for path, package in kept.items() if path and "integrity" not in package]
    if unproven:
        raise ScriptError(f"package-lock.json 中缺少校验值：{'、'.join(unproven)}")
    return {**lock, "packages": kept}


def _npm(verb: str, folder: Path, *options: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise ScriptError("缺少 npm，请先安装 Node.js。")
    # No scripts: nothing from the registry runs on this computer by being installed.
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    run_quietly([npm, verb, *options, *quiet], "npm 没有完成。请检查网络，或请管理员配置 npm 的软件源。", folder)


if __name__ == "__main__":
    if sys.argv[1:] != ["lock"]:
        sys.exit("用法：python3 scripts/node_tools.py lock")
    try:
        renew_lock()
        say(f"已写入 {LOCK.relative_to(ROOT)}，请一并提交。")
    except ScriptError as reason:
        sys.exit(str(reason))
