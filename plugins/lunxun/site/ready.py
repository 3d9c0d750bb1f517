"""Content that is ready to be made into pages: read, linked and checked, without errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lunxun.checks.checked import Checked, Found, check_loaded, compare_loaded, keep_found, load_checked
from lunxun.checks.register import rule_infos
from lunxun.findings import has_errors
from lunxun.library.draft import Draft
from lunxun.library.library import Library
from lunxun.library.load import Loaded
from lunxun.library.places import quizzes_beside
from lunxun.library.snapshot import Snapshot
from lunxun.quiz.exam_deposit import DepositError, ExamDeposit, read_deposits
from lunxun.report.text import as_text
from lunxun.search.library_index import Compared
from lunxun.site.stages import Reporter, stage
from lunxun.workers import Workers


class NotReadyError(Exception):
    """The content has errors, or the output cannot be written; the message (Chinese) says so."""


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
    return ready(checked, content, reporter)


def ready(checked: Checked, content: Path, reporter: Reporter) -> Ready:
    """Say what was found in content that was checked; raise NotReadyError if any of it is an error."""
    said = as_text(checked.findings, rule_infos()) if checked.findings else ""
    if said:
        reporter.say(said)
    if has_errors(checked.findings):
        raise NotReadyError("内容有错误，没有生成；上一次的网站保持原样。先改正上面的错误，再运行一次。")
    try:
        return Ready(checked.library, said, read_deposits(quizzes_beside(content)))
    except DepositError as error:
        raise NotReadyError(f"{error}\n没有生成；上一次的网站保持原样。") from None


@dataclass(frozen=True)
class Unchecked:
    """A content folder that was loaded, what was known of it before, and the snapshot that is to know of it, if any."""

    loaded: Loaded
    before: Checked | None
    snapshot: Snapshot | None
    folder: Path
    draft: Draft | None = None
    """The snapshot as far as it is written, if it is begun."""

    @cached_property
    def compared(self) -> Compared:
        """Gather what the records are compared by: for the rules, and for the pages."""
        return compare_loaded(self.loaded, self.before)

    def check(self) -> Checked:
        """Run every rule."""
        return check_loaded(self.loaded, self.before, self.compared)

    def keep(self, found: Found) -> None:
        """Keep what is known for the next run, with what came of the rules."""
        if self.snapshot is not None:
            keep_found(self.snapshot, self.loaded, self.compared, found, self.before, self.draft)
