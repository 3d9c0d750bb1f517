"""A whole build: content folder and frame in, finished site out, or a reason why not and the last site untouched."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from lunxun.checks.checked import (
    Checked,
    draft_of,
    known_from,
    load_checked,
    load_to_check,
)
from lunxun.findings import has_errors
from lunxun.library.analysis import collector_paused
from lunxun.library.machine_key import key_file, machine_key
from lunxun.library.places import QUIZZES
from lunxun.library.snapshot import Snapshot
from lunxun.quiz.exam_deposit import FOLDER as EXAMS
from lunxun.records.kinds import make_validators
from lunxun.search.tables import fold_table
from lunxun.site.first_look import Look, first_look, look_at, unchanged
from lunxun.site.frame import Frame, frame_of
from lunxun.site.kept_site import KeptSite
from lunxun.site.last_build import LastBuild, Memory, memory_of
from lunxun.site.making import Making
from lunxun.site.output import FileMark, file_marks
from lunxun.site.reach import reach
from lunxun.site.ready import NotReadyError, Unchecked
from lunxun.site.remaking import index_at_hand, keep_made
from lunxun.site.spare import keep_aside
from lunxun.site.stages import Reporter, stage
from lunxun.site.swap import discard_leftovers, folder_beside, foreign_folder, may_replace, swap_in
from lunxun.site.templating import make_templates
from lunxun.workers import Workers, begin_at_once

MakeFrame = Callable[[Path, Path], Frame]


class FrameError(Exception):
    """The theme could not be rendered; the message (Chinese) says why."""


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
    look: Look | None = None
    """What was found just before, in a first look."""


@dataclass(frozen=True, slots=True)
class Built:
    """Where a site was written, its frame and files; and unless nothing had changed, what it was made of."""

    target: Path
    frame: Frame
    files: Mapping[str, FileMark]
    checked: Checked | None = None
    site: KeptSite | None = None


def build(order: Order) -> Built:
    """Build the site.

    Raises FrameError, NotReadyError or OSError, and has then changed nothing.
    """
    # Pages leave hardly a cycle behind, and what the collector would look through lives to the end.
    with collector_paused():
        return _build(order)


def _build(order: Order) -> Built:
    started_ns = time.time_ns()
    look = order.look or first_look(order.config_file, order.output, order.cache)
    frame = frame_of(order.cache / "frame", look.frame) if look is not None else None
    if look is None or frame is None:
        frame = _made_frame(order)
        target = order.output.absolute() if order.output else frame.settings.target
        look = look_at(frame.settings.content, target, frame.key, order.cache, started_ns)
    if look.last is not None and look.is_same:
        return _as_it_was(order, frame, look, look.last)
    if not may_replace(look.target):
        raise NotReadyError(foreign_folder(look.target))
    memory = memory_of(order.cache, look.target)
    kept = memory.recall_site(look.last) if order.workers.share_our_disk else None
    kept = kept if kept is not None and kept.program == look.program else None
    with ExitStack() as ends, ExitStack() as early:
        return _make(order, _Begun(look, frame, memory, kept), ends, early)


@dataclass(frozen=True, slots=True)
class _Begun:
    """What is known when a build has found that something is to be made."""

    look: Look
    frame: Frame
    memory: Memory
    kept: KeptSite | None


def _make(order: Order, begun: _Begun, ends: ExitStack, early: ExitStack) -> Built:
    """Make what differs, or all; `early` ends what was begun before it was known which, `ends` what is for either."""
    frame, memory, kept = begun.frame, begun.memory, begun.kept
    target, last, content, look = begun.look.target, begun.look.last, begun.look.content, begun.look.look
    at_hand = None
    if kept is not None:
        at_hand = early.enter_context(index_at_hand(order.workers, memory, target))
    with stage("读取内容", order.reporter):
        snapshot = None if order.before else _snapshot(order, frame)
        known = order.before or (known_from(snapshot) if snapshot else None)
        draft = ends.enter_context(draft_of(snapshot, known))
        loaded = load_to_check(frame.settings.content, workers=order.workers, before=known, draft=draft)
    unchecked = Unchecked(loaded, known, snapshot, frame.settings.content, draft)
    making = Making(unchecked, frame, folder_beside(target), memory, order.workers, order.reporter)
    if has_errors(loaded.findings):
        making.check()  # nothing is made of what could not be read or linked
    reached = reach(kept, making.work.renderer, look) if kept is not None else None
    version, started_ns = begun.look.version, begun.look.started_ns
    if last is not None and reached is not None and not reached and _exams(content) == _exams(last.content):
        making.check()
        memory.remember(LastBuild(version, content, last.files, making.said), None, started_ns, is_same=True)
        return _as_it_was(order, frame, begun.look, replace(last, said=""))
    if kept is not None and last is not None and reached is not None and at_hand is not None:
        with _replacing(target, memory.spare):
            made, files = making.again(kept, reached, target, last, at_hand)
    else:
        early.close()
        with _replacing(target):
            made = making.whole()
        shutil.rmtree(memory.spare, ignore_errors=True)
        memory.old_index.unlink(missing_ok=True)
        files = file_marks(target)
    site = keep_made(making.work, made, begun.look.program, look) if order.workers.share_our_disk else None
    memory.remember(LastBuild(version, content, files, making.said), site, started_ns)
    return Built(target, frame, files, making.checked, site)


def _as_it_was(order: Order, frame: Frame, look: Look, last: LastBuild) -> Built:
    order.reporter.say(unchanged(look, last).said)
    return Built(look.target, frame, last.files)


def _exams(content: Mapping[str, FileMark]) -> dict[str, FileMark]:
    """Give the marks of the exams that are to be published: they are no records."""
    return {name: mark for name, mark in content.items() if name.startswith(f"{QUIZZES}/{EXAMS}/")}


def recall(order: Order, built: Built) -> Built:
    """Add what a site was made of where nothing had changed since; nothing is added if it is not known any more."""
    if built.checked is not None:
        return built
    memory = memory_of(order.cache, built.target)
    site = memory.recall_site(memory.recall())
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


def _snapshot(order: Order, frame: Frame) -> Snapshot | None:
    """Find where the records of the last build may be kept; without a key of this machine nothing is."""
    try:
        return Snapshot(order.cache, frame.settings.content, machine_key(key_file()))
    except (OSError, RuntimeError):  # no home folder, or none that can be written
        return None


def _made_frame(order: Order) -> Frame:
    with stage("排出主题和手写页面", order.reporter):
        return _rendered(order, order.cache / "frame")


def _rendered(order: Order, folder: Path) -> Frame:
    """Render the frame; where another process can do that, this one makes what all sites need meanwhile."""
    if not begin_at_once(order.workers):
        return order.make_frame(order.config_file, folder)
    with order.workers.session(order.make_frame) as session:
        frame = session.submit(_render, (order.config_file, folder))
        for make in (make_validators, make_templates, fold_table):
            make()
        return frame.result()


def _render(make_frame: MakeFrame, asked: tuple[Path, Path]) -> Frame:
    return make_frame(*asked)
