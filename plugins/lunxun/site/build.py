"""A whole build: content folder and frame in, finished site out, or a reason why not and the last site untouched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lunxun.checks.register import check, rule_infos
from lunxun.findings import has_errors, in_order
from lunxun.library.library import Library
from lunxun.library.load import load
from lunxun.report.text import as_text
from lunxun.site.frame import Frame, load_frame
from lunxun.site.stages import stage
from lunxun.site.swap import discard_leftovers, folder_beside, foreign_folder, may_replace, swap_in
from lunxun.site.whole import make_site

Say = Callable[[str], None]
MakeFrame = Callable[[Path, Path], Frame]


class FrameError(Exception):
    """The theme could not be rendered; the message (Chinese) says why."""


class NotReadyError(Exception):
    """The content has errors, or the output cannot be written; the message (Chinese) says so."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Content that was read, linked and checked, and has no errors."""

    library: Library


def prepare(content: Path, say: Say) -> Ready:
    """Load and check a content folder; say what was found, raise NotReadyError if any of it is an error."""
    with stage("读取和检查内容", say):
        loaded = load(content)
        findings = in_order([*loaded.findings, *check(loaded.library)])
    if findings:
        say(as_text(findings, rule_infos()))
    if has_errors(findings):
        raise NotReadyError("内容有错误，没有生成；上一次的网站保持原样。先改正上面的错误，再运行一次。")
    return Ready(loaded.library)


def write_site(frame: Frame, ready: Ready, folder: Path, say: Say) -> None:
    """Write every page and asset of checked content into a folder that holds the frame's own files already."""
    with stage(f"排出 {len(ready.library.entries)} 条记录的页面", say):
        site = make_site(ready.library)
    with stage("写出文件", say):
        for page in site.pages:
            write_file(folder / page.address, frame.html(page))
        for address, text in site.assets.items():
            write_file(folder / address, text)


def build(config_file: Path, output: Path | None, cache: Path, make_frame: MakeFrame, say: Say) -> Path:
    """Build the site and return where it was written.

    Raises FrameError, NotReadyError or OSError, and has then changed nothing.
    """
    frame = _frame(config_file, cache, make_frame, say)
    target = output.absolute() if output else frame.settings.target
    ready = prepare(frame.settings.content, say)
    if not may_replace(target):
        raise NotReadyError(foreign_folder(target))
    discard_leftovers(target)
    made = folder_beside(target)
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(frame.static, made)
        write_site(frame, ready, made, say)
    except BaseException:
        discard_leftovers(target)
        raise
    swap_in(made, target)
    return target


def _frame(config_file: Path, cache: Path, make_frame: MakeFrame, say: Say) -> Frame:
    folder = cache / "frame"
    frame = load_frame(folder, config_file)
    if frame is None:
        with stage("排出主题和手写页面", say):
            frame = make_frame(config_file, folder)
    return frame


def write_file(path: Path, text: str) -> None:
    """Write a text file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
