"""A whole build: content folder and frame in, finished site out, or a reason why not and the last site untouched."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from html import escape
from pathlib import Path

from lunxun.checks.checked import (
    Checked,
    check_loaded,
    compare_loaded,
    keep_in,
    known_from,
    load_checked,
    load_to_check,
)
from lunxun.checks.register import rule_infos
from lunxun.cluster import code_digest
from lunxun.findings import has_errors
from lunxun.library.analysis import collector_paused
from lunxun.library.library import Library
from lunxun.library.load import CONTENT, QUIZZES, Loaded, quizzes_beside
from lunxun.library.machine_key import key_file, machine_key
from lunxun.library.snapshot import Snapshot
from lunxun.quiz.exam_deposit import FOLDER as EXAMS
from lunxun.quiz.exam_deposit import DepositError, ExamDeposit, read_deposits
from lunxun.report.text import as_text
from lunxun.search.library_index import Compared
from lunxun.search.scripts import address_of
from lunxun.site.addresses import SEARCH
from lunxun.site.exam_list import exam_files
from lunxun.site.frame import Frame, load_frame
from lunxun.site.kept_site import KeptSite
from lunxun.site.last_build import LastBuild, Memory, memory_of
from lunxun.site.output import FileMark, file_marks, link_files, write_file
from lunxun.site.reach import Reach, reach
from lunxun.site.remaking import Change, Made, index_at_hand, keep_made, make_again, make_all, stay
from lunxun.site.spare import complete, keep_aside
from lunxun.site.stages import Reporter, stage
from lunxun.site.swap import discard_leftovers, folder_beside, foreign_folder, may_replace, swap_in
from lunxun.site.tasks import SiteWork
from lunxun.workers import InProcess, Session, Workers

MakeFrame = Callable[[Path, Path], Frame]
_START = re.compile(r'LunxunSearch\.take\("start",("(?:[^"\\]|\\.)*")')
_UNNAMED = 'data-lx-index=""'


class FrameError(Exception):
    """The theme could not be rendered; the message (Chinese) says why."""


class NotReadyError(Exception):
    """The content has errors, or the output cannot be written; the message (Chinese) says so."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, and with what."""

    config_file: Path
    output: Path | None
    """Where the site goes; if not given, where mkdocs.yml says."""
    cache: Path
    make_frame: MakeFrame
    workers: Workers
    reporter: Reporter
    before: Checked | None = None
    """What came of the same content earlier in this process."""


@dataclass(frozen=True, slots=True)
class Built:
    """Where a site was written, its frame and files; and unless nothing had changed, what it was made of."""

    target: Path
    frame: Frame
    files: Mapping[str, FileMark]
    checked: Checked | None = None
    site: KeptSite | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Content that was read, linked and checked, and has no errors."""

    library: Library
    said: str
    """The findings that are no errors (Chinese)."""
    exams: tuple[ExamDeposit, ...] = ()


def prepare(content: Path, reporter: Reporter, workers: Workers | None = None) -> Ready:
    """Load and check a content folder; say what was found, raise NotReadyError if any of it is an error."""
    with stage("读取和检查内容", reporter):
        checked = load_checked(content, workers=workers)
    return _ready(checked, content, reporter)


def _ready(checked: Checked, content: Path, reporter: Reporter) -> Ready:
    said = as_text(checked.findings, rule_infos()) if checked.findings else ""
    if said:
        reporter.say(said)
    if has_errors(checked.findings):
        raise NotReadyError("内容有错误，没有生成；上一次的网站保持原样。先改正上面的错误，再运行一次。")
    try:
        return Ready(checked.library, said, read_deposits(quizzes_beside(content)))
    except DepositError as error:
        raise NotReadyError(f"{error}\n没有生成；上一次的网站保持原样。") from None


def write_site(frame: Frame, ready: Ready, folder: Path, reporter: Reporter, workers: Workers | None = None) -> None:
    """Write every page and asset of checked content into a folder that holds the frame's own files already."""
    workers = workers or InProcess()
    work = SiteWork(ready.library, frame, folder if workers.share_our_disk else None)
    with stage(_pages_of(work), reporter):
        made = make_all(work, workers, reporter)
        _write_rest(work, made, ready.exams, folder)


def _pages_of(work: SiteWork) -> str:
    return f"排出 {len(work.library.entries)} 条记录的页面"


def _write_rest(work: SiteWork, made: Made, exams: tuple[ExamDeposit, ...], folder: Path) -> None:
    """Write what workers elsewhere gave back, and the exams; tell the search page which index it goes with."""
    for address, data in (*made.written.files, *exam_files(work.frame, exams)):
        write_file(folder / address, data)
    _name_index(folder)


