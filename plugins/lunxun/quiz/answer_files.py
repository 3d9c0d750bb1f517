"""A folder of sealed answers, read file by file: what cannot be graded is refused by name, and the rest goes on."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from lunxun.quiz.answer_sheet import AnswerSheet, problems_of_answers, read_answer_sheet
from lunxun.quiz.paper_set import PaperSet
from lunxun.quiz.sealing import ENDING, MOST_BYTES, Refusal, Why, open_sealed
from lunxun.quiz.sittings import Refused, Sitting

MOST_FILES = 5_000
_PASSED_OVER = ("desktop.ini", "thumbs.db")
Opener = Callable[[bytes], bytes | str]
"""Opens sealed bytes, or says in Chinese why not."""


def opener(secret: bytes) -> Opener:
    """Make what opens files sealed to the trainer with this secret key."""

    def opened(raw: bytes) -> bytes | str:
        found = open_sealed(raw, secret)
        return found.message if isinstance(found, Refusal) else found.text

    return opened


def read_answers(folder: Path, paper: PaperSet, open_file: Opener) -> tuple[list[Sitting], list[Refused]]:
    """Read all files of a folder and the folders in it; files are named by their path in the folder."""
    sittings: list[Sitting] = []
    refused: list[Refused] = []
    for number, path in enumerate(_files(folder)):
        name = _shown(path.relative_to(folder).as_posix())
        if number == MOST_FILES:
            refused.append(Refused(name, f"文件太多，一次最多读 {MOST_FILES} 个，从这里起没有读"))
            break
        found = _sitting(path, name, paper, open_file)
        if isinstance(found, Sitting):
            sittings.append(found)
        else:
            refused.append(Refused(name, found))
    return sittings, refused


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):  # links to folders are not followed
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and not name.startswith("."))
        for name in sorted((*files, *links)):
            if not name.startswith(".") and name.lower() not in _PASSED_OVER:
                yield Path(parent) / name


def _sitting(path: Path, name: str, paper: PaperSet, open_file: Opener) -> Sitting | str:
    raw = _bytes_of(path)
    text = open_file(raw) if isinstance(raw, bytes) else raw
    sheet = read_answer_sheet(text) if isinstance(text, bytes) else text
    problem = _problem(sheet, paper) if isinstance(sheet, AnswerSheet) else sheet
    if problem is not None or not isinstance(sheet, AnswerSheet):
        return problem or ""
    return Sitting(sheet.sitting, sheet.form, sheet.learner, True, name, sheet.answers, {}, sheet.handed, sheet.seconds)


def _bytes_of(path: Path) -> bytes | str:
    """Read a file; a text says in Chinese why it was not read. Pipes and devices must not even be opened."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            return "是链接，没有读；把文件本身拷进来"
        if not stat.S_ISREG(found.st_mode):
            return "不是普通文件，没有读"
        if path.suffix.lower() != ENDING:
            return f"不是答卷文件（扩展名不是 {ENDING}）"
        if found.st_size > MOST_BYTES:
            return Why.TOO_LARGE.value
        with open(path, "rb", opener=_without_links) as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        return f"读不出来（系统错误 {error.errno}）"


def _without_links(path: str, flags: int) -> int:
    # What was a file a moment ago may be a link by now.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _problem(sheet: AnswerSheet, paper: PaperSet) -> str | None:
    if sheet.paper != paper.paper:
        return f"是另一份试卷（{sheet.paper}）的答卷"
    form = paper.forms.get(sheet.form)
    if form is None:
        return f"这次考试没有 {sheet.form} 卷"
    if sheet.digest != form.digest:
        return f"是另一次出的 {sheet.form} 卷，与这里的试卷不同"
    problems = list(problems_of_answers(form.form, sheet.answers))
    return f"内容与试卷对不上：{'；'.join(problems[:3])}" if problems else None


def _shown(name: str) -> str:
    """Give a name that may be printed: control characters and broken encodings become question marks."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)
