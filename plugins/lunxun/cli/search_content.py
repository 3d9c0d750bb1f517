"""The content as `lunxun search` sees it: its state, cheaply, and its documents when the state has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import lunxun
from lunxun.findings import has_errors
from lunxun.library.load import PAGES_FOLDER, Loaded, load
from lunxun.library.places import quizzes_beside
from lunxun.search.document import SearchDocument

# No record is larger; a file that is gets known by its size and time, so that it is not read to the end.
_MAX_READ = 8 * 1024 * 1024


class ContentSource:
    """The records below a folder."""

    def __init__(self, content: Path, say: Callable[[str], None], quizzes: Path | None = None) -> None:
        self._content = content
        self._quizzes = quizzes or quizzes_beside(content)
        self._say = say

    @property
    def identity(self) -> str:
        """Name the folder."""
        return str(self._content.resolve())

    def stamp(self) -> str:
        """Hash all records and the program that reads them."""
        whole = hashlib.sha256()
        for folder, ending in ((self._content, ".yml"), (self._quizzes, ".yml"), (Path(lunxun.__file__).parent, ".py")):
            for path in _files(folder, ending):
                name = path.relative_to(folder).as_posix()
                whole.update(f"{name}\0{_mark(path)}\n".encode(errors="surrogatepass"))
        return whole.hexdigest()

    def documents(self) -> Iterator[SearchDocument]:
        """Read all records and give them as search documents."""
        # Markdown and templates take a while to import, which a search in an index that is current need not pay.
        from lunxun.site.prose import ProseRenderer  # noqa: PLC0415
        from lunxun.site.search_documents import search_documents  # noqa: PLC0415

        if has_errors(self._loaded.findings):
            self._say("有的记录有错误，没有收进索引；运行 lunxun check 看是哪些。")
        return search_documents(ProseRenderer(self._loaded.library))

    def names(self) -> dict[str, dict[str, str]]:
        """Give the names of kinds, topics, levels, fields and regions."""
        from lunxun.site.search_documents import facet_names  # noqa: PLC0415 - as above

        return facet_names(self._loaded.library)

    @cached_property
    def _loaded(self) -> Loaded:
        return load(self._content, quizzes=self._quizzes)


def _files(folder: Path, ending: str) -> Iterator[Path]:
    """Yield the files of an ending below a folder in a fixed order, without hand-written pages."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        if Path(place) == folder and PAGES_FOLDER in folders:
            folders.remove(PAGES_FOLDER)
        for name in sorted(names):
            if name.endswith(ending):
                yield Path(place, name)


def _mark(path: Path) -> str:
    try:
        found = path.stat()
        if not path.is_file() or found.st_size > _MAX_READ:
            return f"{found.st_mode} {found.st_size} {found.st_mtime_ns}"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return f"error {error.errno}"