def _name_index(folder: Path) -> None:
    """Tell the search page which index was made with it, so that it notices one of another build."""
    start = _START.match((folder / address_of("start")).read_text("utf-8"))
    page = folder / SEARCH
    mark = escape(json.loads(start[1])) if start else ""
    write_file(page, page.read_text("utf-8").replace(_UNNAMED, f'data-lx-index="{mark}"'))


def build(order: Order) -> Built:
    """Build the site.

    Raises FrameError, NotReadyError or OSError, and has then changed nothing.
    """
    # Pages leave hardly a cycle behind, and what the collector would look through lives to the end.
    with collector_paused():
        return _build(order)


def _build(order: Order) -> Built:
    started_ns = time.time_ns()
    frame = _frame(order)
    target = order.output.absolute() if order.output else frame.settings.target
    memory = memory_of(order.cache, target)
    program, look = code_digest((".py",)), f"{code_digest(('.j2',))} {frame.key}"
    content = _content_marks(frame.settings.content)
    last = memory.recall()
    if last is not None and last.files != file_marks(target):
        last = None
    if last is not None and (last.version, last.content) == (f"{program} {look}", content):
        return _as_it_was(order, frame, target, last)
    if not may_replace(target):
        raise NotReadyError(foreign_folder(target))
    kept = memory.recall_site() if last is not None and order.workers.share_our_disk else None
    kept = kept if kept is not None and kept.program == program else None
    with ExitStack() as early:
        return _make(order, _Begun(started_ns, frame, target, memory, program, look, content, last, kept), early)


@dataclass(frozen=True, slots=True)
class _Begun:
    """What is known when a build has found that something is to be made."""

    started_ns: int
    frame: Frame
    target: Path
    memory: Memory
    program: str
    look: str
    content: Mapping[str, FileMark]
    last: LastBuild | None
    kept: KeptSite | None


def _make(order: Order, begun: _Begun, early: ExitStack) -> Built:
    """Make what differs, or all; `early` ends what was begun before it was known which."""
    frame, target, memory, content = begun.frame, begun.target, begun.memory, begun.content
    last, kept, look = begun.last, begun.kept, begun.look
    index = early.enter_context(index_at_hand(order.workers, memory.index)) if kept is not None else None
    with stage("读取内容", order.reporter):
        snapshot = None if order.before else _snapshot(order, frame)
        known = order.before or (known_from(snapshot) if snapshot else None)
        loaded = load_to_check(frame.settings.content, workers=order.workers, before=known)
    making = _Making(order, frame, _Unchecked(loaded, known, snapshot), folder_beside(target), memory)
    if has_errors(loaded.findings):
        making.check()  # nothing is made of what could not be read or linked
    reached = reach(kept, making.work.renderer, look) if kept is not None else None
    version = f"{begun.program} {look}"
    if last is not None and reached is not None and not reached and _exams(content) == _exams(last.content):
        making.check()
        memory.remember(LastBuild(version, content, last.files, making.said), None, begun.started_ns, is_same=True)
        return _as_it_was(order, frame, target, replace(last, said=""))
    if kept is not None and last is not None and reached is not None and index is not None:
        with _replacing(target, memory.spare):
            made, files = making.again(kept, reached, target, last, index)
    else:
        early.close()
        with _replacing(target):
            made = making.whole()
        shutil.rmtree(memory.spare, ignore_errors=True)
        files = file_marks(target)
    site = keep_made(making.work, made, begun.program, look) if order.workers.share_our_disk else None
    memory.remember(LastBuild(version, content, files, making.said), site, begun.started_ns)
    return Built(target, frame, files, making.checked, site)


def _as_it_was(order: Order, frame: Frame, target: Path, last: LastBuild) -> Built:
    order.reporter.say("\n".join([*filter(None, [last.said]), "内容和主题都没有变化，网站已是最新。"]))
    return Built(target, frame, last.files)


def _exams(content: Mapping[str, FileMark]) -> dict[str, FileMark]:
    """Give the marks of the exams that are to be published: they are no records."""
    return {name: mark for name, mark in content.items() if name.startswith(f"{QUIZZES}/{EXAMS}/")}


def recall(order: Order, built: Built) -> Built:
    """Add what a site was made of where nothing had changed since; nothing is added if it is not known any more."""
    if built.checked is not None:
        return built
    site = memory_of(order.cache, built.target).recall_site()
    checked = load_checked(
        built.frame.settings.content,
        workers=order.workers,
        before=order.before,
        snapshot=_snapshot(order, built.frame),
    )
    return replace(built, checked=checked, site=site)


