"""Find the browsers, the Chinese font and npm that the tests need; install them where apt-get may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console import ScriptError, run_quietly, timed

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr", "firefox")


@dataclass(frozen=True)
class Need:
    """Something of the system that tests rest on."""

    name: str
    present: bool
    packages: tuple[str, ...]


def find_program(names: Sequence[str]) -> str | None:
    """Return the path of the first of these programs that is on PATH."""
    return next((path for name in names if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Tell whether pages will show Chinese rather than boxes."""
    if sys.platform in ("win32", "darwin"):
        return True
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def needs() -> list[Need]:
    """List what the tests need, present or not."""
    return [
        Need("Chromium 浏览器", find_program(CHROMIUM) is not None, ("chromium",)),
        Need("Firefox ESR 浏览器", find_program(FIREFOX) is not None, ("firefox-esr",)),
        Need("中文字体（如思源黑体 Noto Sans CJK）", has_chinese_font(), ("fonts-noto-cjk", "fontconfig")),
        Need("Node.js 和 npm", find_program(["node"]) is not None and find_program(["npm"]) is not None, ("npm",)),
    ]


def ensure_system_tools() -> None:
    """Install what is missing, or say in Chinese what to install."""
    missing = [need for need in needs() if not need.present]
    if not missing:
        return
    prefix = _root_prefix()
    if shutil.which("apt-get") is None or prefix is None:
        raise ScriptError(_please_install(missing))
    packages = [package for need in missing for package in need.packages]
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
    with timed(f"安装 {'、'.join(packages)}"):
        run_quietly([*apt_get, "update"], f"软件目录没有更新成。\n{_please_install(missing)}", Path.cwd())
        install = [*apt_get, "install", "-y", "--no-install-recommends", *packages]
        run_quietly(install, _please_install(missing), Path.cwd())
    missing = [need for need in needs() if not need.present]
    if missing:
        raise ScriptError(_please_install(missing))


def _root_prefix() -> list[str] | None:
    """Return how to become root without a password, or None if that cannot be done."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if allowed else None


def _please_install(missing: Sequence[Need]) -> str:
    names = "、".join(need.name for need in missing)
    packages = " ".join(package for need in missing for package in need.packages)
    return f"缺少：{names}。请先安装，并让程序可以在 PATH 中找到（Debian 的软件包名：{packages}）。"
