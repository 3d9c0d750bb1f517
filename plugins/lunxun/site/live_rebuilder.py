"""Make the site again after an edit: the pages that it reaches at once, all the rest when nobody types.

What is quick keeps to the records: they are read, linked and looked at one by one, and the pages made that show what
changed. Rules about all records, lists, related records and the search follow in `finish`, which brings the site up
to date as `lunxun build` does. After any other change that is done at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from lunxun.checks.checked import Checked
from lunxun.checks.register import rule_infos
from lunxun.findings import Finding, has_errors, in_order
from lunxun.library.files import RecordFile, problem_of_id
from lunxun.library.library import Library
from lunxun.library.load import Loaded, renew
from lunxun.library.places import CONTENT, QUIZZES, quizzes_beside
from lunxun.library.reading import Listed
from lunxun.records.kinds import FOLDERS, KINDS
from lunxun.records.references import Key
from lunxun.report.text import as_text
from lunxun.site import addresses
from lunxun.site.build import Built, FrameError, Order, build, recall
from lunxun.site.frame import Frame, load_frame
from lunxun.site.kept_site import KeptSite
from lunxun.site.output import FileMark
from lunxun.site.reach import reach
from lunxun.site.ready import NotReadyError
from lunxun.site.rebuilder import Outcome
from lunxun.site.relation import numbered
from lunxun.site.stages import Reporter
from lunxun.site.tasks import SiteWork, write_pages
from lunxun.workers import InProcess

# More pages than these are made with the rest: the one that is looked at is among the first.
_AT_ONCE = 200
_TRIES, _PAUSE_SECONDS = 20, 0.02


@dataclass(frozen=True, slots=True)
class _Known:
    """The last whole site, and what it was made of."""

    frame: Frame
    checked: Checked
    site: KeptSite


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the last whole site."""

    mark: FileMark
    digest: bytes