@contextmanager
def _replacing(target: Path, spare: Path | None = None) -> Iterator[Path]:
    """Give a folder in which to make what will replace the target, which stays as it is if that fails.

    The folder that was replaced is kept as the spare one, if one is named.
    """
    discard_leftovers(target)
    folder = folder_beside(target)
    try:
        folder.mkdir(parents=True)
        yield folder
    except BaseException:
        discard_leftovers(target)
        raise
    swap_in(folder, target, partial(keep_aside, spare=spare) if spare else None)


@dataclass(frozen=True)
class _Unchecked:
    """Content that was loaded, what was known of it before, and the snapshot, if any, that is to know of it."""

    loaded: Loaded
    before: Checked | None
    snapshot: Snapshot | None

    @cached_property
    def compared(self) -> Compared:
        """Gather what the records are compared by: for the rules, and for the pages."""
        return compare_loaded(self.loaded, self.before)

    def check(self) -> Checked:
        """Run every rule."""
        checked = check_loaded(self.loaded, self.before, self.compared)
        if self.snapshot is not None:
            keep_in(self.snapshot, checked, self.before)
        return checked


class _Making:
    """The making of one site in a folder of its own, from content that was loaded and is still to be checked."""

    def __init__(self, order: Order, frame: Frame, content: _Unchecked, folder: Path, memory: Memory) -> None:
        self.work = SiteWork(content.loaded.library, frame, folder if order.workers.share_our_disk else None)
        self.checked: Checked | None = None
        self.said = ""
        self._exams: tuple[ExamDeposit, ...] = ()
        self._order, self._frame, self._content = order, frame, content
        self._folder, self._memory = folder, memory

    def check(self) -> None:
        """Run every rule, say what was found; raise NotReadyError if any of it is an error."""
        if self.checked is None:
            with stage("检查内容", self._order.reporter):
                self.checked = self._content.check()
            ready = _ready(self.checked, self._frame.settings.content, self._order.reporter)
            self.said, self._exams = ready.said, ready.exams

    def whole(self) -> Made:
        """Make everything; other processes begin with the pages while this one checks the content."""
        order = self._order
        _ = self._content.compared
        link_files(self._frame.static, self._folder, file_marks(self._frame.static))
        state = self._memory.index if order.workers.share_our_disk else None
        with stage(_pages_of(self.work), order.reporter):
            made = make_all(self.work, order.workers, order.reporter, state, self.check)
            _write_rest(self.work, made, self._exams, self._folder)
        return made

    def again(
        self, kept: KeptSite, reached: Reach, target: Path, last: LastBuild, index: Session[None]
    ) -> tuple[Made, Mapping[str, FileMark]]:
        """Make what a change reaches and link the rest from the last site; give the marks of all files, too."""
        reporter = self._order.reporter
        memory = self._memory
        change = Change(kept, reached, target, memory.index, memory.new_index, self._folder, index)
        with stage("更新有变化的页面", reporter):
            made = make_again(self.work, self._order.workers, reporter, change, self.check)
            link_files(self._frame.static, self._folder, file_marks(self._frame.static))
            for address, page in exam_files(self._frame, self._exams):
                write_file(self._folder / address, page)
            _name_index(self._folder)
            files = file_marks(self._folder)
            staying = [one for one in stay(last.files, self.work.library, reached, made) if one not in files]
            complete(self._folder, target, staying, self._memory.spare)
        self._memory.new_index.replace(self._memory.index)
        return made, {**files, **{address: last.files[address] for address in staying}}


def _content_marks(content: Path) -> dict[str, FileMark]:
    """Mark the files of both content folders; hand-written pages are a part of the frame."""
    quizzes = quizzes_beside(content)
    marks = {f"{QUIZZES}/{name}": mark for name, mark in file_marks(quizzes).items()}
    return {**marks, **{f"{CONTENT}/{name}": mark for name, mark in file_marks(content).items()}}


def _snapshot(order: Order, frame: Frame) -> Snapshot | None:
    """Find where the records of the last build may be kept; without a key of this machine nothing is."""
    try:
        return Snapshot(order.cache, frame.settings.content, machine_key(key_file()))
    except (OSError, RuntimeError):  # no home folder, or none that can be written
        return None


def _frame(order: Order) -> Frame:
    folder = order.cache / "frame"
    frame = load_frame(folder, order.config_file)
    if frame is None:
        with stage("排出主题和手写页面", order.reporter):
            frame = order.make_frame(order.config_file, folder)
    return frame
