"""The busiest modules, compiled on this machine by `scripts/speed_up.py`: used where they are of these very sources.

They are the same programs and give the same bytes, in less time. Where there is no compiled form of exactly these
sources for exactly this Python, nothing changes: the sources are run. `LUNXUN_COMPILED=0` has them run in any case.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from hashlib import blake2b
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

# Chosen by measurement. A module cannot be among them if its objects are pickled, if a property of it is kept by
# `cached_property`, or if it stands in the way of replacing one of its functions while the program runs.
MODULES = (
    "lunxun.library.analysis",
    "lunxun.library.mentions",
    "lunxun.library.quick_yaml",
    "lunxun.records.walk",
    "lunxun.search.entries",
    "lunxun.search.related",
    "lunxun.search.said",
    "lunxun.site.addresses",
    "lunxun.site.comparison",
    "lunxun.site.context",
    "lunxun.site.folder",
    "lunxun.site.prose",
    "lunxun.site.record_pages",
    "lunxun.site.record_tables",
    "lunxun.site.relations",
    "lunxun.site.safe_html",
    "lunxun.site.search_documents",
    "lunxun.site.search_parts",
    "lunxun.site.small_markdown",
    "lunxun.site.term_finder",
    "lunxun.text.marks",
)
GROUP = "lunxun"
"""What the modules call each other by; the library that holds the code of all of them is named after it."""
_ROOT = Path(__file__).parent.parent
_SWITCH = "LUNXUN_COMPILED"
__all__ = ["GROUP", "MODULES", "digest", "file_name", "folder", "use"]


def file_name(module: str) -> str:
    """Give the file of the source of a module, below the folder of sources."""
    return f"{module.replace('.', '/')}.py"


def digest(root: Path = _ROOT) -> str:
    """Digest the sources of the modules and the Python that they are compiled for."""
    key = blake2b(EXTENSION_SUFFIXES[0].encode(), digest_size=16)
    for module in MODULES:
        key.update(f"\0{module}\0".encode())
        key.update((root / file_name(module)).read_bytes())
    return key.hexdigest()


def folder(root: Path = _ROOT) -> Path:
    """Give the folder of the compiled modules of these sources, which may not be there."""
    return root.parent / ".cache" / "compiled" / digest(root)


def use() -> bool:
    """Have the compiled modules imported instead of their sources, if there are any; tell whether there are."""
    if os.environ.get(_SWITCH) == "0":
        return False
    try:
        found = folder()
    except OSError:  # the program was not installed with its sources as files
        return False
    if not found.is_dir():
        return False
    sys.meta_path.insert(0, _Finder(found))
    return True


class _Finder(MetaPathFinder):
    """Finds the compiled modules in their folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = {*MODULES, f"{GROUP}__mypyc"}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module, unless its file is not there."""
        if name not in self._names:
            return None
        file = f"{self._folder}/{name.replace('.', '/')}{EXTENSION_SUFFIXES[0]}"
        if not Path(file).is_file():
            return None
        return spec_from_file_location(name, file, loader=ExtensionFileLoader(name, file))
