"""The folder that `lunxun paper make` wrote, read as a whole: forms, and beside each its key and its list of items."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

from lunxun.export.key_layout import is_of
from lunxun.quiz.paper_files import FormFile, KeyFile, PaperFileError, read_form, read_key

ITEM_COLUMNS = ("题号", "编号", "题型", "主题", "认知层次", "难度", "分值", "题库")
_MOST_BYTES = 2 * 1024 * 1024
_MOST_FORMS = 26


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of items: a question, or a part of a case."""

    label: str
    id: str
    type: str
    topic: str
    level: str
    difficulty: int
    score: float
    bank: str


@dataclass(frozen=True, slots=True)
class FormSet:
    """A form with what belongs to it; the key and the list may be kept elsewhere."""

    form: FormFile
    key: KeyFile | None
    items: tuple[Listed, ...] | None


def read_set(folder: Path, letter: str | None = None) -> list[FormSet]:
    """Read the forms of a folder, or the one with this letter; raises PaperFileError."""
    if not folder.is_dir():
        raise PaperFileError(f"没有文件夹 {folder}。先用 lunxun paper make 组卷，写上它的输出文件夹。")
    wanted = letter.lower() if letter else "*"
    paths = sorted(folder.glob(f"form-{wanted}.json"))
    if not paths:
        what = f" {letter} 卷（form-{wanted}.json）" if letter else "试卷（form-*.json）"
        raise PaperFileError(f"{folder} 里没有{what}。")
    if len(paths) > _MOST_FORMS:
        raise PaperFileError(f"{folder} 里的试卷超过 {_MOST_FORMS} 套，放错了文件。")
    return [_read(path) for path in paths]


def _read(path: Path) -> FormSet:
    form = read_form(path)
    name = form.form.lower()
    if path.name != f"form-{name}.json":
        raise PaperFileError(f"{path} 里写的是 {form.form} 卷，和文件名不符。改回 form-{name}.json，或重新出卷。")
    key_path, items_path = path.with_name(f"key-{name}.json"), path.with_name(f"items-{name}.csv")
    key = read_key(key_path) if key_path.exists() else None
    if key is not None and not is_of(key, form):
        raise PaperFileError(f"{key_path} 不是 {path.name} 的答案：题目或分值对不上。两个文件要出自同一次组卷。")
    items = _items(items_path, form) if items_path.exists() else None
    return FormSet(form, key, items)


def _items(path: Path, form: FormFile) -> tuple[Listed, ...]:
    refusal = PaperFileError(f"{path} 不是 {form.form} 卷的逐题细目，或者改动过。用 lunxun paper make 重新出卷。")
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except OSError as error:
        raise PaperFileError(f"{path} 读不出来（系统错误 {error.errno}）。检查文件名和权限。") from None
    except (UnicodeDecodeError, csv.Error):
        raise refusal from None
    if len(raw) > _MOST_BYTES or not rows or tuple(rows[0]) != ITEM_COLUMNS:
        raise refusal
    found = [_listed(row) for row in rows[1:]]
    asked = [(item.id, item.type, float(item.score)) for _, item in form.answered()]
    if [(one.id, one.type, one.score) if one else None for one in found] != asked:
        raise refusal
    return tuple(one for one in found if one)


def _listed(row: list[str]) -> Listed | None:
    if len(row) != len(ITEM_COLUMNS):
        return None
    label, name, kind, topic, level, difficulty, score, bank = row
    try:
        hard, worth = int(difficulty), float(score)
    except ValueError:
        return None
    return Listed(label, name, kind, topic, level, hard, worth, bank) if math.isfinite(worth) else None