class LiveRebuilder:
    """Keeps the site in a folder of the cache, and pages that are newer than it in memory."""

    def __init__(self, order: Order) -> None:
        self._folder = order.cache / "serve" / "site"
        self._order = replace(order, output=self._folder)
        self._known: _Known | None = None
        self._loaded: Loaded | None = None
        self._files: dict[str, _File] = {}
        self._newer: dict[str, bytes | None] = {}
        self._is_unfinished = False
        self._changed: set[Key] = set()
        """Records that are others, or link elsewhere, since the last whole site."""
        self._reading = threading.Lock()
        home = order.config_file.parent
        self._watched: tuple[Path, ...] = (order.config_file, home / CONTENT, home / QUIZZES)

    @property
    def watched(self) -> tuple[Path, ...]:
        """Name what the last site was made from."""
        return self._watched

    def start(self) -> Outcome:
        """Build for the first time, and say what is done."""
        return self._whole(self._order)

    def refresh(self, changed: Collection[Path]) -> Outcome:
        """Make again the pages that a change of records reaches, or the whole site after any other change."""
        started = time.perf_counter()
        known, loaded = self._known, self._loaded
        listed = [self._listed(path) for path in sorted(changed)]
        if known is None or loaded is None or None in listed:
            return self._whole(self._silent_order())
        there = [one for one in listed if one is not None and Path(one[1].path).is_file()]
        gone = [one[1].name for one in listed if one is not None and not Path(one[1].path).is_file()]
        before, self._loaded = loaded, renew(loaded, there, gone)
        loaded = self._loaded
        self._changed |= _changed(before.library, loaded.library)
        self._is_unfinished = True
        found = in_order((*loaded.findings, *loaded.inspected))
        if has_errors(found):
            return _outcome(False, found, frozenset(), started)
        return _outcome(True, (), self._quickly(known, loaded), started)

    @property
    def is_unfinished(self) -> bool:
        """Tell whether lists, related records and the search are still to be brought up to date."""
        return self._is_unfinished

    def finish(self) -> Outcome:
        """Bring them up to date."""
        return self._whole(self._silent_order())

    def file(self, address: str) -> bytes | None:
        """Read a file of the newest good site; only addresses that it has lead to a file."""
        with self._reading:
            if address in self._newer:
                return self._newer[address]
            if address not in self._files:
                return None
        for _ in range(_TRIES):  # for a moment one folder takes the place of another
            with suppress(OSError):
                return (self._folder / address).read_bytes()
            time.sleep(_PAUSE_SECONDS)
        return None

    def _quickly(self, known: _Known, loaded: Loaded) -> frozenset[str]:
        """Make the pages that show what changed; give the addresses at which they differ from what was shown."""
        work, entries = SiteWork(loaded.library, known.frame, None), loaded.library.entries
        reached = reach(known.site, work.renderer, known.site.look, self._changed)
        if reached is None:
            return frozenset()
        # First those that were edited.
        pages = [*sorted(reached.pages & reached.changed), *sorted(reached.pages - reached.changed)][:_AT_ONCE]
        numbers = numbered(known.site.keys)
        related = {key: known.site.named(known.site.related, numbers[key]) for key in pages if key in numbers}
        is_shown = {other for others in related.values() for other in others if other in entries}
        is_shown = {other for other in is_shown if not entries[other].is_hidden}
        shown = {key: tuple(entries[other] for other in others if other in is_shown) for key, others in related.items()}
        made: dict[str, bytes | None] = {addresses.of_record(key): None for key in reached.gone}
        for address, data in write_pages(work, pages, shown).pages.files:
            made[address] = data.encode() if isinstance(data, str) else data
        differing = {address: data for address, data in made.items() if data != self.file(address)}
        with self._reading:
            self._newer.update(differing)
        return frozenset(differing)

    def _whole(self, order: Order) -> Outcome:
        """Bring the whole site up to date."""
        started = time.perf_counter()
        said = _SaidLast(order.reporter)
        before = self._known.checked if self._known else None
        if self._loaded is not None and before is not None:
            before = replace(before, loaded=self._loaded, findings=())
        order = replace(order, reporter=said, before=before)
        self._is_unfinished = False
        try:
            built = recall(order, build(order))
        except NotReadyError as error:
            ok, text = False, said.text or str(error)
        except FrameError as error:
            ok, text = False, str(error)
        except OSError as error:
            ok, text = False, f"网站没有写成（系统错误 {error.errno}）。检查磁盘空间和文件夹权限。"
        else:
            said.say("")
            ok, text = True, ""
        self._look_for_roots()
        changed = self._show(built) if ok else frozenset[str]()
        return Outcome(ok, text, changed, time.perf_counter() - started)

    def _show(self, built: Built) -> frozenset[str]:
        """Take what was built for the newest good site; give the addresses at which it differs from what was shown."""
        was = self._files
        shown = {name: file.digest for name, file in was.items()}
        shown |= {name: _digest(data) if data is not None else b"" for name, data in self._newer.items()}
        files = {
            name: was[name] if name in was and was[name].mark == mark else _File(mark, self._digest_of(name))
            for name, mark in built.files.items()
        }
        with self._reading:
            self._newer.clear()
            self._files = files
            self._known = None
            if built.checked is not None and built.site is not None:
                self._known = _Known(built.frame, built.checked, built.site)
                self._loaded = built.checked.loaded
                self._changed = set()
        names = shown.keys() | files.keys()
        return frozenset(
            name for name in names if shown.get(name, b"") != (files[name].digest if name in files else b"")
        )

    def _digest_of(self, name: str) -> bytes:
        return _digest((self._folder / name).read_bytes())

    def _listed(self, path: Path) -> Listed | None:
        """Tell which record a path is the file of; nothing where it is anything else."""
        content = self._known.frame.settings.content if self._known else self._watched[1]
        for root, shown_as, name in ((content, CONTENT, CONTENT), (quizzes_beside(content), QUIZZES, QUIZZES)):
            if path.is_relative_to(root):
                inner = path.relative_to(root)
                kind = FOLDERS.get(inner.parts[0]) if len(inner.parts) > 1 else None
                if kind is None or KINDS[kind].root != name or path.suffix != ".yml" or problem_of_id(path.stem):
                    return None
                if not path.is_symlink() and not path.is_dir():
                    file = RecordFile(str(path), f"{shown_as}/{inner.as_posix()}", path.stem)
                    return kind, file
        return None

    def _look_for_roots(self) -> None:
        frame = load_frame(self._order.cache / "frame", self._order.config_file)
        if frame is not None:
            content = frame.settings.content
            self._watched = (self._order.config_file, content, quizzes_beside(content), *frame.settings.roots)

    def _silent_order(self) -> Order:
        # In this process: it has threads by now, and is better not forked.
        return replace(self._order, workers=InProcess(), reporter=_Silence())


def _outcome(ok: bool, found: Collection[Finding], changed: frozenset[str], started: float) -> Outcome:
    said = as_text(tuple(found), rule_infos()) if found else ""
    return Outcome(ok, said, changed, time.perf_counter() - started)


def _changed(before: Library, after: Library) -> set[Key]:
    """List the records that were read again or link elsewhere: those of a renewed Library are the very same else."""
    old = before.entries
    return {
        key
        for key, entry in after.entries.items()
        if old.get(key) is not entry or before.outgoing(key) is not after.outgoing(key)
    }


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


class _SaidLast:
    """Keeps back what a build said last: where it ends with NotReadyError, that is what is wrong."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self.text = ""

    def say(self, text: str) -> None:
        if self.text:
            self._reporter.say(self.text)
        self.text = text

    def progress(self, title: str, done: int, total: int) -> None:
        self._reporter.progress(title, done, total)


class _Silence:
    def say(self, text: str) -> None:
        pass

    def progress(self, title: str, done: int, total: int) -> None:
        pass
