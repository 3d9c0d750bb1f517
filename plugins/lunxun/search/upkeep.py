"""Open the index of a content; first bring it up to date, or make it anew where it cannot be trusted or read."""

from __future__ import annotations

import errno
import hashlib
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import opencc

from lunxun.library.lock import locked
from lunxun.search.document import SearchDocument
from lunxun.search.entries import digest, entry_of
from lunxun.search.port import Engine, Reader
from lunxun.search.store import LOCK, Checked, Manifest, Names, Store, UnusableIndexError

# Raise it when entries change their form.
_FORMAT = 1
_PREFIX = "search-"
_HASH_LENGTH = 12
_WORTH_SAYING = 1_000
_REASONS = {
    **dict.fromkeys((errno.EACCES, errno.EPERM), "没有权限"),
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR), "路上有个同名的文件，不是文件夹"),
    errno.ENOENT: "建不了这个文件夹",
    errno.EROFS: "只读",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "名字太长",
}
Say = Callable[[str], None]


class CacheError(Exception):
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


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be written: addresses to take out, addresses to put in, and whether to start anew."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    removed: int
    """How many entries have been taken out since the index was started; their remains stay in its files."""
    is_anew: bool


def open_index(cache: Path, engine: Engine, source: Source, key: bytes, say: Say) -> OpenIndex:
    """Open the index; `say` is told of everything that takes time or went wrong."""
    # Taken before the documents are made: a change in between is noticed by the next run.
    stamp = source.stamp()
    store = Store(folder_of(cache, engine, source), key)
    try:
        found = store.read()
        if found is not None and found.manifest.stamp == stamp:
            return _opened(engine, found)
    except UnusableIndexError:
        pass  # or another run is just replacing it: seen again under the lock
    with _writing(store.folder, say):
        found = _trusted(store, engine, say)
        if found is None or found.manifest.stamp != stamp:
            found = _updated(store, engine, source, stamp, found, say)
        _clear_old_formats(store.folder.parent)
        return _opened(engine, found)


def folder_of(cache: Path, engine: Engine, source: Source) -> Path:
    """Name the folder of an index: one of each format, and in it one of each engine and content."""
    name = f"{engine.name}-{_hash(f'{engine.version}|{source.identity}')}"
    return cache / "lunxun" / f"{_PREFIX}{format_hash()}" / name


def format_hash() -> str:
    """Give what changes when entries made today would differ from those of another release or machine."""
    parts = (_FORMAT, opencc.__version__, unicodedata.unidata_version, sys.byteorder, sys.maxsize)
    return _hash("|".join(map(str, parts)))


def reason_of(error: OSError) -> str:
    """Say in Chinese why the system refused."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def make_plan(old: Mapping[str, str], digests: Mapping[str, str], removed: int) -> Plan:
    """Compare the digests of documents, by address, with those of an index."""
    gone = tuple(address for address in old if digests.get(address) != old[address])
    new = tuple(address for address in digests if digests[address] != old.get(address))
    if not old or 4 * (removed + len(gone)) > len(digests):
        return Plan((), tuple(digests), 0, True)
    return Plan(gone, new, removed + len(gone), False)


@contextmanager
def _writing(folder: Path, say: Say) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(folder / LOCK, lambda: say("另一个 lunxun 正在更新索引，等它完成……")):
            yield
    except OSError as error:
        raise CacheError(f"索引写不进 {folder}：{reason_of(error)}。可用 --cache 指定另一个文件夹。") from error


def _trusted(store: Store, engine: Engine, say: Say) -> Checked | None:
    try:
        found = store.read()
        if found is not None:
            _opened(engine, found).reader.close()
    except UnusableIndexError as reason:
        say(f"{reason}，没有使用，现在重建。")
        return None
    return found


def _updated(store: Store, engine: Engine, source: Source, stamp: str, found: Checked | None, say: Say) -> Checked:
    documents = {document.address: document for document in source.documents()}
    digests = {address: digest(document) for address, document in documents.items()}
    old = found.manifest if found else Manifest("", {}, {})
    plan = make_plan(old.digests, digests, old.removed)
    manifest = replace(old, stamp=stamp, digests=digests, names=source.names(), removed=plan.removed)
    if found is not None and digests == old.digests:
        store.put(manifest)
    else:
        if len(plan.new) >= _WORTH_SAYING:
            say(f"正在为 {len(plan.new)} 条记录建索引……")
        entries = (entry_of(documents[address]) for address in plan.new)
        files = {} if found is None or plan.is_anew else found.files
        store.write(manifest, lambda folder: engine.write(folder, files, plan.gone, entries))
    written = store.read()
    assert written is not None, "nobody else writes while the lock is held"
    return written


def _opened(engine: Engine, found: Checked) -> OpenIndex:
    try:
        return OpenIndex(engine.open(found.folder, found.files), found.manifest.names)
    except Exception as error:  # an engine may fail in any way on files that it cannot read
        raise UnusableIndexError("索引打不开") from error


def _clear_old_formats(current: Path) -> None:
    for path in current.parent.glob(_PREFIX + "[0-9a-f]" * _HASH_LENGTH):
        if path.name != current.name and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_HASH_LENGTH]
