"""Excel files within bounds: values only, no formulas followed, no macros; and texts that stay texts when written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from lunxun.quiz.formats.keys import short
from lunxun.quiz.formats.office import office_module, problem_of_archive

MAX_BYTES = 20_000_000
MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 5_000, 60, 20
MAX_CELL = 32_767
REMEDY = "用 Excel 或 WPS 另存为 .xlsx，不带宏和密码。"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = tuple[Any, str]
"""A value and its kind, as openpyxl calls it."""
Sheets = dict[str, list[list[Cell]]]


def read_workbook(
    data: bytes, rows: int = MAX_ROWS, columns: int = MAX_COLUMNS, sheets: int = MAX_SHEETS
) -> Sheets | str:
    """Read the cells of all sheets, or say in Chinese why not; a row more than allowed tells that there are more."""
    openpyxl = office_module("openpyxl")
    problem = problem_of_archive(data, "xl/workbook.xml")
    if problem is not None:
        return problem
    try:
        # Neither formulas nor links to other files are followed: the reader sees what is written in the cells.
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return {sheet.title: list(_cells(sheet, rows, columns)) for sheet in book.worksheets[:sheets]}
    except Exception:  # the library raises whatever a broken part happens to cause
        return "读不了这个 Excel 文件"


def _cells(sheet: Any, rows: int, columns: int) -> Iterator[list[Cell]]:
    for row in sheet.iter_rows(max_row=rows + 1, max_col=columns):
        yield [(cell.value, cell.data_type) for cell in row]


def problem_of_cell(value: object, kind: str) -> tuple[str, str] | None:
    """Say in Chinese what is wrong with a cell whatever stands in it, and how to mend it."""
    if kind == "f":
        return "是公式，没有读也没有计算", "复制以后“选择性粘贴—数值”，或在前面加一个单引号。"
    if kind == "e":
        return f"是错误值 {short(str(value))}", "写上内容。"
    if isinstance(value, date | datetime | time | timedelta):
        return "被 Excel 变成了日期或时间", "把单元格的格式改成“文本”，重新写。"
    return None


def text_of_cell(value: object, yes: str = "是", no: str = "否") -> str:
    """Give what a cell says as a reader sees it; a truth value is said as it is meant there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return yes if value else no
    if isinstance(value, float) and value == value // 1 and abs(value) < 1e15:
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def put_text(cell: Any, text: str) -> bool:
    """Write a text that stays text, whatever it begins with; tell whether all of it could be written."""
    shown = "".join(one for one in text if one in "\n\t" or (one >= " " and one not in "\ufffe\uffff"))[:MAX_CELL]
    if shown:
        cell.value = shown
        cell.data_type = "s"
        if shown.startswith(_FORMULA):
            cell.quotePrefix = True  # or an editor who touches the cell makes a formula of it
    return shown == text
