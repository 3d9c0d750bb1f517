"""Open the index of a content; first bring it up to date, or make it anew where it cannot be trusted or read."""

from __future__ import annotations

import hashlib
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import opencc

from lunxun.search.document import SearchDocument
from lunxun.search.entries import digest, entry_of
from lunxun.search.lock import locked
from lunxun.search.port import Engine, Reader
from lunxun.search.store import LOCK, Checked, Manifest, Names, Store, Unusable

# Raise it when entries change their form.
_FORMAT = 1
_PREFIX = "search-"
_HASH_LENGTH = 12


class CacheNotWritable(Exception):
    """The index cannot be written; the message says where and what to do."""


class Source(Protocol):
    """What is to be searched."""

    @property
    def identity(self) -> str:
        """Tell this content from another one in the same cache."""

    def stamp(self) -> str:
        """Give what changes whenever the documents may have changed; cheap."""

    def documents(self) -> Iterable[SearchDocument]:
        """Make the documents; not cheap."""

    def names(self) -> Names:
        """Map the ids of each facet to their names."""


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """An index that is up to date, open for reading."""

    reader: Reader
    names: Names


def folder_of(cache: Path, engine: Engine, source: Source) -> Path:
    """Name the folder of an index: one of each format, and in it one of each engine and content."""
    return cache / "lunxun" / f"{_PREFIX}{_format_hash(engine)}" / f"{engine.name}-{_hash(source.identity)}"


def open_index(cache: Path, engine: Engine, source: Source, key: bytes, say: Callable[[str], None]) -> OpenIndex:
    """Open the index; `say` is told of everything that takes time or went wrong."""
    upkeep = _Upkeep(folder_of(cache, engine, source), engine, source, key, say)
    return upkeep.open_current() or upkeep.bring_up_to_date()


class _Upkeep:
    def __init__(
        self, folder: Path, engine: Engine, source: Source, key: bytes, say: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._engine = engine
        self._source = source
        self._store = Store(folder, key)
        self._say = say

    @cached_property
    def _stamp(self) -> str:
        # Taken once and before the documents are made: a change in between is noticed by the next run.
        return self._source.stamp()

    def open_current(self) -> OpenIndex | None:
        """Open the index without the lock, if it is whole and of this state of the content."""
        try:
            found = self._store.read()
            return self._opened(found) if found and found.manifest.stamp == self._stamp else None
        except Unusable:
            return None  # or another run has just replaced it: seen again under the lock

    def bring_up_to_date(self) -> OpenIndex:
        """Write what is missing, alone, and open the result."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with locked(self._folder / LOCK, lambda: self._say("另一个 lunxun 正在更新索引，等它完成……")):
                found = self._trusted()
                if found is None or found.manifest.stamp != self._stamp:
                    found = self._update(found)
                self._clear_old_formats()
                return self._opened(found)
        except OSError as error:
            raise CacheNotWritable(
                f"索引写不进 {self._folder}：{error.strerror or error}。"
                "请检查权限和磁盘空间，或用 --cache 指定另一个文件夹。"
            ) from error

    def _trusted(self) -> Checked | None:
        try:
            found = self._store.read()
            if found is not None:
                self._opened(found).reader.close()
        except Unusable as reason:
            self._say(f"{reason}，没有打开，现在重建。")
            return None
        return found

    def _update(self, found: Checked | None) -> Checked:
        documents = {document.address: document for document in self._source.documents()}
        digests = {address: digest(document) for address, document in documents.items()}
        plan = _plan(found.manifest if found else None, digests)
        manifest = Manifest(self._stamp, digests, self._source.names(), plan.removed)
        if found is not None and not plan.gone and not plan.new:
            kept = found.manifest
            self._store.put(Manifest(self._stamp, digests, manifest.names, kept.removed, kept.generation, kept.files))
        else:
            files = found.files if found and not plan.is_anew else {}
            entries = (entry_of(documents[address]) for address in plan.new)
            if len(plan.new) > _WORTH_SAYING:
                self._say(f"正在建索引：{len(plan.new)} 条记录……")
            self._store.write(manifest, lambda folder: self._engine.write(folder, files, plan.gone, entries))
        written = self._store.read()
        assert written is not None, "written under the lock"
        return written

    def _opened(self, found: Checked) -> OpenIndex:
        try:
            return OpenIndex(self._engine.open(found.folder, found.files), found.manifest.names)
        except Exception as error:  # an engine may fail in any way on files it cannot read
            raise Unusable("索引打不开") from error

    def _clear_old_formats(self) -> None:
        current = self._folder.parent
        for path in current.parent.glob(f"{_PREFIX}{'[0-9a-f]' * _HASH_LENGTH}"):
            if path != current and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
