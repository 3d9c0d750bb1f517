"""The making of a site in a folder of its own: everything, or what a change reaches."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from pathlib import Path

from lunxun.checks.checked import Checked, Found
from lunxun.findings import has_errors
from lunxun.quiz.exam_deposit import ExamDeposit
from lunxun.search.scripts import address_of
from lunxun.site.addresses import SEARCH
from lunxun.site.exam_list import exam_files
from lunxun.site.frame import Frame
from lunxun.site.kept_site import KeptSite
from lunxun.site.last_build import LastBuild, Memory
from lunxun.site.output import FileMark, file_marks, link_files, write_file
from lunxun.site.reach import Reach
from lunxun.site.ready import Ready, Unchecked, ready
from lunxun.site.remaking import AtHand, Change, Made, make_again, make_all, stay
from lunxun.site.spare import complete
from lunxun.site.stages import Reporter, stage
from lunxun.site.tasks import SiteWork
from lunxun.workers import InProcess, Workers

_START = re.compile(r'LunxunSearch\.take\("start",("(?:[^"\\]|\\.)*")')
_UNNAMED = 'data-lx-index=""'


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


class Making:
    """The making of one site in a folder of its own, from content that was loaded and is still to be checked."""

    def __init__(
        self, content: Unchecked, frame: Frame, folder: Path, memory: Memory, workers: Workers, reporter: Reporter
    ) -> None:
        self.work = SiteWork(content.loaded.library, frame, folder if workers.share_our_disk else None, content)
        self.checked: Checked | None = None
        self.said = ""
        self._exams: tuple[ExamDeposit, ...] = ()
        self._content, self._frame, self._folder, self._memory = content, frame, folder, memory
        self._workers, self._reporter = workers, reporter

    def check(self) -> None:
        """Run every rule, keep and say what was found; raise NotReadyError if any of it is an error."""
        if self.checked is None:
            with stage("检查内容", self._reporter):
                checked = self._content.check()
                self._content.keep(checked.found)
            self._tell(checked)

    def _check_to_keep(self) -> Found:
        """Run every rule; what is to be kept of it is given back, as other processes may do that later."""
        with stage("检查内容", self._reporter):
            checked = self._content.check()
        if has_errors(checked.findings):
            self._content.keep(checked.found)
        self._tell(checked)
        return checked.found

    def _compare(self) -> None:
        _ = self._content.compared

    def _tell(self, checked: Checked) -> None:
        self.checked = checked
        found = ready(checked, self._content.folder, self._reporter)
        self.said, self._exams = found.said, found.exams

    def whole(self) -> Made:
        """Make everything; other processes begin with the pages while this one checks the content."""
        link_files(self._frame.static, self._folder, file_marks(self._frame.static))
        state = self._memory.index if self._workers.share_our_disk else None
        with stage(_pages_of(self.work), self._reporter):
            made = make_all(self.work, self._workers, self._reporter, state, self._compare, self._check_to_keep)
            _write_rest(self.work, made, self._exams, self._folder)
        return made

    def again(
        self, kept: KeptSite, reached: Reach, target: Path, last: LastBuild, at_hand: AtHand
    ) -> tuple[Made, Mapping[str, FileMark]]:
        """Make what a change reaches and link the rest from the last site; give the marks of all files, too."""
        memory, reporter = self._memory, self._reporter
        change = Change(kept, reached, target, memory.index, memory.new_index, self._folder, at_hand)
        with stage("更新有变化的页面", reporter):
            made = make_again(self.work, self._workers, reporter, change, self.check)
            link_files(self._frame.static, self._folder, file_marks(self._frame.static))
            for address, page in exam_files(self._frame, self._exams):
                write_file(self._folder / address, page)
            _name_index(self._folder)
            files = file_marks(self._folder)
            staying = [one for one in stay(last.files, self.work.library, reached, made) if one not in files]
            complete(self._folder, target, staying, self._memory.spare, at_hand.spare.result())
        with suppress(OSError):
            memory.index.replace(memory.old_index)
        memory.new_index.replace(memory.index)
        return made, {**files, **{address: last.files[address] for address in staying}}
