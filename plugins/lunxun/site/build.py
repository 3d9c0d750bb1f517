"""A whole build: content folder and frame in, finished site out, or a reason why not and the last site untouched."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from lunxun.checks.checked import load_checked
from lunxun.checks.register import rule_infos
from lunxun.cluster import code_digest
from lunxun.findings import has_errors
from lunxun.library.library import Library
from lunxun.library.load import CONTENT, QUIZZES, quizzes_beside
from lunxun.library.machine_key import key_file, machine_key
from lunxun.library.snapshot import Snapshot
from lunxun.quiz.exam_deposit import DepositError, ExamDeposit, read_deposits
from lunxun.report.text import as_text
from lunxun.search.pieces import IndexPiece, join
from lunxun.search.scripts import address_of
from lunxun.site.addresses import SEARCH
from lunxun.site.exam_list import exam_files
from lunxun.site.frame import Frame, load_frame
from lunxun.site.last_build import LastBuild, recall, remember, state_file
from lunxun.site.output import FileMark, file_marks, link_files, write_file
from lunxun.site.search_documents import facet_names
from lunxun.site.stages import Reporter, counted, stage
from lunxun.site.swap import discard_leftovers, folder_beside, foreign_folder, may_replace, swap_in
from lunxun.site.tasks import Files, SiteWork, record_pieces, write_guides, write_records
from lunxun.workers import InProcess, Workers

MakeFrame = Callable[[Path, Path], Frame]
_START = re.compile(r'LunxunSearch\.take\("start",("(?:[^"\\]|\\.)*")')
_UNNAMED = 'data-lx-index=""'
# Few enough that their number costs nothing, enough that all workers end at about the same time.
_PIECES_EACH = 6
# So that what a piece holds in memory at one time is little.
_MOST_RECORDS = 500


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


@dataclass(frozen=True, slots=True)
class Ready:
    """Content that was read, linked and checked, and has no errors."""

    library: Library
    said: str
    """The findings that are no errors (Chinese)."""
    exams: tuple[ExamDeposit, ...] = ()


def prepare(
    content: Path, reporter: Reporter, workers: Workers | None = None, snapshot: Snapshot | None = None
) -> Ready:
    """Load and check a content folder; say what was found, raise NotReadyError if any of it is an error."""
    with stage("读取和检查内容", reporter), (workers or InProcess()).executor() as executor:
        checked = load_checked(content, executor=executor, snapshot=snapshot)
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
    with stage(f"排出 {len(ready.library.entries)} 条记录的页面", reporter):
        for files in _made(work, workers, reporter):
            for address, data in files:
                write_file(folder / address, data)
        for address, page in exam_files(frame, ready.exams):
            write_file(folder / address, page)
        _name_index(folder)


def _name_index(folder: Path) -> None:
    """Tell the search page which index was made with it, so that it notices one of another build."""
    start = _START.match((folder / address_of("start")).read_text("utf-8"))
    page = folder / SEARCH
    mark = escape(json.loads(start[1])) if start else ""
    write_file(page, page.read_text("utf-8").replace(_UNNAMED, f'data-lx-index="{mark}"'))


def build(order: Order) -> Path:
    """Build the site and return where it was written.

    Raises FrameError, NotReadyError or OSError, and has then changed nothing.
    """
    started_ns = time.time_ns()
    frame = _frame(order)
    target = order.output.absolute() if order.output else frame.settings.target
    state = state_file(order.cache, target)
    version = f"{code_digest()} {frame.key}"
    content = _content_marks(frame.settings.content)
    last = recall(state)
    if last is not None and (last.version, last.content) == (version, content) and last.files == file_marks(target):
        order.reporter.say("\n".join([*filter(None, [last.said]), "内容和主题都没有变化，网站已是最新。"]))
        return target
    ready = prepare(frame.settings.content, order.reporter, order.workers, _snapshot(order, frame))
    _replace_site(order, frame, ready, target)
    remember(state, LastBuild(version, content, file_marks(target), ready.said), started_ns)
    return target


def _replace_site(order: Order, frame: Frame, ready: Ready, target: Path) -> None:
    if not may_replace(target):
        raise NotReadyError(foreign_folder(target))
    discard_leftovers(target)
    made = folder_beside(target)
    try:
        made.mkdir(parents=True)
        link_files(frame.static, made, file_marks(frame.static))
        write_site(frame, ready, made, order.reporter, order.workers)
    except BaseException:
        discard_leftovers(target)
        raise
    swap_in(made, target)


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


def _made(work: SiteWork, workers: Workers, reporter: Reporter) -> Iterator[Files]:
    """Have all pieces done, and then what is left of the index."""
    work.make()
    entries = work.library.entries
    pieces = record_pieces(work.library, max(workers.count * _PIECES_EACH, len(entries) // _MOST_RECORDS))
    found: list[IndexPiece] = []
    with workers.session(work) as session:
        guides = session.submit(write_guides, None)
        pending = [session.submit(write_records, piece) for piece in pieces]
        for one in counted(pending, len(pending), "排出页面", reporter):
            files, index = one.result()
            found.append(index)
            yield files
        yield guides.result()
    yield tuple(join(found, facet_names(work.library), workers).files.items())
