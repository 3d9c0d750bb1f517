"""A list of learners: names, units and numbers, from Excel or from lines of text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from lunxun.quiz.answer_sheet import Learner
from lunxun.quiz.formats.workbook import problem_of_cell, read_workbook, text_of_cell

MOST_LEARNERS = 2_000
_FIELDS = {
    "姓名": "name",
    "单位": "unit",
    "部门": "unit",
    "工作单位": "unit",
    "编号": "number",
    "学号": "number",
    "考号": "number",
    "准考证号": "number",
}
_PLAIN = ("name", "unit", "number")
_LONGEST = 100
_BETWEEN = re.compile(r"[,，、\t]|\s{2,}")


class RosterError(ValueError):
    """A list of learners cannot be read; the message is Chinese."""


def read_roster(name: str, data: bytes) -> list[Learner]:
    """Read a list; a first row of headings says which column is which, else they are name, unit, number."""
    rows = _rows_of_sheet(name, data) if name.lower().endswith(".xlsx") else _rows_of_text(name, data)
    learners = list(_learners(rows))
    if not learners:
        raise RosterError(f"名单 {name} 里没有人。一人一行：姓名、单位、编号。")
    if len(learners) > MOST_LEARNERS:
        raise RosterError(f"名单 {name} 超过 {MOST_LEARNERS} 人，分成几份。")
    return learners


def _learners(rows: Iterable[Sequence[str]]) -> Iterable[Learner]:
    fields: Sequence[str | None] = _PLAIN
    for place, row in enumerate(rows):
        cells = [cell.strip() for cell in row]
        if place == 0 and "姓名" in cells:
            fields = [_FIELDS.get(cell) for cell in cells]
            continue
        found = {field: cell[:_LONGEST] for field, cell in zip(fields, cells, strict=False) if field and cell}
        if found:
            yield Learner(**found)


def _rows_of_sheet(name: str, data: bytes) -> list[list[str]]:
    sheets = read_workbook(data, columns=20, sheets=1)
    if isinstance(sheets, str):
        raise RosterError(f"名单 {name}：{sheets}。")
    rows = next(iter(sheets.values()), [])
    for number, row in enumerate(rows, 1):
        for value, kind in row:
            problem = problem_of_cell(value, kind)
            if problem is not None:
                raise RosterError(f"名单 {name} 第 {number} 行有一格{problem[0]}。{problem[1]}")
    return [[text_of_cell(value) for value, _ in row] for row in rows]


def _rows_of_text(name: str, data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RosterError(f"名单 {name} 不是文本。另存为 UTF-8 的文本，或者 .xlsx。")
    if name.lower().endswith(".csv"):
        try:
            return list(csv.reader(io.StringIO(text)))
        except csv.Error:
            raise RosterError(f"名单 {name} 不是完整的 CSV。重新导出。") from None
    return [_BETWEEN.split(line) for line in text.splitlines()]
