"""What tells this program from any other that would read records or look at them differently."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import lunxun

_READERS = ("records", "library", "search", "checks", "text")
_PACKAGES = ("numpy", "pydantic", "pydantic-core", "pyyaml", "opencc")


@cache
def program() -> str:
    """Give a sum over the sources that read and check records, Python, and the packages that they use."""
    whole = hashlib.sha256(sys.version.encode())
    home = Path(lunxun.__file__).parent
    for path in sorted([*home.glob("*.py"), *(path for name in _READERS for path in (home / name).rglob("*.*"))]):
        if path.suffix != ".pyc":
            whole.update(f"{path.relative_to(home).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for package in _PACKAGES:
        whole.update(f"{package} {_version(package)}\n".encode())
    return whole.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
